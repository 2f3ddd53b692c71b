"""Keys of every record: UUIDv7, made by the client, so that a draft has its key before the server saw it."""

import os
import time
from uuid import UUID


def new_id(now_ms: int | None = None) -> UUID:
    """A fresh UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits; sorts by time of making."""
    milliseconds = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    random_bits = int.from_bytes(os.urandom(10))
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (random_bits >> 68) << 64
    value |= 0b10 << 62 | random_bits & (1 << 62) - 1
    return UUID(int=value)
