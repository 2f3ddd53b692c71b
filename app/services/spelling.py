"""Spelling: which words a dictionary does not know, and what may have been meant."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class Speller(Protocol):
    """A dictionary for each language of this computer; never raises for a word."""

    async def languages(self) -> frozenset[str]:
        """The languages that there are dictionaries for; none: there is no spell check here."""
        ...

    async def check(self, language: str, words: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The words that are not known, with what may have been meant; None of them: all are."""
        ...

    async def learn(self, word: str) -> None:
        """Count a word as known from now on, on this computer, for this agent."""
        ...

    async def close(self) -> None:
        """End what was started."""
        ...
