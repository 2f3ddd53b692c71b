"""The invented population's names and sentences, with frequencies like those of real ones (Zipf)."""

import re
import tomllib
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

TAIL_NAMES = 20_000
TAIL_WORDS = 60_000
SENTENCES = 20_000
SUBJECTS = 5_000
_SYLLABLES = "ba be bo bra can char cor da del dor fa fer fon ga gil gran ha hel jo la lan lor ma mar mon na nor pa per pol ra rin ro sa sel tan ter va ver vi".split()

# What French does where two words of a template meet: "de le" is "du", "du é" is "de l'é", "de A" is "d'A".
_ELISIONS = (
    (re.compile(r"\bde le\b"), "du"),
    (re.compile(r"\b([Dd])u (?=[aeéiou])"), r"\1e l'"),
    (re.compile(r"\b([Ll])e (?=[aeéio]|un)"), r"\1'"),
    (re.compile(r"\b([dD])e (?=[AEÉIOU])"), r"\1'"),
)


class Vocabulary:
    """Draws names and sentences of one language; the same seed gives the same population."""

    def __init__(self, file: Path, language: str, random: Random) -> None:
        told: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))[language]
        self._random = random
        self._french = language == "fr"
        self._told = told
        self._first = _Drawn(random, told["first_names"].split(), 0.6)
        known = [name.replace("_", " ") for name in told["last_names"].split()]
        self._last = _Drawn(random, known + self._invented(TAIL_NAMES, told["endings"].split()), 0.75)
        self._tail = _Drawn(random, self._invented(TAIL_WORDS, _SYLLABLES), 0.9)
        self._slots = {
            "thing": _Drawn(random, [word.replace("_", " ") for word in told["things"].split()], 0.7),
            "machine": _Drawn(random, told["machines"].split(), 0.8),
            "town": _Drawn(random, told["towns"].split(), 0.7),
            "day": _Drawn(random, told["days"].split(), 0.3),
        }
        self.towns = self._slots["town"]
        self._sentences = [self._filled(sentence) for sentence in self._spread(told["sentences"], SENTENCES)]
        self._subjects = [self._filled(subject)[:250] for subject in self._spread(told["subjects"], SUBJECTS)]

    def person(self) -> tuple[str, str]:
        """A first and a last name."""
        return self._first.draw(), self._last.draw()

    def organisation(self, last: str) -> str:
        """The name of a farm, a firm or a town hall."""
        return self._chosen("organisations").format(last=last, town=self.towns.draw())

    def street(self) -> str:
        return self._chosen("streets")

    def subject(self) -> str:
        """What a case is called."""
        return self._random.choice(self._subjects)

    def text(self, most: int) -> str:
        """One to `most` sentences; every other text names something that few others name."""
        said = self._random.sample(self._sentences, self._random.randint(1, most))
        if self._random.random() < 0.5:
            said.append(
                f"{self._tail.draw().capitalize()} {self._random.randint(10, 99)}-{self._random.randint(100, 999)}."
            )
        return " ".join(said)

    def _chosen(self, name: str) -> str:
        return str(self._random.choice(self._told[name]))

    def _spread(self, templates: list[str], count: int) -> list[str]:
        return _Drawn(self._random, templates, 0.5).many(count)

    def _filled(self, template: str) -> str:
        filled = template.format(
            **{slot: words.draw() for slot, words in self._slots.items()},
            name=" ".join(self.person()),
            number=f"{self._random.randint(10, 99)}-{self._random.randint(100, 999)}",
            count=self._random.randint(2, 60),
        )
        for wrong, right in _ELISIONS if self._french else ():
            filled = wrong.sub(right, filled)
        return filled[0].upper() + filled[1:]

    def _invented(self, count: int, endings: list[str]) -> list[str]:
        made: dict[str, None] = {}
        while len(made) < count:
            parts = self._random.choices(_SYLLABLES, k=self._random.choice((1, 2, 2, 3)))
            made["".join((*parts, self._random.choice(endings))).capitalize()] = None
        return list(made)


class _Drawn:
    """Words drawn by their place: the n-th about n ** steepness times more seldom than the first."""

    def __init__(self, random: Random, words: list[str], steepness: float) -> None:
        self._random = random
        self._words = words
        self._weights = list(accumulate((place + 1) ** -steepness for place in range(len(words))))

    def draw(self) -> str:
        return self._random.choices(self._words, cum_weights=self._weights)[0]

    def many(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._weights, k=count)
