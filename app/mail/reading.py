"""One raw mail understood; whatever it holds, something is returned and nothing of it is lost."""

import hashlib
import re
from dataclasses import replace
from email.message import Message
from html import escape, unescape

from app.domain.composing import MailHead
from app.domain.mail import Mail, MailAddress, MailPart, Thread, Verdict
from app.domain.mail_threading import case_number_in, own_token
from app.mail.automatic import kind_of, may_answer
from app.mail.bounces import reports_of
from app.mail.cleaning import clean
from app.mail.headers import addresses, all_values, date_of, message_id, message_ids, value_of
from app.mail.html_text import to_text
from app.mail.parsing import TooDeepError, head_of, parsed
from app.mail.replies import MOST_TEXT, new_text
from app.mail.structure import Content, content_of

_APART = "\n<p></p>\n"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))
# Text signed or sealed in itself, as PGP did before it had parts (RFC 4880, sections 6.2 and 7).
_ARMOUR = re.compile(r"\s{0,20}-----BEGIN PGP (?:(MESSAGE)|SIGNED MESSAGE)-----\n(?:[A-Za-z]{1,20}: .{0,200}\n)*\n?")
_TAG = re.compile(r"<[^<>]{0,5000}>")
_INVISIBLE = re.compile(r"<(script|style)\b[^<>]{0,2000}>[^<]*", re.IGNORECASE)


def read(raw: bytes) -> Mail:
    """Understand a mail; one that cannot be followed has the verdict `unparseable` and itself as its file."""
    try:
        message = parsed(raw)
        if not message.keys() and _is_noise(raw):
            return _unparseable(raw, "unreadable")
        content = content_of(message)
        return _understood(message, content)
    except (TooDeepError, RecursionError):
        return _unparseable(raw, "too_deep")
    except Exception:  # noqa: BLE001 - one hard mail must never stop the others; it stays visible and can be replayed
        return _unparseable(raw, "unreadable")


def _is_noise(raw: bytes) -> bool:
    """Whether bytes without any header field are no text either, but another kind of file."""
    start = raw[:20_000]
    return len(start.translate(None, _CONTROLS)) < 0.98 * len(start)


def read_head(raw: bytes) -> MailHead:
    """The lines over a mail, from its first bytes."""
    try:
        head = head_of(raw)
        sender = next(iter(addresses(head, "From") or addresses(head, "Sender")), None)
        return MailHead(
            message_id(head) or "",
            value_of(head, "Subject")[:500],
            sender,
            addresses(head, "To"),
            addresses(head, "Cc"),
            addresses(head, "Reply-To"),
            tuple(dict.fromkeys((*message_ids(head, "References"), *message_ids(head, "In-Reply-To")))),
        )
    except Exception:  # noqa: BLE001 - a head that cannot be read must not hide the other mails
        return MailHead()


def _understood(message: Message, content: Content) -> Mail:
    plain = "\n\n".join(one.text.strip("\r\n") for one in content.texts if not one.is_html and one.text.strip())
    source, is_all = _source(content)
    html, html_text, notices, trackers = _page(content, source)
    full = (html_text if is_all else plain or html_text).replace("\r\n", "\n").replace("\r", "\n")[:MOST_TEXT]
    if armour := _ARMOUR.match(full):
        content.notices.append("pgp" if armour[1] else "signed")
        full = full if armour[1] else full[armour.end() :]
    sender = next(iter(addresses(message, "From") or addresses(message, "Sender")), None)
    reports = reports_of(message, content, full)
    kind = Verdict.BOUNCE if reports else kind_of(message, full)
    return Mail(
        message_id=message_id(message),
        subject=value_of(message, "Subject")[:2000],
        sender=sender,
        to=addresses(message, "To"),
        cc=addresses(message, "Cc"),
        date=date_of(message),
        text=full.strip() if reports else _new(full, sender),
        full_text=full.strip(),
        html=html,
        parts=_with_places(content.parts, html or ""),
        verdict=kind,
        reports=reports,
        thread=_thread(message),
        reply_to=addresses(message, "Reply-To"),
        notices=(*content.notices, *notices),
        trackers=trackers,
        may_answer=kind is Verdict.HUMAN and may_answer(message),
        headers=all_values(message),
    )


def _new(full: str, sender: MailAddress | None) -> str:
    return new_text(full, sender.name, sender.address) if sender else new_text(full)


def _source(content: Content) -> tuple[str, bool]:
    """The HTML of a mail, and whether only it has all the texts: HTML with a plain footer, or plain with HTML."""
    texts = [one for one in content.texts if one.text.strip()]
    doubled = {one.choice for one in texts if one.is_html and one.choice}
    said = {one.choice for one in texts if not one.is_html and one.choice}
    only_html = any(one.is_html and one.choice not in said for one in texts)
    only_plain = any(not one.is_html and one.choice not in doubled for one in texts)
    if not only_html or not only_plain:
        return _APART.join(one.text for one in texts if one.is_html), False
    shown = (one for one in texts if one.is_html or one.choice not in doubled)
    return _APART.join(one.text if one.is_html else _as_html(one.text) for one in shown), True


def _as_html(text: str) -> str:
    return "<div>" + escape(text.strip("\r\n"), quote=False).replace("\n", "<br>\n") + "</div>"


def _page(content: Content, source: str) -> tuple[str | None, str, tuple[str, ...], tuple[str, ...]]:
    """The mail's HTML cleaned, its text, and what is to be said about both."""
    if not source:
        return None, "", (), ()
    cleaned = clean(source)
    if cleaned is None:
        for one in content.texts:
            if one.is_html:
                data = one.text.encode()
                content.parts.append(MailPart("message.html", "text/html", data, hashlib.sha256(data).hexdigest()))
        return None, _stripped(source[: 4 * MOST_TEXT]), ("html_too_large",), ()
    return cleaned.html, to_text(cleaned.html), ("remote_images",) if cleaned.remote else (), cleaned.trackers


def _stripped(html: str) -> str:
    """The bare words of HTML that was refused: no structure, and no risk."""
    return re.sub(r"\s{2,}", "\n", unescape(_TAG.sub(" ", _INVISIBLE.sub(" ", html)))).strip()


def _with_places(parts: list[MailPart], html: str) -> tuple[MailPart, ...]:
    """A picture counts as inline only where the page shows it; else it would be lost from sight."""
    shown = {unescape(found) for found in re.findall(r'src="cid:([^"]{1,300})"', html)}
    return tuple(
        replace(part, inline=part.content_id in shown if html else part.inline) if part.content_id else part
        for part in parts
    )


def _thread(message: Message) -> Thread:
    answered = message_ids(message, "In-Reply-To")
    references = message_ids(message, "References")
    recipients = tuple(party.address for party in addresses(message, "To", "Cc", "Delivered-To", "X-Original-To"))
    token = own_token((*references, *answered), recipients)
    return Thread(answered, references, token, case_number_in(value_of(message, "Subject")))


def _unparseable(raw: bytes, notice: str) -> Mail:
    part = MailPart("message.eml", "message/rfc822", raw, hashlib.sha256(raw).hexdigest())
    empty = Mail(None, "", None, (), (), None, "", "", None, (part,), Verdict.UNPARSEABLE, notices=(notice,))
    try:
        head = head_of(raw)
        sender = next(iter(addresses(head, "From")), None)
        return replace(
            empty,
            message_id=message_id(head),
            subject=value_of(head, "Subject")[:2000],
            sender=sender,
            to=addresses(head, "To"),
            cc=addresses(head, "Cc"),
            date=date_of(head),
            may_answer=False,
        )
    except Exception:  # noqa: BLE001 - not even its head can be read
        return replace(empty, may_answer=False)
