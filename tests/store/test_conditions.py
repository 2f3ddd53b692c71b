"""Conditions as SQL find what they find over facts in memory."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.domain.conditions import Compare, Condition, FieldOf, Group, How, Joined, Kind
from app.domain.ids import new_id
from app.domain.judging import meets
from app.store.conditions import PostgresConditions, where
from app.store.engine import connect, open_engine
from app.store.session import Database
from tests.helpers.organisation import Vallon

# Each stands for one way of writing SQL; the other tests of meets() hold the meaning.
_CONDITIONS = (
    Compare("case.subject", How.CONTAINS, ("50 %", "hose_")),
    Compare("case.subject", How.CONTAINS_NOT, ("leak",)),
    Compare("case.subject", How.STARTS_WITH, ("PIECE",)),
    Compare("case.subject", How.ENDS_WITH, ("k",)),
    Compare("case.category", How.IS, ("open", "solved")),
    Compare("case.category", How.IS_NOT, ("open",)),
    Compare("case.assignee", How.IS, ("me",)),
    Compare("case.assignee", How.IS_NOT, ("me",)),
    Compare("case.assignee", How.EMPTY),
    Compare("case.assignee", How.NOT_EMPTY),
    Compare("case.team", How.IS, ("mine",)),
    Compare("case.tags", How.IS, ("Été",)),
    Compare("case.tags", How.IS_NOT, ("été", "b")),
    Compare("case.tags", How.CONTAINS, ("et",)),
    Compare("case.tags", How.EMPTY),
    Compare("case.number", How.MORE, ("1001",)),
    Compare("case.number", How.IS_NOT, ("1001",)),
    Compare("case.activity_at", How.WITHIN_LAST, ("1h",)),
    Compare("case.activity_at", How.OLDER_THAN, ("1d",)),
    Compare("case.activity_at", How.BEFORE, ("2026-01-01",)),
    Compare("case.created_at", How.PAST),
    Compare("case.satisfaction", How.IS, ("bad", "fair")),
    Compare("case.satisfaction", How.IS_NOT, ("good",)),
    Compare("case.satisfaction", How.EMPTY),
    Compare("case.custom.hours", How.MORE, ("12,4",)),
    Compare("case.custom.hours", How.IS_NOT, ("12.5",)),
    Compare("case.custom.leased", How.IS, ("true",)),
    Compare("case.custom.until", How.PAST),
    Compare("case.custom.until", How.IS, ("2026-12-01",)),
    Compare("case.custom.grade", How.IS, ("Gold",)),
    Compare("case.custom.grade", How.NOT_EMPTY),
    Compare("customer.name", How.CONTAINS, ("perrin",)),
    Compare("customer.phone", How.CONTAINS, ("0639",)),
    Compare("customer.phone", How.STARTS_WITH, ("+33639",)),
    Compare("customer.email", How.EMPTY),
    Compare("customer.segment", How.IS_NOT, ("gold",)),
    Group(Joined.ANY, (Compare("case.tags", How.EMPTY), Group(parts=(Compare("case.number", How.LESS, ("1002",)),)))),
    Group(),
)
_FIELDS = (("hours", "number"), ("leased", "yes_no"), ("until", "date"), ("grade", "pick_list"))


async def _world(vallon: Vallon) -> list[UUID]:
    """Three cases that differ in everything."""
    ids = [await vallon.case() for _ in range(3)]
    connection = await connect(vallon.admin)
    for key, kind in _FIELDS:
        await connection.execute(
            "INSERT INTO fields (id, organisation_id, owner, key, label, kind, choices) "
            "VALUES ($1, $2, 'case', $3, $3, $4, $5)",
            new_id(), vallon.organisation_id, key, kind, ["Gold", "Silver"],
        )  # fmt: skip
    rows: tuple[tuple[str, str | None, list[str], dict[str, object]], ...] = (
        ("Pièce détachée à 50 %", "nadia", ["été", "a"], {"hours": 12.5, "leased": True, "until": "2026-12-01"}),
        ("Hydraulic leak", None, [], {}),
        ("hose_12 leak", "camille", ["b"], {"hours": 3, "leased": False, "until": "2020-01-01", "grade": "gold"}),
    )
    for case, (subject, assignee, tags, custom) in zip(ids, rows, strict=True):
        agent = vallon.agents[assignee] if assignee else None
        await connection.execute(
            "UPDATE cases SET subject = $2, assignee_id = $3, tags = $4, custom = $5 WHERE id = $1",
            case, subject, agent, tags, json.dumps(custom),
        )  # fmt: skip
    for case, rating, hours in ((ids[0], "good", 2), (ids[0], "bad", 1), (ids[2], "good", 1), (ids[2], None, 0)):
        await connection.execute(
            "INSERT INTO satisfaction (id, organisation_id, audience_id, case_id, customer_id, team_id, recipient, "
            "expires_at, rating, answered_at) SELECT gen_random_uuid(), organisation_id, audience_id, id, customer_id, "
            "team_id, 'a@b.example', now(), $2::text, "
            "CASE WHEN $2::text IS NOT NULL THEN now() - make_interval(hours => $3) END FROM cases WHERE id = $1",
            case, rating, hours,
        )  # fmt: skip
    await connection.execute("UPDATE cases SET activity_at = now() - interval '2 days' WHERE id = $1", ids[1])
    await connection.close()
    return ids


async def test_sql_and_facts_agree(vallon: Vallon) -> None:
    ids = await _world(vallon)
    database = Database(open_engine(vallon.access("nadia")))
    try:
        known = await PostgresConditions(database).condition_fields()
        facts = {case: await _facts(database, vallon, case) for case in ids}
        now = datetime.now(UTC)
        for condition in _CONDITIONS:
            expected = {case for case in ids if meets(condition, facts[case], now)}
            assert await _found(database, condition, known) == expected, condition
    finally:
        await database.close()


async def test_a_condition_in_trouble_finds_nothing(vallon: Vallon) -> None:
    await vallon.case()
    database = Database(open_engine(vallon.access("nadia")))
    try:
        known = dict(await PostgresConditions(database).condition_fields())
        gone = Compare("case.team", How.IS_NOT, (str(new_id()),))
        assert await _found(database, gone, known) == set()
        assert await _found(database, Compare("case.custom.gone", How.EMPTY), known) == set()
    finally:
        await database.close()


@pytest.mark.parametrize("field", ["case.custom.x'; DROP", "case.custom.X", "case.id"])
def test_a_field_is_never_written_into_sql_as_it_comes(field: str) -> None:
    known = {field: FieldOf(Kind.TEXT)}
    assert where(Compare(field, How.IS, ("a",)), known)[0] == "false"


async def _found(database: Database, condition: Condition, known: Mapping[str, FieldOf]) -> set[UUID]:
    sql, parameters = where(condition, known)
    return {row["id"] for row in await database.rows(f"SELECT c.id FROM cases c WHERE {sql}", **parameters)}


async def _facts(database: Database, vallon: Vallon, case: UUID) -> dict[str, object]:
    row = await database.one(
        "SELECT c.*, k.first_name || ' ' || k.last_name AS name, k.phones, k.emails, k.custom AS hers, "
        "(SELECT rating FROM satisfaction s WHERE s.case_id = c.id AND rating IS NOT NULL "
        "ORDER BY answered_at DESC LIMIT 1) AS rating "
        "FROM cases c JOIN customers k ON k.id = c.customer_id WHERE c.id = :id",
        id=case,
    )
    shipped = ("subject", "category", "tags", "number", "activity_at", "created_at")
    return {
        **{f"case.{name}": row[name] for name in shipped},
        **{f"case.custom.{key}": value for key, value in row["custom"].items()},
        "case.assignee": row["assignee_id"],
        "case.satisfaction": row["rating"],
        "case.team": row["team_id"],
        "customer.name": row["name"],
        "customer.phone": tuple(phone["e164"] for phone in row["phones"]),
        "customer.email": tuple(email["address"] for email in row["emails"]),
        "customer.segment": row["hers"].get("segment"),
        "me": vallon.agents["nadia"],
        "mine": (vallon.teams["Contact centre"],),
    }
