"""Broadcasts in PostgreSQL: drafted and approved under an agent's own role, written into the outbox by the hub."""

import json
from collections import defaultdict
from collections.abc import Callable
from uuid import UUID

from app.domain.broadcasts import Broadcast, BroadcastBy, BroadcastState, audience_fields
from app.domain.conditions import Condition, as_json, from_json
from app.services.messages import Audience, BroadcastMail, MailStop
from app.store.blobs import store_blob
from app.store.conditions import PostgresConditions, where
from app.store.rows import PERSON
from app.store.session import Database, statement

_ALL = """
SELECT b.id, b.team_id, b.channel, b.name, b.condition, b.subject_fr, b.subject_en, b.text_fr, b.text_en, b.per_minute, b.state, b.version,
  coalesce(a.name, '') AS drafted_by, b.team_id = ANY (my_led_teams()) OR may('manage_teams') AS may_send
FROM broadcasts b LEFT JOIN agents a ON a.id = b.drafted_by WHERE b.archived_at IS NULL ORDER BY b.made_at DESC LIMIT 200"""
_FIGURES = """
SELECT b.id, f.what, f.people FROM broadcasts b, broadcast_figures(b.id) f
WHERE b.archived_at IS NULL AND b.state IN ('sending', 'stopped', 'done')"""
_SAVE = "SELECT save_broadcast(:id, :team, CAST(:told AS jsonb), :asks)"
_STOPPED = {
    BroadcastBy.SMS: "SELECT FROM sms_stops s WHERE s.e164 = a.address AND s.lifted_at IS NULL",
    BroadcastBy.EMAIL: "SELECT FROM mail_stops s WHERE s.address = a.address AND s.lifted_at IS NULL",
}
_MAIL = """
INSERT INTO outgoing (id, organisation_id, mailbox_id, channel, external_id, blob_id, written_by, automatic)
VALUES (:mail, :organisation, :mailbox, 'email', :external, :blob, :by, false)"""
_DELIVERY = "INSERT INTO deliveries (organisation_id, outgoing_id, recipient) VALUES (:organisation, :mail, :recipient)"
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
                "channel": BroadcastBy(row["channel"]),
                "figures": figures.get(row["id"], {}),
            }
            found.append(Broadcast(**values))
        return tuple(found)

    async def save_broadcast(self, broadcast: Broadcast, *, asks: bool) -> None:
        names = ("subject_fr", "subject_en", "text_fr", "text_en", "per_minute", "channel")
        told = {name: getattr(broadcast, name) for name in names} | {
            "name": broadcast.name.strip(),
            "condition": as_json(broadcast.condition),
        }
        await self._database.write(_SAVE, id=broadcast.id, team=broadcast.team_id, told=json.dumps(told), asks=asks)

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

    async def audience(self, condition: Condition, by: BroadcastBy = BroadcastBy.SMS) -> Audience:
        """Counted as it would be sent now: a number or address once, without those who want none."""
        sql, values = await self._where(condition)
        row = await self._database.one(
            f"WITH found AS MATERIALIZED (SELECT c.customer_id {_FOUND.format(sql)}) "
            "SELECT (SELECT count(*) FROM found) AS found, (SELECT count(DISTINCT a.address) FROM found f "
            "JOIN customers u ON u.id = f.customer_id CROSS JOIN broadcast_address(u, :by) AS a(address) "
            f"WHERE a.address <> '' AND NOT EXISTS ({_STOPPED[by]})) AS reached, "
            f"ARRAY(SELECT {PERSON.format('u')} FROM found f JOIN customers u ON u.id = f.customer_id "
            "ORDER BY f.customer_id DESC LIMIT :sample) AS sample",
            sample=_SAMPLE,
            by=by.value,
            **values,
        )
        return Audience(row["found"], row["reached"], tuple(row["sample"]))

    async def _where(self, condition: Condition) -> tuple[str, dict[str, object]]:
        return where(condition, audience_fields(await self.condition_fields()))


class PostgresBroadcastHub:
    """What of broadcasts is due, written by the hub."""

    def __init__(self, database: Database, write: Callable[[BroadcastMail], tuple[str, bytes]]) -> None:
        self._database, self._write = database, write

    async def write_some(self, most: int) -> int:
        """Move some of one broadcast of each kind into the outbox; how many."""
        made = int((await self._database.written("SELECT write_broadcast(:most) AS made", most=most))["made"])
        return made + await self._write_mails(most)

    async def _write_mails(self, most: int) -> int:
        async with self._database.transaction() as connection:
            found = await connection.execute(statement("SELECT * FROM take_broadcast_mails(:most)"), {"most": most})
            mails = [BroadcastMail(**row) for row in found.mappings()]
            for mail in mails:
                external, raw = self._write(mail)
                blob = await store_blob(connection, mail.organisation_id, raw)
                values = {
                    "mail": mail.message_id, "organisation": mail.organisation_id, "mailbox": mail.mailbox_id,
                    "external": external, "blob": blob, "by": mail.written_by, "recipient": mail.address,
                }  # fmt: skip
                await connection.execute(statement(_MAIL), values)
                await connection.execute(statement(_DELIVERY), values)
        return len(mails)


class PostgresMailStops:
    """Whom a broadcast's link belongs to, and whether she wants more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, token: UUID) -> MailStop | None:
        told = (await self._database.one("SELECT mail_stop(:token) AS told", token=token))["told"]
        return MailStop(**told) if told is not None else None

    async def set(self, token: UUID, stops: bool) -> bool:
        return bool(
            (await self._database.written("SELECT set_mail_stop(:token, :stops) AS there", token=token, stops=stops))[
                "there"
            ]
        )
