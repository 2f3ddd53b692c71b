"""Exchange and Microsoft Graph as worlds of the contract: doubles that speak the documented protocols."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from app.domain.ids import new_id
from app.mail.ews import EwsSource
from app.mail.ews_sending import EwsTransport
from app.mail.graph import GraphSource
from app.mail.graph_sending import GraphTransport
from app.services.mailboxes import Mailbox, Source
from app.services.outbox import Transport
from tests.mail.dovecot import SECRET
from tests.mail.ews_double import EwsDouble
from tests.mail.graph_double import GraphDouble

TEAM = "team@guichet.example"
SERVICE = "EXAMPLE\\guichet"
_Server = TypeVar("_Server", EwsDouble, GraphDouble)


class _DoubleWorld(Generic[_Server]):
    """What both have in common: a double with folders, whose last request of a sending can be lost."""

    tells_apart = False
    sends = ""
    """The request after which a message has left."""

    def __init__(self, server: _Server) -> None:
        self.server: _Server = server
        self.received = server.received
        self.refuses = server.refuses

    @property
    def breaks_after_data(self) -> bool:
        return self.sends in self.server.loses

    @breaks_after_data.setter
    def breaks_after_data(self, breaks: bool) -> None:
        self.server.loses = {self.sends} if breaks else set()

    def deliver(self, *raws: bytes) -> None:
        for raw in raws:
            self.server.put("inbox", raw)

    def renew(self) -> None:
        self.server.era += 1

    def file_as_sent(self, raw: bytes) -> None:
        self.server.put("sentitems", raw)

    def away(self) -> None:
        self.server.is_away = True
        self.server.cut()

    def back(self) -> None:
        self.server.is_away = False

    async def start(self) -> None:
        await self.server.start()

    async def stop(self) -> None:
        await self.server.stop()


class EwsWorld(_DoubleWorld[EwsDouble]):
    """A shared mailbox of an Exchange server, opened by a service account."""

    sends = "SendItem"

    def __init__(self) -> None:
        super().__init__(EwsDouble(TEAM, SERVICE))
        self.mailbox = Mailbox(
            new_id(), TEAM, "127.0.0.1", self.server.port, "localhost", 465, "none", SERVICE, SECRET, kind="ews"
        )

    def source(self, **changes: Any) -> Source:
        return EwsSource(replace(self.mailbox, **changes))

    def transport(self) -> Transport:
        return EwsTransport(self.mailbox)


class KeptTokens:
    """Tokens in memory; `kept` counts how often they changed."""

    def __init__(self) -> None:
        self.text, self.kept = "", 0

    async def load(self) -> str:
        return self.text

    async def keep(self, tokens: str) -> None:
        self.text, self.kept = tokens, self.kept + 1


class GraphWorld(_DoubleWorld[GraphDouble]):
    """A mailbox at Microsoft 365, opened by an application of the organisation."""

    sends = "POST send"

    def __init__(self, folder: Path) -> None:
        super().__init__(GraphDouble(TEAM, folder))
        self.tokens = KeptTokens()
        self.mailbox = replace(
            Mailbox(new_id(), TEAM, "localhost", self.server.port, "localhost", 465, "tls", "", SECRET),
            kind="graph",
            sign_in="client",
            tenant="tenant",
            client_id="the-application",
            authority=self.server.server,
        )

    def source(self, **changes: Any) -> Source:
        return GraphSource(replace(self.mailbox, **changes), self.tokens, self.server.trust)

    def transport(self) -> Transport:
        return GraphTransport(self.mailbox, self.tokens, self.server.trust)
