"""Giving changes out to another aggregator: targets as administrators set them up, and what the hub's worker needs."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from app.domain.export_feed import Batch, Place
from app.domain.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """One target as it is set up; its secret is typed once and never read again."""

    id: UUID
    name: str
    kind: str = "https"
    url: str = ""
    folder: str = ""
    secret: str = ""
    active: bool = True
    sent: int = 0
    sent_at: datetime | None = None
    failures: int = 0
    said: str = ""
    version: int = 0


class TargetStore(Protocol):
    """Where targets are kept."""

    async def export_targets(self) -> tuple[ExportTarget, ...]: ...
    async def save_export_target(self, target: ExportTarget) -> None: ...
    async def archive_export_target(self, target_id: UUID) -> None: ...


class ExportTargets:
    """What administrators do with them."""

    def __init__(self, store: TargetStore) -> None:
        self._store = store
        self.read = store.export_targets
        self.remove = store.archive_export_target

    async def save(self, target: ExportTarget) -> None:
        if not target.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        if target.kind == "https" and not target.url.strip():
            raise Refused(Refusal.REQUIRED, "url")
        if target.kind == "folder" and not target.folder.strip():
            raise Refused(Refusal.REQUIRED, "folder")
        tidy = replace(target, name=target.name.strip(), url=target.url.strip(), folder=target.folder.strip().lower())
        await self._store.save_export_target(tidy)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A target that this hub serves now."""

    id: UUID
    organisation_id: UUID
    claim_id: UUID
    kind: str
    url: str
    folder: str
    secret: str
    place: Place
    failures: int


class TargetAwayError(Exception):
    """The target did not take a batch; the text says why in a few words."""


class Outlet(Protocol):
    """The way to a target; a batch that is given twice is the same twice, by its places."""

    async def give(self, target: Claimed, batch: Batch) -> None: ...


class ExportLog(Protocol):
    """The log as the worker reads it, and each target's place in it."""

    async def claim(self, for_s: float) -> Claimed | None: ...
    async def batch(self, target: Claimed, most: int) -> Batch | None: ...
    async def taken(self, target: Claimed, batch: Batch) -> bool: ...
    async def away(self, target: Claimed, said: str, pause: timedelta) -> None: ...
    async def release(self, target: Claimed) -> None: ...
