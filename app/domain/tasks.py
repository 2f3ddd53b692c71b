"""Tasks: calls, mails, meetings and chats that were planned or delegated, and their reminders."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.domain.cases import Level

REMINDER_MINUTES = 5


class TaskKind(StrEnum):
    """The communication that a task plans."""

    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    CHAT = "chat"
    OTHER = "other"


class TaskStatus(StrEnum):
    """Whether a task is still to be done."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class Recurrence(StrEnum):
    """How a task comes back when it is done."""

    NONE = ""
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Task:
    """A planned communication; `local_at` is wall time in `zone`, the store derives `due_at` and `remind_at`.

    `month_day` is the day that one which came back in a shorter month goes on with; 0 is that of `local_at`.
    """

    id: UUID
    team_id: UUID
    title: str
    kind: TaskKind = TaskKind.CALL
    customer_id: UUID | None = None
    case_id: UUID | None = None
    assignee_id: UUID | None = None
    notes: str = ""
    local_at: datetime | None = None
    zone: str = "Europe/Paris"
    zone_of: str = "agent"
    due_at: datetime | None = None
    reminder_minutes: int | None = REMINDER_MINUTES
    remind_at: datetime | None = None
    snoozed_until: datetime | None = None
    priority: Level = Level.NORMAL
    status: TaskStatus = TaskStatus.PLANNED
    outcome: str = ""
    attempts: int = 0
    recurrence: Recurrence = Recurrence.NONE
    month_day: int = 0
    cloned_from_id: UUID | None = None
    type_id: UUID | None = None
    state_id: UUID | None = None
    created_by_id: UUID | None = None
    custom: dict[str, Any] = field(default_factory=dict)
    updated_by_name: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as lists, the calendar and the reminder card show it, with the names they need."""

    task: Task
    customer_name: str = ""
    organisation: str = ""
    customer_phone: str = ""
    customer_zone: str = "Europe/Paris"
    do_not_call: bool = False
    call_from: str = ""
    call_until: str = ""
    case_number: int | None = None
    case_subject: str = ""
    assignee_name: str = ""
    team_name: str = ""
    last_note: str = ""
    last_note_by: str = ""
    last_note_at: datetime | None = None
