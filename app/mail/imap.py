"""A mailbox read by IMAP (RFC 9051): IMAPClient in threads, one connection to fetch and one that waits in IDLE."""

import asyncio
import contextlib
import os
import select
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from app.mail.identity import arrival_of
from app.services.mailboxes import Batch, Bearer, Mailbox, MailboxAwayError, MailboxRefusedError

BATCH = 100
BATCH_BYTES = 8_000_000
WINDOW = 5_000
ANSWER_S = 60
_NO_IDLE_S = 30
_IDLE_TURN_S = 10
_FOR_NOW = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")
_T = TypeVar("_T")


class ImapSource:
    """Mail after a UID, and a wait that ends when there is more."""

    def __init__(self, mailbox: Mailbox, tls: ssl.SSLContext | None = None, bearer: Bearer | None = None) -> None:
        self._mailbox = mailbox
        self._tls = tls
        self._bearer, self._token = bearer, ""
        # Two threads of its own: whoever waits in IDLE holds one, and the common ones are few.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="imap")
        self._reader: IMAPClient | None = None
        self._idler: IMAPClient | None = None
        self._waiting: list[int] = []
        self._waiting_after = (0, 0)
        self._stop_read, self._stop_write = os.pipe()
        self._closed = False
        self._idling: asyncio.Future[None] | None = None

    async def fetch(self, validity: int, last: int, cursor: str = "") -> Batch:  # noqa: ARG002 - IMAP counts
        return await self._in_thread(lambda: self._fetch(validity, last))

    async def wait(self, most_s: float) -> None:
        self._idling = asyncio.ensure_future(self._in_thread(lambda: self._idle(most_s)))
        # Shielded: a cancelled waiter must not leave a thread in a connection that close() then takes away.
        await asyncio.shield(self._idling)

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        os.write(self._stop_write, b"x")
        if self._idling is not None:
            await asyncio.wait([self._idling])
        await asyncio.to_thread(self._drop)
        os.close(self._stop_read)
        os.close(self._stop_write)
        self._threads.shutdown(wait=False)

    async def _in_thread(self, act: Callable[[], _T]) -> _T:
        try:
            if self._bearer is not None:
                self._token = await self._bearer()
            return await asyncio.get_running_loop().run_in_executor(self._threads, act)
        except (MailboxRefusedError, MailboxAwayError):
            raise
        except LoginError as error:
            raise MailboxRefusedError(_said(error)) from error
        except ssl.SSLCertVerificationError as error:
            raise MailboxRefusedError(f"certificate: {error.verify_message}") from error
        except (OSError, IMAPClientError, EOFError, ValueError) as error:
            await asyncio.to_thread(self._drop)
            raise MailboxAwayError(_said(error)) from error

    def _fetch(self, validity: int, last: int) -> Batch:
        if self._reader is None:
            self._reader = connect(self._mailbox, self._tls, self._token)
        current = validity
        # A large folder takes its time to be opened: not again for what was listed when it was.
        if not self._waiting or self._waiting_after != (validity, last):
            selected = _select(self._reader, self._mailbox.folder)
            current = int(selected[b"UIDVALIDITY"])
            last = last if current == validity else 0
            self._waiting = next(uids_after(self._reader, selected, last), [])
        some = self._as_many_as_fit(self._reader, self._waiting[:BATCH])
        found: dict[int, dict[bytes, Any]] = self._reader.fetch(some, ["BODY.PEEK[]"]) if some else {}
        arrivals = [arrival_of(found[uid][b"BODY[]"], uid) for uid in some if uid in found and b"BODY[]" in found[uid]]
        self._waiting = self._waiting[len(some) :]
        self._waiting_after = (current, arrivals[-1].place if arrivals else last)
        if some and not arrivals:
            return self._fetch(validity, last)  # all of them were removed meanwhile
        return Batch(current, tuple(arrivals))

    @staticmethod
    def _as_many_as_fit(reader: IMAPClient, uids: list[int]) -> list[int]:
        if not uids:
            return []
        sizes = reader.fetch(uids, ["RFC822.SIZE"])
        total, fitting = 0, 0
        for uid in uids:
            total += int(sizes.get(uid, {}).get(b"RFC822.SIZE", 0))
            if total > BATCH_BYTES and fitting:
                break
            fitting += 1
        return uids[:fitting]

    def _idle(self, most_s: float) -> None:
        if self._idler is None:
            self._idler = connect(self._mailbox, self._tls, self._token)
            _select(self._idler, self._mailbox.folder)
            return  # what came before this connection counted is fetched first
        deadline = time.monotonic() + most_s
        while not self._closed and (left := deadline - time.monotonic()) > 0:
            # What changed since the last look is told here; from now on IDLE tells.
            if _came(self._idler.noop()[1]) or self._idle_once(self._idler, left):
                return

    def _idle_once(self, idler: IMAPClient, most_s: float) -> bool:
        if b"IDLE" not in idler.capabilities():
            select.select([self._stop_read], [], [], min(most_s, _NO_IDLE_S))
            return False
        idler.idle()
        try:
            # In short turns: an event that came together with the server's go-ahead is buffered, unseen by select.
            select.select([idler.socket(), self._stop_read], [], [], min(most_s, _IDLE_TURN_S))
            told = idler.idle_check(timeout=0)
        finally:
            _, last_told = idler.idle_done()
        return _came([*told, *last_told])

    def _drop(self) -> None:
        for client in (self._reader, self._idler):
            if client is not None:
                with contextlib.suppress(OSError, IMAPClientError):
                    client.shutdown()
        self._reader = self._idler = None
        self._waiting = []


def connect(mailbox: Mailbox, tls: ssl.SSLContext | None = None, token: str = "") -> IMAPClient:
    """A signed-in connection, by XOAUTH2 with a token.

    LoginError when the server refuses who we are, OSError when it is away or cannot tell just now (RFC 5530).
    """
    context = tls or ssl.create_default_context()
    client = IMAPClient(
        mailbox.host, mailbox.port, ssl=mailbox.security == "tls", ssl_context=context, timeout=ANSWER_S, use_uid=True
    )
    try:
        if mailbox.security == "starttls":
            client.starttls(context)
        name = mailbox.username or mailbox.address
        if token:
            client.oauth2_login(name, token)
        else:
            client.login(name, mailbox.secret)
    except (LoginError, OSError) as error:
        with contextlib.suppress(OSError):
            client.shutdown()
        if isinstance(error, LoginError) and _passes(error):
            raise ConnectionError(_said(error)) from error
        raise
    return client


def _passes(error: LoginError) -> bool:
    """Whether a sign-in failed for no fault of ours: the server went away meanwhile, or says that it will do later."""
    return isinstance(error.__context__, IMAPClientAbortError) or any(code in str(error) for code in _FOR_NOW)


def uids_after(client: IMAPClient, selected: dict[bytes, Any], last: int) -> Iterator[list[int]]:
    """The numbers of a selected folder's messages after one, in order, some thousands at once."""
    end = int(selected.get(b"UIDNEXT") or 0)
    if not end:  # a server that does not say where its counting stands; "n:*" names the last message also below n
        yield from filter(None, [sorted(uid for uid in client.search(["UID", f"{last + 1}:*"]) if uid > last)])
        return
    start, wide = last + 1, WINDOW
    while start < end:
        found = sorted(client.search(["UID", f"{start}:{start + wide - 1}"]))
        start += wide
        # Where nothing is, the counting has a gap, of which some are long.
        wide = WINDOW if found else wide * 4
        if found:
            yield found


def _select(client: IMAPClient, folder: str) -> dict[bytes, Any]:
    try:
        selected: dict[bytes, Any] = client.select_folder(folder, readonly=True)
    except IMAPClientError as error:
        if "NONEXISTENT" in str(error) or "doesn't exist" in str(error):
            raise MailboxRefusedError(_said(error)) from error
        raise
    return selected


def _came(told: Sequence[Any]) -> bool:
    return any(isinstance(line, tuple) and len(line) > 1 and line[1] == b"EXISTS" for line in told)


def _said(error: BaseException) -> str:
    return (str(error) or type(error).__name__)[:400]
