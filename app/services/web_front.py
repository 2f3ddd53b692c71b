"""What customers reach in a browser: forms and the portal, for the hub's pages and for the managers' ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from typing import Any, Protocol
from uuid import UUID

from app.domain.fields import CustomField
from app.domain.refusals import Refusal, Refused

FILE_MOST = 25_000_000
FILES_MOST = 10
FORM_FILES_MOST, FORM_BYTES_MOST = 5, 15_000_000
"""Of a form, whose sender nobody knows: so many files, and all of them together."""
BODY_MOST = 20_000


@dataclass(frozen=True, slots=True)
class WebForm:
    """A form as managers shape it; what it asks is the case form of its type in its team."""

    id: UUID
    key: str = ""
    title_en: str = ""
    title_fr: str = ""
    intro_en: str = ""
    intro_fr: str = ""
    type_id: UUID | None = None
    team_id: UUID | None = None
    sites: tuple[str, ...] = ()
    active: bool = True
    version: int = 0


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the hub's pages are; `address` is what holds, its own or that of the satisfaction question."""

    public_url: str = ""
    address: str = ""
    portal_key: str = ""
    portal: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form as it is shown: titles and introductions by language, the organisation's own fields in their order."""

    id: UUID
    key: str
    organisation_id: UUID
    organisation: str
    language: str
    region: str
    titles: Mapping[str, str]
    intros: Mapping[str, str]
    fields: tuple[CustomField, ...]
    sites: tuple[str, ...] = ()
    acknowledges: bool = True
    """Whether a team of the organisation answers a new case by itself; where none does, nothing is asked for it."""

    def title(self, language: str) -> str:
        """In this language, else in the other."""
        return self.titles[language] or next(filter(None, self.titles.values()), "")

    def intro(self, language: str) -> str:
        """Likewise."""
        return self.intros[language] or next(filter(None, self.intros.values()), "")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a customer wrote into a form."""

    name: str
    email: str
    phones: tuple[Mapping[str, str], ...]
    subject: str
    body: str
    language: str
    custom: Mapping[str, Any]
    files: tuple[tuple[UUID, str, str], ...] = ()
    """Blobs with their names and types."""


def form_snippet(url: str, title: str) -> str:
    """What a page includes to have a form; empty where it has no address yet."""
    frame = 'style="width:100%;height:900px;border:0" loading="lazy"></iframe>'
    return f'<iframe src="{escape(url)}?embed=1" title="{escape(title)}" {frame}' if url else ""


class Forms(Protocol):
    """Forms as the hub has them; None for a key that is nobody's, Refused for what is wrong in what was sent."""

    async def key(self) -> bytes: ...
    async def form(self, key: str) -> ShownForm | None: ...
    async def send(self, form: ShownForm, stamp: UUID, sent: Sent) -> int: ...
    async def begin_file(self, form: ShownForm, stamp: UUID) -> UUID: ...
    async def add_part(self, stamp: UUID, blob: UUID, position: int, data: bytes) -> None: ...
    async def drop_files(self, stamp: UUID) -> None: ...


@dataclass(frozen=True, slots=True)
class House:
    """Whose portal it is."""

    id: UUID
    name: str
    language: str
    url: str
    zone: str


@dataclass(frozen=True, slots=True)
class PortalLine:
    """One case of a list."""

    number: int
    subject: str
    category: str
    at: datetime
    rating: str | None = None


@dataclass(frozen=True, slots=True)
class PortalFile:
    """A file of an entry."""

    id: UUID
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class PortalEntry:
    """One public entry."""

    direction: str
    author: str
    body: str
    at: datetime
    files: tuple[PortalFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PortalChat:
    """Where the case's customer chats about it: the widget's key, and a token of the case that we signed."""

    key: str
    token: str


@dataclass(frozen=True, slots=True)
class PortalCase:
    """A case as its customer sees it."""

    line: PortalLine
    entries: tuple[PortalEntry, ...]
    chat: PortalChat | None = None


@dataclass(frozen=True, slots=True)
class LinkMail:
    """The mail with the link, as it is to be written."""

    link: str
    organisation: str
    language: str
    sender: str
    sender_address: str
    recipient: str
    id: UUID


class Portal(Protocol):
    """The portal as the hub has it; `session` is the cookie's secret. Refused(NOT_PERMITTED): not signed in."""

    async def key(self) -> bytes: ...
    async def house(self, key: str) -> House | None: ...
    async def ask(self, key: str, address: str, link: UUID, browser: str, to: str) -> None: ...
    async def enter(self, key: str, link: UUID, browser: str, session: str) -> bool: ...
    async def leave(self, session: str) -> None: ...
    async def cases(self, key: str, session: str) -> tuple[str, tuple[PortalLine, ...]] | None: ...
    async def case(self, key: str, session: str, number: int) -> PortalCase: ...
    async def file(self, key: str, session: str, number: int, file: UUID) -> tuple[PortalFile, UUID] | None: ...
    async def part(self, blob: UUID, position: int) -> bytes | None: ...
    async def begin_file(self, key: str, session: str) -> UUID: ...
    async def add_part(self, session: str, blob: UUID, position: int, data: bytes) -> None: ...
    async def drop_files(self, session: str) -> None: ...
    async def answer(
        self, key: str, session: str, number: int, said: str, files: tuple[tuple[UUID, str, str], ...]
    ) -> int: ...
    async def solve(self, key: str, session: str, number: int) -> bool: ...
    async def rate(self, key: str, session: str, number: int, rating: str, said: str) -> str: ...


class WebStore(Protocol):
    """Where forms and settings are kept, for who manages."""

    async def forms(self) -> tuple[WebForm, ...]: ...
    async def save_form(self, form: WebForm) -> None: ...
    async def archive_form(self, form_id: UUID) -> None: ...
    async def settings(self) -> WebSettings: ...
    async def save_settings(self, settings: WebSettings) -> None: ...


class WebFront:
    """What managers set up."""

    def __init__(self, store: WebStore) -> None:
        self._store = store
        self.forms, self.remove_form, self.settings = store.forms, store.archive_form, store.settings

    async def save_form(self, form: WebForm) -> None:
        if not (form.title_en.strip() or form.title_fr.strip()):
            raise Refused(Refusal.REQUIRED, "title")
        if form.type_id is None or form.team_id is None:
            raise Refused(Refusal.REQUIRED, "type" if form.type_id is None else "team")
        sites = tuple(site.strip().rstrip("/") for site in form.sites if site.strip())
        await self._store.save_form(replace(form, sites=sites))

    async def save_settings(self, settings: WebSettings) -> None:
        await self._store.save_settings(replace(settings, public_url=settings.public_url.strip().rstrip("/")))
