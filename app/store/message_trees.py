"""Message trees in PostgreSQL: kept by who manages teams, walked by the hub in the transaction that settles a message."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.message_trees import MessageTree, Reply, Talk, answer, begin
from app.domain.plain import from_plain, to_plain
from app.domain.schedules import hours_now
from app.store.floor import read_schedules
from app.store.session import Database, statement

_TREES = """
SELECT id, team_id, name, outline, active, version FROM message_trees WHERE archived_at IS NULL ORDER BY fold(name)"""
_SAVE = """
INSERT INTO message_trees (id, organisation_id, team_id, name, outline, active)
VALUES (:id, (SELECT my_organisation()), :team, :name, CAST(:outline AS jsonb), :active)
ON CONFLICT (id) DO UPDATE SET team_id = :team, name = :name, outline = CAST(:outline AS jsonb), active = :active"""
_WALKED = """
SELECT m.id, m.team_id, m.name, m.outline, m.active, m.version, k.menu, k.tries, k.case_id, coalesce(v.closed_now, false) AS shut
FROM sms_lines l JOIN numbers n ON n.id = l.number_id
JOIN message_trees m ON m.team_id = n.team_id AND m.active AND m.archived_at IS NULL
LEFT JOIN message_talks k ON k.line_id = l.id AND k.number = :number AND k.at > clock_timestamp() - interval '1 day'
LEFT JOIN team_voice v ON v.team_id = m.team_id WHERE l.id = :line"""
_LANGUAGE = """
SELECT CASE WHEN u.created_at < now() THEN u.language ELSE o.language END FROM cases c
JOIN customers u ON u.id = c.customer_id JOIN organisations o ON o.id = c.organisation_id WHERE c.id = :case_id"""
_STANDS = """
INSERT INTO message_talks (line_id, number, organisation_id, case_id, menu, tries)
SELECT :line, :number, organisation_id, id, :menu, :tries FROM cases WHERE id = :case_id
ON CONFLICT (line_id, number) DO UPDATE SET case_id = :case_id, menu = :menu, tries = :tries, at = clock_timestamp()"""
_THROUGH = "DELETE FROM message_talks WHERE line_id = :line AND number = :number"


class PostgresMessageTrees:
    """Message trees as an agent's own role may read and keep them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def trees(self) -> tuple[MessageTree, ...]:
        return tuple(tree_of(row) for row in await self._database.rows(_TREES))

    async def save_tree(self, tree: MessageTree) -> None:
        outline = {name: value for name, value in to_plain(tree).items() if name in {"start", "menus", "closed"}}
        await self._database.write(
            _SAVE, id=tree.id, team=tree.team_id, name=tree.name, outline=json.dumps(outline), active=tree.active
        )

    async def remove_tree(self, tree_id: UUID) -> None:
        await self._database.write("UPDATE message_trees SET archived_at = now() WHERE id = :id", id=tree_id)


def tree_of(row: Any) -> MessageTree:
    """A tree as it is kept."""
    names = ("id", "team_id", "name", "active", "version")
    tree: MessageTree = from_plain(MessageTree, row["outline"] | {name: to_plain(row[name]) for name in names})
    return tree


async def walk(
    connection: AsyncConnection, database: Database, line: UUID, number: str, case_id: UUID, text: str, *, new: bool
) -> bool:
    """Take one step for a message that was filed just now; whether the tree had one for it."""
    values: dict[str, Any] = {"line": line, "number": number, "case_id": case_id}
    row = (await connection.execute(statement(_WALKED), values)).mappings().first()
    if row is None or not (new or row["case_id"] == case_id):
        return False
    tree, language = tree_of(row), (await connection.execute(statement(_LANGUAGE), values)).scalar_one()
    if new:
        schedules = (await read_schedules(database)).get(tree.team_id, [])
        is_open = not row["shut"] and hours_now(schedules, datetime.now(UTC)).is_open
        reply = begin(tree, language, is_open=is_open)
    else:
        reply = answer(tree, Talk(row["menu"], row["tries"]), text, language)
    await _take(connection, tree, reply, values)
    return True


async def _take(connection: AsyncConnection, tree: MessageTree, reply: Reply, values: dict[str, Any]) -> None:
    if reply.talk is not None:
        stands = {"menu": reply.talk.menu, "tries": reply.talk.tries}
        await connection.execute(statement(_STANDS), values | stands)
    else:
        await connection.execute(statement(_THROUGH), values)
    if reply.says:
        said = statement("SELECT answer_sms(:case_id, :line, :number, :said, false)")
        await connection.execute(said, values | {"said": reply.says})
    if reply.target is not None:
        leads = statement("SELECT lead_case(:case_id, :tree, :target)")
        await connection.execute(leads, values | {"tree": tree.id, "target": reply.target.id})
