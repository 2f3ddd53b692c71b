"""The numbers that customers dial: a team is given one, or one moves to another team."""

from dataclasses import replace
from typing import Protocol
from uuid import UUID

from app.domain import phone_numbers
from app.domain.teams import Number


class NumberStore(Protocol):
    """Where numbers are kept; that every numbered team keeps one is watched there."""

    async def save_number(self, number: Number) -> None: ...
    async def remove_number(self, number_id: UUID) -> None: ...


class Numbers:
    """Numbers as administrators type them, in the organisation's region."""

    def __init__(self, store: NumberStore, region: str) -> None:
        self._store, self._region = store, region
        self.remove = store.remove_number

    async def save(self, number: Number) -> None:
        """Keep a number in its one form (E.164)."""
        e164 = phone_numbers.parse(number.e164, self._region).e164
        await self._store.save_number(replace(number, e164=e164, label=number.label.strip()))
