"""History: what was changed in a record, by whom and when, as the database wrote it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `difference` maps each field to its value before and after; empty for a creation."""

    kind: str
    record_id: UUID
    operation: str
    at: datetime
    actor_name: str
    difference: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Hint:
    """A notice that a record may have changed: a reason to read it again, never the news itself."""

    kind: str
    record_id: UUID | None
    parent_id: UUID | None = None
