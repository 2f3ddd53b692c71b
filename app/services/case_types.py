"""Types and their states as administrators shape them."""

from dataclasses import replace
from typing import Protocol

from app.domain.case_types import CaseType, check_type


class TypeStore(Protocol):
    """Where types are kept; who may change them is decided there."""

    async def types(self) -> tuple[CaseType, ...]: ...
    async def save_type(self, edited: CaseType) -> None: ...


class Types:
    """What is done with types; checked here for a clear sentence, and there for good."""

    def __init__(self, store: TypeStore) -> None:
        self._store = store
        self.all = store.types

    async def save(self, edited: CaseType, others: tuple[CaseType, ...]) -> None:
        check_type(edited, others)
        tidy = replace(edited, name=" ".join(edited.name.split()))
        await self._store.save_type(tidy)
