"""What a file is, by its first bytes and not by its name: names lie, and desks open what they believe."""

from collections.abc import Mapping
from types import MappingProxyType

# (offset, bytes) -> type (IANA media types; signatures as in RFC 2083, ISO 32000, JFIF, RIFF, PKWARE's APPNOTE).
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "application/x-executable"),
)
_OFFICE: Mapping[bytes, str] = MappingProxyType(
    {
        b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        b"opendocument.text": "application/vnd.oasis.opendocument.text",
        b"opendocument.spreadsheet": "application/vnd.oasis.opendocument.spreadsheet",
    }
)
_HEAD = 8_192
UNKNOWN = "application/octet-stream"


def sniff(data: bytes) -> str:
    """The media type of a file's bytes; text when it can be read as text, unknown when nothing fits."""
    head = data[:_HEAD]
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _OFFICE.items() if mark in head), "application/zip")
    for offset, mark, kind in _SIGNATURES:
        if head[offset : offset + len(mark)] == mark:
            return kind
    return "text/plain" if _is_text(head, whole=len(data) <= _HEAD) else UNKNOWN


def _is_text(head: bytes, *, whole: bool) -> bool:
    if not head or any(byte < 9 or 13 < byte < 27 for byte in head):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # Where the head was cut, its last letter may be.
        return not whole and error.start > len(head) - 4
    return True
