"""Call trees: menus of keys that lead a caller on, checked when they are saved so that nobody is led astray."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app.domain.prompts import Prompt

KEYS = "0123456789*#"
REPEATS = 2
TIMEOUT_S = 6


class Leads(StrEnum):
    """What a key can lead to."""

    MENU = "menu"
    TEAM = "team"
    AGENT = "agent"
    NUMBER = "number"
    VOICEMAIL = "voicemail"
    TREE = "tree"
    QUEUE = "queue"
    REPEAT = "repeat"
    END = "end"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a key leads: a menu by its name, a record by its id, a number (E.164), or the dialled team's queue."""

    leads: Leads
    menu: str = ""
    id: UUID | None = None
    number: str = ""


QUEUE = Destination(Leads.QUEUE)


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu; with `asks_case` the caller types a case number, and its keys are for who does not."""

    says: tuple[Prompt, ...]
    keys: dict[str, Destination] = field(default_factory=dict)
    asks_case: bool = False
    repeats: int = REPEATS
    timeout_s: int = TIMEOUT_S
    otherwise: Destination = QUEUE
    """Where she goes who presses nothing, or nothing that exists, after the repeats."""


@dataclass(frozen=True, slots=True)
class CallTree:
    """A tree of menus; the first one is `start`."""

    id: UUID
    name: str
    start: str
    menus: dict[str, Menu]


class Flaw(StrEnum):
    """What can be wrong with a tree."""

    NO_START = "no_start"
    NO_SUCH_MENU = "no_such_menu"
    NOT_A_KEY = "not_a_key"
    NO_TARGET = "no_target"
    SAYS_NOTHING = "says_nothing"
    NEVER_REACHED = "never_reached"
    NO_WAY_OUT = "no_way_out"


def flaws(tree: CallTree) -> tuple[tuple[str, Flaw], ...]:
    """What is wrong, menu by menu; an empty answer is a tree that leads every caller somewhere."""
    if tree.start not in tree.menus:
        return ((tree.start, Flaw.NO_START),)
    found: list[tuple[str, Flaw]] = []
    for name, menu in tree.menus.items():
        found.extend((name, flaw) for flaw in _flaws_of(menu, tree.menus))
    reached = _reached(tree)
    found.extend((name, Flaw.NEVER_REACHED) for name in tree.menus if name not in reached)
    found.extend((name, Flaw.NO_WAY_OUT) for name in tree.menus if _goes_round(name, tree.menus))
    return tuple(dict.fromkeys(found))


def _flaws_of(menu: Menu, menus: Mapping[str, Menu]) -> Iterator[Flaw]:
    if not menu.says:
        yield Flaw.SAYS_NOTHING
    for key in menu.keys:
        if len(key) != 1 or key not in KEYS or (menu.asks_case and key in "0123456789#"):
            yield Flaw.NOT_A_KEY
    for destination in (*menu.keys.values(), menu.otherwise):
        if destination.leads is Leads.MENU and destination.menu not in menus:
            yield Flaw.NO_SUCH_MENU
        if destination.leads in {Leads.TEAM, Leads.AGENT, Leads.TREE} and destination.id is None:
            yield Flaw.NO_TARGET
        if destination.leads is Leads.NUMBER and not destination.number:
            yield Flaw.NO_TARGET
    if menu.otherwise.leads is Leads.REPEAT:
        yield Flaw.NO_WAY_OUT


def _reached(tree: CallTree) -> frozenset[str]:
    reached: set[str] = set()
    ahead = [tree.start]
    while ahead:
        name = ahead.pop()
        if name in reached or name not in tree.menus:
            continue
        reached.add(name)
        menu = tree.menus[name]
        ahead.extend(d.menu for d in (*menu.keys.values(), menu.otherwise) if d.leads is Leads.MENU)
    return frozenset(reached)


def _goes_round(name: str, menus: Mapping[str, Menu]) -> bool:
    """Whether a caller who presses nothing is led from menu to menu for ever."""
    seen: set[str] = set()
    while name in menus and name not in seen:
        seen.add(name)
        otherwise = menus[name].otherwise
        if otherwise.leads is not Leads.MENU:
            return False
        name = otherwise.menu
    return name in seen
