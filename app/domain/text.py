"""Text as it is compared: one folding for search keys, the same here and in the database."""

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Lower case without accents, œ and æ spelt out, spaces single: what search keys are made of.

    The store's function guichet.fold() gives the same result; a test holds them together.
    """
    decomposed = unicodedata.normalize("NFKD", text.lower())
    plain = _MARKS.sub("", decomposed).replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return _SPACES.sub(" ", plain).strip()


def initials(name: str) -> str:
    """Up to two capitals for an avatar: first and last word of a person's or an organisation's name."""
    words = [word for word in re.split(r"[\s\-']+", name) if word and word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
