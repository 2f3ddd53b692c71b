"""What a person newly wrote in a reply: its text without what it quotes and without the signature.

Every line is looked at a bounded number of times and only by its first characters, so the time is linear in the
text whatever it holds.
"""

from app.mail.reply_words import (
    ADDRESS_ENDS,
    CLOSING,
    DASHES,
    DATED,
    DEVICE,
    HEADER,
    OPENING,
    OTHER_HEADER,
    QUOTED,
    QUOTING,
    REACHED_BY,
    ROW,
    RULE,
    SEPARATOR,
    STAMPED,
    VERB_ENDS,
    VERB_WITHIN,
)

MOST_TEXT = 200_000
_LOOKED_AT = 500
_ATTRIBUTION_LINES = 4
_HEADER_LINES = 8
_SIGNATURE_LINES = 14
_CARD_LINES = 30
_NAME_WORDS = 6


def new_text(full: str, sender_name: str = "", sender_address: str = "") -> str:
    """The part of `full` that its sender wrote for this mail; all of it rather than nothing."""
    lines = [line.rstrip() for line in full[:MOST_TEXT].splitlines()]
    heads = [line[:_LOOKED_AT] for line in lines]
    kept = _without_signature(_without_quotes(lines, heads), sender_name, sender_address)
    if not _says_something([line[:_LOOKED_AT] for line in kept if line.strip()]):
        return full[:MOST_TEXT].strip()
    return "\n".join(kept).strip()


def _says_something(kept: list[str]) -> bool:
    """Whether more was written than a signature and the lines over a mail that is passed on."""
    if not kept or DASHES.match(kept[0]):
        return False
    return not all(SEPARATOR.match(line) or HEADER.match(line) or OTHER_HEADER.match(line) for line in kept)


def _without_quotes(lines: list[str], heads: list[str]) -> list[str]:
    end = len(lines)
    quoted = [False] * end
    introduced = False
    at = 0
    while at < end:
        if at and _ends_the_reply(heads, at):
            end = at
            break
        length = _attribution(heads, at)
        if length:
            after = next((n for n in range(at + length, len(lines)) if heads[n].strip()), len(lines))
            if after < len(lines) and not QUOTED.match(heads[after]) and not QUOTED.match(heads[at]):
                end = at  # what follows is the old mail as it stood
                break
            quoted[at : at + length] = [True] * length
            introduced = True
        elif QUOTED.match(heads[at]) or (introduced and _is_wrapped(heads, quoted, at)):
            quoted[at] = True
        at += length or 1
    return _answered(lines[:end], quoted[:end], introduced=introduced)


def _ends_the_reply(heads: list[str], at: int) -> bool:
    """Whether only an older mail can follow: its separator, its head, or a device's line between empty lines."""
    if SEPARATOR.match(heads[at]) or _is_header_block(heads, at):
        return True
    alone = not heads[at - 1].strip() and not "".join(heads[at + 1 : at + 2]).strip()
    return alone and len(heads[at]) < 90 and bool(DEVICE.match(heads[at]))


def _is_wrapped(heads: list[str], quoted: list[bool], at: int) -> bool:
    """Whether this line is the rest of a long quoted one that some program broke in two."""
    return bool(heads[at].strip()) and at > 0 and quoted[at - 1] and len(heads[at - 1]) > 60


def _answered(lines: list[str], quoted: list[bool], *, introduced: bool) -> list[str]:
    """Without quotes; answers written between quotes keep them, since they mean nothing alone."""
    at = _delimiter(_trimmed(lines))
    lines = lines if at is None else lines[:at]
    end = len(lines)
    while end and (quoted[end - 1] or not lines[end - 1].strip() or _is_rule(lines[end - 1])):
        end -= 1
    lines = lines[:end]
    blocks, texts, inside = 0, 0, None
    for line, is_quoted in zip(lines, quoted, strict=False):
        if line.strip() and is_quoted != inside:
            blocks, texts = blocks + is_quoted, texts + (not is_quoted)
            inside = is_quoted
    if blocks > 1 or (blocks == 1 and texts > 1 and not introduced):
        return lines
    return [line for line, is_quoted in zip(lines, quoted, strict=False) if not is_quoted]


def _is_rule(line: str) -> bool:
    return bool(RULE.match(line[:_LOOKED_AT]))


def _is_header_block(heads: list[str], at: int) -> bool:
    """From:, with at least two more fields near: the head of the mail that is answered, as Outlook writes it."""
    if not (HEADER.match(heads[at]) or (OTHER_HEADER.match(heads[at]) and _is_rule(heads[at - 1] if at else ""))):
        return _is_headed_otherwise(heads, at)
    near = [head for head in heads[at + 1 : at + 1 + _HEADER_LINES] if head.strip()]
    return sum(bool(OTHER_HEADER.match(head)) for head in near[:5]) >= (1 if "@" in heads[at] else 2)


def _is_headed_otherwise(heads: list[str], at: int) -> bool:
    """A head that begins with its date or subject: one field a line, the sender with an address among them."""
    block = heads[at : at + 4]
    fields = all(OTHER_HEADER.match(head) for head in block) and len(block) == 4
    return fields and any(HEADER.match(head) and "@" in head for head in block)


def _attribution(heads: list[str], at: int) -> int:
    """How many lines "On …, … wrote:" takes from here; 0 when it does not stand here."""
    first = heads[at].lstrip(" >")
    if not first or (QUOTED.match(heads[at]) is None and at and QUOTED.match(heads[at - 1])):
        return 0
    if QUOTING.match(first) and ("@" in first or any(QUOTED.match(head) for head in heads[at + 1 : at + 3])):
        return 1
    opens = bool(OPENING.match(first))
    joined = ""
    for length, head in enumerate(heads[at : at + _ATTRIBUTION_LINES], 1):
        if not head.strip():
            break
        joined = f"{joined} {head.strip(' >*')}"[: 2 * _LOOKED_AT]
        if _is_attribution(joined, opens=opens, lines=length):
            return length
        if not opens and not STAMPED.search(joined) and "@" not in joined:
            break
    return 0


def _is_attribution(joined: str, *, opens: bool, lines: int) -> bool:
    if VERB_ENDS.search(joined[-40:]):
        colon = joined.rstrip()[-1:] in {":", "：", "-"}
        return bool(DATED.search(joined)) and (colon or (opens and "@" in joined)) and (opens or lines <= 2)
    if not STAMPED.search(joined):
        return False
    return bool(ADDRESS_ENDS.search(joined[-320:])) or (
        (opens or ("@" in joined and lines <= 2)) and bool(VERB_WITHIN.search(joined[-300:]))
    )


def _without_signature(lines: list[str], sender_name: str, sender_address: str) -> list[str]:
    lines = _trimmed(lines)
    for cut in (_delimiter, _device_line, _delimiter, _device_line):
        at = cut(lines)
        if at is not None:
            lines = _trimmed(lines[:at])
    at = _contact_block(lines, sender_name, sender_address)
    return _trimmed(lines[:at])


def _trimmed(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_rule(lines[end - 1]) or DASHES.match(lines[end - 1][:_LOOKED_AT])):
        end -= 1
    return lines[:end]


def _delimiter(lines: list[str]) -> int | None:
    """Where "-- " or a row of dashes begins a short block that ends the text (RFC 3676, section 4.3)."""
    for at in range(max(1, len(lines) - _CARD_LINES), len(lines)):
        head = lines[at][:_LOOKED_AT]
        delimits = DASHES.match(head) and len(lines) - at <= _SIGNATURE_LINES
        rest = [line for line in lines[at + 1 :] if line.strip()]
        if (delimits or (ROW.match(head) and _is_card(rest))) and rest and all(len(line) < 100 for line in rest):
            return at
    return None


def _is_card(rest: list[str]) -> bool:
    """Whether these lines tell how to reach somebody, in two ways at least."""
    return len(rest) <= _SIGNATURE_LINES and sum(bool(REACHED_BY.search(line[:_LOOKED_AT])) for line in rest) > 1


def _device_line(lines: list[str]) -> int | None:
    """Where "Sent from my phone" begins, on a line of its own at the end or just before a quote."""
    for at in range(max(0, len(lines) - 3), len(lines)):
        if DEVICE.match(lines[at][:_LOOKED_AT]) and (at == 0 or not lines[at - 1].strip() or at == len(lines) - 1):
            return at
    return None


def _contact_block(lines: list[str], sender_name: str, sender_address: str) -> int | None:
    """Where the sender's own name, after a closing or alone, opens a block of short lines that ends the text."""
    words = {word.lower().strip(".,") for word in sender_name.split() if len(word) > 1}
    for at in range(max(1, len(lines) - _SIGNATURE_LINES), len(lines)):
        if any(len(line) > 80 for line in lines[at:]):
            continue
        if CLOSING.match(lines[at][:_LOOKED_AT]):
            named = [n for n in range(at + 1, len(lines)) if lines[n].strip()]
            return named[1] if len(named) > 1 and _is_name(lines[named[0]]) else None
        if lines[at - 1].strip():
            continue
        own = {word.lower().strip(".,") for word in lines[at].split()}
        if (words and own and words <= own) or _is_own_card(lines[at:], sender_address):
            return at
    return None


def _is_own_card(block: list[str], sender_address: str) -> bool:
    """A name with the sender's own address under it."""
    address = sender_address.lower()
    return bool(address) and _is_name(block[0]) and any(address in line.lower() for line in block[1:])


def _is_name(line: str) -> bool:
    """Whether a line may be somebody's name; a sentence or a number is none."""
    words = line.split()
    if not 0 < len(words) <= _NAME_WORDS or any(letter.isdigit() or letter in "?!:;@" for letter in line):
        return False
    return not (line.endswith(".") and words[-1][:1].islower()) and not words[0][:1].islower()
