"""Mailboxes as the hub reads them, and what it found when it looked."""

from collections.abc import Sequence
from uuid import UUID

from app.services.mailboxes import Mailbox
from app.store.session import Database


async def read_mailboxes(database: Database) -> Sequence[Mailbox]:
    """Every mailbox in use, with its secret; a team whose mail is switched off leaves its own at the server."""
    rows = await database.rows(
        "SELECT id, address, host, port, smtp_host, smtp_port, security, username, secret, folder, kind, sign_in, "
        "tenant, client_id, authority FROM mailboxes m WHERE archived_at IS NULL "
        "AND (NOT EXISTS (SELECT FROM email_hubs h WHERE h.team_id = m.team_id AND NOT h.enabled) "
        "OR EXISTS (SELECT FROM catch_alls c WHERE c.mailbox_id = m.id)) ORDER BY id"
    )
    return [Mailbox(**row) for row in rows]


async def mark_mailbox(database: Database, mailbox_id: UUID, state: str, said: str) -> None:
    """Write what the hub found, when it is something else than before."""
    await database.write(
        "UPDATE mailboxes SET state = :state, said = left(:said, 500), looked_at = now() "
        "WHERE id = :id AND (state, said) IS DISTINCT FROM (:state, left(:said, 500))",
        id=mailbox_id,
        state=state,
        said=said,
    )


class MailboxTokens:
    """What the sign-in service gave one mailbox, beside its secret."""

    def __init__(self, database: Database, mailbox_id: UUID) -> None:
        self._database, self._id = database, mailbox_id

    async def load(self) -> str:
        row = await self._database.one("SELECT tokens FROM mailboxes WHERE id = :id", id=self._id)
        return str(row["tokens"])

    async def keep(self, tokens: str) -> None:
        await self._database.write("UPDATE mailboxes SET tokens = :tokens WHERE id = :id", id=self._id, tokens=tokens)
