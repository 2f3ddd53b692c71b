"""A batch of mails filed: each goes to the server together with the question about the next one.

What is known about a mail depends on the mails before it, so they are settled one after the other, and the ways to the
server and back are what a batch waits for: one for each mail instead of two.
"""

from typing import Any

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.mail import Mail
from app.services.ledger import Waiting
from app.store.mail_facts import Known, asked_about, known_of
from app.store.session import statement

_FILE = "SELECT file_mail(:entry, CAST(:told AS jsonb), :said, CAST(:files AS bytea[]))"


class MailFiling:
    """The statements of one batch in their order; `facts` asks what is known about a mail, and locks its entry."""

    def __init__(self, connection: AsyncConnection, facts: str) -> None:
        self._connection = connection
        self._facts = facts
        self._held: dict[str, Any] | None = None

    async def known(self, waiting: Waiting, mail: Mail) -> Known | None:
        """What is known about a mail when those before it are filed; None when it has its fate already."""
        asked, held = asked_about(waiting, mail), self._held
        # Materialised, it is done before the question is asked, and what it wrote is seen.
        sql = self._facts if held is None else f"WITH filed AS MATERIALIZED ({_FILE}) {self._facts} FROM filed"
        self._held = None
        found = await self._connection.execute(statement(sql), asked | (held or {}))
        told: dict[str, Any] | None = found.scalar_one()
        return known_of(told, waiting, mail) if told is not None else None

    def file(self, entry: dict[str, Any]) -> None:
        """What a mail becomes: written with whatever is asked or written next."""
        self._held = entry

    async def written(self) -> AsyncConnection:
        """The connection, on which everything filed so far is written."""
        if self._held is not None:
            held, self._held = self._held, None
            await self._connection.execute(statement(_FILE), held)
        return self._connection
