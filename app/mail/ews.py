"""A mailbox of an Exchange server, read by EWS: SyncFolderItems with its state, and a stream of notifications."""

import asyncio
import hashlib
import logging
import ssl
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from exchangelib.account import Account
from exchangelib.errors import (
    ErrorExpiredSubscription,
    ErrorInvalidSubscription,
    ErrorInvalidSyncStateData,
    ErrorItemNotFound,
    ErrorReadEventsFailed,
    ErrorSubscriptionNotFound,
    ErrorTimeoutExpired,
    EWSError,
)
from exchangelib.properties import ItemId
from requests.exceptions import RequestException

from app.mail.ews_server import connect, folder, mailbox_error
from app.mail.ews_services import EndSubscription, Get, Stream, Subscribe, Sync, message_fields
from app.mail.identity import arrival_of
from app.mail.pages import BATCH_BYTES, Page, Pages
from app.services.ledger import Arrival
from app.services.mailboxes import Batch, Mailbox

log = logging.getLogger(__name__)

PAGE = 100
_STREAM_MINUTES = 5
_LET_GO_S = 5
_LOST = (ErrorSubscriptionNotFound, ErrorInvalidSubscription, ErrorExpiredSubscription, ErrorReadEventsFailed)
_EVENTS = ("NewMailEvent", "CreatedEvent", "MovedEvent", "CopiedEvent")
_EPOCH = datetime.fromtimestamp(0, UTC)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Item:
    id: str
    size: int
    received: datetime


class EwsSource:
    """Mail after a sync state, and a wait that ends when there is more; one connection to fetch, one that listens."""

    def __init__(self, mailbox: Mailbox, tls: ssl.SSLContext | None = None) -> None:
        self._mailbox, self._tls = mailbox, tls
        # Two threads of its own: a stream that is listened to holds one for as long as it lasts.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="ews")
        self._pages: Pages[_Item] = Pages(self._turn, self._take)
        self._reader: tuple[Account, Any] | None = None
        self._listener: Account | None = None
        self._subscription = ""
        self._listening: asyncio.Future[None] | None = None
        self._stream: Any = None
        self._closed = threading.Event()

    async def fetch(self, validity: int, last: int, cursor: str = "") -> Batch:  # noqa: ARG002 - nothing is counted
        return await self._pages.fetch(cursor)

    async def wait(self, most_s: float) -> None:
        if not self._subscription:
            await self._in_thread(self._subscribe)
            return  # what came before this subscription counted is fetched first
        if self._listening is None:
            self._listening = asyncio.ensure_future(self._in_thread(self._listen))
        done, _ = await asyncio.wait({self._listening}, timeout=most_s)
        if done:
            ended, self._listening = self._listening, None
            ended.result()

    async def close(self) -> None:
        if self._closed.is_set():
            return
        self._closed.set()
        self._hang_up()
        if self._listening is not None:
            done, _ = await asyncio.wait({self._listening}, timeout=_LET_GO_S)
            for ended in done:
                ended.exception()
        with suppress(RuntimeError):
            await asyncio.get_running_loop().run_in_executor(self._threads, self._let_go)
        self._threads.shutdown(wait=False)

    async def _in_thread(self, act: Callable[[], _T]) -> _T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, act)
        except (EWSError, RequestException, OSError, ValueError, AttributeError) as error:
            # AttributeError: an answer without what it must have, cut off or not Exchange's.
            raise mailbox_error(error) from error

    async def _turn(self, state: str) -> Page[_Item]:
        return await self._in_thread(lambda: self._again(lambda: self._sync(state)))

    async def _take(self, waiting: Sequence[_Item]) -> tuple[int, list[Arrival]]:
        some = _as_many_as_fit(waiting)
        return len(some), await self._in_thread(lambda: self._again(lambda: self._get(some)))

    @staticmethod
    def _again(read: Callable[[], _T]) -> _T:
        """Read once more when the connection had fallen asleep; whoever only reads may."""
        try:
            return read()
        except ErrorTimeoutExpired:
            return read()

    def _sync(self, state: str) -> Page[_Item]:
        account, place = self._reading()
        service = Sync(account=account)
        try:
            changes = list(
                service.call(place, "IdOnly", message_fields("size", "datetime_received"), state, None, PAGE, None)
            )
        except ErrorInvalidSyncStateData:
            if not state:
                raise
            log.info("mailbox %s is read anew", self._mailbox.id)
            return self._sync("")
        return _page(state, service, changes)

    def _get(self, items: Sequence[_Item]) -> list[Arrival]:
        account, _ = self._reading()
        ids = [ItemId(item.id) for item in items]
        found = list(Get(account=account).call(ids, message_fields("mime_content"), "IdOnly"))
        return [
            arrival_of(one.mime_content or b"" if not isinstance(one, Exception) else _unreadable(item.id, one), 0)
            for item, one in zip(items, found, strict=True)
            if not isinstance(one, ErrorItemNotFound)
        ]

    def _reading(self) -> tuple[Account, Any]:
        if self._reader is None:
            account = connect(self._mailbox, self._tls)
            self._reader = account, folder(account, self._mailbox.folder)
        return self._reader

    def _subscribe(self) -> None:
        if self._listener is None:
            self._listener = connect(self._mailbox, self._tls)
        place = folder(self._listener, self._mailbox.folder)
        self._subscription = Subscribe(account=self._listener).get(folders=[place], event_types=_EVENTS)

    def _listen(self) -> None:
        """Until something came, the server ended the stream, or we did."""
        stream = Stream(account=self._listener)
        stream.opened = self._opened
        try:
            for _ in stream.call([self._subscription], _STREAM_MINUTES):
                return
        except _LOST as error:
            # The mailbox has moved to another server, say. A server that loses every one of them is not hurried.
            log.info("mailbox %s: %s", self._mailbox.id, type(error).__name__)
            self._subscription = ""
            self._closed.wait(1)
        except (EWSError, RequestException, OSError, ValueError, AttributeError):
            if not self._closed.is_set():
                raise
        finally:
            self._stream = None
            stream.stop_streaming()

    def _opened(self, stream: Any) -> None:
        self._stream = stream
        if self._closed.is_set():
            self._hang_up()

    def _hang_up(self) -> None:
        """End the stream under the thread that reads it."""
        if (stream := self._stream) is not None:
            with suppress(OSError, ValueError, RuntimeError):
                stream.raw.shutdown()

    def _let_go(self) -> None:
        if self._listener is not None and self._subscription:
            with suppress(EWSError, RequestException, OSError, ValueError, AttributeError):
                self._listener.protocol.TIMEOUT = 2
                EndSubscription(account=self._listener).get(subscription_id=self._subscription)
        for account in (self._listener, self._reader[0] if self._reader else None):
            if account is not None:
                account.protocol.close()


def _page(begins: str, service: Any, changes: Sequence[tuple[str, Any]]) -> Page[_Item]:
    items = [
        _Item(item.id, item.size or 0, item.datetime_received or _EPOCH)
        for change, item in changes
        if change == Sync.CREATE
    ]
    items.sort(key=lambda item: item.received)
    return Page(begins, service.sync_state, not service.includes_last_item_in_range, items)


def _as_many_as_fit(items: Sequence[_Item]) -> Sequence[_Item]:
    total = 0
    for count, item in enumerate(items):
        total += item.size
        if total > BATCH_BYTES and count:
            return items[:count]
    return items


def _unreadable(item_id: str, error: Exception) -> bytes:
    """What stands in the ledger for a message that Exchange itself cannot give out."""
    name = hashlib.sha256(item_id.encode()).hexdigest()[:32]
    head = f"Message-ID: <{name}@unreadable.invalid>\r\nX-Guichet-Unreadable: {type(error).__name__}\r\n\r\n"
    return head.encode() + str(error).encode()
