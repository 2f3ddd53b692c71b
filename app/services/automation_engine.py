"""What the hub needs of the world to carry automations out."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from app.domain.mail import Mail
from app.domain.mail_answers import Acknowledgement

Write = Callable[[Acknowledgement], tuple[str, bytes]]
"""Makes an automatic mail's message id and bytes."""
Read = Callable[[bytes], Mail]
"""Understands a mail that came in."""


class Engine(Protocol):
    """Runs automations over what happened; each call is one transaction."""

    async def turn(self, most: int) -> int: ...
    async def look_at_clock(self) -> int: ...
    async def note_due_tasks(self) -> int: ...
    async def forget_runs(self, days: int, most: int) -> int: ...


@dataclass(frozen=True, slots=True)
class HookCall:
    """One call of a web hook, claimed by one hub."""

    id: UUID
    automation_id: UUID
    url: str
    body: Mapping[str, Any]
    secret: str
    attempts: int
    made_at: datetime


class HookOutbox(Protocol):
    """Web hooks that wait to be called."""

    async def claim(self, most: int, for_s: float) -> Sequence[HookCall]: ...
    async def finish(self, call: HookCall, *, done: bool, said: str, again_in_s: float | None) -> None: ...


class Hooks(Protocol):
    """Calls a web hook; the words are what came back, for the automation's page."""

    def __call__(self, call: HookCall) -> Awaitable[tuple[bool, str]]: ...
