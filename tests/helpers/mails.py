"""Mails for tests: the corpora that nobody here wrote, and small ones made on the spot."""

import os
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
            if file.is_file() and "_decoded" not in file.name and file.suffix not in _NOT_MAILS:
                yield str(file.relative_to(root)), file.read_bytes()


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
