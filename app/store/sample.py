"""An invented population by the million, for trying, measuring and training: COPY, then the indexes at once."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import asyncpg

from app.settings.errors import MendableError
from app.store import sample_rows
from app.store.engine import Access, connect
from app.store.sample_rows import Ground, Member, Population, SampleTeam, Size, Told

T = TypeVar("T")
BATCH = 20_000
# Below this many rows the indexes are kept up row by row; above, they are made again at the end.
FEW = 50_000
_TABLES = ("customers", "cases", "follow_ups", "case_teams", "customer_keys", "changes")

_TEAMS = """
SELECT t.id, n.id AS number_id, n.team_id AS speaker, array_remove(array_agg(a.id ORDER BY a.name), NULL) AS members,
  array_remove(array_agg(a.name ORDER BY a.name), NULL) AS names
FROM teams t JOIN numbers n ON n.id = speaking_number(t.id) LEFT JOIN memberships m ON m.team_id = t.id
LEFT JOIN agents a ON a.id = m.agent_id AND a.active
WHERE t.organisation_id = $1 AND t.archived_at IS NULL GROUP BY t.id, n.id ORDER BY t.name"""
_INDEXES = """
SELECT x.indexrelid::regclass::text AS name, pg_get_indexdef(x.indexrelid) AS statement FROM pg_index x
WHERE x.indrelid = ANY ($1::text[]::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid)"""
_FRESH = """
CREATE TEMPORARY TABLE fresh ON COMMIT DROP AS SELECT id, row_number() OVER () AS place FROM customers c
WHERE merged_into_id IS NULL AND NOT EXISTS (SELECT FROM customer_keys x WHERE x.customer_id = c.id)"""
_KEYS = """
INSERT INTO customer_keys (organisation_id, key, customer_id)
SELECT * FROM keys_of((SELECT array_agg(c) FROM fresh f JOIN customers c ON c.id = f.id
                       WHERE f.place > $1 AND f.place <= $2))"""
_HISTORY = """
INSERT INTO changes (epoch, at, organisation_id, audience_id, kind, operation, record_id, parent_id, new_team_id)
SELECT (SELECT epoch FROM schema_info), n.at, $1, n.audience_id, n.kind, 'created', n.id, n.parent_id, n.team_id
FROM (SELECT 'customer' AS kind, id, created_at AS at, $2::bigint AS audience_id, NULL::uuid AS parent_id,
             NULL::uuid AS team_id FROM customers WHERE organisation_id = $1
      UNION ALL SELECT 'case', id, created_at, audience_id, customer_id, team_id FROM cases
      WHERE organisation_id = $1) n
WHERE NOT EXISTS (SELECT FROM changes h WHERE h.record_id = n.id)"""


async def load_sample(
    admin: Access, size: Size, words: Path, say: Callable[[str], None] = lambda _: None, seed: int = 1
) -> None:
    """Add a population to the database's organisation, all or nothing, as a superuser.

    MendableError when there is no organisation yet. Nobody can work in the database while many rows come in.
    """
    if (size.cases and not size.customers) or (size.follow_ups and not size.cases):
        raise MendableError("Cases belong to customers and follow-ups to cases: give --customers and --cases too.")
    connection = await connect(admin, application="guichet sample")
    try:
        async with connection.transaction():
            await _Loading(connection, size, say).run(words, seed)
        for table in _TABLES:
            await connection.execute(f"VACUUM (ANALYZE) {table}")
    finally:
        await connection.close()


class _Loading:
    def __init__(self, connection: asyncpg.Connection, size: Size, say: Callable[[str], None]) -> None:
        self._connection, self._size, self._say = connection, size, say
        self._began = time.monotonic()

    async def run(self, words: Path, seed: int) -> None:
        """Everything, in the transaction that is open."""
        ground = await _ground(self._connection, self._size)
        population = Population(ground, self._size, words, datetime.now(UTC), seed)
        # What the triggers would fill in and check stands in the lines already.
        await self._connection.execute(
            "SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '512MB'"
        )
        many = self._size.customers + self._size.cases + self._size.follow_ups > FEW
        indexes = await self._drop_indexes() if many else []
        async for lines in _batches(population.customers()):
            await self._copy("customers", sample_rows.CUSTOMERS, lines)
        self._tell(f"{self._size.customers:,} customers")
        async for told in _batches(population.cases()):
            await self._copy_cases(told)
        self._tell(f"{self._size.cases:,} cases, {self._size.follow_ups:,} follow-ups")
        await self._connection.execute(_FRESH)
        for done in range(0, await self._connection.fetchval("SELECT count(*) FROM fresh"), BATCH):
            await self._connection.execute(_KEYS, done, done + BATCH)
        await self._connection.execute(_HISTORY, ground.organisation_id, ground.everyone)
        self._tell("search keys and history")
        for statement in indexes:
            await self._connection.execute(statement)
        self._tell("indexes")

    async def _drop_indexes(self) -> list[str]:
        found = await self._connection.fetch(_INDEXES, list(_TABLES))
        for row in found:
            await self._connection.execute(f"DROP INDEX {row['name']}")
        await self._connection.execute("ALTER TABLE customer_keys DROP CONSTRAINT customer_keys_pkey")
        return [
            "ALTER TABLE customer_keys ADD PRIMARY KEY (organisation_id, key, customer_id)",
            *(row["statement"] for row in found),
        ]

    async def _copy_cases(self, told: list[Told]) -> None:
        await self._copy("cases", sample_rows.CASES, [one.case for one in told])
        await self._copy("follow_ups", sample_rows.FOLLOW_UPS, [line for one in told for line in one.follow_ups])
        await self._copy("case_teams", sample_rows.CASE_TEAMS, [one.former for one in told if one.former])

    async def _copy(self, table: str, columns: tuple[str, ...], lines: list[str]) -> None:
        await self._connection.copy_to_table(table, source=_bytes_of(lines), columns=columns)

    def _tell(self, done: str) -> None:
        self._say(f"{done} after {time.monotonic() - self._began:.0f} s")


async def _ground(connection: asyncpg.Connection, size: Size) -> Ground:
    organisation = await connection.fetchrow(
        "SELECT id, account_number_format, everyone(id) AS everyone FROM organisations ORDER BY created_at LIMIT 1"
    )
    if organisation is None:
        raise MendableError("There is no organisation yet: make one with `guichetctl demo` or `guichetctl database`.")
    states = await connection.fetch(
        "SELECT DISTINCT ON (s.category) s.type_id, s.category, s.id FROM case_states s JOIN case_types t "
        "ON t.id = s.type_id AND t.key = 'case' AND t.kind = 'case' WHERE s.organisation_id = $1 ORDER BY s.category, s.position",
        organisation["id"],
    )
    teams = await connection.fetch(_TEAMS, organisation["id"])
    return Ground(
        organisation_id=organisation["id"],
        everyone=organisation["everyone"],
        type_id=states[0]["type_id"],
        states={row["category"]: row["id"] for row in states},
        teams=tuple([await _team(connection, organisation["id"], row, teams) for row in teams]),
        account_format=organisation["account_number_format"],
        first_account=await _reserve(connection, "account_numbers", size.customers),
        first_case=await _reserve(connection, "case_numbers", size.cases),
    )


async def _team(
    connection: asyncpg.Connection, organisation_id: UUID, row: asyncpg.Record, teams: list[asyncpg.Record]
) -> SampleTeam:
    # Kept under the same keys as case_audience() makes.
    async def shared(*ids: UUID) -> int:
        readers = sorted(set(ids))
        return await _audience(connection, organisation_id, " ".join(map(str, ["teams", *readers])), readers)

    team_id = row["id"]
    private = {
        member: await _audience(
            connection, organisation_id, f"private {team_id} {member}", [], leads_of=[team_id], agents=[member]
        )
        for member in row["members"]
    }
    others = [other["id"] for other in teams if other["id"] != team_id]
    return SampleTeam(
        id=team_id,
        number_id=row["number_id"],
        members=tuple(Member(*one) for one in zip(row["members"], row["names"], strict=True)),
        public=await shared(team_id, row["speaker"]),
        internal=await shared(team_id),
        private=private,
        handed_over={other: await shared(team_id, row["speaker"], other) for other in others},
    )


async def _audience(
    connection: asyncpg.Connection,
    organisation_id: UUID,
    key: str,
    teams: list[UUID],
    *,
    leads_of: list[UUID] | None = None,
    agents: list[UUID] | None = None,
) -> int:
    return int(
        await connection.fetchval(
            "SELECT audience($1, $2, $3, $4, $5, is_private => $6)",
            organisation_id,
            key,
            teams,
            leads_of or [],
            agents or [],
            bool(agents),
        )
    )


async def _reserve(connection: asyncpg.Connection, sequence: str, count: int) -> int:
    """The first of `count` numbers that nobody else gets."""
    first = int(await connection.fetchval("SELECT nextval($1::text::regclass)", sequence))
    await connection.execute("SELECT setval($1::text::regclass, $2)", sequence, first + count)
    return first


async def _batches(things: Iterator[T]) -> AsyncIterator[list[T]]:
    """Batches, the next one invented in a thread while the server takes the one before."""

    def invent() -> asyncio.Future[list[T]]:
        return asyncio.ensure_future(asyncio.to_thread(lambda: list(islice(things, BATCH))))

    ahead = invent()
    try:
        while batch := await ahead:
            ahead = invent()
            yield batch
    finally:
        await asyncio.wait([ahead])


async def _bytes_of(lines: Iterable[str]) -> AsyncIterator[bytes]:
    yield "".join(lines).encode()
