"""A mailbox at Microsoft 365, read by Graph: a delta query whose link is the place, and each message as its MIME."""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Sequence
from typing import TypeVar
from urllib.parse import quote

import aiohttp

from app.mail.graph_server import GraphError, GraphServer, folder, mailbox_error, pause
from app.mail.identity import arrival_of
from app.mail.pages import BATCH_BYTES, Page, Pages
from app.services.ledger import Arrival
from app.services.mailboxes import Batch, Mailbox, MailboxAwayError, MailboxRefusedError, Tokens

log = logging.getLogger(__name__)

POLL_S = 3
"""Graph tells nobody who cannot be reached from outside, so it is asked; 200 of the 10,000 requests in ten minutes."""
AT_ONCE = 3
"""Graph answers four requests of a mailbox at a time; the fourth is for what goes out."""
_ANEW = frozenset({"syncStateNotFound", "SyncStateNotFound", "syncStateInvalid", "SyncStateInvalid", "resyncRequired"})
_WRONG = (GraphError, aiohttp.ClientError, TimeoutError, OSError, MailboxAwayError, MailboxRefusedError)
_T = TypeVar("_T")


class GraphSource:
    """Mail after a delta link."""

    def __init__(self, mailbox: Mailbox, tokens: Tokens, tls: ssl.SSLContext | None = None) -> None:
        self._mailbox = mailbox
        self._server = GraphServer(mailbox, tokens, tls)
        self._pages: Pages[str] = Pages(self._turn, self._take)
        self._folder = ""
        self._closed = asyncio.Event()

    async def fetch(self, validity: int, last: int, cursor: str = "") -> Batch:  # noqa: ARG002 - nothing is counted
        return await _understood(self._pages.fetch(cursor))

    async def wait(self, most_s: float) -> None:
        await pause(self._closed, min(most_s, POLL_S))

    async def close(self) -> None:
        self._closed.set()
        await self._server.close()

    async def _turn(self, link: str) -> Page[str]:
        if not self._folder:
            self._folder = await folder(self._server, self._mailbox.folder)
        first = (
            f"{self._server.base}/mailFolders/{self._folder}/messages/delta?changeType=created&$select=receivedDateTime"
        )
        known = bool(link) and self._server.is_own(link)
        try:
            found = (await self._server.read(link if known else first)).json()
        except GraphError as error:
            if not known or not (error.status == 410 or error.code in _ANEW):
                raise
            # A mailbox that has moved, or a link too old: everything is read anew, and the ledger knows what it has.
            log.info("mailbox %s is read anew: %s", self._mailbox.id, error.code)
            return await self._turn("")
        messages = [one for one in found.get("value", []) if "@removed" not in one]
        messages.sort(key=lambda one: one.get("receivedDateTime") or "")
        after = found.get("@odata.nextLink") or found.get("@odata.deltaLink")
        if not after:
            raise MailboxAwayError("an answer without a link to go on from")
        return Page(link, after, "@odata.nextLink" in found, [one["id"] for one in messages])

    async def _take(self, waiting: Sequence[str]) -> tuple[int, list[Arrival]]:
        arrivals: list[Arrival] = []
        taken, size = 0, 0
        while taken < len(waiting) and size < BATCH_BYTES:
            some = waiting[taken : taken + AT_ONCE]
            for raw in await asyncio.gather(*(self._mime(one) for one in some)):
                if raw is not None:
                    arrivals.append(arrival_of(raw, 0))
                    size += len(raw)
            taken += len(some)
        return taken, arrivals

    async def _mime(self, message: str) -> bytes | None:
        try:
            return (await self._server.read(f"{self._server.base}/messages/{quote(message, safe='')}/$value")).content
        except GraphError as error:
            if error.status == 404 and error.code in ("ErrorItemNotFound", "itemNotFound"):
                return None  # deleted or taken out of the mailbox meanwhile
            raise


async def _understood(act: Awaitable[_T]) -> _T:
    try:
        return await act
    except _WRONG as error:
        raise mailbox_error(error) from error
