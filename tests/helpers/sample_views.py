"""The views of the Vallon dealership in memory."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from app.domain.case_fields import case_fields
from app.domain.cases import CaseRow
from app.domain.condition_checks import check
from app.domain.conditions import ME, MINE, Compare, FieldOf, Group, How, Kind
from app.domain.judging import meets
from app.domain.views import Grouping, Order, StoredView
from app.services.organisation import Directory
from tests.helpers.sample_data import NOW, STATES, TYPES, key

_NEEDS = Compare("case.category", How.IS, ("new", "open", "waiting_agent"))
_MY_TEAMS = Compare("case.team", How.IS, (MINE,))
_SHIPPED = (
    ("my_open", "My open cases", "inbox", Group(parts=(_NEEDS, Compare("case.assignee", How.IS, (ME,))))),
    ("unassigned", "Unassigned", "user-x", Group(parts=(_NEEDS, Compare("case.assignee", How.EMPTY), _MY_TEAMS))),
    ("waiting_agent", "Waiting on agent", "alarm-clock", Group(parts=(_MY_TEAMS,))),
    ("waiting_customer", "Waiting on customer", "hourglass", Group(parts=(_MY_TEAMS,))),
    ("solved_lately", "Solved lately", "circle-check", Group(parts=(Compare("case.category", How.IS, ("solved",)),))),
    ("all", "All cases", "layers", Group()),
)
LOST = key("a team that is gone")


class SampleViews:
    """ViewStore over a few views."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        me = directory.me.id
        self.kept: list[StoredView] = [
            StoredView(key(f"view {code}"), name, condition, code, icon, position=n)
            for n, (code, name, icon, condition) in enumerate(_SHIPPED)
        ]
        urgent = Compare("case.priority", How.IS, ("high", "urgent"))
        self.kept += [
            StoredView(
                key("view urgent"), "Urgent, by team", Group(parts=(urgent,)), "", "flag",
                order=Order.PRIORITY, grouping=Grouping.TEAM, owner_id=me,
            ),
            StoredView(
                key("view lost"), "Old workshop", Compare("case.team", How.IS, (str(LOST),)), "", "wrench",
                owner_id=me, at_left=False, position=1,
            ),
        ]  # fmt: skip

    async def views(self) -> tuple[StoredView, ...]:
        known = await self.known()
        return tuple(replace(one, troubles=check(one.condition, known)) for one in self.kept)

    async def known(self) -> Mapping[str, FieldOf]:
        def named(pairs: object) -> FieldOf:
            return FieldOf(Kind.CHOICE, {str(id_): name for id_, name in pairs})  # type: ignore[attr-defined]

        directory = self._directory
        chosen = {
            "case.type": named((one.id, one.name) for one in TYPES),
            "case.state": named((key(code), name) for code, name, _ in STATES),
            "case.team": named((team.id, team.name) for team in directory.teams),
            "case.assignee": named((agent.id, agent.name) for agent in directory.agents),
        }
        return case_fields(chosen, directory.fields)

    async def save_view(self, edited: StoredView) -> None:
        known = next((at for at, one in enumerate(self.kept) if one.id == edited.id), None)
        if known is None:
            self.kept.append(edited)
        else:
            self.kept[known] = replace(edited, version=edited.version + 1)

    async def remove_view(self, view_id: UUID) -> None:
        self.kept = [one for one in self.kept if one.id != view_id]

    async def restore_views(self) -> int:
        return 0

    def holds(self, stored: StoredView, row: CaseRow) -> bool:
        """Whether a case stands in a view."""
        directory = self._directory
        facts = {
            "case.category": row.category, "case.assignee": row.assignee_id, "case.team": row.team_id,
            "case.priority": row.priority, "case.subject": row.subject, "case.activity_at": row.activity_at,
            ME: directory.me.id, MINE: tuple(team.id for team in directory.my_teams()),
        }  # fmt: skip
        return meets(stored.condition, facts, NOW)
