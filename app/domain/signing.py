"""Words that we signed ourselves and that come back: a page's stamp, a link's name; each purpose has its own."""

import base64
import binascii
import hmac
import time
from hashlib import sha256
from uuid import UUID

_LENGTH = 18


def sign(key: bytes, purpose: str, body: bytes) -> str:
    """A body with its signature (144 bits), as it may stand in an address or a field."""
    return base64.urlsafe_b64encode(body + _signature(key, purpose, body)).decode().rstrip("=")


def signed(key: bytes, purpose: str, text: str, length: int) -> bytes | None:
    """The body of so many bytes that we signed for this purpose; None for anything else."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, given = raw[:length], raw[length:]
    if len(raw) != length + _LENGTH or sign(key, purpose, body) != text:
        return None
    return body if hmac.compare_digest(given, _signature(key, purpose, body)) else None


def stamp(key: bytes, purpose: str, name: UUID, at: float | None = None) -> str:
    """A name with the second at which it was given out."""
    return sign(key, purpose, name.bytes + int(time.time() if at is None else at).to_bytes(8))


def stamped(key: bytes, purpose: str, text: str) -> tuple[UUID, int] | None:
    """The name and the second of a stamp that is ours."""
    body = signed(key, purpose, text, 24)
    return None if body is None else (UUID(bytes=body[:16]), int.from_bytes(body[16:]))


def web_signature(secret: str, body: bytes, at: int | None = None) -> str:
    """The `X-Guichet-Signature` of what we send to web hooks and targets: HMAC-SHA256 over "SECONDS.BODY"."""
    seconds = int(time.time() if at is None else at)
    return f"t={seconds},v1={hmac.new(secret.encode(), f'{seconds}.'.encode() + body, sha256).hexdigest()}"


def _signature(key: bytes, purpose: str, body: bytes) -> bytes:
    return hmac.new(key, f"guichet {purpose} 1\0".encode() + body, sha256).digest()[:_LENGTH]
