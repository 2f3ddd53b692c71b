"""Which language a text is in, told by its commonest words; as much as choosing a dictionary needs."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = {
    "fr": frozenset(
        "le la les de des du un une et est que qui dans pour pas ne sur avec vous nous je il elle au aux ce cette "
        "mon votre notre plus mais ou où bonjour merci cordialement été avez suis ai sont par se en".split()
    ),
    "en": frozenset(
        "the of and to in is that it for was on are as with his they at be this have from or had by not but what all "
        "were we when your can you please thanks hello regards my our would will there dear i".split()
    ),
}
LEAST = 3
_LOOKED_AT = 4_000


def language_of_text(text: str, otherwise: str) -> str:
    """`fr` or `en`, where one of them has three common words more than the other; else what is given."""
    words = [word.casefold() for word in _WORD.findall(text[:_LOOKED_AT])]
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    first, second = sorted(counts, key=lambda one: counts[one], reverse=True)
    return first if counts[first] - counts[second] >= LEAST else otherwise
