"""The catalogue itself: every table is under policies, and nobody has a right that is not named here."""

import asyncpg
import pytest

from app.store.engine import connect
from tests.helpers.organisation import Vallon

WRITERS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


async def test_every_table_has_policies_for_both_group_roles_and_no_other_grant(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    tables = await admin.fetch(
        "SELECT c.oid, c.relname, c.relrowsecurity FROM pg_class c WHERE c.relnamespace = 'guichet'::regnamespace "
        "AND c.relkind = 'r' AND c.relname <> 'alembic_version'"
    )
    for table in tables:
        assert table["relrowsecurity"], table["relname"]
        roles = await admin.fetchval(
            "SELECT array_agg(DISTINCT r.rolname::text) FROM pg_policy p, unnest(p.polroles) o "
            "JOIN pg_roles r ON r.oid = o "
            "WHERE p.polrelid = $1",
            table["oid"],
        )
        assert set(roles) == {"guichet_agent", "guichet_hub"}, table["relname"]
    grantees = await admin.fetch(
        "SELECT DISTINCT grantee, table_name FROM information_schema.role_table_grants WHERE table_schema = 'guichet'"
    )
    assert {row["grantee"] for row in grantees} <= {"guichet_owner", "guichet_agent", "guichet_hub"}
    await admin.close()


async def test_no_function_is_open_to_everybody_and_each_definer_fixes_its_search_path(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    open_ones = await admin.fetch(
        "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'guichet'::regnamespace "
        "AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))"
    )
    assert [row["proname"] for row in open_ones] == []
    loose = await admin.fetch(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'guichet'::regnamespace AND prosecdef "
        "AND NOT coalesce(array_to_string(proconfig, ',') LIKE '%search_path=guichet, pg_catalog, pg_temp%', false)"
    )
    assert [row["proname"] for row in loose] == []
    await admin.close()


async def test_an_agent_tries_every_table_directly_and_writes_nothing_that_is_not_hers(vallon: Vallon) -> None:
    case_id = await vallon.case("Sales Dijon", by="omar")
    admin = await connect(vallon.admin)
    tables = [
        row["relname"]
        for row in await admin.fetch(
            "SELECT relname FROM pg_class WHERE relnamespace = "
            "'guichet'::regnamespace AND relkind = 'r' ORDER BY relname"
        )
    ]
    before = {
        t: await admin.fetchval(f"SELECT md5(string_agg(x::text, '' ORDER BY x::text)) FROM {t} x") for t in tables
    }
    victor = await connect(vallon.access("victor"))
    for table in tables:
        for attempt in (
            f"DELETE FROM {table}",
            f"UPDATE {table} SET organisation_id = organisation_id",
            f"TRUNCATE {table}",
            f"INSERT INTO {table} SELECT * FROM {table}",
            f"DROP TABLE {table}",
        ):
            try:
                await victor.execute(attempt)
            except asyncpg.PostgresError as error:
                assert error.sqlstate in {"42501", "42703", "23505", "42P10", "0A000", "428C9", "23503"}, (
                    attempt,
                    error,
                )
    after = {
        t: await admin.fetchval(f"SELECT md5(string_agg(x::text, '' ORDER BY x::text)) FROM {t} x") for t in tables
    }
    assert after == before
    for table in ("cases", "follow_ups", "changes"):
        column = {"cases": "id", "follow_ups": "case_id", "changes": "record_id"}[table]
        assert await victor.fetchval(f"SELECT count(*) FROM {table} WHERE {column} = $1", case_id) == 0
    with pytest.raises(asyncpg.PostgresError):
        await victor.execute("SET ROLE guichet_owner")
    with pytest.raises(asyncpg.PostgresError):
        await victor.execute("SELECT lo_create(0)")
    with pytest.raises(asyncpg.PostgresError):
        await victor.execute("CREATE TEMP TABLE fill (x text)")
    await victor.close()
    await admin.close()


async def test_the_folding_of_names_is_the_same_here_and_there(vallon: Vallon) -> None:
    from app.domain.text import fold

    nadia = await connect(vallon.access("nadia"))
    for text in ("  Élodie  LEFÈVRE ", "Œuvre d’Æsop", "Straße", "Ñandú", "GAEC  des\tTilleuls", "ﬁn"):
        assert await nadia.fetchval("SELECT fold($1)", text) == fold(text)
    await nadia.close()
