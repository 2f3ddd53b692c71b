"""The customer system outside: links and the guide, as managers keep them and agents use them."""

from dataclasses import replace
from typing import Protocol
from uuid import UUID

from app.domain.outside import Guide, OutsideLink, check_template
from app.domain.refusals import Refusal, Refused


class OutsideStore(Protocol):
    """Where they are kept."""

    async def outside_links(self) -> tuple[OutsideLink, ...]: ...
    async def save_outside_link(self, link: OutsideLink) -> None: ...
    async def archive_outside_link(self, link_id: UUID) -> None: ...
    async def outside_guide(self) -> Guide: ...
    async def save_outside_guide(self, guide: Guide) -> None: ...


class Outside:
    """What may be done with them."""

    def __init__(self, store: OutsideStore) -> None:
        self._store = store
        self.links = store.outside_links
        self.remove = store.archive_outside_link
        self.guide = store.outside_guide
        self.save_guide = store.save_outside_guide

    async def save(self, link: OutsideLink) -> None:
        if not link.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        template = check_template(link.template, link.subject)
        await self._store.save_outside_link(replace(link, name=link.name.strip(), template=template))
