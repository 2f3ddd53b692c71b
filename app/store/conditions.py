"""Conditions as SQL over the cases of a list (`c`), meaning what app.domain.judging.meets means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.domain.case_fields import CHOSEN, case_fields
from app.domain.condition_checks import check
from app.domain.conditions import ME, MINE, Compare, Condition, FieldOf, How, Joined, Kind, span
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.text import fold
from app.store.rows import PERSON
from app.store.session import Database

_OF_CUSTOMER = "(SELECT {0} FROM customers k WHERE k.id = c.customer_id)"


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field stands: one value in `one`, or several as t(v) from `each`; `type` of ids and codes.

    Codes stand in the statement as literals: a partial index is only used when the planner sees them.
    """

    one: str = ""
    each: str = ""
    type: str = "text"
    literal: bool = False


COLUMNS: Mapping[str, Column] = {
    "case.type": Column("c.type_id", type="uuid"),
    "case.state": Column("c.state_id", type="uuid"),
    "case.category": Column("c.category", literal=True),
    "case.team": Column("c.team_id", type="uuid"),
    "case.assignee": Column("c.assignee_id", type="uuid"),
    "case.created_by": Column("c.created_by", type="uuid"),
    "case.project": Column("c.project_id", type="uuid"),
    "case.priority": Column("c.priority", literal=True),
    "case.severity": Column("c.severity", literal=True),
    "case.visibility": Column("c.visibility", literal=True),
    "case.channel": Column("c.channel", literal=True),
    "case.language": Column("c.language", literal=True),
    "case.subject": Column("c.subject"),
    "case.description": Column("c.description"),
    "case.tags": Column(each="unnest(c.tags) t(v)"),
    "case.number": Column("c.number", type="number"),
    "case.created_at": Column("c.created_at"),
    "case.activity_at": Column("c.activity_at"),
    "case.due_at": Column("c.due_at"),
    # Of a solved case: when its type closes it.
    "case.closes_at": Column(
        "(CASE WHEN c.category = 'solved' THEN c.activity_at + make_interval(days => "
        "(SELECT y.close_days FROM case_types y WHERE y.id = c.type_id)) END)"
    ),
    # What her customer said last of how it went.
    "case.satisfaction": Column(
        "(SELECT s.rating FROM satisfaction s WHERE s.case_id = c.id AND s.rating IS NOT NULL ORDER BY s.answered_at DESC LIMIT 1)",
        literal=True,
    ),
    "customer.name": Column(_OF_CUSTOMER.format(PERSON.format("k"))),
    "customer.organisation": Column(_OF_CUSTOMER.format("k.organisation")),
    "customer.segment": Column(_OF_CUSTOMER.format("k.custom ->> 'segment'")),
    "customer.language": Column(_OF_CUSTOMER.format("k.language"), literal=True),
    "customer.email": Column(
        each="(SELECT e ->> 'address' FROM customers k, jsonb_array_elements(k.emails) e WHERE k.id = c.customer_id) t(v)"
    ),
    "customer.phone": Column(
        each="(SELECT e ->> 'e164' FROM customers k, jsonb_array_elements(k.phones) e WHERE k.id = c.customer_id) t(v)"
    ),
}
_CUSTOM = re.compile(r"(case|customer)\.custom\.([a-z][a-z0-9_]{0,31})")


def where(condition: Condition, known: Mapping[str, FieldOf], prefix: str = "w") -> tuple[str, dict[str, object]]:
    """The condition over `cases c`, and its parameters, each named with the prefix; what is in trouble is never true.

    The parts of a statement with several conditions take a prefix each.
    """
    if check(condition, known):
        return "false", {}
    writer = _Writer(known, prefix)
    return writer.write(condition), writer.parameters


class _Writer:
    """Writes one condition; values travel as parameters."""

    def __init__(self, known: Mapping[str, FieldOf], prefix: str) -> None:
        self._known, self._prefix = known, prefix
        self.parameters: dict[str, object] = {}

    def write(self, condition: Condition) -> str:
        if isinstance(condition, Compare):
            return self._compare(condition)
        if not condition.parts:
            return "true"
        joined = " AND " if condition.joined is Joined.ALL else " OR "
        return f"({joined.join(map(self.write, condition.parts))})"

    def _compare(self, one: Compare) -> str:
        column, kind = _column(one.field), self._known[one.field].kind
        if column is None:
            return "false"
        if one.how in {How.EMPTY, How.NOT_EMPTY}:
            return f"{'NOT ' if one.how is How.NOT_EMPTY else ''}{_empty(column, kind)}"
        denies = one.how in {How.IS_NOT, How.CONTAINS_NOT}
        held = self._holds(one, "t.v" if column.each else column.one, column, kind)
        if column.each:
            held = f"EXISTS (SELECT FROM {column.each} WHERE {held})"
        # What is absent is not that value; but inside a NOT it would be unknown.
        return f"NOT coalesce({held}, false)" if denies else f"({held})"

    def _holds(self, one: Compare, value: str, column: Column, kind: Kind) -> str:
        if kind in {Kind.CHOICE, Kind.YES_NO}:
            return self._chosen(one, value, column)
        if kind is Kind.NUMBER:
            return self._number(one, value, column)
        if kind is Kind.MOMENT or (kind is Kind.DAY and one.how not in {How.IS, How.IS_NOT}):
            return self._time(one, _instant(value) if kind is Kind.DAY else value)
        return self._text(one, value)

    def _chosen(self, one: Compare, value: str, column: Column) -> str:
        if column.literal:
            # Codes out of a closed list: `check` has seen that each is a choice.
            return f"{value} IN ({', '.join(_literal(code) for code in one.values)})"
        if column.type != "uuid":
            return f"fold({value}) = ANY(CAST({self._bind([fold(v) for v in one.values])} AS text[]))"
        parts = [f"{value} = (SELECT me())"] if ME in one.values else []
        if MINE in one.values:
            parts.append(f"{value} = ANY ((SELECT my_memberships())::uuid[])")
        if ids := [v for v in one.values if v not in {ME, MINE}]:
            parts.append(f"{value} = ANY(CAST({self._bind(ids)} AS uuid[]))")
        return f"({' OR '.join(parts)})"

    def _number(self, one: Compare, value: str, column: Column) -> str:
        sign = {How.MORE: ">", How.LESS: "<"}.get(one.how, "=")
        numbers = [
            float(v.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", ".")) for v in one.values
        ]
        figure = value if column.type == "number" else _figure(value)
        return f"{figure} {sign} ANY(CAST({self._bind(numbers)} AS float8[]))"

    def _time(self, one: Compare, value: str) -> str:
        if one.how is How.PAST:
            return f"{value} < now()"
        if one.how in {How.BEFORE, How.AFTER}:
            at = datetime.fromisoformat(one.values[0])
            bound = self._bind(at if at.tzinfo is not None else at.replace(tzinfo=UTC))
            return f"{value} {'<' if one.how is How.BEFORE else '>='} CAST({bound} AS timestamptz)"
        length = f"CAST({self._bind(span(one.values[0]))} AS interval)"
        return {
            How.WITHIN_LAST: f"{value} BETWEEN now() - {length} AND now()",
            How.OLDER_THAN: f"{value} < now() - {length}",
            How.WITHIN_NEXT: f"({value} >= now() AND {value} < now() + {length})",
        }[one.how]

    def _text(self, one: Compare, value: str) -> str:
        if one.how in {How.IS, How.IS_NOT}:
            return f"fold({value}) = ANY(CAST({self._bind([fold(v) for v in one.values])} AS text[]))"
        first = "" if one.how is How.STARTS_WITH else "%"
        last = "" if one.how is How.ENDS_WITH else "%"
        patterns = [f"{first}{_plain(fold(v))}{last}" for v in one.values if v.strip()]
        return f"fold({value}) LIKE ANY(CAST({self._bind(patterns)} AS text[]))"

    def _bind(self, value: object) -> str:
        name = f"{self._prefix}_{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"


def _column(field: str) -> Column | None:
    if field in COLUMNS:
        return COLUMNS[field]
    own = _CUSTOM.fullmatch(field)
    if own is None:
        return None
    text = f"custom ->> '{own[2]}'"
    return Column(f"(c.{text})" if own[1] == "case" else _OF_CUSTOMER.format(f"k.{text}"))


def _empty(column: Column, kind: Kind) -> str:
    if column.each:
        return f"(NOT EXISTS (SELECT FROM {column.each}))"
    scalar = column.type == "text" and kind in {Kind.TEXT, Kind.CHOICE, Kind.DAY}
    return f"(coalesce({column.one}, '') = '')" if scalar else f"({column.one} IS NULL)"


def _figure(value: str) -> str:
    return rf"(CASE WHEN {value} ~ '^-?\d+(\.\d+)?$' THEN CAST({value} AS float8) END)"


def _instant(value: str) -> str:
    return rf"(CASE WHEN {value} ~ '^\d{{4}}-\d\d-\d\d$' THEN CAST({value} AS date)::timestamp AT TIME ZONE 'UTC' END)"


def _literal(code: str) -> str:
    return "'" + code.replace("'", "''") + "'"


def _plain(value: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", value)


# An agent sees her organisation's alone; the hub, which sees all, names one.
_CHOICES = """
SELECT field, id, name, key FROM (
  SELECT 'case.type' AS field, id::text AS id, name, key, to_char(position, '000') AS place, organisation_id
    FROM case_types WHERE enabled AND kind <> 'task'
  UNION ALL SELECT 'case.state', s.id::text, s.name, s.key, to_char(t.position, '000') || to_char(s.position, '000'), s.organisation_id
    FROM case_states s JOIN case_types t ON t.id = s.type_id
     WHERE t.enabled AND t.kind <> 'task' AND s.archived_at IS NULL
  UNION ALL SELECT 'case.team', id::text, name, '', fold(name), organisation_id FROM teams WHERE archived_at IS NULL
  UNION ALL SELECT unnest(ARRAY['case.assignee', 'case.created_by']), id::text, name, '', fold(name), organisation_id
    FROM agents WHERE active
  UNION ALL SELECT 'case.project', id::text, name, '', fold(name), organisation_id FROM projects) s
WHERE CAST(:organisation AS uuid) IS NULL OR organisation_id = :organisation ORDER BY field, place"""
_OWN = """
SELECT id, owner, key, label, kind, choices FROM fields WHERE archived_at IS NULL AND owner IN ('case', 'customer')
  AND (CAST(:organisation AS uuid) IS NULL OR organisation_id = :organisation) ORDER BY owner, position, label"""


class PostgresConditions:
    """The fields that conditions may ask for, as the organisation has them now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def condition_fields(self) -> Mapping[str, FieldOf]:
        return await fields_of(self._database)


async def fields_of(
    database: Database, organisation: UUID | None = None, *, somebody_looks: bool = True
) -> dict[str, FieldOf]:
    """Every field by its name: of the signed-in agent's organisation, or of the one that the hub names."""
    found = await database.rows(_CHOICES, organisation=organisation)
    chosen = {name: _field([row for row in found if row["field"] == name]) for name in CHOSEN}
    own = [_own(row) for row in await database.rows(_OWN, organisation=organisation)]
    return case_fields(chosen, own, somebody_looks=somebody_looks)


def _field(rows: list[Any]) -> FieldOf:
    keys = {row["id"]: row["key"] for row in rows if row["key"]}
    return FieldOf(Kind.CHOICE, {row["id"]: row["name"] for row in rows}, "", keys)


def _own(row: Any) -> CustomField:
    kind, owner = FieldKind(row["kind"]), FieldOwner(row["owner"])
    return CustomField(row["id"], owner, row["key"], row["label"], kind, choices=tuple(row["choices"]))
