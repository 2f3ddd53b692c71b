"""Roles without rights try every table and every function themselves, as the catalogue lists them."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import pytest

from app.domain.agents import Agent, Role
from app.domain.follow_ups import Channel, FollowUp
from app.domain.ids import new_id
from app.domain.organisations import Organisation
from app.domain.tasks import Task
from app.store.engine import connect
from app.store.starter import make_starter_organisation
from tests.helpers.organisation import PASSWORD, Vallon

TABLES = """
SELECT c.relname AS name, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organisation_id')
  AS ours FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'guichet'::regnamespace ORDER BY 1"""
FUNCTIONS = """
SELECT p.oid::regprocedure::text AS signature, p.proname AS name,
  (SELECT coalesce(array_agg(format_type(t, NULL) ORDER BY n), '{}')
   FROM unnest(p.proargtypes) WITH ORDINALITY x(t, n)) AS types,
  p.prorettype = 'trigger'::regtype AS is_trigger
FROM pg_proc p WHERE p.pronamespace = 'guichet'::regnamespace ORDER BY 1"""
# What everybody who may sign in reads: which schema this is, and which hub serves.
OPEN = {"schema_info", "hub_leases"}
# A schema that may not be used hides what is in it.
DENIED = (
    asyncpg.InsufficientPrivilegeError,
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedObjectError,
    asyncpg.InvalidSchemaNameError,
)


@asynccontextmanager
async def _stranger(vallon: Vallon, *groups: str) -> AsyncIterator[asyncpg.Connection]:
    """A sign-in that belongs to nobody, with these groups and the right to connect."""
    admin = await connect(vallon.admin)
    name = f"stranger_{new_id().hex}"
    await admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
    for group in groups:
        await admin.execute(f"GRANT {group} TO {name}")
    if not groups:
        await admin.execute(f"GRANT CONNECT ON DATABASE {vallon.admin.database} TO {name}")
    own = await connect(replace(vallon.admin, user=name, password=PASSWORD))
    try:
        yield own
    finally:
        await own.close()
        await admin.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")
        await admin.close()


async def _full(vallon: Vallon) -> list[UUID]:
    """Something in many tables; the ids that a stranger could have come to know."""
    case_id = await vallon.case()
    nadia = vallon.as_agent("nadia")
    note = FollowUp(new_id(), case_id, Channel.NOTE, "Secret", datetime.now(UTC))
    await nadia.insert_follow_up(note)
    case = await nadia.case(case_id)
    task = Task(new_id(), vallon.teams["Contact centre"], "Secret call", customer_id=case.customer_id)
    await nadia.insert_task(task)
    admin = await connect(vallon.admin)
    call = new_id()
    await admin.execute(
        "INSERT INTO calls (id, organisation_id, direction, phase, team_id, customer_id, case_id, agent_id, "
        "started_at) "
        "VALUES ($1, $2, 'in', 'talking', $3, $4, $5, $6, now())",
        call,
        vallon.organisation_id,
        vallon.teams["Contact centre"],
        case.customer_id,
        case_id,
        vallon.agents["nadia"],
    )
    await admin.close()
    return [
        case_id,
        case.customer_id,
        note.id,
        task.id,
        call,
        case.number_id,
        *vallon.teams.values(),
        *vallon.agents.values(),
    ]


async def _fingerprint(vallon: Vallon) -> dict[str, str]:
    """What the organisation has in each table, to the byte."""
    admin = await connect(vallon.admin)
    found = {}
    for table in await admin.fetch(TABLES):
        where = "WHERE organisation_id = $1" if table["ours"] else "WHERE $1::uuid IS NOT NULL"
        query = f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table['name']} t {where}"
        if table["name"] not in {"organisations", "schema_info", "alembic_version", "agent_state_log"}:
            found[table["name"]] = await admin.fetchval(query, vallon.organisation_id)
    await admin.close()
    return found


def _calls(function: asyncpg.Record, ids: list[UUID]) -> list[str]:
    """The function with each id in every uuid argument, and with pairs of them where it takes several."""
    others = {"text": "'x'", "text[]": "'{}'", "uuid[]": "'{}'", "integer": "1", "bigint": "1", "boolean": "true",
              "timestamp with time zone": "now()", "name": "'x'", "jsonb": "'{}'", "bytea": "''"}  # fmt: skip
    uuids = [at for at, kind in enumerate(function["types"]) if kind == "uuid"]
    chosen = [(one,) * len(uuids) for one in ids] + list(itertools.islice(itertools.permutations(ids, len(uuids)), 40))
    told = []
    for these in chosen if uuids else [()]:
        values = iter(these)
        arguments = [
            f"'{next(values)}'::uuid" if kind == "uuid" else f"{others.get(kind, 'NULL')}::{kind}"
            for kind in function["types"]
        ]
        told.append(f"SELECT * FROM {function['name']}({', '.join(arguments)})")
    return told


async def _try_all(own: asyncpg.Connection, functions: list[asyncpg.Record], ids: list[UUID]) -> list[object]:
    """Call every function that lets itself be called; gives what came back."""
    came_back: list[object] = []
    for function in functions:
        if function["is_trigger"]:
            continue
        for statement in _calls(function, ids):
            with suppress(asyncpg.PostgresError):
                came_back += [value for row in await own.fetch(statement, timeout=20) for value in row.values()]
    return came_back


async def test_a_role_of_no_group_cannot_even_connect(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    await admin.execute(f"CREATE ROLE outsider LOGIN PASSWORD '{PASSWORD}'")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connect(replace(vallon.admin, user="outsider", password=PASSWORD))
    await admin.execute("DROP ROLE outsider")
    await admin.close()


async def test_a_role_of_no_group_reads_nothing_writes_nothing_and_calls_nothing(vallon: Vallon) -> None:
    ids = await _full(vallon)
    before = await _fingerprint(vallon)
    admin = await connect(vallon.admin)
    tables, functions = await admin.fetch(TABLES), await admin.fetch(FUNCTIONS)
    async with _stranger(vallon) as own:
        for table in tables:
            for statement in (
                f"SELECT * FROM guichet.{table['name']}",
                f"DELETE FROM guichet.{table['name']}",
                f"TRUNCATE guichet.{table['name']}",
                f"INSERT INTO guichet.{table['name']} DEFAULT VALUES",
                f"COPY guichet.{table['name']} TO STDOUT",
            ):
                with pytest.raises(DENIED):
                    await own.execute(statement)
        for function in functions:
            for statement in _calls(function, ids)[:1]:
                with pytest.raises(DENIED):
                    await own.execute(statement.replace("FROM ", "FROM guichet."))
        for statement in (
            "CREATE TABLE mine (a int)",
            "CREATE TABLE guichet.mine (a int)",
            "CREATE TEMP TABLE mine (a int)",
            "SELECT lo_create(0)",
            "CREATE SCHEMA mine",
            "SELECT pg_read_file('/etc/passwd')",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SET ROLE guichet_owner",
            "SET ROLE nadia",
            "SELECT rolpassword FROM pg_authid",
        ):
            with pytest.raises(DENIED):
                await own.execute(statement)
    assert await _fingerprint(vallon) == before
    await admin.close()


async def test_a_sign_in_that_is_no_agent_sees_and_changes_nothing(vallon: Vallon) -> None:
    """In the agents' group, but nobody: a role that was left over, or made by hand."""
    ids = await _full(vallon)
    before = await _fingerprint(vallon)
    admin = await connect(vallon.admin)
    tables, functions = await admin.fetch(TABLES), await admin.fetch(FUNCTIONS)
    async with _stranger(vallon, "guichet_agent") as own:
        seen = {}
        for table in tables:
            with suppress(asyncpg.InsufficientPrivilegeError):
                seen[table["name"]] = await own.fetchval(f"SELECT count(*) FROM {table['name']}")
        assert {name for name, count in seen.items() if count} <= OPEN
        for table in tables:
            for statement in (
                f"DELETE FROM {table['name']}",
                f"INSERT INTO {table['name']} SELECT * FROM {table['name']}",
            ):
                with suppress(asyncpg.PostgresError):
                    await own.execute(statement)
        known = {str(one) for one in ids}
        came_back = {str(value) for value in await _try_all(own, functions, ids)}
        assert not known & came_back
    assert await _fingerprint(vallon) == before
    await admin.close()


async def test_an_administrator_of_another_organisation_reaches_nothing_of_this_one(vallon: Vallon) -> None:
    """The strongest stranger: every permission, in another organisation of the same database."""
    ids = await _full(vallon)
    name = f"t{new_id().hex}"
    chief = Agent(new_id(), name, "Chief", Role.ADMINISTRATOR)
    await make_starter_organisation(vallon.admin, Organisation(new_id(), "Other"), "+33199009999", chief, PASSWORD)
    before = await _fingerprint(vallon)
    admin = await connect(vallon.admin)
    tables, functions = await admin.fetch(TABLES), await admin.fetch(FUNCTIONS)
    own = await connect(vallon.access(name))
    for table in tables:
        if table["ours"]:
            with suppress(asyncpg.InsufficientPrivilegeError):
                query = f"SELECT count(*) FROM {table['name']} WHERE organisation_id = $1"
                assert await own.fetchval(query, vallon.organisation_id) == 0, table["name"]
        columns = await admin.fetch(
            "SELECT column_name FROM information_schema.column_privileges WHERE grantee = 'guichet_agent' "
            "AND privilege_type = 'UPDATE' AND table_name = $1",
            table["name"],
        )
        for column in (row["column_name"] for row in columns):
            with suppress(asyncpg.PostgresError):
                await own.execute(f"UPDATE {table['name']} SET {column} = {column}")
        with suppress(asyncpg.PostgresError):
            await own.execute(f"DELETE FROM {table['name']}")
    await _try_all(own, functions, ids)
    await own.close()
    changed = {table for table, print_ in (await _fingerprint(vallon)).items() if before[table] != print_}
    assert changed == set()
    await admin.close()
