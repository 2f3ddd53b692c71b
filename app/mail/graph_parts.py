"""A message too large for one request: its files are taken out, to be handed over one by one."""

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from app.mail.headers import filename_of

# 4 MB is what Graph takes as MIME, and MIME travels as base64.
MOST_RAW = 2_900_000
_LINES = compat32.clone(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class File:
    """One file of a message; one that is inline is shown by its content id."""

    name: str
    content_type: str
    content: bytes
    inline: bool
    content_id: str


def lightened(raw: bytes) -> tuple[bytes, tuple[File, ...]]:
    """The message without its files, and the files; what is small, or signed, stays as it is."""
    if len(raw) <= MOST_RAW:
        return raw, ()
    message = BytesParser().parsebytes(raw)
    if message.get_content_type() in ("multipart/signed", "multipart/encrypted"):
        return raw, ()
    files: list[File] = []
    _take_out(message, files)
    return (message.as_bytes(policy=_LINES), tuple(files)) if files else (raw, ())


def _take_out(container: Message, files: list[File]) -> None:
    parts = container.get_payload()
    if not isinstance(parts, list):
        return
    kept: list[Message | str] = []
    for part in parts:
        if not isinstance(part, Message):
            continue
        if part.get_content_maintype() == "multipart":
            _take_out(part, files)
        elif part.get_content_disposition() == "attachment" or filename_of(part) or part["Content-ID"]:
            files.append(_file(part))
            continue
        kept.append(part)
    container.set_payload(kept)


def _file(part: Message) -> File:
    nested = part.get_payload()
    if isinstance(nested, list):
        content = nested[0].as_bytes(policy=_LINES) if nested and isinstance(nested[0], Message) else b""
    else:
        decoded = part.get_payload(decode=True)
        content = decoded if isinstance(decoded, bytes) else b""
    content_id = re.sub(r"[<>\s]", "", str(part["Content-ID"] or ""))
    kind = part.get_content_type()
    name = filename_of(part) or ("message.eml" if kind == "message/rfc822" else "file")
    inline = part.get_content_disposition() == "inline" or (bool(content_id) and not part.get_content_disposition())
    return File(name, kind, content, inline, content_id)
