"""Test data that nobody here wrote; it is not part of the tree."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("GUICHET_TEST_DATA") or Path(__file__).parents[3] / "shared" / "data")


def torture_messages() -> dict[str, bytes]:
    """The SIP messages of RFC 4475 by name; the test is skipped where they are not to be had."""
    found = {file.name: file.read_bytes() for file in sorted((FOLDER / "sip-rfc4475").rglob("*.dat"))}
    if not found:
        pytest.skip(f"the messages of RFC 4475 are not below {FOLDER}; GUICHET_TEST_DATA names their folder")
    return found
