"""Cases: list, search, open, create, edit, assign, hand over, answer."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from app.domain import cases, fields
from app.domain.case_types import CaseType
from app.domain.cases import Case, CaseRow, Level, Visibility
from app.domain.customers import Customer
from app.domain.fields import CustomField
from app.domain.follow_ups import BODY_MOST, FollowUp
from app.domain.history import Change
from app.domain.refusals import Refusal, Refused
from app.domain.tasks import TaskRow
from app.domain.views import URGENCY, View, group_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page: the next page begins below it (keyset, never an offset)."""

    activity_at: datetime
    id: UUID
    created_at: datetime | None = None
    urgency: int = 0
    group: str | int = 0


def below(view: View, row: CaseRow) -> Cursor:
    """Where the page after this row begins."""
    group = group_of(view.grouping, row)
    return Cursor(row.activity_at, row.id, row.created_at, URGENCY[row.priority], group)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything the case screen shows: the case, its customer, its timeline (oldest first) and tasks."""

    case: Case
    row: CaseRow
    customer: Customer
    number_e164: str
    communication_team_id: UUID
    timeline: tuple[FollowUp, ...]
    tasks: tuple[TaskRow, ...]
    other_cases: tuple[CaseRow, ...]
    may_edit: bool
    chat_link: str = ""
    """Where its customer chats about it; empty where her team has no chat, or the case is over."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is asked for a new case: customer, subject and team; for a sub-team also the number."""

    id: UUID
    customer_id: UUID
    subject: str
    team_id: UUID
    number_id: UUID | None = None
    type_id: UUID | None = None
    description: str = ""
    visibility: Visibility = Visibility.PUBLIC
    assignee_id: UUID | None = None
    priority: Level = Level.NORMAL
    severity: Level = Level.NORMAL
    tags: tuple[str, ...] = ()
    project_id: UUID | None = None
    custom: dict[str, Any] = field(default_factory=dict)


class CaseStore(Protocol):
    """Where cases are kept; what an agent may see and do is decided there."""

    async def case_page(self, view: View, after: Cursor | None, limit: int) -> tuple[CaseRow, ...]: ...
    async def view_counts(self, views: tuple[View, ...]) -> dict[View, int]: ...
    async def case_rows(self, view: View, ids: tuple[UUID, ...]) -> tuple[CaseRow, ...]: ...
    async def find_cases(self, text: str, limit: int) -> tuple[CaseRow, ...]: ...
    async def case_file(self, case_id: UUID) -> CaseFile: ...
    async def case_types(self) -> tuple[CaseType, ...]: ...
    async def insert_case(self, case: NewCase) -> Case: ...
    async def update_case(self, case: Case) -> Case: ...
    async def assign_case(self, case_id: UUID, agent_id: UUID | None) -> None: ...
    async def hand_over_case(self, case_id: UUID, team_id: UUID, note: str) -> None: ...
    async def take_back_case(self, case_id: UUID) -> None: ...
    async def set_case_visibility(self, case_id: UUID, visibility: Visibility) -> None: ...
    async def merge_cases(self, kept_id: UUID, merged_id: UUID) -> None: ...
    async def insert_follow_up(self, follow_up: FollowUp) -> None: ...
    async def redact_follow_up(self, follow_up_id: UUID) -> None: ...
    async def history(self, record_id: UUID, limit: int) -> tuple[Change, ...]: ...


class Cases:
    """What an agent does with cases; input is checked before it travels."""

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self.page = store.case_page
        self.counts = store.view_counts
        self.rows = store.case_rows
        self.find = store.find_cases
        self.open = store.case_file
        self.types = store.case_types
        self.assign = store.assign_case
        self.hand_over, self.take_back = store.hand_over_case, store.take_back_case
        self.set_visibility = store.set_case_visibility
        self.merge = store.merge_cases
        self.redact = store.redact_follow_up
        self.history = store.history

    async def create(self, case: NewCase, custom_fields: tuple[CustomField, ...] = ()) -> Case:
        custom = fields.read_values(custom_fields, case.custom)
        return await self._store.insert_case(replace(case, subject=cases.check_subject(case.subject), custom=custom))

    async def save(self, case: Case, custom_fields: tuple[CustomField, ...] = ()) -> Case:
        subject = cases.check_subject(case.subject)
        custom = fields.read_values(custom_fields, case.custom)
        return await self._store.update_case(replace(case, subject=subject, custom=custom))

    async def follow_up(self, follow_up: FollowUp) -> None:
        """File a note or a communication on its case; an empty one is refused."""
        if not follow_up.body.strip() and not follow_up.attachments:
            raise Refused(Refusal.REQUIRED, "body")
        if len(follow_up.body) > BODY_MOST:
            raise Refused(Refusal.TOO_LONG, "body", length=len(follow_up.body), most=BODY_MOST)
        await self._store.insert_follow_up(follow_up)
