"""Types and their states in the store."""

import json
from dataclasses import replace
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.case_types import CaseState, CaseType, GoesTo, Reopens, TypeKind
from app.domain.cases import Category
from app.domain.plain import to_plain
from app.store.session import Database

_ADDRESSES = """
SELECT type_id, array_agg(address ORDER BY made_at DESC, address) AS addresses FROM mail_addresses
WHERE type_id IS NOT NULL GROUP BY type_id"""


async def read_types(database: Database, where: str) -> tuple[CaseType, ...]:
    """The types that fit, each with its states in use, in their order."""
    types = await database.rows(f"SELECT * FROM case_types WHERE {where} ORDER BY kind, position, name")
    states = await database.rows("SELECT * FROM case_states WHERE archived_at IS NULL ORDER BY position, name")
    of: dict[UUID, list[CaseState]] = {}
    for row in states:
        of.setdefault(row["type_id"], []).append(_state(row))
    return tuple(_type(row, tuple(of.get(row["id"], ()))) for row in types)


class PostgresCaseTypes:
    """TypeStore on PostgreSQL, under the agent's own role."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def types(self) -> tuple[CaseType, ...]:
        """Every type with its addresses."""
        found = await self._database.rows(_ADDRESSES)
        addresses = {row["type_id"]: tuple(row["addresses"]) for row in found}
        every = await read_types(self._database, "true")
        return tuple(replace(one, addresses=addresses.get(one.id, ())) for one in every)

    async def save_type(self, edited: CaseType) -> None:
        await self._database.write(
            "SELECT save_type(:id, CAST(:told AS jsonb), :version)",
            id=edited.id,
            told=json.dumps(to_plain(edited)),
            version=edited.version,
        )


def _type(row: RowMapping, states: tuple[CaseState, ...]) -> CaseType:
    return CaseType(
        id=row["id"],
        name=row["name"],
        key=row["key"],
        icon=row["icon"],
        enabled=row["enabled"],
        default_state_id=row["default_state_id"],
        states=states,
        kind=TypeKind(row["kind"]),
        reopens=Reopens(row["reopens"]),
        reopen_days=row["reopen_days"],
        reopened_goes_to=GoesTo(row["reopened_goes_to"]),
        close_days=row["close_days"],
        one_touch=row["one_touch"],
        version=row["version"],
    )


def _state(row: RowMapping) -> CaseState:
    return CaseState(
        id=row["id"],
        type_id=row["type_id"],
        name=row["name"],
        category=Category(row["category"]),
        key=row["key"],
        position=row["position"],
        colour=row["colour"],
        leads_to=tuple(row["leads_to"]) if row["leads_to"] is not None else None,
    )
