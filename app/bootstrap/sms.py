"""The hub's SMS joined with its adapters: web hooks and the switch's messages in, mail's settling and sending."""

import asyncio
import logging
from urllib.parse import urlencode
from uuid import UUID

from aiohttp import web

from app.chat.http_provider import HttpSms
from app.chat.no_switch import NoSwitch
from app.chat.reading import read_sms
from app.domain.ids import new_id
from app.domain.phone_numbers import normalise
from app.domain.refusals import Refused
from app.hub.sending import SendingRoom, SendPorts
from app.hub.settling import SettlePorts, SettlingRoom
from app.hub.supervisor import Worker, every
from app.mail.broadcast_mail import broadcast_mail
from app.services.outbox import Transport
from app.services.sms import Hooks, SmsLine, TextArrived, TextSwitch
from app.store.broadcasts import PostgresBroadcastHub
from app.store.engine import Access
from app.store.hub_hints import TEXTS, hints
from app.store.ledger import PostgresLedger
from app.store.outbox import PostgresOutbox
from app.store.session import Database
from app.store.sms import PostgresSmsLines
from app.store.sms_settling import PostgresSmsDesk
from app.web.sms_hooks import SmsHooks

CHANNEL = "sms"
BROADCASTS_EVERY_S = 0.5
BROADCAST_BATCH = 100
AGAIN_S, KEPT_EVERY_S = 0.5, 2
SENDERS = 8
"""Messages that are handed over beside one another: a provider takes its time for each."""


log = logging.getLogger(__name__)


class SmsParts:
    """Workers and web hooks of SMS; they share what says that something was kept."""

    def __init__(self, database: Database, access: Access, switch: TextSwitch | None = None) -> None:
        self._access, self._switch = access, switch
        self._keeping = asyncio.Lock()
        self._lines = PostgresSmsLines(database)
        self._settling = SettlingRoom(
            SettlePorts(PostgresLedger(database, CHANNEL), PostgresSmsDesk(database).settle, read_sms)
        )
        self._outbox = PostgresOutbox(database, CHANNEL)
        self._broadcasts = PostgresBroadcastHub(database, broadcast_mail)

    def routes(self) -> list[web.AbstractRouteDef]:
        """What providers call."""
        hooks = Hooks(self._lines.line, self._lines.keep, self._lines.told, self._settling.kept)
        return SmsHooks(hooks).routes()

    def workers(self) -> tuple[Worker, ...]:
        """What the hub does for SMS, for as long as it runs; nothing where no line is set up."""
        ports = SendPorts(self._outbox, self._lines.lines, self._transport_of)
        rooms = [SendingRoom(ports) for _ in range(SENDERS)]
        hearing = self._hearing(self._switch) if self._switch is not None else ()
        return (
            *hearing,
            Worker("sms lines", self._look_at_lines),
            Worker("broadcasts", every(BROADCASTS_EVERY_S, self._write_broadcasts)),
            Worker("sms settled", self._settling.settle_ledger),
            *(Worker(f"sms out {number}", room.send_outbox) for number, room in enumerate(rooms, 1)),
        )

    async def _look_at_lines(self) -> None:
        """A provider is asked whether it knows us whenever somebody wants to know."""
        async for word, line_id in hints(self._access, TEXTS, "guichet hub sms"):
            try:
                line = await self._lines.line(UUID(line_id)) if word == "look" else None
                if line is not None and line.kind == "http":
                    provider = HttpSms(line)
                    await self._lines.mark(line.id, *await provider.look())
                    await provider.close()
            except (Refused, ValueError) as error:
                log.info("a line of SMS was not looked at: %s", error)

    async def _write_broadcasts(self) -> None:
        while await self._broadcasts.write_some(BROADCAST_BATCH):
            pass

    def _hearing(self, switch: TextSwitch) -> tuple[Worker, ...]:
        async def hear() -> None:
            async for came in switch.arrivals():
                async with self._keeping:
                    await self._keep_text(came)

        async def take_kept() -> None:
            for name, came in await switch.kept():
                async with self._keeping:
                    await self._keep_text(came)
                await switch.forget(name)

        return Worker("texts", hear), Worker("texts kept", every(KEPT_EVERY_S, take_kept))

    async def _keep_text(self, came: TextArrived) -> None:
        """Keep a message of the switch as a provider's is kept; while the database is away it waits here."""
        while True:
            try:
                for line_id, number, region in await self._lines.over(came.trunk_id):
                    if normalise(came.to, region) == number:
                        sender = normalise(came.sender, region) or came.sender
                        raw = urlencode({"From": sender, "To": number, "Body": came.text}).encode()
                        if await self._lines.keep(line_id, came.name or f"sip:{new_id()}", raw):
                            self._settling.kept()
                        return
                log.warning("a text message for a number that takes none: %.40s", came.to)
            except Refused as refused:
                log.warning("a text message waits for the database: %s", refused)
                await asyncio.sleep(AGAIN_S)
                continue
            return

    def _transport_of(self, line: SmsLine) -> Transport:
        """The way out of a line, by its kind."""
        if line.kind == "sip":
            return self._switch.transport(line) if self._switch is not None else NoSwitch()
        return HttpSms(line)
