"""Views: the lists of cases at the left of the desk, as conditions with columns, an order and a group."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.cases import LIVE, NEEDS_ANSWER, CaseRow, Category, Level
from app.domain.condition_checks import Trouble
from app.domain.conditions import ANYTHING, Compare, Condition, Group, How, Joined
from app.domain.refusals import Refusal, Refused

COUNT_STOPS_AT = 1_000
AT_LEFT = 12
MOST_SHARED, MOST_PERSONAL, MOST_COLUMNS, NAME_MOST = 100, 10, 4, 60


class ViewKind(StrEnum):
    """A view whose conditions are written out for speed, or a stored one that carries its own."""

    MY_OPEN = "my_open"
    UNASSIGNED = "unassigned"
    WAITING_AGENT = "waiting_agent"
    WAITING_CUSTOMER = "waiting_customer"
    TEAM = "team"
    SOLVED = "solved"
    ALL = "all"
    STORED = "stored"


class Order(StrEnum):
    """In which order a view lists; of the most urgent ones the longest waiting come first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    CREATED = "created"
    CREATED_OLDEST = "created_oldest"
    PRIORITY = "priority"


class Grouping(StrEnum):
    """What a view's cases are put together by."""

    NONE = ""
    STATE = "state"
    TEAM = "team"
    ASSIGNEE = "assignee"
    PRIORITY = "priority"
    TYPE = "type"


class Column(StrEnum):
    """What stands in the last line of a case in a list."""

    NUMBER = "number"
    TEAM = "team"
    ASSIGNEE = "assignee"
    ORGANISATION = "organisation"
    TYPE = "type"
    PROJECT = "project"
    TAGS = "tags"
    CREATED = "created"
    STATE = "state"


DEFAULT_COLUMNS = (Column.NUMBER, Column.TEAM)


@dataclass(frozen=True, slots=True)
class StoredView:
    """A view as it is kept; `key` names a shipped one, `troubles` what its condition asks for in vain.

    Shared with everybody when it has neither owner nor team.
    """

    id: UUID
    name: str
    condition: Condition = ANYTHING
    key: str = ""
    icon: str = "layers"
    columns: tuple[Column, ...] = DEFAULT_COLUMNS
    order: Order = Order.NEWEST
    grouping: Grouping = Grouping.NONE
    owner_id: UUID | None = None
    team_id: UUID | None = None
    at_left: bool = True
    position: int = 0
    version: int = 1
    troubles: tuple[Trouble, ...] = ()

    @property
    def view(self) -> "View":
        """What is listed: a shipped view that nobody changed has its conditions written out."""
        if self.version == 1 and self.key in WRITTEN_OUT:
            return View(ViewKind(self.key))
        return View(ViewKind.STORED, stored=self)


@dataclass(frozen=True, slots=True)
class View:
    """One view; a team's view names its team, a stored one carries what is kept."""

    kind: ViewKind
    team_id: UUID | None = None
    stored: StoredView | None = None

    @property
    def order(self) -> Order:
        """The order in which it lists."""
        return self.stored.order if self.stored is not None else Order.NEWEST

    @property
    def grouping(self) -> Grouping:
        """What its cases are put together by."""
        return self.stored.grouping if self.stored is not None else Grouping.NONE

    @property
    def columns(self) -> tuple[Column, ...]:
        """What stands in the last line of each case."""
        return self.stored.columns if self.stored is not None else DEFAULT_COLUMNS


@dataclass(frozen=True, slots=True)
class ViewConditions:
    """What a case must be to stand in a view: its category, and whose it is."""

    categories: frozenset[Category]
    mine: bool = False
    unassigned: bool = False
    in_my_teams: bool = False


CONDITIONS = {
    # The open view holds only what needs an answer now (S4-07): waiting on the customer is not in it.
    ViewKind.MY_OPEN: ViewConditions(NEEDS_ANSWER, mine=True),
    ViewKind.UNASSIGNED: ViewConditions(NEEDS_ANSWER, unassigned=True, in_my_teams=True),
    ViewKind.WAITING_AGENT: ViewConditions(frozenset({Category.WAITING_AGENT}), in_my_teams=True),
    ViewKind.WAITING_CUSTOMER: ViewConditions(frozenset({Category.WAITING_CUSTOMER}), in_my_teams=True),
    ViewKind.TEAM: ViewConditions(LIVE),
    ViewKind.SOLVED: ViewConditions(frozenset({Category.SOLVED, Category.CLOSED})),
    ViewKind.ALL: ViewConditions(frozenset(Category)),
}
_NARROW = frozenset({"case.assignee", "case.team", "case.project", "case.number", "case.due_at"})
_NARROWS = frozenset({How.IS, How.PAST, How.WITHIN_LAST, How.WITHIN_NEXT})


def is_wide(view: View) -> bool:
    """Whether a view may be about any case whatever: no person, team, project or promise narrows it."""
    if view.stored is None:
        own = CONDITIONS[view.kind]
        return not (own.mine or own.unassigned or own.in_my_teams or view.team_id is not None)
    condition = view.stored.condition
    parts = condition.parts if isinstance(condition, Group) and condition.joined is Joined.ALL else (condition,)
    return not any(isinstance(part, Compare) and part.field in _NARROW and part.how in _NARROWS for part in parts)


WRITTEN_OUT = frozenset(kind.value for kind in CONDITIONS) - {ViewKind.TEAM.value, ViewKind.SOLVED.value}

URGENCY: Mapping[Level, int] = {Level.URGENT: 0, Level.HIGH: 1, Level.NORMAL: 2, Level.LOW: 3}
"""As the database's urgency()."""
CATEGORY_PLACE: Mapping[Category, int] = {category: place for place, category in enumerate(Category)}
NOBODY = str(UUID(int=0))


def group_of(grouping: Grouping, row: CaseRow) -> str | int:
    """What a case is put together by, as it is compared."""
    return _GROUPS[grouping](row)


_GROUPS: Mapping[Grouping, Callable[[CaseRow], str | int]] = {
    Grouping.NONE: lambda _row: 0,
    Grouping.STATE: lambda row: CATEGORY_PLACE[row.category],
    Grouping.TEAM: lambda row: str(row.team_id),
    Grouping.ASSIGNEE: lambda row: str(row.assignee_id) if row.assignee_id is not None else NOBODY,
    Grouping.PRIORITY: lambda row: URGENCY[row.priority],
    Grouping.TYPE: lambda row: str(row.type_id) if row.type_id is not None else NOBODY,
}


def place(view: View, row: CaseRow) -> tuple[str | int | float, ...]:
    """Where a case stands in its view: smaller is higher."""
    return (group_of(view.grouping, row), *_ORDERS[view.order](row))


def _back(at: datetime | None) -> float:
    return -at.timestamp() if at is not None else 0.0


def _on(at: datetime | None) -> float:
    return at.timestamp() if at is not None else 0.0


_ORDERS: Mapping[Order, Callable[[CaseRow], tuple[int | float, ...]]] = {
    Order.NEWEST: lambda row: (_back(row.activity_at), -row.id.int),
    Order.OLDEST: lambda row: (_on(row.activity_at), row.id.int),
    Order.CREATED: lambda row: (_back(row.created_at), -row.id.int),
    Order.CREATED_OLDEST: lambda row: (_on(row.created_at), row.id.int),
    Order.PRIORITY: lambda row: (URGENCY[row.priority], _on(row.activity_at), row.id.int),
}


def at_left(views: tuple[StoredView, ...]) -> tuple[StoredView, ...]:
    """The views that stand at the left: the shared ones in their order, then mine, twelve at most."""
    return tuple(one for one in views if one.at_left)[:AT_LEFT]


def check_view(edited: StoredView) -> None:
    """Refuse a view that has no name, or one too long."""
    name = " ".join(edited.name.split())
    if not name:
        raise Refused(Refusal.REQUIRED, "name")
    if len(name) > NAME_MOST:
        raise Refused(Refusal.TOO_LONG, "name", length=len(name), most=NAME_MOST)


def shown_count(count: int) -> str:
    """A view's count as it is shown: it stops at a thousand, since counting further helps nobody."""
    return f"{COUNT_STOPS_AT:,}+" if count > COUNT_STOPS_AT else str(count)
