"""The order of a view in SQL, and what lies below the last row of a page (keyset, never an offset)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.views import CATEGORY_PLACE, NOBODY, Grouping, Order, View
from app.services.cases import Cursor


@dataclass(frozen=True, slots=True)
class _Sorting:
    order: str
    below: str


_SORTINGS: Mapping[Order, _Sorting] = {
    Order.NEWEST: _Sorting("c.activity_at DESC, c.id DESC", "(c.activity_at, c.id) < (:after_at, :after_id)"),
    Order.OLDEST: _Sorting("c.activity_at, c.id", "(c.activity_at, c.id) > (:after_at, :after_id)"),
    Order.CREATED: _Sorting("c.created_at DESC, c.id DESC", "(c.created_at, c.id) < (:after_created, :after_id)"),
    Order.CREATED_OLDEST: _Sorting("c.created_at, c.id", "(c.created_at, c.id) > (:after_created, :after_id)"),
    Order.PRIORITY: _Sorting(
        "urgency(c.priority), c.activity_at, c.id",
        "(urgency(c.priority), c.activity_at, c.id) > (CAST(:after_urgency AS smallint), :after_at, :after_id)",
    ),
}
_CATEGORY = " ".join(f"WHEN '{category.value}' THEN {place}" for category, place in CATEGORY_PLACE.items())
_GROUPS: Mapping[Grouping, tuple[str, str]] = {
    Grouping.STATE: (f"(CASE c.category {_CATEGORY} END)", "CAST(:after_group AS integer)"),
    Grouping.TEAM: ("c.team_id", "CAST(:after_group AS uuid)"),
    Grouping.ASSIGNEE: (f"coalesce(c.assignee_id, '{NOBODY}')", "CAST(:after_group AS uuid)"),
    Grouping.PRIORITY: ("urgency(c.priority)", "CAST(:after_group AS smallint)"),
    Grouping.TYPE: ("c.type_id", "CAST(:after_group AS uuid)"),
}
_USES = {"after_at": "activity_at", "after_created": "created_at", "after_id": "id", "after_urgency": "urgency",
         "after_group": "group"}  # fmt: skip


MY_TEAMS = "c.team_id = ANY ((SELECT my_memberships())::uuid[])"
"""Cases of the teams that an agent is a member of."""
GROUPED = 1_000
"""A view that groups puts together its first thousand cases: no index has every group in every order."""


def order_of(view: View) -> str:
    """What a page of this view is ordered by."""
    order = _SORTINGS[view.order].order
    return f"{_GROUPS[view.grouping][0]}, {order}" if view.grouping in _GROUPS else order


def source_of(view: View, where: str) -> tuple[str, str]:
    """What a page is read from, and the rest of its condition."""
    if view.grouping not in _GROUPS:
        return "cases", where
    order = _SORTINGS[view.order].order
    return f"(SELECT * FROM cases c WHERE {where} ORDER BY {order} LIMIT {GROUPED})", "true"


def team_by_team(where: str, order: str) -> str:
    """The first of each of her teams by that team's index: else all cases are looked through for a small team's few.

    `where` has MY_TEAMS for one of what must hold.
    """
    of_one = where.replace(MY_TEAMS, "c.team_id = my.team")
    return (
        "(SELECT c.* FROM unnest((SELECT my_memberships())::uuid[]) my(team), "
        f"LATERAL (SELECT * FROM cases c WHERE {of_one} ORDER BY {order} LIMIT :limit) c)"
    )


def below(view: View, after: Cursor) -> tuple[str, dict[str, object]]:
    """The condition of what comes after a row, with its parameters."""
    condition = _SORTINGS[view.order].below
    if view.grouping in _GROUPS:
        group, value = _GROUPS[view.grouping]
        condition = f"({group} > {value} OR ({group} = {value} AND {condition}))"
    return condition, {
        name: getattr(after, attribute) for name, attribute in _USES.items() if f":{name}" in condition
    }  # fmt: skip
