"""The words of a text that a dictionary is asked about."""

import re
from collections.abc import Iterator

# Letters, with apostrophes between them; what stands in an address, a link, a number or a file's name is no word.
_PIECE = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_WORDS = re.compile(r"[@/\\\d_]|\w\.\w")
LONGEST = 60


def words_of(text: str) -> Iterator[tuple[int, str]]:
    """Each word with the place where it begins."""
    for piece in _PIECE.finditer(text):
        if _NO_WORDS.search(piece[0]):
            continue
        for word in _WORD.finditer(piece[0]):
            # An abbreviation in capitals is no matter of spelling.
            if 1 < len(word[0]) <= LONGEST and not word[0].isupper():
                yield piece.start() + word.start(), word[0]


def as_asked(word: str) -> str:
    """A word as dictionaries write it."""
    return word.replace("’", "'")
