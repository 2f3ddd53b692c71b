"""Broadcasts in PostgreSQL: drafted and approved under an agent's own role, written into the outbox by the hub."""

import json
from collections import defaultdict
from uuid import UUID

from app.domain.broadcasts import Broadcast, BroadcastState, audience_fields
from app.domain.conditions import Condition, as_json, from_json
from app.services.messages import Audience
from app.store.conditions import PostgresConditions, where
from app.store.rows import PERSON
from app.store.session import Database

_ALL = """
SELECT b.id, b.team_id, b.name, b.condition, b.text_fr, b.text_en, b.per_minute, b.state, b.version,
  coalesce(a.name, '') AS drafted_by, b.team_id = ANY (my_led_teams()) OR may('manage_teams') AS may_send
FROM broadcasts b LEFT JOIN agents a ON a.id = b.drafted_by WHERE b.archived_at IS NULL ORDER BY b.made_at DESC LIMIT 200"""
_FIGURES = """
SELECT b.id, f.what, f.people FROM broadcasts b, broadcast_figures(b.id) f
WHERE b.archived_at IS NULL AND b.state IN ('sending', 'stopped', 'done')"""
_SAVE = """
SELECT save_broadcast(:id, :team, :name, CAST(:condition AS jsonb), :text_fr, :text_en, :per_minute, :asks)"""
# An audience is a list of cases without cases: whoever the condition finds, by what it says of customers.
_FOUND = """
FROM (SELECT id AS customer_id FROM customers WHERE organisation_id = (SELECT my_organisation()) AND merged_into_id IS NULL) c
WHERE {0}"""
_SAMPLE = 8


class PostgresBroadcasts(PostgresConditions):
    """The broadcasts of my teams."""

    async def broadcasts(self) -> tuple[Broadcast, ...]:
        figures: dict[UUID, dict[str, int]] = defaultdict(dict)
        for row in await self._database.rows(_FIGURES):
            figures[row["id"]][row["what"]] = row["people"]
        found = []
        for row in await self._database.rows(_ALL):
            values = dict(row) | {
                "condition": from_json(row["condition"]),
                "state": BroadcastState(row["state"]),
                "figures": figures.get(row["id"], {}),
            }
            found.append(Broadcast(**values))
        return tuple(found)

    async def save_broadcast(self, broadcast: Broadcast, *, asks: bool) -> None:
        await self._database.write(
            _SAVE, id=broadcast.id, team=broadcast.team_id, name=broadcast.name.strip(),
            condition=json.dumps(as_json(broadcast.condition)), text_fr=broadcast.text_fr, text_en=broadcast.text_en,
            per_minute=broadcast.per_minute, asks=asks,
        )  # fmt: skip

    async def approve_broadcast(self, broadcast: Broadcast) -> None:
        condition, values = await self._where(broadcast.condition)
        found = await self._database.rows(f"SELECT c.customer_id {_FOUND.format(condition)}", **values)
        await self._database.write(
            "SELECT approve_broadcast(:id, :version, :audience)",
            id=broadcast.id, version=broadcast.version, audience=[row["customer_id"] for row in found],
        )  # fmt: skip

    async def stop_broadcast(self, broadcast_id: UUID) -> None:
        await self._database.write("SELECT stop_broadcast(:id)", id=broadcast_id)

    async def remove_broadcast(self, broadcast_id: UUID) -> None:
        await self._database.write("SELECT remove_broadcast(:id)", id=broadcast_id)

    async def audience(self, condition: Condition) -> Audience:
        """Counted as it would be sent now: a number once, without those who wrote STOP."""
        sql, values = await self._where(condition)
        row = await self._database.one(
            f"WITH found AS MATERIALIZED (SELECT c.customer_id {_FOUND.format(sql)}) "
            "SELECT (SELECT count(*) FROM found) AS found, (SELECT count(DISTINCT u.phones -> 0 ->> 'e164') FROM found f "
            "JOIN customers u ON u.id = f.customer_id WHERE NOT EXISTS (SELECT FROM sms_stops s "
            "WHERE s.e164 = u.phones -> 0 ->> 'e164' AND s.lifted_at IS NULL)) AS reached, "
            f"ARRAY(SELECT {PERSON.format('u')} FROM found f JOIN customers u ON u.id = f.customer_id "
            "ORDER BY f.customer_id DESC LIMIT :sample) AS sample",
            sample=_SAMPLE,
            **values,
        )
        return Audience(row["found"], row["reached"], tuple(row["sample"]))

    async def _where(self, condition: Condition) -> tuple[str, dict[str, object]]:
        return where(condition, audience_fields(await self.condition_fields()))


class PostgresBroadcastHub:
    """What of broadcasts is due, written by the hub."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write_some(self, most: int) -> int:
        """Move some of one broadcast into the outbox; how many."""
        return int((await self._database.written("SELECT write_broadcast(:most) AS made", most=most))["made"])
