"""Many records at once: what an import writes and an export reads, under the agent's own policies."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from app.domain.customers import Customer
from app.domain.import_columns import TableKind
from app.domain.tasks import Task
from app.domain.text import fold
from app.services.import_lines import ImportedCase
from app.store import rows
from app.store.session import Database

PAGE = 2_000

_CUSTOMERS = """
INSERT INTO customers (id, organisation_id, account_number, first_name, last_name, organisation, phones, emails,
  addresses, language, time_zone, preferred_channel, do_not_call, pinned_note, custom)
SELECT r.id, (SELECT my_organisation()), r.account_number, r.first_name, r.last_name, r.organisation, r.phones, r.emails,
  r.addresses, r.language, r.time_zone, r.preferred_channel, r.do_not_call, r.pinned_note, r.custom
FROM jsonb_to_recordset(CAST(:records AS jsonb)) AS r(id uuid, account_number text, first_name text, last_name text,
  organisation text, phones jsonb, emails jsonb, addresses jsonb, language text, time_zone text, preferred_channel text,
  do_not_call boolean, pinned_note text, custom jsonb)"""
_CASES = """
INSERT INTO cases (id, organisation_id, customer_id, subject, team_id, description, assignee_id, state_id, severity,
  priority, visibility, tags, custom)
SELECT r.id, (SELECT my_organisation()), r.customer_id, r.subject, r.team_id, r.description, r.assignee_id, r.state_id,
  r.severity, r.priority, r.visibility, r.tags, r.custom
FROM jsonb_to_recordset(CAST(:records AS jsonb)) AS r(id uuid, customer_id uuid, subject text, team_id uuid,
  description text, assignee_id uuid, state_id uuid, severity text, priority text, visibility text, tags text[],
  custom jsonb)"""
_TASKS = """
INSERT INTO tasks (id, team_id, assignee_id, customer_id, case_id, kind, title, notes, local_at, zone, priority, status,
  reminder_minutes, custom)
SELECT r.id, r.team_id, r.assignee_id, r.customer_id, r.case_id, r.kind, r.title, r.notes, r.local_at, r.zone, r.priority,
  r.status, r.reminder_minutes, r.custom
FROM jsonb_to_recordset(CAST(:records AS jsonb)) AS r(id uuid, team_id uuid, assignee_id uuid, customer_id uuid,
  case_id uuid, kind text, title text, notes text, local_at timestamp, zone text, priority text, status text,
  reminder_minutes integer, custom jsonb)"""

# Each export's columns have the names by which an import knows them.
_EXPORTS = {
    TableKind.CUSTOMERS: """
SELECT c.id, c.account_number, c.first_name, c.last_name, c.organisation,
  (SELECT coalesce(string_agg(e ->> 'e164', ';'), '') FROM jsonb_array_elements(c.phones) e) AS phone,
  (SELECT coalesce(string_agg(e ->> 'address', ';'), '') FROM jsonb_array_elements(c.emails) e) AS email,
  coalesce(c.addresses -> 0 ->> 'lines', '') AS address, c.language, c.time_zone, c.preferred_channel,
  CASE WHEN c.do_not_call THEN 'yes' ELSE 'no' END AS do_not_call, c.pinned_note, c.custom
FROM customers c WHERE c.merged_into_id IS NULL AND c.id > :after ORDER BY c.id LIMIT :limit""",
    TableKind.CASES: """
SELECT c.id, c.number, k.account_number AS customer, c.subject, c.description, t.name AS team,
  coalesce(a.role_name, '') AS assignee, s.name AS state, c.severity, c.priority, c.visibility,
  array_to_string(c.tags, ';') AS tags, c.custom
FROM cases c JOIN customers k ON k.id = c.customer_id JOIN teams t ON t.id = c.team_id
JOIN case_states s ON s.id = c.state_id LEFT JOIN agents a ON a.id = c.assignee_id
WHERE c.merged_into_id IS NULL AND c.id > :after ORDER BY c.id LIMIT :limit""",
    TableKind.TASKS: """
SELECT w.id, w.title, w.kind, coalesce(k.account_number, '') AS customer, coalesce(c.number::text, '') AS "case",
  t.name AS team, coalesce(a.role_name, '') AS assignee, coalesce(to_char(w.local_at, 'YYYY-MM-DD HH24:MI'), '') AS due,
  w.zone, w.priority, w.notes, w.status, w.custom
FROM tasks w JOIN teams t ON t.id = w.team_id LEFT JOIN agents a ON a.id = w.assignee_id
LEFT JOIN customers k ON k.id = w.customer_id LEFT JOIN cases c ON c.id = w.case_id
WHERE w.id > :after ORDER BY w.id LIMIT :limit""",
}


class PostgresTables:
    """ImportStore and ExportStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def customers_by_signs(self, signs: tuple[str, ...]) -> dict[str, tuple[UUID, ...]]:
        """Whoever has exactly these account numbers, e-mail addresses or telephone numbers."""
        found = await self._database.rows(
            "SELECT key, array_agg(customer_id) AS ids FROM customer_keys "
            "WHERE organisation_id = (SELECT my_organisation()) AND key = ANY (:signs) GROUP BY key",
            signs=list(signs),
        )
        return {row["key"]: tuple(row["ids"]) for row in found}

    async def states(self) -> dict[str, UUID]:
        """The states of the type that new cases get, by name, key and category."""
        found = await self._database.rows(
            "SELECT s.id, s.name, s.key, s.category FROM case_states s JOIN (SELECT id FROM case_types WHERE enabled "
            "AND kind = 'case' ORDER BY position LIMIT 1) t ON t.id = s.type_id WHERE s.archived_at IS NULL "
            "ORDER BY s.position DESC"
        )
        return {fold(row[name]): row["id"] for name in ("category", "key", "name") for row in found if row[name]}

    async def cases_by_number(self, numbers: tuple[int, ...]) -> dict[int, UUID]:
        found = await self._database.rows("SELECT number, id FROM cases WHERE number = ANY (:n)", n=list(numbers))
        return {row["number"]: row["id"] for row in found}

    async def insert_customers(self, customers: tuple[Customer, ...]) -> None:
        # One order for all: two batches that share account numbers wait for one another, and never in a circle.
        ordered = sorted(customers, key=lambda one: one.account_number)
        await self._database.write(_CUSTOMERS, records=json.dumps([rows.customer_values(one) for one in ordered]))

    async def insert_cases(self, cases: tuple[ImportedCase, ...]) -> None:
        await self._database.write(_CASES, records=json.dumps([_plain(one, _CASE_COLUMNS) for one in cases]))

    async def insert_tasks(self, tasks: tuple[Task, ...]) -> None:
        await self._database.write(_TASKS, records=json.dumps([_plain(one, _TASK_COLUMNS) for one in tasks]))

    async def exported(self, kind: TableKind) -> AsyncIterator[list[dict[str, Any]]]:
        """Pages of records, the oldest first; `custom` stands in each as the store keeps it."""
        after = UUID(int=0)
        while found := await self._database.rows(_EXPORTS[kind], after=after, limit=PAGE):
            after = found[-1]["id"]
            yield [{name: value for name, value in row.items() if name != "id"} for row in found]


_CASE_COLUMNS = ("id", "customer_id", "subject", "team_id", "description", "assignee_id", "state_id", "severity",
                 "priority", "visibility", "tags", "custom")  # fmt: skip
_TASK_COLUMNS = ("id", "team_id", "assignee_id", "customer_id", "case_id", "kind", "title", "notes", "local_at", "zone",
                 "priority", "status", "reminder_minutes", "custom")  # fmt: skip


def _plain(record: object, columns: tuple[str, ...]) -> dict[str, Any]:
    values = {column: getattr(record, column) for column in columns}
    for column, value in values.items():
        if not isinstance(value, (str, int, float, bool, dict, tuple, type(None))):
            values[column] = value.isoformat() if column == "local_at" else str(value)
    return values
