"""A raw mail as the library's tree, or its head alone: broken heads mended, and nothing read that costs without end."""

import re
from email.message import Message
from email.parser import BytesFeedParser, BytesHeaderParser
from email.policy import Compat32

DEEPEST = 60
"""Nobody nests parts deeper than a handful; beyond this a mail is made to hurt."""
PIECE = 64 * 1024

_BOM = b"\xef\xbb\xbf"
"""Some programs that save mails begin the file with it."""
_MOST_HEAD = 1_000_000
_LONGEST_DESCRIPTION = 20_000
_ENCODING_WORD = re.compile(r"[\s;\"'(].*", re.DOTALL)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"[!-9;-~]{1,80}[ \t]*:|From |>From ")
_SPACED = re.compile(rb"(?m)^([!-9;-~]{1,80})[ \t]+:")
_CARRIED = re.compile(rb"(?im)^(?:received|return-path|message-id|delivered-to|mime-version)[ \t]*:")
_MOST_NOISE = 3
_NESTING = re.compile(rb"(?im)^content-type:\s*(?:multipart|message)/")


class TooDeepError(Exception):
    """The parts are nested deeper than anybody nests them."""


class _Bounded(Compat32):
    """Cuts what describes a part: the library reads its parameters in a time that grows with their square."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        if name[:1] not in "Cc" or not (low := name.lower()).startswith("content-"):
            return name, value
        if low == "content-transfer-encoding":
            # The word alone: the library takes "base64 " and "base64;" for encodings that nobody knows.
            value = _ENCODING_WORD.sub("", value.strip(" \t\r\n\"'"))
        return name, value[:_LONGEST_DESCRIPTION]

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 - as the library calls it
        # Bytes beyond ASCII as they stand: the library would give them up.
        return value


_BOUNDED = _Bounded()


def parsed(raw: bytes) -> Message:
    """The tree of a raw mail; raises `TooDeepError` where following it would cost without end."""
    if len(_NESTING.findall(raw)) > DEEPEST and _depth_of(raw) > DEEPEST:
        raise TooDeepError
    return _tree(raw)


def _tree(raw: bytes) -> Message:
    # In pieces: the parser's own entrance holds the whole mail at four bytes a letter.
    parser = BytesFeedParser(policy=_BOUNDED)
    head, rest = _mended(raw)
    parser.feed(head)
    for start in range(rest, len(raw), PIECE):
        parser.feed(raw[start : start + PIECE])
    return parser.close()


def _mended(raw: bytes) -> tuple[bytes, int]:
    """The head as the library can read it, and where the rest begins; nothing where it is well-formed."""
    start = len(_BOM) if raw.startswith(_BOM) else 0
    end = _END_OF_HEAD.search(raw, start, start + 200_000)
    head = raw[start : end.start()] if end else b""
    noisy = not _FIELD.match(head)
    if not head or not (noisy or _SPACED.search(head)) or not _CARRIED.search(head):
        return b"", start
    lines = head.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines[: _MOST_NOISE + 1]) if _FIELD.match(line)), 0)
    # White space before the colon was a writer's right once (RFC 5322, section 4.5); noise over the first field never.
    return _SPACED.sub(rb"\1:", b"".join(lines[first:])), start + len(head)


def head_of(raw: bytes) -> Message:
    """The header fields alone."""
    head, rest = _mended(raw[:_MOST_HEAD])
    # The library would go through the lines of the body too.
    end = _END_OF_HEAD.search(raw, rest, _MOST_HEAD)
    return BytesHeaderParser(policy=_BOUNDED).parsebytes(head + raw[rest : end.end() if end else _MOST_HEAD])


def _depth_of(raw: bytes) -> int:
    try:
        tree = _tree(raw)
    except RecursionError:
        return DEEPEST + 1
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        part, depth = waiting.pop()
        deepest = max(deepest, depth)
        payload = part.get_payload()
        if isinstance(payload, list):
            waiting += [(child, depth + 1) for child in payload if isinstance(child, Message)]
    return deepest
