"""Cases: what a customer asked, reported or complained about, from the first contact to the end."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.domain.refusals import Refusal, Refused

SUBJECT_MOST = 250


class Category(StrEnum):
    """What a state means to views, reports and service levels, whatever its name in its type."""

    NEW = "new"
    OPEN = "open"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_AGENT = "waiting_agent"
    SOLVED = "solved"
    CLOSED = "closed"


LIVE = frozenset({Category.NEW, Category.OPEN, Category.WAITING_CUSTOMER, Category.WAITING_AGENT})
NEEDS_ANSWER = frozenset({Category.NEW, Category.OPEN, Category.WAITING_AGENT})


class Visibility(StrEnum):
    """Who sees a case: all teams that had it, only the team that has it, or its assignee and leads."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PRIVATE = "private"


class Level(StrEnum):
    """Severity (how bad it is) and priority (how soon) share this scale."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Case:
    """One case; its number to communicate with is never absent, its state belongs to its type."""

    id: UUID
    number: int
    customer_id: UUID
    type_id: UUID
    state_id: UUID
    category: Category
    subject: str
    team_id: UUID
    number_id: UUID
    description: str = ""
    visibility: Visibility = Visibility.PUBLIC
    severity: Level = Level.NORMAL
    priority: Level = Level.NORMAL
    assignee_id: UUID | None = None
    tags: tuple[str, ...] = ()
    project_id: UUID | None = None
    custom: dict[str, Any] = field(default_factory=dict)
    merged_into_id: UUID | None = None
    created_at: datetime | None = None
    activity_at: datetime | None = None
    updated_at: datetime | None = None
    updated_by_name: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as a list shows it, with the names it needs."""

    id: UUID
    number: int
    subject: str
    customer_id: UUID
    customer_name: str
    organisation: str
    category: Category
    state_name: str
    state_key: str
    team_id: UUID
    team_name: str
    assignee_id: UUID | None
    assignee_name: str
    priority: Level
    preview: str
    channel: str
    activity_at: datetime
    state_colour: str = ""
    type_id: UUID | None = None
    project_id: UUID | None = None
    created_at: datetime | None = None
    tags: tuple[str, ...] = ()
    # The clock of its service level that ends first.
    due_at: datetime | None = None
    due_near_at: datetime | None = None
    due_of: str = ""


def check_subject(subject: str) -> str:
    """The subject without surrounding spaces; refuse an empty or endless one."""
    trimmed = " ".join(subject.split())
    if not trimmed:
        raise Refused(Refusal.REQUIRED, "subject")
    if len(trimmed) > SUBJECT_MOST:
        raise Refused(Refusal.TOO_LONG, "subject", length=len(trimmed), most=SUBJECT_MOST)
    return trimmed


def check_move(before: Category, after: Category, *, assigned: bool) -> None:
    """The rules that hold for every type: closed does not change, solved has an assignee, never back to new."""
    if before is Category.CLOSED and after is not Category.CLOSED:
        raise Refused(Refusal.CASE_IS_CLOSED)
    if after is Category.NEW and before is not Category.NEW:
        raise Refused(Refusal.NEVER_BACK_TO_NEW)
    if after in {Category.SOLVED, Category.CLOSED} and not assigned:
        raise Refused(Refusal.SOLVED_NEEDS_ASSIGNEE)
