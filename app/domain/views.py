"""Views: the lists of cases at the left of the desk, as conditions on category, assignee and team."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.domain.cases import LIVE, NEEDS_ANSWER, Category

COUNT_STOPS_AT = 1_000


class ViewKind(StrEnum):
    """The shipped views; each one is a fixed set of conditions."""

    MY_OPEN = "my_open"
    UNASSIGNED = "unassigned"
    WAITING_AGENT = "waiting_agent"
    WAITING_CUSTOMER = "waiting_customer"
    TEAM = "team"
    SOLVED = "solved"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class View:
    """One view; a team's view names its team."""

    kind: ViewKind
    team_id: UUID | None = None


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


def shown_count(count: int) -> str:
    """A view's count as it is shown: it stops at a thousand, since counting further helps nobody."""
    return f"{COUNT_STOPS_AT:,}+" if count > COUNT_STOPS_AT else str(count)
