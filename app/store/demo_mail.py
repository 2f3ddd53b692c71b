"""The demo organisation's mail: the centre's mailbox, and cases whose timeline has what a customer wrote and the answer."""

import hashlib
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from uuid import UUID

import asyncpg

from app.domain.ids import new_id
from app.domain.mail_threading import new_message_id
from app.store.engine import Access, connect

_JOIN = """
UPDATE mailboxes SET port = $1, smtp_port = $2, username = $3, secret = $4
WHERE host = '127.0.0.1' AND archived_at IS NULL AND kind = 'imap'"""


async def join_post_office(admin: Access, imap_port: int, smtp_port: int, user: str, password: str) -> frozenset[str]:
    """Lead the demo's mailboxes to a post office on this machine; gives the domains of the organisation's addresses."""
    connection = await connect(admin)
    try:
        await connection.execute(_JOIN, imap_port, smtp_port, user, password)
        found = await connection.fetch("SELECT DISTINCT split_part(address, '@', 2) AS domain FROM mail_addresses")
    finally:
        await connection.close()
    return frozenset(row["domain"] for row in found)


class MailMaker:
    """Writes the `mailboxes` of a story, and the `mails` of its cases, as the owner."""

    def __init__(self, connection: asyncpg.Connection, organisation: UUID, language: str, now: datetime) -> None:
        self._connection, self._organisation = connection, organisation
        self._language, self._now = language, now
        self._boxes: dict[str, tuple[UUID, UUID]] = {}

    async def make_mailboxes(self, told: list[dict[str, Any]], teams: dict[str, UUID]) -> None:
        """A mailbox on this computer; nothing listens there until the demo's post office is opened."""
        for box in told:
            mailbox, team = new_id(), teams[box["team"]]
            await self._connection.execute(
                "INSERT INTO mailboxes (id, organisation_id, team_id, address, host, port, smtp_host, smtp_port, "
                "security) VALUES ($1, $2, $3, $4, '127.0.0.1', 9, '127.0.0.1', 9, 'none')",
                mailbox,
                self._organisation,
                team,
                box["address"],
            )
            await self._connection.execute(
                "INSERT INTO mail_addresses (address, organisation_id, team_id, mailbox_id, sends, display_name) "
                "VALUES ($1, $2, $3, $4, true, $5)",
                box["address"],
                self._organisation,
                team,
                mailbox,
                box["display_name"],
            )
            self._boxes[box["address"]] = (mailbox, team)

    async def make_mails(self, case: UUID, told: list[dict[str, Any]], agents: dict[str, tuple[UUID, str]]) -> None:
        """The mails of a case, each answering the one before."""
        before = ""
        for mail in told:
            message_id = new_message_id(case, "vallon.example") if "by" in mail else f"<{new_id().hex}@mail.example>"
            raw = self._raw(mail, message_id, before, agents)
            by, author = agents[mail["by"]] if "by" in mail else (None, mail["from"].partition(" <")[0])
            follow_up = new_id()
            await self._connection.execute(
                "INSERT INTO follow_ups (id, case_id, channel, direction, public, body, at, author_id, author_name) "
                "VALUES ($1, $2, 'email', $3, true, $4, $5, $6, $7)",
                follow_up,
                case,
                "out" if by else "in",
                mail[self._language],
                self._at(mail),
                by,
                author,
            )
            blob = await self._blob(raw)
            if by:
                await self._sent(case, follow_up, mail, message_id, blob, by)
            else:
                await self._came(case, follow_up, mail, message_id, blob, raw)
            before = message_id

    def _at(self, told: dict[str, Any]) -> datetime:
        return self._now - timedelta(hours=told["hours"])

    def _raw(self, told: dict[str, Any], message_id: str, before: str, agents: dict[str, tuple[UUID, str]]) -> bytes:
        message = EmailMessage(policy=SMTP)
        sender = f"{agents[told['by']][1]} – {told['from']}" if "by" in told else told["from"]
        name, _, address = sender.rpartition(" <")
        message["From"] = f'"{name}" <{address}'
        message["To"] = told["to"]
        if "cc" in told:
            message["Cc"] = told["cc"]
        message["Subject"] = told["subject"][self._language]
        message["Date"] = format_datetime(self._at(told))
        message["Message-ID"] = message_id
        if before:
            message["In-Reply-To"] = message["References"] = before
        message.set_content(told.get(f"whole_{self._language}", told[self._language]))
        return message.as_bytes()

    async def _blob(self, raw: bytes) -> UUID:
        blob = new_id()
        await self._connection.execute(
            "INSERT INTO blobs (id, organisation_id, sha256, size) VALUES ($1, $2, $3, $4)",
            blob,
            self._organisation,
            hashlib.sha256(raw).hexdigest(),
            len(raw),
        )
        await self._connection.execute(
            "INSERT INTO blob_chunks (blob_id, position, data) VALUES ($1, 0, $2)", blob, raw
        )
        return blob

    async def _came(
        self, case: UUID, follow_up: UUID, told: dict[str, Any], message_id: str, blob: UUID, raw: bytes
    ) -> None:
        address = told["to"].rpartition("<")[2].rstrip(">")
        mailbox, team = self._boxes[address]
        incoming = new_id()
        await self._connection.execute(
            "INSERT INTO incoming (id, organisation_id, mailbox_id, team_id, external_id, content_sha256, blob_id, "
            "arrived_at, sender, subject, fate, settled_at, case_id, follow_up_id) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'follow_up', $8, $11, $12)",
            incoming,
            self._organisation,
            mailbox,
            team,
            message_id,
            hashlib.sha256(raw).hexdigest(),
            blob,
            self._at(told),
            told["from"].rpartition("<")[2].rstrip(">"),
            told["subject"][self._language],
            case,
            follow_up,
        )
        await self._connection.execute(
            "INSERT INTO incoming_routes (incoming_id, address, organisation_id, team_id) VALUES ($1, $2, $3, $4)",
            incoming,
            address,
            self._organisation,
            team,
        )

    async def _sent(
        self, case: UUID, follow_up: UUID, told: dict[str, Any], message_id: str, blob: UUID, by: UUID
    ) -> None:
        mailbox, _ = self._boxes[told["from"].rpartition("<")[2].rstrip(">")]
        mail = new_id()
        await self._connection.execute(
            "INSERT INTO outgoing (id, organisation_id, case_id, follow_up_id, mailbox_id, external_id, blob_id, "
            "written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            mail,
            self._organisation,
            case,
            follow_up,
            mailbox,
            message_id,
            blob,
            by,
            self._at(told),
        )
        for recipient, state in told["deliveries"].items():
            await self._connection.execute(
                "INSERT INTO deliveries (organisation_id, outgoing_id, recipient, state, attempts, reason, send_at, "
                "changed_at) VALUES ($1, $2, $3, $4, 1, $5, $6, $6)",
                self._organisation,
                mail,
                recipient,
                state,
                told.get("reasons", {}).get(recipient, ""),
                self._at(told),
            )
