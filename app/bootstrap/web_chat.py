"""The hub's web chat joined with its adapters: pages and sockets, offering, silence, transcripts."""

from aiohttp import web

from app.hub.chats import ChatOffers
from app.hub.supervisor import Worker, every
from app.mail.acknowledging import acknowledgement
from app.mail.transcript import transcript
from app.settings.resources import resource
from app.store.chat_floor import PostgresChatFloor
from app.store.chat_mail import mail_transcripts
from app.store.engine import Access
from app.store.hub_hints import CHATS, hints
from app.store.session import Database
from app.store.web_chat import PostgresChatDoor, sweep_chats
from app.web.chat_page import SOCKETS_EACH, ChatPage
from app.web.chat_room import ChatRoom

MAIL_EVERY_S, SWEEP_EVERY_S = 2, 3600


class ChatParts:
    """Workers and pages of the chat; they share who is connected."""

    def __init__(self, database: Database, access: Access, *, each: int = SOCKETS_EACH, a_minute: int = 60) -> None:
        self._database, self._access = database, access
        self.door = PostgresChatDoor(database, acknowledgement)
        self._room = ChatRoom(self.door)
        self._offers = ChatOffers(PostgresChatFloor(database))
        script = resource("web", "chat.js").read_bytes()
        self._page = ChatPage(self.door, self._room, script, each=each, a_minute=a_minute)

    def routes(self) -> list[web.AbstractRouteDef]:
        """What browsers ask for."""
        return self._page.routes()

    def workers(self) -> tuple[Worker, ...]:
        """What the hub does for chats, for as long as it runs."""
        return (
            Worker("chats told", self._follow),
            Worker("chats offered", self._offers.offer_chats),
            Worker("chats gone quiet", self._offers.look_for_silence),
            Worker("chats by mail", every(MAIL_EVERY_S, self._mail)),
            Worker("chat files swept", every(SWEEP_EVERY_S, lambda: sweep_chats(self._database))),
        )

    async def _follow(self) -> None:
        """Whoever was connected to a hub that is gone is away until her page comes back."""
        await self.door.here(None, here=False)
        async for word, rest in hints(self._access, CHATS, "guichet hub chats"):
            await self._room.heard(word, rest)
            if word in {"moved", "again"}:
                self._offers.wake()

    async def _mail(self) -> None:
        while await mail_transcripts(self._database, transcript):
            pass
