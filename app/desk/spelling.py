"""Spelling at the desk: the language of what is answered, the words that no dictionary knows, and one's own words.

The language is that of the customer's last mail, else the agent's. Quotes, addresses, numbers, capitals and the
customer's name are not judged; one's own words lie beside one's journal on this computer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.desk.case_file import CaseFileState, OpenCase
from app.desk.presenter import Presenter
from app.domain.follow_ups import Channel, Direction
from app.domain.languages import language_of_text
from app.domain.spelling import words_of
from app.services.organisation import Directory
from app.services.spelling import Speller

MOST_AT_ONCE, MOST_KEPT = 2_000, 5_000


@dataclass(frozen=True, slots=True)
class SpellingState:
    """The language that is written, empty where there is no dictionary, and its wrong words with what may be meant."""

    language: str = ""
    wrong: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


class Spelling(Presenter[SpellingState]):
    """Follows the open case: what a customer writes French to is answered in French."""

    def __init__(self, speller: Speller, case: OpenCase, directory: Callable[[], Directory | None]) -> None:
        super().__init__(SpellingState())
        self._speller, self._directory = speller, directory
        self._right: set[str] = set()
        self._names: set[str] = set()
        self._unfollow = case.subscribe(self._follow)

    def look_at(self, words: Iterable[str]) -> None:
        """Have the words judged that nobody has judged yet."""
        if not self.state.language:
            return
        known = self._right | self._names
        fresh = tuple(dict.fromkeys(one for one in words if one not in known and one not in self.state.wrong))
        fresh = fresh[:MOST_AT_ONCE]
        if fresh:
            self.work.latest("check", self._check(self.state.language, fresh))

    def learn(self, word: str) -> None:
        """Count a word as one of mine."""
        self._right.add(word)
        self.show(wrong=MappingProxyType({one: meant for one, meant in self.state.wrong.items() if one != word}))
        self.work.start(self._speller.learn(word), "learn")

    async def close(self) -> None:
        """End the subscription and the dictionaries too."""
        self._unfollow()
        await super().close()
        await self._speller.close()

    def _follow(self, state: CaseFileState) -> None:
        directory = self._directory()
        language = directory.me.language if directory is not None else "fr"
        if state.file is not None:
            # How somebody is called is no mistake.
            customer, me = state.file.customer, directory.me.name if directory is not None else ""
            self._names = {word for _, word in words_of(f"{customer.name} {customer.organisation} {me}")}
            came = [
                one for one in state.file.timeline if one.channel is Channel.EMAIL and one.direction is Direction.IN
            ]
            language = language_of_text(came[-1].body, language) if came else language
        if language != self.state.language:
            self.work.latest("language", self._speak(language))

    async def _speak(self, language: str) -> None:
        there = await self._speller.languages()
        self._right = set()
        self.show(language=language if language in there else "", wrong=MappingProxyType({}))

    async def _check(self, language: str, words: tuple[str, ...]) -> None:
        wrong = await self._speller.check(language, words)
        if language != self.state.language:
            return
        if len(self._right) > MOST_KEPT:
            self._right = set()
        self._right |= set(words) - wrong.keys()
        kept = self.state.wrong if len(self.state.wrong) < MOST_KEPT else {}
        self.show(wrong=MappingProxyType({**kept, **wrong}))
