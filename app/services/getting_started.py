"""What an organisation begins with: ways in with their addresses, steps that tick themselves, its own help."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from app.domain.refusals import Refusal, Refused
from app.services.web_front import form_snippet

STEPS = ("colleague", "sub_team", "mailbox", "mail", "acknowledgement", "call", "form", "solved", "contact")
"""In the order in which one does them; ten minutes in all."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: its kind, its address, whose it is; `state` is what the hub found of a mailbox."""

    kind: str
    address: str
    team: str = ""
    state: str = ""
    team_id: UUID | None = None
    mailbox_id: UUID | None = None

    @property
    def snippet(self) -> str:
        """What a page includes to have a team's chat, or a form."""
        home, _, key = self.address.partition("/chat/")
        if self.kind == "chat" and key:
            return f'<script src="{home}/chat.js" data-team="{key}" async></script>'
        return form_snippet(self.address, self.team) if self.kind == "form" else ""


@dataclass(frozen=True, slots=True)
class HouseHelp:
    """What the organisation writes itself; a video is a line `title | address`."""

    instructions: str = ""
    videos: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    version: int = 0

    def films(self) -> tuple[tuple[str, str], ...]:
        """Titles and addresses; a line without a web address is none."""
        found = []
        for line in self.videos.splitlines():
            title, _, url = line.rpartition("|")
            if urlsplit(url.strip()).scheme in {"https", "http"}:
                found.append((title.strip() or url.strip(), url.strip()))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Start:
    """All that the page shows."""

    help: HouseHelp = field(default_factory=HouseHelp)
    steps: Mapping[str, bool] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()


class Pages(Protocol):
    """Whether pages are where they should be, as a browser on this computer sees them."""

    async def fault(self, url: str) -> str:
        """Empty where a page is there, else what came instead."""
        ...


class StartStore(Protocol):
    """Where it is read and kept."""

    async def start(self) -> Start: ...
    async def save_help(self, told: HouseHelp) -> None: ...


class GettingStarted:
    """Read by everybody, written by who manages."""

    def __init__(self, store: StartStore, pages: Pages | None = None) -> None:
        self._store, self.pages = store, pages
        self.read = store.start

    async def save(self, told: HouseHelp) -> None:
        lines = [line for line in told.videos.splitlines() if line.strip()]
        if len(told.films()) != len(lines):
            wrong = next(line for line in lines if not replace(told, videos=line).films())
            raise Refused(Refusal.NOT_A_URL, "videos", value=wrong[:80])
        if told.contact_email and "@" not in told.contact_email:
            raise Refused(Refusal.NOT_AN_EMAIL, "contact_email", value=told.contact_email)
        await self._store.save_help(replace(told, videos="\n".join(lines)))
