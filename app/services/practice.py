"""What agents do with cases besides answering: split, link, tag, place, watch, name a colleague, refer.

A case that is referred stays; there a new one has its customer, subject and description, and neither side reads the
other's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from app.domain import cases
from app.domain.case_links import CaseLink
from app.domain.forms import Form
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused


class NoticeKind(StrEnum):
    """Why I am told."""

    MENTIONED = "mentioned"
    WATCHED = "watched"
    ANSWERED = "answered"
    AUTOMATION = "automation"


@dataclass(frozen=True, slots=True)
class Notice:
    """What I was told and have not seen; `said` are the words, empty for a case that moved."""

    id: UUID
    case_id: UUID
    kind: NoticeKind
    by_name: str
    said: str
    at: datetime
    number: int
    subject: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that cases are tagged with; a hidden one is not offered."""

    key: str
    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """What cases are placed in; `live` is how many of them are not solved, up to a thousand."""

    id: UUID
    name: str
    description: str = ""
    archived: bool = False
    live: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """A way for cases to another organisation, or from one; its code is only for who opened it."""

    id: UUID
    outward: bool
    organisation: str
    team: str
    code: str
    open: bool


class PracticeStore(Protocol):
    """Where all of it is kept; every permission is checked there."""

    async def links(self, case_id: UUID) -> tuple[CaseLink, ...]: ...
    async def link(self, case_id: UUID, other_id: UUID) -> None: ...
    async def unlink(self, case_id: UUID, other_id: UUID) -> None: ...
    async def split(self, case_id: UUID, into_id: UUID, entries: tuple[UUID, ...], subject: str) -> None: ...
    async def tags(self) -> tuple[Tag, ...]: ...
    async def save_tag(self, key: str, name: str, *, hidden: bool) -> None: ...
    async def projects(self) -> tuple[Project, ...]: ...
    async def save_project(
        self, project_id: UUID, name: str, description: str, *, archived: bool, version: int
    ) -> None: ...
    async def watches(self, case_id: UUID) -> bool: ...
    async def watch(self, case_id: UUID, *, watched: bool) -> None: ...
    async def notices(self) -> tuple[Notice, ...]: ...
    async def see(self, case_id: UUID) -> None: ...
    async def see_all(self) -> None: ...
    async def look(self, case_id: UUID) -> None: ...
    async def loads(self, team_id: UUID) -> Mapping[UUID, int]: ...
    async def ways(self) -> tuple[Way, ...]: ...
    async def open_way(self, team_id: UUID) -> str: ...
    async def take_way(self, code: str) -> None: ...
    async def close_way(self, way_id: UUID) -> None: ...
    async def refer(self, case_id: UUID, way_id: UUID, note: str, new_case_id: UUID) -> int: ...
    async def forms(self) -> tuple[Form, ...]: ...
    async def save_form(self, form: Form) -> None: ...
    async def remove_form(self, form: Form) -> None: ...


class Practice:
    """What is done, with its input checked before it travels."""

    def __init__(self, store: PracticeStore) -> None:
        self._store = store
        self.links, self.link, self.unlink = store.links, store.link, store.unlink
        self.tags, self.save_tag = store.tags, store.save_tag
        self.projects = store.projects
        self.watches, self.watch = store.watches, store.watch
        self.notices, self.see, self.look = store.notices, store.see, store.look
        self.see_all = store.see_all
        self.loads = store.loads
        self.ways, self.open_way, self.close_way = store.ways, store.open_way, store.close_way
        self.forms, self.save_form, self.remove_form = store.forms, store.save_form, store.remove_form

    async def split(self, case_id: UUID, entries: tuple[UUID, ...], subject: str) -> UUID:
        """Make these entries of a case a case of their own; gives its id."""
        subject = cases.check_subject(subject)
        if not entries:
            raise Refused(Refusal.REQUIRED, "entries")
        made = new_id()
        await self._store.split(case_id, made, entries, subject)
        return made

    async def save_project(
        self, project_id: UUID, name: str, description: str, *, archived: bool, version: int
    ) -> None:
        """Make or change a project; version 0 is a new one."""
        if not name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        tidy = " ".join(name.split())
        await self._store.save_project(project_id, tidy, description.strip(), archived=archived, version=version)

    async def take_way(self, code: str) -> None:
        """Take the way that another organisation's code opens."""
        if not code.strip():
            raise Refused(Refusal.REQUIRED, "code")
        await self._store.take_way(code)

    async def refer(self, case_id: UUID, way_id: UUID, note: str) -> int:
        """Hand a case to another organisation's team; gives its number there."""
        return await self._store.refer(case_id, way_id, note, new_id())
