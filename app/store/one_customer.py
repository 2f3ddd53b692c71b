"""All that is kept about one customer: given out in one file, or erased wherever it is.

What belongs to her is found through the foreign keys of the catalogue, so that a table that comes later is reached
without a line here: whatever refers to her, to her cases, to their follow-ups, to her calls, and so on.
"""

import json
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import asyncpg

from app.settings.errors import MendableError
from app.store.engine import Access, connect

_REFERENCES = """
SELECT c.conrelid::regclass::text AS child, a.attname AS column, c.confrelid::regclass::text AS parent,
  EXISTS (SELECT FROM pg_attribute i WHERE i.attrelid = c.conrelid AND i.attname = 'id' AND i.atttypid = 'uuid'::regtype)
    AS has_id
FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.connamespace = 'guichet'::regnamespace AND cardinality(c.conkey) = 1"""
# What is known by her numbers and addresses alone: calls and tasks, mail and SMS that made no case, what she was
# answered, links that she asked for, and what machines wrote down while they tried something on her cases.
_BY_CONTACT = {
    "calls": "SELECT id FROM calls WHERE organisation_id = $1 AND customer_id IS NULL AND caller_number = ANY ($2)",
    "tasks": "SELECT id FROM tasks WHERE organisation_id = $1 AND customer_id IS NULL AND custom ->> 'number' = ANY ($2)",
    "incoming": "SELECT id FROM incoming WHERE organisation_id = $1 AND lower(sender) = ANY ($2)",
    "auto_replies": "SELECT id FROM auto_replies WHERE organisation_id = $1 AND recipient = ANY ($2)",
    "portal_links": "SELECT id FROM portal_links WHERE organisation_id = $1 AND address = ANY ($2)",
    "mail_requests": """
SELECT r.id FROM mail_requests r WHERE r.organisation_id = $1 AND r.kind = 'dry_run' AND EXISTS (
  SELECT FROM jsonb_array_elements(coalesce(r.answer -> 'lines', '[]')) l JOIN incoming i ON i.id = (l ->> 'incoming_id')::uuid
  WHERE lower(i.sender) = ANY ($2))""",
    "replays": """
SELECT r.id FROM replays r WHERE r.organisation_id = $1 AND EXISTS (
  SELECT FROM jsonb_array_elements(coalesce(r.answer -> 'lines', '[]')) l WHERE l ->> 'case_id' = ANY ($2))""",
}
# The same where rows have no id of their own; what refers to another of these tables comes before it.
_UNNAMED = {
    "address_bounces": "address = ANY ($2)",
    "portal_uploads": "session IN (SELECT hash FROM portal_sessions WHERE organisation_id = $1 AND address = ANY ($2))",
    "portal_sessions": "address = ANY ($2)",
    "api_answers": """
EXISTS (SELECT FROM regexp_matches(t.answer::text, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') m WHERE m[1] = ANY ($2))""",
}
# Given out and never erased: a STOP holds for ever, also for who is imported again. The bare address or number is left.
_STOPS = {"mail_stops": "address = ANY ($2)", "sms_stops": "e164 = ANY ($2)"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that refers to rows of another table."""

    child: str
    column: str
    parent: str
    has_id: bool


@dataclass(slots=True)
class Everything:
    """The rows about one customer: by id where a table has one, else by the column that leads to them."""

    organisation_id: UUID
    customer_id: UUID
    ids: dict[str, set[UUID]] = field(default_factory=dict)
    bound: dict[tuple[str, str], set[UUID]] = field(default_factory=dict)
    blobs: set[UUID] = field(default_factory=set)
    contacts: list[str] = field(default_factory=list)

    @property
    def all_ids(self) -> list[UUID]:
        return list(set().union(*self.ids.values()))

    @property
    def known_by(self) -> list[str]:
        """What finds her where no key leads to her: her numbers, her addresses, and the ids of all that is hers."""
        return [*self.contacts, *map(str, self.all_ids)]

    @property
    def count(self) -> int:
        return sum(map(len, self.ids.values()))


async def export_customer(admin: Access, account_number: str, file: Path, organisation: str = "") -> int:
    """Write everything about a customer into a zip: `customer.json`, and her files; gives the number of records."""
    connection = await connect(admin)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            found = await _gather(connection, account_number, organisation)
            tables = {table: await _records(connection, table, "id", ids) for table, ids in sorted(found.ids.items())}
            for (table, column), ids in sorted(found.bound.items()):
                tables[table] = tables.get(table, []) + await _records(connection, table, column, ids)
            for table, where in (_UNNAMED | _STOPS).items():
                tables[table] = await _where(connection, table, where, found.organisation_id, found.known_by)
            tables["changes"] = await _records(connection, "changes", "record_id", set(found.all_ids))
            files = {str(blob): await _bytes(connection, blob) for blob in found.blobs}
    finally:
        await connection.close()
    _write(file, tables, files)
    return found.count


async def erase_customer(admin: Access, account_number: str, organisation: str = "") -> int:
    """Erase everything about a customer, history and files included; gives the number of records that are gone.

    What is left is that a record of this id was deleted, and her STOP. Backups made before still hold her.
    """
    connection = await connect(admin)
    try:
        async with connection.transaction():
            found = await _gather(connection, account_number, organisation)
            # No rule about a change holds here, and what cascades is named already.
            await connection.execute("SET LOCAL session_replication_role = replica")
            await _erase(connection, found)
            await connection.execute(
                "INSERT INTO changes (epoch, organisation_id, audience_id, kind, operation, record_id) "
                "SELECT (SELECT epoch FROM schema_info), $1, everyone($1), 'customer', 'deleted', $2",
                found.organisation_id,
                found.customer_id,
            )
            await connection.execute("SELECT hint($1, 'case * *')", found.organisation_id)
        # Dead rows and their index entries go too, not only out of sight.
        for table in {*found.ids, *_UNNAMED, *(table for table, _ in found.bound), "changes", "blobs", "blob_chunks"}:
            await connection.execute(f"VACUUM {table}")
    finally:
        await connection.close()
    return found.count


async def _gather(connection: asyncpg.Connection, account_number: str, organisation: str) -> Everything:
    row = await _customer(connection, account_number, organisation)
    found = Everything(row["organisation_id"], row["id"], {"customers": {row["id"]}})
    references = [Reference(**one) for one in await connection.fetch(_REFERENCES)]
    await _follow(connection, found, references)
    found.contacts = await connection.fetchval(
        "SELECT coalesce(array_agg(DISTINCT k), '{}') FROM customers c, LATERAL ("
        "SELECT e ->> 'e164' AS k FROM jsonb_array_elements(c.phones) e "
        "UNION SELECT lower(e ->> 'address') FROM jsonb_array_elements(c.emails) e) s "
        "WHERE c.id = ANY ($1) AND k <> ''",
        list(found.ids["customers"]),
    )
    for table, query in _BY_CONTACT.items():
        rows = await connection.fetch(query, found.organisation_id, found.known_by)
        found.ids.setdefault(table, set()).update(row["id"] for row in rows)
    await _follow(connection, found, references)
    await _files(connection, found, references)
    return found


async def _customer(connection: asyncpg.Connection, account_number: str, organisation: str) -> asyncpg.Record:
    rows = await connection.fetch(
        "SELECT c.id, c.organisation_id, o.name FROM customers c JOIN organisations o ON o.id = c.organisation_id "
        "WHERE c.account_number = $1 AND c.merged_into_id IS NULL AND ($2 = '' OR o.name = $2) ORDER BY o.name",
        account_number,
        organisation,
    )
    if len(rows) > 1:
        names = ", ".join(row["name"] for row in rows)
        raise MendableError(f"Several organisations have a customer {account_number!r}: add --organisation ({names}).")
    if not rows:
        raise MendableError(f"There is no customer with the account number {account_number!r}.")
    return rows[0]


async def _files(connection: asyncpg.Connection, found: Everything, references: list[Reference]) -> None:
    for one in references:
        if one.parent != "blobs":
            continue
        wheres = [("id", ids) for table, ids in found.ids.items() if table == one.child]
        wheres += [(column, ids) for (table, column), ids in found.bound.items() if table == one.child]
        for column, ids in wheres:
            query = f"SELECT t.{one.column} AS id FROM {one.child} t WHERE t.{column} = ANY ($1)"
            found.blobs |= {row["id"] for row in await connection.fetch(query, list(ids)) if row["id"] is not None}
    held = await connection.fetch(
        f"SELECT t.blob_id AS id FROM portal_uploads t WHERE t.organisation_id = $1 AND {_UNNAMED['portal_uploads']}",
        found.organisation_id,
        found.known_by,
    )
    found.blobs |= {row["id"] for row in held}


async def _follow(connection: asyncpg.Connection, found: Everything, references: list[Reference]) -> None:
    """Take in what refers to what is found, until nothing new comes."""
    grown = True
    while grown:
        grown = False
        for one in references:
            parents = found.ids.get(one.parent)
            if not parents or (one.child, one.column) == ("cases", "merged_into_id"):
                continue  # another customer's case that was merged into hers stays, without its text
            if not one.has_id:
                found.bound.setdefault((one.child, one.column), set()).update(parents)
                continue
            known = found.ids.setdefault(one.child, set())
            rows = await connection.fetch(f"SELECT id FROM {one.child} WHERE {one.column} = ANY ($1)", list(parents))
            fresh = {row["id"] for row in rows} - known
            known |= fresh
            grown = grown or bool(fresh)


async def _erase(connection: asyncpg.Connection, found: Everything) -> None:
    await connection.execute(
        "UPDATE cases SET merged_into_id = NULL WHERE merged_into_id = ANY ($1)", list(found.ids.get("cases", ()))
    )
    for (table, column), ids in found.bound.items():
        await connection.execute(f"DELETE FROM {table} WHERE {column} = ANY ($1)", list(ids))
    for table, ids in found.ids.items():
        await connection.execute(f"DELETE FROM {table} WHERE id = ANY ($1)", list(ids))
    for table, where in _UNNAMED.items():
        await connection.execute(
            f"DELETE FROM {table} t WHERE t.organisation_id = $1 AND {where}", found.organisation_id, found.known_by
        )
    await connection.execute("DELETE FROM changes WHERE record_id = ANY ($1) OR parent_id = ANY ($1)", found.all_ids)
    holders = [Reference(**one) for one in await connection.fetch(_REFERENCES)]
    free = " AND ".join(
        f"NOT EXISTS (SELECT FROM {one.child} x WHERE x.{one.column} = b.id)"
        for one in holders
        if one.parent == "blobs" and one.child != "blob_chunks"
    )
    gone = await connection.fetch(f"DELETE FROM blobs b WHERE id = ANY ($1) AND {free} RETURNING id", list(found.blobs))
    await connection.execute("DELETE FROM blob_chunks WHERE blob_id = ANY ($1)", [row["id"] for row in gone])


_RECORD = "SELECT to_jsonb(t) - '{search,audience_id,former_audience_id,xid,epoch,seq,hash,secret}'::text[] AS record"


async def _records(connection: asyncpg.Connection, table: str, column: str, ids: Collection[UUID]) -> list[object]:
    rows = await connection.fetch(f"{_RECORD} FROM {table} t WHERE {column} = ANY ($1)", list(ids))
    return [json.loads(row["record"]) for row in rows]


async def _where(
    connection: asyncpg.Connection, table: str, where: str, organisation_id: UUID, known_by: list[str]
) -> list[object]:
    query = f"{_RECORD} FROM {table} t WHERE t.organisation_id = $1 AND {where}"
    return [json.loads(row["record"]) for row in await connection.fetch(query, organisation_id, known_by)]


async def _bytes(connection: asyncpg.Connection, blob: UUID) -> bytes:
    rows = await connection.fetch("SELECT data FROM blob_chunks WHERE blob_id = $1 ORDER BY position", blob)
    return b"".join(row["data"] for row in rows)


def _write(file: Path, tables: dict[str, list[object]], files: dict[str, bytes]) -> None:
    new = file.with_name(file.name + ".new")
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        told = {table: records for table, records in tables.items() if records}
        archive.writestr("customer.json", json.dumps(told, indent=1, ensure_ascii=False))
        for name, data in files.items():
            archive.writestr(f"files/{name}", data)
    new.chmod(0o600)
    new.replace(file)
