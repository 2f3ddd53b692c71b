"""Cases and their timelines in the store."""

import json
from collections.abc import Mapping
from uuid import UUID

from app.domain.case_types import CaseType
from app.domain.cases import Case, CaseRow, Category, Visibility
from app.domain.conditions import FieldOf
from app.domain.follow_ups import FollowUp
from app.domain.refusals import Refusal, Refused
from app.domain.views import CONDITIONS, COUNT_STOPS_AT, View, ViewKind, is_wide
from app.services.cases import CaseFile, Cursor, NewCase
from app.store import rows
from app.store.case_types import read_types
from app.store.conditions import fields_of
from app.store.conditions import where as where_of
from app.store.customers import PostgresCustomers
from app.store.session import statement
from app.store.view_order import MY_TEAMS, below, order_of, source_of, team_by_team

TIMELINE = 200

ENTRY = """
  SELECT f.id, f.case_id, f.channel, f.body, f.at, f.direction, f.public, f.author_id, f.author_name, f.call_id,
         CASE WHEN f.custom ? 'satisfaction_id' THEN f.custom || coalesce((
           SELECT jsonb_build_object('comment', s.comment) FROM satisfaction s
           WHERE s.id = CAST(f.custom ->> 'satisfaction_id' AS uuid)), '{}') ELSE f.custom END AS custom,
         f.redacted_at, coalesce(r.name, '') AS redacted_by_name,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'content_type', x.content_type,
                                                       'size', b.size, 'sha256', b.sha256) ORDER BY x.name)
                   FROM attachments x JOIN blobs b ON b.id = x.blob_id WHERE x.follow_up_id = f.id), '[]')
           AS attachments
  FROM follow_ups f LEFT JOIN agents r ON r.id = f.redacted_by"""
"""An entry of a timeline, `f`, as `rows.follow_up` reads it."""
_TIMELINE = f"""
SELECT * FROM (
  {ENTRY}
  WHERE f.case_id = :id ORDER BY f.at DESC, f.id DESC LIMIT :limit) newest
ORDER BY at, id"""

# As the policy says, by the index of who sees little: without it, all cases are looked through for the few of hers.
_SEEN_AS = "CAST(c.audience_id AS float8)"
_SEEN = f"{_SEEN_AS} = ANY ((SELECT CAST(my_audiences() AS float8[]))::float8[])"

_INSERT = """
INSERT INTO cases (id, organisation_id, customer_id, subject, team_id, number_id, type_id, description, visibility,
                   assignee_id, priority, severity, tags, project_id, custom)
VALUES (:id, (SELECT my_organisation()), :customer_id, :subject, :team_id, :number_id, :type_id, :description,
        :visibility, :assignee_id, :priority, :severity, :tags, :project_id, CAST(:custom AS jsonb))"""

_UPDATE = """
UPDATE cases SET customer_id = :customer_id, type_id = :type_id, state_id = :state_id, severity = :severity,
  priority = :priority, subject = :subject, description = :description, tags = :tags,
  project_id = :project_id, custom = CAST(:custom AS jsonb)
WHERE id = :id AND version = :version"""

_INSERT_FOLLOW_UP = """
INSERT INTO follow_ups (id, case_id, channel, direction, public, body, at, call_id, custom)
VALUES (:id, :case_id, :channel, :direction, :public, :body, :at, :call_id, CAST(:custom AS jsonb))
ON CONFLICT (id) DO NOTHING"""


class PostgresCases(PostgresCustomers):
    """CaseStore on PostgreSQL; what an agent sees is decided by the policies, not here."""

    _known: Mapping[str, FieldOf] | None = None
    _sees_little: bool | None = None

    async def case_page(self, view: View, after: Cursor | None, limit: int) -> tuple[CaseRow, ...]:
        where, parameters = await self._where(view)
        source, where = source_of(view, where)
        if after is not None:
            beyond, place = below(view, after)
            where, parameters = f"{where} AND {beyond}", parameters | place
        if view.stored is None and CONDITIONS[view.kind].in_my_teams:
            source, where = team_by_team(where, order_of(view)), "true"
        found = await self._database.rows(rows.case_page(where, order_of(view), source), limit=limit, **parameters)
        return tuple(map(rows.case_row, found))

    async def view_counts(self, views: tuple[View, ...]) -> dict[View, int]:
        """Counts in one statement; each stops just above a thousand."""
        parts = []
        parameters: dict[str, object] = {}
        if self._sees_little is None:
            self._sees_little = (await self._database.one("SELECT NOT may('see_all_cases') AS little"))["little"]
        for position, view in enumerate(views):
            where, own = await self._where(view, f"v{position}")
            if self._sees_little and is_wide(view):
                where = f"({where}) AND {_SEEN}"
                if view.kind is ViewKind.ALL and view.stored is None:
                    # In the index's own order, so that the scan ends with the last one that is counted (PostgreSQL 17).
                    where += f" ORDER BY {_SEEN_AS}"
            parameters |= own
            parts.append(
                f"SELECT {position} AS position, count(*) AS n FROM "
                f"(SELECT FROM cases c WHERE {where} LIMIT {COUNT_STOPS_AT + 1}) s"
            )
        found = await self._database.rows(" UNION ALL ".join(parts), **parameters)
        return {views[row["position"]]: row["n"] for row in found}

    async def case_rows(self, view: View, ids: tuple[UUID, ...]) -> tuple[CaseRow, ...]:
        """Those of these cases that stand in a view."""
        where, parameters = await self._where(view)
        where = f"{where} AND c.id = ANY(:ids)"
        found = await self._database.rows(
            rows.case_page(where, order_of(view)), ids=list(ids), limit=len(ids), **parameters
        )
        return tuple(map(rows.case_row, found))

    async def known(self) -> Mapping[str, FieldOf]:
        """The fields that a stored view's condition may ask for, as they were last read."""
        return self._known if self._known is not None else await self.read_known()

    async def read_known(self) -> Mapping[str, FieldOf]:
        """Read them again: a team or a state may be gone."""
        self._known = await fields_of(self._database)
        return self._known

    async def _where(self, view: View, prefix: str = "v") -> tuple[str, dict[str, object]]:
        if view.stored is not None:
            return where_of(view.stored.condition, await self.known(), prefix)
        return _condition(view, f"{prefix}_team")

    async def find_cases(self, text: str, limit: int) -> tuple[CaseRow, ...]:
        """By number when digits are typed, else by the words of subject, description and follow-ups."""
        digits = text.strip().lstrip("#")
        if digits.isdecimal() and len(digits) < 18:
            found = await self._database.rows(f"{rows.CASE_ROW} WHERE c.number = :number", number=int(digits))
            if found:
                return tuple(map(rows.case_row, found))
        found = await self._database.rows(
            f"{rows.CASE_ROW} WHERE c.id IN (SELECT find_cases(:text, :limit)) ORDER BY c.activity_at DESC, c.id DESC",
            text=text,
            limit=limit,
        )
        return tuple(map(rows.case_row, found))

    async def case(self, case_id: UUID) -> Case:
        return rows.case(await self._database.one(f"{rows.CASE} WHERE c.id = :id", id=case_id))

    async def case_file(self, case_id: UUID) -> CaseFile:
        case = await self.case(case_id)
        row = rows.case_row(await self._database.one(f"{rows.CASE_ROW} WHERE c.id = :id", id=case_id))
        timeline = await self._database.rows(_TIMELINE, id=case_id, limit=TIMELINE)
        number = await self._database.one(
            "SELECT e164, team_id, CAST(:team AS uuid) = ANY (my_teams()) AS mine, chat_link(:case) AS chat_link "
            "FROM numbers WHERE id = :id",
            id=case.number_id,
            team=case.team_id,
            case=case_id,
        )
        known = await self.customer_file(case.customer_id)
        return CaseFile(
            case=case,
            row=row,
            customer=known.customer,
            number_e164=number["e164"],
            communication_team_id=number["team_id"],
            timeline=tuple(map(rows.follow_up, timeline)),
            tasks=known.tasks,
            other_cases=tuple(other for other in known.cases if other.id != case_id),
            may_edit=number["mine"] and case.category is not Category.CLOSED,
            chat_link=number["chat_link"],
        )

    async def case_types(self) -> tuple[CaseType, ...]:
        """The types of cases and features, those too that are not enabled any more: cases may still have them."""
        return await read_types(self._database, "kind <> 'task'")

    async def insert_case(self, case: NewCase) -> Case:
        await self._database.write(
            _INSERT,
            id=case.id,
            customer_id=case.customer_id,
            subject=case.subject,
            team_id=case.team_id,
            number_id=case.number_id,
            type_id=case.type_id,
            description=case.description,
            visibility=case.visibility,
            assignee_id=case.assignee_id,
            priority=case.priority,
            severity=case.severity,
            tags=list(case.tags),
            project_id=case.project_id,
            custom=json.dumps(case.custom),
        )
        return await self.case(case.id)

    async def update_case(self, case: Case) -> Case:
        async with self._database.transaction() as connection:
            done = await connection.execute(
                statement(_UPDATE),
                {
                    "id": case.id,
                    "version": case.version,
                    "customer_id": case.customer_id,
                    "type_id": case.type_id,
                    "state_id": case.state_id,
                    "severity": case.severity,
                    "priority": case.priority,
                    "subject": case.subject,
                    "description": case.description,
                    "tags": list(case.tags),
                    "project_id": case.project_id,
                    "custom": json.dumps(case.custom),
                },
            )
            if done.rowcount:
                await connection.execute(
                    statement("SELECT set_case_number(:id, :number)"), {"id": case.id, "number": case.number_id}
                )
        current = await self.case(case.id)
        if done.rowcount == 0:
            if current.version != case.version:
                raise Refused(Refusal.CHANGED_MEANWHILE, current=current, agent=current.updated_by_name)
            raise Refused(Refusal.NOT_PERMITTED)
        return current

    async def assign_case(self, case_id: UUID, agent_id: UUID | None) -> None:
        await self._database.write("SELECT assign_case(:id, :agent)", id=case_id, agent=agent_id)

    async def hand_over_case(self, case_id: UUID, team_id: UUID, note: str) -> None:
        await self._database.write("SELECT hand_over_case(:id, :team, :note)", id=case_id, team=team_id, note=note)

    async def take_back_case(self, case_id: UUID) -> None:
        """As it was before I handed it over, as long as nobody there has it."""
        await self._database.write("SELECT take_back_case(:id)", id=case_id)

    async def set_case_visibility(self, case_id: UUID, visibility: Visibility) -> None:
        await self._database.write(
            "SELECT set_case_visibility(:id, :visibility)", id=case_id, visibility=visibility.value
        )

    async def merge_cases(self, kept_id: UUID, merged_id: UUID) -> None:
        await self._database.write("SELECT merge_cases(:kept, :merged)", kept=kept_id, merged=merged_id)

    async def insert_follow_up(self, follow_up: FollowUp) -> None:
        """File it once: the same id sent again after an outage is the same follow-up."""
        async with self._database.transaction() as connection:
            await connection.execute(
                statement(_INSERT_FOLLOW_UP),
                {
                    "id": follow_up.id,
                    "case_id": follow_up.case_id,
                    "channel": follow_up.channel,
                    "direction": follow_up.direction,
                    "public": follow_up.public,
                    "body": follow_up.body,
                    "at": follow_up.at,
                    "call_id": follow_up.call_id,
                    "custom": json.dumps(follow_up.custom),
                },
            )

    async def redact_follow_up(self, follow_up_id: UUID) -> None:
        await self._database.write("SELECT redact_follow_up(:id)", id=follow_up_id)


def _condition(view: View, team_parameter: str = "team_id") -> tuple[str, dict[str, object]]:
    # Categories stand as literals: a partial index is only used when the planner sees them.
    conditions = CONDITIONS[view.kind]
    parts = []
    parameters: dict[str, object] = {}
    if len(conditions.categories) < len(Category):
        listed = ", ".join(f"'{category.value}'" for category in sorted(conditions.categories))
        parts.append(f"c.category IN ({listed})")
    if conditions.mine:
        parts.append("c.assignee_id = (SELECT me())")
    if conditions.unassigned:
        parts.append("c.assignee_id IS NULL")
    if conditions.in_my_teams:
        parts.append(MY_TEAMS)
    if view.team_id is not None:
        parts.append(f"c.team_id = :{team_parameter}")
        parameters[team_parameter] = view.team_id
    return " AND ".join(parts) or "true", parameters
