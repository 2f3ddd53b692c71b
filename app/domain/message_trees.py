"""Message trees: menus that a customer answers by digit or keyword, checked when saved, walked as pure steps."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app.domain.text import fold

MOST_SAYS = 700
REPEATS = 1


class Goes(StrEnum):
    """What a choice does."""

    MENU = "menu"
    TEAM = "team"
    AGENT = "agent"
    ANSWER = "answer"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a choice leads, and what is said on the way, by language; `stay` leaves the case with the tree's team."""

    goes: Goes = Goes.STAY
    menu: str = ""
    id: UUID | None = None
    says: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """A digit and keywords, any of which chooses it."""

    words: tuple[str, ...]
    target: Target


@dataclass(frozen=True, slots=True)
class MessageMenu:
    """What is asked, what may be answered, and what becomes of who answers nothing of it after the repeats."""

    says: dict[str, str]
    choices: tuple[Choice, ...] = ()
    repeats: int = REPEATS
    otherwise: Target = field(default_factory=Target)


@dataclass(frozen=True, slots=True)
class MessageTree:
    """A tree of a team with a number; `closed` is for messages out of its hours."""

    id: UUID
    team_id: UUID
    name: str
    start: str
    menus: dict[str, MessageMenu]
    closed: Target | None = None
    active: bool = True
    version: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """Where a customer stands in a tree."""

    menu: str
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """One step: where she stands now (None: she is through), what is said to her, and where her case goes."""

    talk: Talk | None
    says: str = ""
    target: Target | None = None


class TreeFlaw(StrEnum):
    """What can be wrong with a message tree."""

    NO_START = "no_start"
    NO_SUCH_MENU = "no_such_menu"
    SAYS_NOTHING = "says_nothing"
    SAYS_TOO_MUCH = "says_too_much"
    NO_WORDS = "no_words"
    WORD_TWICE = "word_twice"
    NO_TARGET = "no_target"


def flaws(tree: MessageTree) -> tuple[tuple[str, TreeFlaw], ...]:
    """What is wrong, menu by menu; an empty answer is a tree that leads every message somewhere."""
    if tree.start not in tree.menus:
        return ((tree.start, TreeFlaw.NO_START),)
    found = [(name, flaw) for name, menu in tree.menus.items() for flaw in _flaws_of(menu, tree.menus)]
    if tree.closed is not None:
        found.extend(("", flaw) for flaw in flaws_of_target(tree.closed, tree.menus))
    return tuple(dict.fromkeys(found))


def flaws_of_menu(menu: MessageMenu) -> Iterator[TreeFlaw]:
    """What is wrong with what a menu asks."""
    if not any(text.strip() for text in menu.says.values()):
        yield TreeFlaw.SAYS_NOTHING
    if any(len(text) > MOST_SAYS for text in menu.says.values()):
        yield TreeFlaw.SAYS_TOO_MUCH


def _flaws_of(menu: MessageMenu, menus: Mapping[str, MessageMenu]) -> Iterator[TreeFlaw]:
    yield from flaws_of_menu(menu)
    words = [fold(word) for choice in menu.choices for word in choice.words]
    if len(words) != len(set(words)):
        yield TreeFlaw.WORD_TWICE
    for choice in menu.choices:
        if not any(fold(word) for word in choice.words):
            yield TreeFlaw.NO_WORDS
        yield from flaws_of_target(choice.target, menus)
    yield from flaws_of_target(menu.otherwise, menus)


def flaws_of_target(target: Target, menus: Mapping[str, MessageMenu]) -> Iterator[TreeFlaw]:
    """What is wrong with where a choice leads."""
    if target.goes is Goes.MENU and target.menu not in menus:
        yield TreeFlaw.NO_SUCH_MENU
    if target.goes in {Goes.TEAM, Goes.AGENT} and target.id is None:
        yield TreeFlaw.NO_TARGET
    if target.goes is Goes.ANSWER and not any(text.strip() for text in target.says.values()):
        yield TreeFlaw.SAYS_NOTHING
    if any(len(text) > MOST_SAYS for text in target.says.values()):
        yield TreeFlaw.SAYS_TOO_MUCH


def begin(tree: MessageTree, language: str, *, is_open: bool) -> Reply:
    """The first message of a customer: its case is with the tree's team already, and she is asked."""
    if not is_open and tree.closed is not None:
        return _go(tree, tree.closed, language)
    return Reply(Talk(tree.start), _words(tree.menus[tree.start].says, language))


def answer(tree: MessageTree, talk: Talk, text: str, language: str) -> Reply:
    """What a customer answered: her choice, or the same question again, or where she goes who chooses nothing."""
    menu = tree.menus.get(talk.menu)
    if menu is None:
        return Reply(None)  # the tree was changed meanwhile: her case stays where it is
    choice = next((one for one in menu.choices if chooses(one, text)), None)
    if choice is not None:
        return _go(tree, choice.target, language)
    if talk.tries + 1 > menu.repeats:
        return _go(tree, menu.otherwise, language)
    return Reply(Talk(talk.menu, talk.tries + 1), _words(menu.says, language))


def chooses(choice: Choice, text: str) -> bool:
    """Whether a text is a digit of the choice, or holds one of its keywords as a word."""
    said = fold(text)
    words = set(re.findall(r"\w+", said))
    bare = said.strip(" .!)#*")
    return any(
        bare == word if word.isdigit() else word in words or (" " in word and word in said)
        for word in map(fold, choice.words)
        if word
    )


def _go(tree: MessageTree, target: Target, language: str) -> Reply:
    said = _words(target.says, language)
    if target.goes is Goes.MENU and target.menu in tree.menus:
        asks = _words(tree.menus[target.menu].says, language)
        return Reply(Talk(target.menu), f"{said}\n{asks}".strip())
    return Reply(None, said, target if target.goes in {Goes.TEAM, Goes.AGENT} else None)


def _words(says: Mapping[str, str], language: str) -> str:
    return (says.get(language) or next((text for text in says.values() if text.strip()), "")).strip()
