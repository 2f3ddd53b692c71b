"""Mails for tests: the corpora that nobody here wrote, and small ones made on the spot."""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

# Beside the messages lie the decoded bytes and structures that their parsers expect.
_NOT_MAILS = frozenset(".xml .out .py .json .html .txt .jpg .gif .png .pdf .zip .mbox .au .bmp .tiff .wav .db".split())
_ROOT = Path(os.environ.get("GUICHET_TEST_DATA") or Path(__file__).parents[3] / "shared" / "data")


def corpus(*names: str) -> Path:
    """A folder of the shared corpora; skips with a reason where they are absent."""
    folder = _ROOT.joinpath(*names)
    if not folder.exists():
        pytest.skip(f"the mails of others are not below {_ROOT}; GUICHET_TEST_DATA names their folder")
    return folder


def corpus_mails() -> Iterator[tuple[str, bytes]]:
    """Every hard mail of the corpora, by its path."""
    root = corpus()
    for name in ("mime4j", "ruby-mail", "cpython-email", "bounces", "talon"):
        for file in sorted((root / name).rglob("*")):
            if file.is_file() and _is_mail(file):
                yield str(file.relative_to(root)), file.read_bytes()


def _is_mail(file: Path) -> bool:
    if "cpython-email" in file.parts:
        return file.name.startswith("msg_")
    return "_decoded" not in file.name and file.suffix not in _NOT_MAILS


def raw_mail(body: str = "Hello", content_type: str = "text/plain; charset=utf-8", **fields: str) -> bytes:
    """A small mail; field names are given with _ for -."""
    head = {
        "From": "Jane Roe <jane@customer.example>",
        "To": "Team <team@guichet.example>",
        "Subject": "A question",
        "Date": "Mon, 23 Nov 2026 10:00:00 +0100",
        "Message-ID": "<1@customer.example>",
        "Content-Type": content_type,
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return (lines + "\r\n" + body.replace("\n", "\r\n")).encode()


def bomb_png(width: int, height: int) -> bytes:
    """A black picture of one bit a point: some kilobytes that unpack to as many points as it says."""
    packer, row = zlib.compressobj(9), b"\0" + bytes((width + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", packed), (b"IEND", b""),
        )
    )  # fmt: skip


def bomb_gif(side: int) -> bytes:
    """An animation's first frame as large as the format can say."""
    screen = struct.pack("<HH", side, side) + b"\x80\0\0\0\0\0\xff\xff\xff"
    return b"GIF89a" + screen + b"," + struct.pack("<HHHH", 0, 0, side, side) + b"\0\x02\x02\x44\x01\0;"
