"""Views as agents keep them: read, edited, removed, brought back; how many cases a condition would list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol
from uuid import UUID

from app.domain.condition_checks import check
from app.domain.conditions import Condition, FieldOf
from app.domain.ids import new_id
from app.domain.views import StoredView, View, ViewKind, check_view
from app.services.cases import CaseStore


class ViewStore(Protocol):
    """Where views are kept; who may share is decided there."""

    async def views(self) -> tuple[StoredView, ...]: ...
    async def known(self) -> Mapping[str, FieldOf]: ...
    async def save_view(self, edited: StoredView) -> None: ...
    async def remove_view(self, view_id: UUID) -> None: ...
    async def restore_views(self) -> int: ...


class Views:
    """What is done with views."""

    def __init__(self, store: ViewStore, cases: CaseStore) -> None:
        self._store, self._cases = store, cases
        self.all = store.views
        self.known = store.known
        self.remove = store.remove_view
        self.restore = store.restore_views

    async def save(self, edited: StoredView) -> None:
        """Keep a view whose name is one line."""
        check_view(edited)
        await self._store.save_view(replace(edited, name=" ".join(edited.name.split())))

    async def count(self, condition: Condition) -> int | None:
        """How many cases a condition would list, up to a thousand; None while it is in trouble."""
        if check(condition, await self._store.known()):
            return None
        view = View(ViewKind.STORED, stored=StoredView(new_id(), "?", condition))
        return (await self._cases.view_counts((view,)))[view]
