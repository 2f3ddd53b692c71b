"""Automations of the test organisation: made by their owners, carried out as the hub does, looked at afterwards."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from app.domain.automations import Action, Automation, When, as_content
from app.domain.conditions import ANYTHING, Condition
from app.domain.ids import new_id
from app.mail.acknowledging import acknowledgement
from app.mail.reading import read
from app.store.automation_engine import PostgresAutomations
from app.store.engine import connect
from app.store.session import Database
from tests.helpers.mail_store import hub_database
from tests.helpers.organisation import Vallon


class EngineRoom:
    """The engine as a hub has it, and eyes on what it did."""

    def __init__(self, vallon: Vallon, database: Database) -> None:
        self.vallon, self.database = vallon, database
        self.engine = PostgresAutomations(database, acknowledgement, read)

    async def run(self, most: int = 400) -> int:
        """Carry out whatever waits; how many lines of the log that were."""
        lines = 0
        while turned := await self.engine.turn(most):
            lines += turned
        return lines

    async def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in await self.database.rows(sql, **parameters)]

    async def runs(self, automation: UUID | None = None) -> list[dict[str, Any]]:
        """What was done, in order."""
        where = "WHERE r.automation_id = :id" if automation else "WHERE CAST(:id AS uuid) IS NULL"
        return await self.rows(
            f"SELECT r.*, a.shipped FROM automation_runs r JOIN automations a ON a.id = r.automation_id {where} "
            "ORDER BY r.at, r.event",
            id=automation,
        )

    async def shipped(self, key: str, **columns: Any) -> UUID:
        """A shipped automation, with columns changed by the administrator where some are named."""
        row = (await self.rows("SELECT id FROM automations WHERE shipped = :key", key=key))[0]
        ada = await connect(self.vallon.access("ada"))
        for name, value in columns.items():
            await ada.execute(f"UPDATE automations SET {name} = $2 WHERE id = $1", row["id"], value)
        await ada.close()
        return UUID(str(row["id"]))


@asynccontextmanager
async def engine_room(vallon: Vallon) -> AsyncIterator[EngineRoom]:
    """An engine whose log is read up to now."""
    database = hub_database(vallon, 4)
    room = EngineRoom(vallon, database)
    await room.run()
    try:
        yield room
    finally:
        await database.close()


async def make_automation(
    vallon: Vallon, *actions: Action, when: When | None = None, condition: Condition = ANYTHING, by: str = "ada",
    **columns: Any,
) -> UUID:  # fmt: skip
    """One automation, made under its owner's own role."""
    values = {"name": "Test", "active": True, "position": 10, "team_id": None} | columns
    one = Automation(new_id(), "", when=when or When(), condition=condition, actions=actions)
    content = json.dumps(as_content(one))
    agent = await connect(vallon.access(by))
    try:
        await agent.execute(
            "INSERT INTO automations (id, organisation_id, team_id, name, position, active, trigger, content) "
            "VALUES ($1, $2, $3, $4, $5, $6, '', $7)",
            *(one.id, vallon.organisation_id, values["team_id"], values["name"], values["position"]),
            *(values["active"], content),
        )
    finally:
        await agent.close()
    return one.id
