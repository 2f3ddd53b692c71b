"""Stored views, under the agent's own role."""

import json
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.condition_checks import Trouble, TroubleKind, check
from app.domain.conditions import ANYTHING, Condition, FieldOf, as_json, from_json
from app.domain.refusals import Refusal, Refused
from app.domain.views import Column, Grouping, Order, StoredView
from app.store.cases import PostgresCases
from app.store.session import Database

_VIEWS = """
SELECT id, name, key, icon, condition, columns, sorting, grouping, owner_id, team_id, at_left, position, version
FROM views ORDER BY owner_id IS NOT NULL, position, made_at, id"""
_SAVE = """
INSERT INTO views (id, organisation_id, key, owner_id, team_id, name, icon, condition, columns, sorting, grouping, at_left, position)
VALUES (:id, (SELECT my_organisation()), :key, :owner, :team, :name, :icon, CAST(:condition AS jsonb), :columns, :sorting, :grouping,
        :at_left, :position)
ON CONFLICT (id) DO UPDATE SET owner_id = :owner, team_id = :team, name = :name, icon = :icon,
  condition = CAST(:condition AS jsonb), columns = :columns, sorting = :sorting, grouping = :grouping, at_left = :at_left,
  position = :position"""


class PostgresViews:
    """ViewStore on PostgreSQL; the fields that conditions may ask for are read again with the views."""

    def __init__(self, database: Database, cases: PostgresCases) -> None:
        self._database, self._cases = database, cases

    async def views(self) -> tuple[StoredView, ...]:
        found = [_view(row) for row in await self._database.rows(_VIEWS)]
        known = await self._cases.read_known()
        return tuple(_with_troubles(one, condition, known) for one, condition in found)

    async def known(self) -> Mapping[str, FieldOf]:
        return await self._cases.known()

    async def save_view(self, edited: StoredView) -> None:
        await self._database.write(
            _SAVE,
            id=edited.id,
            # A shipped view that was removed unchanged comes back as itself.
            key=edited.key if edited.version == 1 else "",
            owner=edited.owner_id,
            team=edited.team_id,
            name=edited.name,
            icon=edited.icon,
            condition=json.dumps(as_json(edited.condition)),
            columns=[column.value for column in edited.columns],
            sorting=edited.order.value,
            grouping=edited.grouping.value,
            at_left=edited.at_left,
            position=edited.position,
        )

    async def remove_view(self, view_id: UUID) -> None:
        if await self._database.write("DELETE FROM views WHERE id = :id", id=view_id) == 0:
            raise Refused(Refusal.NOT_PERMITTED)

    async def restore_views(self) -> int:
        restored: int = (await self._database.written("SELECT restore_views() AS n"))["n"]
        return restored


def _view(row: RowMapping) -> tuple[StoredView, Condition | None]:
    try:
        condition: Condition | None = from_json(row["condition"])
    except ValueError:  # written by a newer desk: this one cannot read it
        condition = None
    stored = StoredView(
        id=row["id"],
        name=row["name"],
        condition=condition or ANYTHING,
        key=row["key"],
        icon=row["icon"],
        columns=tuple(Column(code) for code in row["columns"] if code in set(Column)),
        order=Order(row["sorting"]),
        grouping=Grouping(row["grouping"]),
        owner_id=row["owner_id"],
        team_id=row["team_id"],
        at_left=row["at_left"],
        position=row["position"],
        version=row["version"],
    )
    return stored, condition


def _with_troubles(one: StoredView, condition: Condition | None, known: Mapping[str, FieldOf]) -> StoredView:
    troubles = check(condition, known) if condition is not None else (Trouble(TroubleKind.UNKNOWN_FIELD, "?"),)
    return replace(one, troubles=troubles)
