"""What the hub looks up before it decides: numbers, hours, callers, rules, call trees, cases that callers name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.call_trees import CallTree
from app.domain.floor import Floor
from app.domain.plain import from_plain
from app.domain.prompts import Prompt
from app.domain.routing import Caller, Closed, LastAdvisor, RoutingRule
from app.domain.schedules import Hours, hours_now
from app.services.call_book import DialledNumber, FoundCase, KnownCaller, PlannedCall
from app.store.floor import read_floor, read_schedules
from app.store.rows import PERSON
from app.store.session import Database

_DIALLED = """
SELECT n.id, n.organisation_id, n.team_id, n.e164, o.language, v.call_tree_id, v.greeting_prompt_id, v.closed_prompt_id,
  coalesce(v.closed_treatment, 'voicemail') AS closed_treatment,
  coalesce(v.closed_now AND coalesce(v.closed_until > :at, true), false) AS closed_now
FROM numbers n JOIN organisations o ON o.id = n.organisation_id LEFT JOIN team_voice v ON v.team_id = n.team_id
WHERE n.e164 = :e164"""

_CALLER = """
SELECT k.customer_id, c.language, c.organisation AS company, c.account_number, coalesce(c.custom ->> 'segment', '') AS segment, coalesce(nullif(btrim(c.first_name || ' ' || c.last_name), ''), c.organisation) AS name,
  count(*) OVER () AS matches,
  (SELECT array_agg(x.id) FROM cases x WHERE x.customer_id = k.customer_id AND x.category NOT IN ('solved', 'closed')) AS open
FROM customer_keys k JOIN customers c ON c.id = k.customer_id
WHERE k.organisation_id = :organisation AND k.key = :e164 LIMIT 2"""

# Solved cases included; the communication team is that of the case's own number (S1-37), not the sub-team's default.
_LAST_ADVISOR = """
SELECT c.number, c.assignee_id, c.team_id, n.team_id AS communication_team_id, c.activity_at,
  t.last_advisor AS on_for_case_team, m.last_advisor AS on_for_communication_team,
  coalesce(v.last_advisor_days, 7) AS days
FROM cases c JOIN numbers n ON n.id = c.number_id JOIN teams t ON t.id = c.team_id JOIN teams m ON m.id = n.team_id
  LEFT JOIN team_voice v ON v.team_id = n.team_id
WHERE c.customer_id = :customer AND n.team_id = :team AND c.category <> 'closed' ORDER BY c.activity_at DESC LIMIT 1"""

_RULES = """
SELECT id, name, match_on, how, value, to_team_id, to_agent_id, created_at FROM routing_rules
WHERE team_id = :team AND archived_at IS NULL ORDER BY created_at DESC, id DESC"""


class PostgresLookups:
    """The looking-up part of CallBook, as the hub."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def floor(self, at: datetime | None = None) -> Floor:
        return await read_floor(self._database, at)

    async def dialled_number(self, e164: str, at: datetime | None = None) -> DialledNumber | None:
        """What a number of ours leads to now, or at another time."""
        at = at or datetime.now(UTC)
        row = await self._database.row(_DIALLED, e164=e164, at=at)
        if row is None:
            return None
        schedules = (await read_schedules(self._database)).get(row["team_id"], [])
        hours = hours_now(schedules, at)
        if row["closed_now"]:
            hours = Hours(is_open=False, schedule="closed_now")
        elif hours.call_tree_id is None and hours.is_open:
            hours = replace(hours, call_tree_id=row["call_tree_id"])
        closed = Closed(row["closed_treatment"] == "voicemail", _own(row["closed_prompt_id"]))
        return DialledNumber(
            row["id"],
            row["organisation_id"],
            row["team_id"],
            row["e164"],
            hours,
            closed,
            _own(row["greeting_prompt_id"]),
            row["language"],
        )

    async def number_shown(self, agent_id: UUID, wished: str) -> DialledNumber | None:
        """The number an agent calls with: the one she wished if it is her organisation's, her team's, or any."""
        row = await self._database.row(
            "SELECT n.id, n.organisation_id, n.team_id, n.e164 FROM agents a JOIN numbers n "
            "ON n.organisation_id = a.organisation_id LEFT JOIN teams t ON t.id = a.default_team_id "
            "WHERE a.id = :agent ORDER BY n.e164 = :wished DESC, "
            "coalesce(n.team_id = coalesce(t.communication_team_id, t.id), false) DESC, n.position LIMIT 1",
            agent=agent_id,
            wished=wished,
        )
        if row is None:
            return None
        return DialledNumber(row["id"], row["organisation_id"], row["team_id"], row["e164"], Hours(is_open=True))

    async def planned_call(self, call_id: UUID, agent_id: UUID) -> PlannedCall | None:
        row = await self._database.row(
            f"SELECT coalesce(n.e164, '') AS shown, p.customer_id, coalesce({PERSON.format('k')}, '') AS name, p.case_id, "
            "p.task_id FROM planned_calls p LEFT JOIN numbers n ON n.id = p.number_id "
            "LEFT JOIN customers k ON k.id = p.customer_id WHERE p.id = :call AND p.agent_id = :agent "
            "AND NOT EXISTS (SELECT FROM calls c WHERE c.id = p.id)",
            call=call_id,
            agent=agent_id,
        )
        return None if row is None else PlannedCall(**row)

    async def known_caller(self, number: DialledNumber, e164: str, at: datetime | None = None) -> KnownCaller:
        found = await self._database.rows(_CALLER, organisation=number.organisation_id, e164=e164)
        if len(found) != 1:
            return KnownCaller(Caller(e164))
        customer, opened = found[0]["customer_id"], found[0]["open"] or []
        last = await self._database.row(_LAST_ADVISOR, customer=customer, team=number.team_id)
        advisor = await self._advisor(last, at) if last is not None else None
        caller = Caller(e164, found[0]["segment"], found[0]["company"], found[0]["account_number"])
        return KnownCaller(
            caller, customer, found[0]["name"], opened[0] if len(opened) == 1 else None, advisor, found[0]["language"]
        )

    async def _advisor(self, values: RowMapping, at: datetime | None) -> LastAdvisor:
        floor = await self.floor(at)
        team = floor.teams.get(values["team_id"])
        return LastAdvisor(
            agent_id=values["assignee_id"],
            case_number=values["number"],
            case_team_id=values["team_id"],
            communication_team_id=values["communication_team_id"],
            last_activity_at=values["activity_at"],
            on_for_case_team=values["on_for_case_team"],
            on_for_communication_team=values["on_for_communication_team"],
            on_schedule=team is not None and values["assignee_id"] in team.members,
            window=timedelta(days=values["days"]),
        )

    async def routing_rules(self, team_id: UUID) -> tuple[RoutingRule, ...]:
        """The rules of a team, the newest first."""
        return tuple(RoutingRule(**row) for row in await self._database.rows(_RULES, team=team_id))

    async def call_trees(self, organisation_id: UUID) -> tuple[CallTree, ...]:
        found = await self._database.rows(
            "SELECT id, name, outline FROM call_trees WHERE organisation_id = :organisation",
            organisation=organisation_id,
        )
        return tuple(
            from_plain(CallTree, {**row["outline"], "id": str(row["id"]), "name": row["name"]}) for row in found
        )

    async def case_by_number(self, organisation_id: UUID, number: int) -> FoundCase | None:
        row = await self._database.row(
            "SELECT id, customer_id, team_id, assignee_id FROM cases WHERE organisation_id = :organisation "
            "AND number = :number AND category <> 'closed' AND visibility <> 'private'",
            organisation=organisation_id,
            number=number,
        )
        return None if row is None else (row["id"], row["customer_id"], row["team_id"], row["assignee_id"])

    async def handled_s(self) -> dict[UUID, float]:
        found = await self._database.rows(
            "SELECT team_id, avg(extract(epoch FROM ended_at - began_at)) AS seconds FROM call_parts "
            "WHERE ended_at > now() - interval '2 hours' GROUP BY team_id"
        )
        return {row["team_id"]: float(row["seconds"]) for row in found}


def _own(prompt_id: UUID | None) -> Prompt | None:
    return None if prompt_id is None else Prompt(own=prompt_id)
