"""Two mail servers that one contract holds for: a real one (Dovecot and an SMTP server) and a fake in memory."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from aiosmtpd.smtp import SMTP, Envelope, Session
from imapclient import IMAPClient

from app.domain.deliveries import DeliveryState
from app.domain.ids import new_id
from app.mail.identity import arrival_of
from app.mail.imap import ImapSource
from app.mail.smtp import SmtpTransport
from app.services.mailboxes import Batch, Mailbox, MailboxAwayError, MailboxRefusedError, Source
from app.services.outbox import Outcome, Parcel, Transport
from tests.mail.dovecot import SECRET, Dovecot, free_port

TEAM = "team@guichet.example"


class World(Protocol):
    """A server with one mailbox, and what can be done to it from outside."""

    mailbox: Mailbox
    received: list[tuple[str, bytes]]
    refuses: dict[str, str]
    breaks_after_data: bool
    tells_apart: bool
    """Whether one recipient can be refused and another one served."""

    def source(self, **changes: Any) -> Source: ...
    def transport(self) -> Transport: ...
    def deliver(self, *raws: bytes) -> None: ...
    def renew(self) -> None: ...
    def file_as_sent(self, raw: bytes) -> None: ...
    def away(self) -> None: ...
    def back(self) -> None: ...
    async def start(self) -> None: ...
    async def stop(self) -> None: ...


class Receiver:
    """A real SMTP server that keeps what it took and can be told to refuse or to break."""

    def __init__(self) -> None:
        self.received: list[tuple[str, bytes]] = []
        self.senders: list[str] = []
        self.refuses: dict[str, str] = {}
        self.breaks_after_data = False
        self.port = free_port()
        self._server: asyncio.Server | None = None
        self._talks: list[SMTP] = []

    async def start(self) -> None:
        loop = asyncio.get_running_loop()

        def talk() -> SMTP:
            self._talks.append(SMTP(self, hostname="receiver.example", loop=loop, auth_require_tls=False))
            return self._talks[-1]

        self._server = await loop.create_server(talk, "127.0.0.1", self.port)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            for talk in self._talks:  # a server that stops hangs up
                if isinstance(talk.transport, asyncio.Transport):
                    talk.transport.abort()
            self._talks = []
            await self._server.wait_closed()
            self._server = None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.received += [(recipient, content) for recipient in envelope.rcpt_tos]
        self.senders.append(envelope.mail_from or "")
        if self.breaks_after_data:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"


class RealWorld:
    """Dovecot and the receiver."""

    tells_apart = True

    def __init__(self, dovecot: Dovecot) -> None:
        self._dovecot = dovecot
        self._receiver = Receiver()
        self.received = self._receiver.received
        self.refuses = self._receiver.refuses
        ports = dovecot.tls_port, self._receiver.port
        self.mailbox = Mailbox(
            new_id(), TEAM, "localhost", ports[0], "127.0.0.1", ports[1], "tls", f"{new_id()}", SECRET
        )

    @property
    def breaks_after_data(self) -> bool:
        return self._receiver.breaks_after_data

    @breaks_after_data.setter
    def breaks_after_data(self, breaks: bool) -> None:
        self._receiver.breaks_after_data = breaks

    def source(self, **changes: Any) -> Source:
        return ImapSource(_changed(self.mailbox, changes), self._dovecot.trust)

    def transport(self) -> Transport:
        # The receiver speaks in the clear, on this machine; the Sent folder is asked over TLS.
        return _SplitTransport(self.mailbox, self._dovecot)

    def deliver(self, *raws: bytes) -> None:
        with self._client() as client:
            for raw in raws:
                client.append("INBOX", raw)

    def renew(self) -> None:
        with self._client() as client:
            client.select_folder("INBOX")
            old = client.fetch(client.search(), ["BODY.PEEK[]"]) if client.search() else {}
            before = client.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
            client.close_folder()
            deadline = time.monotonic() + 10
            while True:  # the counting is named by a second of the clock
                client.delete_folder("Team") if client.folder_exists("Team") else None
                client.create_folder("Team")
                if client.folder_status("Team", ["UIDVALIDITY"])[b"UIDVALIDITY"] != before:
                    break
                assert time.monotonic() < deadline
            for item in old.values():
                client.append("Team", item[b"BODY[]"])
        self.mailbox = _changed(self.mailbox, {"folder": "Team"})

    def file_as_sent(self, raw: bytes) -> None:
        with self._client() as client:
            client.append("Sent", raw)

    def away(self) -> None:
        self._dovecot.stop(kill=True)

    def back(self) -> None:
        self._dovecot.start()

    async def start(self) -> None:
        await self._receiver.start()

    async def stop(self) -> None:
        await self._receiver.stop()

    def _client(self) -> IMAPClient:
        client = IMAPClient("127.0.0.1", self._dovecot.port, ssl=False)
        client.login(self.mailbox.username, SECRET)
        return client


class _SplitTransport(SmtpTransport):
    def __init__(self, mailbox: Mailbox, dovecot: Dovecot) -> None:
        super().__init__(_changed(mailbox, {"security": "none", "username": ""}))
        self._asked = SmtpTransport(mailbox, dovecot.trust)

    async def was_sent(self, external_id: str) -> bool | None:
        return await self._asked.was_sent(external_id)


class FakeWorld:
    """The same in memory, for tests of what stands above a mailbox."""

    tells_apart = True

    def __init__(self) -> None:
        self.mailbox = Mailbox(new_id(), TEAM, "localhost", 993, "localhost", 465, "tls", "me", SECRET)
        self.received: list[tuple[str, bytes]] = []
        self.refuses: dict[str, str] = {}
        self.breaks_after_data = False
        self.validity = 1
        self.messages: dict[int, bytes] = {}
        self.sent: list[bytes] = []
        self.is_away = False
        self.changed = asyncio.Event()

    def source(self, **changes: Any) -> Source:
        return _FakeSource(self, _changed(self.mailbox, changes))

    def transport(self) -> Transport:
        return _FakeTransport(self)

    def deliver(self, *raws: bytes) -> None:
        for raw in raws:
            self.messages[max(self.messages, default=0) + 1] = raw
        self.changed.set()

    def renew(self) -> None:
        self.validity += 1
        self.messages = dict(enumerate(self.messages.values(), 1))

    def file_as_sent(self, raw: bytes) -> None:
        self.sent.append(raw)

    def away(self) -> None:
        self.is_away = True

    def back(self) -> None:
        self.is_away = False

    async def start(self) -> None: ...
    async def stop(self) -> None: ...


class _FakeSource:
    def __init__(self, world: FakeWorld, mailbox: Mailbox) -> None:
        self._world, self._mailbox = world, mailbox
        self._closed = asyncio.Event()

    async def fetch(self, validity: int, last: int, cursor: str = "") -> Batch:
        if self._world.is_away:
            raise MailboxAwayError("away")
        if self._mailbox.secret != SECRET or self._mailbox.folder != "INBOX":
            raise MailboxRefusedError("refused")
        last = last if validity == self._world.validity else 0
        some = sorted(uid for uid in self._world.messages if uid > last)[:100]
        return Batch(self._world.validity, tuple(arrival_of(self._world.messages[uid], uid) for uid in some))

    async def wait(self, most_s: float) -> None:
        waits = [asyncio.ensure_future(event.wait()) for event in (self._world.changed, self._closed)]
        await asyncio.wait(waits, timeout=most_s, return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()
        self._world.changed.clear()

    async def close(self) -> None:
        self._closed.set()


class _FakeTransport:
    def __init__(self, world: FakeWorld) -> None:
        self._world = world

    async def send(self, parcel: Parcel) -> Mapping[str, Outcome]:
        outcomes = {}
        for recipient in parcel.recipients:
            said = self._world.refuses.get(recipient, "")
            if said:
                final = DeliveryState.PERMANENT if said.startswith("5") else DeliveryState.TEMPORARY
                outcomes[recipient] = Outcome(final, said)
                continue
            self._world.received.append((recipient, parcel.raw))
            state = DeliveryState.UNCONFIRMED if self._world.breaks_after_data else DeliveryState.DELIVERED
            outcomes[recipient] = Outcome(state)
        return outcomes

    async def was_sent(self, external_id: str) -> bool | None:
        wanted = external_id.encode()
        return any(wanted in raw.split(b"\r\n\r\n")[0].split() for raw in self._world.sent) or None

    async def close(self) -> None: ...


def _changed(mailbox: Mailbox, changes: dict[str, Any]) -> Mailbox:
    return replace(mailbox, **changes)
