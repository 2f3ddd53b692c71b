"""Getting started on PostgreSQL, as an agent."""

import json
from typing import Any
from uuid import UUID

from app.domain.plain import to_plain
from app.services.getting_started import HouseHelp, Start, Way
from app.store.session import Database

_HELP = "SELECT instructions, videos, contact_name, contact_email, contact_phone, version FROM house_help"


class PostgresStart:
    """StartStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(self) -> Start:
        row = await self._database.row(_HELP)
        told: dict[str, Any] = (await self._database.one("SELECT getting_started() AS told"))["told"]
        return Start(
            HouseHelp(**row) if row is not None else HouseHelp(), told["steps"], tuple(map(_way, told["ways"]))
        )

    async def save_help(self, told: HouseHelp) -> None:
        await self._database.write(
            "SELECT save_house_help(CAST(:told AS jsonb), :seen)", told=json.dumps(to_plain(told)), seen=told.version
        )


def _way(told: dict[str, Any]) -> Way:
    ids = {name: UUID(told[name]) if told[name] else None for name in ("team_id", "mailbox_id")}
    return Way(told["kind"], told["address"], told["team"], told["state"], **ids)
