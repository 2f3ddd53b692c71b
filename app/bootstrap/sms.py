"""The hub's SMS joined with its adapters: web hooks in, mail's settling and sending, one transport a line."""

from aiohttp import web

from app.chat.http_provider import HttpSms
from app.chat.reading import read_sms
from app.hub.sending import SendingRoom, SendPorts
from app.hub.settling import SettlePorts, SettlingRoom
from app.hub.supervisor import Worker, every
from app.services.outbox import Transport
from app.services.sms import Hooks, SmsLine
from app.store.broadcasts import PostgresBroadcastHub
from app.store.ledger import PostgresLedger
from app.store.outbox import PostgresOutbox
from app.store.session import Database
from app.store.sms import PostgresSmsLines
from app.store.sms_settling import PostgresSmsDesk
from app.web.sms_hooks import SmsHooks

CHANNEL = "sms"
BROADCASTS_EVERY_S = 0.5
BROADCAST_BATCH = 100
SENDERS = 8
"""Messages that are handed over beside one another: a provider takes its time for each."""


class SmsParts:
    """Workers and web hooks of SMS; they share what says that something was kept."""

    def __init__(self, database: Database) -> None:
        self._lines = PostgresSmsLines(database)
        self._settling = SettlingRoom(
            SettlePorts(PostgresLedger(database, CHANNEL), PostgresSmsDesk(database).settle, read_sms)
        )
        self._outbox = PostgresOutbox(database, CHANNEL)
        self._broadcasts = PostgresBroadcastHub(database)

    def routes(self) -> list[web.AbstractRouteDef]:
        """What providers call."""
        hooks = Hooks(self._lines.line, self._lines.keep, self._lines.told, self._settling.kept)
        return SmsHooks(hooks).routes()

    def workers(self) -> tuple[Worker, ...]:
        """What the hub does for SMS, for as long as it runs; nothing where no line is set up."""
        rooms = [SendingRoom(SendPorts(self._outbox, self._lines.lines, transport_of)) for _ in range(SENDERS)]
        return (
            Worker("broadcasts", every(BROADCASTS_EVERY_S, self._write_broadcasts)),
            Worker("sms settled", self._settling.settle_ledger),
            *(Worker(f"sms out {number}", room.send_outbox) for number, room in enumerate(rooms, 1)),
        )

    async def _write_broadcasts(self) -> None:
        while await self._broadcasts.write_some(BROADCAST_BATCH):
            pass


def transport_of(line: SmsLine) -> Transport:
    """The way out of a line, by its kind."""
    return HttpSms(line)
