"""Calls as a desk sees and commands them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from app.domain.calls import Phase, Recording, Target
from app.domain.hand_over import CommandKind
from app.domain.phone import SipCredentials
from app.domain.quality import Quality
from app.services.customers import CustomerHit


@dataclass(frozen=True, slots=True)
class CallMessage:
    """A question or an answer between two agents while the caller waits."""

    agent_id: UUID
    agent_name: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CallView:
    """One call as the cards, the bar and the board show it."""

    id: UUID
    direction: str
    phase: Phase
    caller_number: str
    dialled_number: str
    team_id: UUID
    team_name: str
    started_at: datetime
    customer_id: UUID | None = None
    customer_name: str = ""
    organisation: str = ""
    case_id: UUID | None = None
    case_number: int | None = None
    case_subject: str = ""
    promise: str = ""
    promise_at: datetime | None = None
    agent_id: UUID | None = None
    agent_name: str = ""
    ringing: tuple[UUID, ...] = ()
    handed_by: UUID | None = None
    handed_by_name: str = ""
    hand_over_note: str = ""
    consulted: UUID | None = None
    consultation: str = ""
    step: str = ""
    step_agent_id: UUID | None = None
    step_team_id: UUID | None = None
    step_until_at: datetime | None = None
    next_step: str = ""
    next_agent_id: UUID | None = None
    next_team_id: UUID | None = None
    waiting_since_at: datetime | None = None
    answered_at: datetime | None = None
    held_since_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    my_note: str = ""
    my_part_ended: bool = False
    my_part_filed: bool = False
    my_part_ended_at: datetime | None = None
    result_required: bool = False
    """Whether my team insists on a result before my next call."""
    wrap_up: str = "optional"
    wrap_up_s: int = 60
    recording: Recording = Recording.NONE
    listeners: tuple[UUID, ...] = ()
    place_at: datetime | None = None
    task_id: UUID | None = None
    trace: tuple[dict[str, object], ...] = ()
    messages: tuple[CallMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamPresence:
    """Who is free in a team, as shown before a hand-over."""

    team_id: UUID
    free: int
    present: int
    waiting: int
    expected_wait_s: int | None


@dataclass(frozen=True, slots=True)
class CallBack:
    """When the customer is to be called again: wall time in a zone; it becomes a reminder task of the agent's own."""

    task_id: UUID
    local_at: datetime
    zone: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Disposition:
    """A result of a call to choose at wrap-up; `key` names a shipped one, "to_call_back" asks for a time."""

    id: UUID
    key: str
    label: str


class CallsOf(StrEnum):
    """Which calls of those that I may see: all, those I had a part in, or those that nobody of us answered."""

    ALL = "all"
    MINE = "mine"
    MISSED = "missed"


class CallStore(Protocol):
    """Where a desk reads its calls and asks for moves; what it may ask is decided there."""

    async def my_live_calls(self) -> tuple[CallView, ...]: ...
    async def live_calls(self) -> tuple[CallView, ...]: ...
    async def call(self, call_id: UUID) -> CallView: ...
    async def recent_calls(self, limit: int, of: CallsOf = CallsOf.ALL) -> tuple[CallView, ...]:
        """The newest first."""
        ...

    async def command_call(
        self, call_id: UUID, kind: CommandKind, target: Target | None = None, note: str = "", place: int | None = None
    ) -> None:
        """`place` is the place in the queue (1 is next) of CommandKind.PLACE."""
        ...

    async def card_shown(self, call_id: UUID) -> None:
        """Tell the hub that the card of a call is painted: it rings after the card."""
        ...

    async def why_refused(self, command_id: UUID) -> str:
        """Why the hub could not obey a command of mine, a word of `Refusal`; empty when it did."""
        ...

    async def type_call_note(self, call_id: UUID, text: str) -> None: ...
    async def say_on_call(self, call_id: UUID, text: str) -> None: ...
    async def tell_quality(self, call_id: UUID, quality: Quality) -> None:
        """How the call sounded at this desk, kept with the agent's part of it."""
        ...

    async def attach_call(self, call_id: UUID, case_id: UUID | None) -> None:
        """Choose or correct the case of a call, also after it was filed; None: no case."""
        ...

    async def wrap_up_call(
        self,
        call_id: UUID,
        disposition_id: UUID | None,
        note: str,
        case_id: UUID | None,
        call_back: CallBack | None = None,
    ) -> None: ...
    async def plan_call(
        self,
        call_id: UUID,
        *,
        case_id: UUID | None = None,
        customer_id: UUID | None = None,
        number_id: UUID | None = None,
        task_id: UUID | None = None,
    ) -> str:
        """Tell the hub what a call dialled with this id in its header is for; the number that will be shown."""
        ...

    async def recording(self, call_id: UUID) -> bytes | None:
        """The recorded conversation (Ogg Opus), for who sees the call; None when there is none, or not any more."""
        ...

    async def sound(self, attachment_id: UUID) -> bytes | None:
        """The bytes of a recording or message on a case, for who sees the case."""
        ...

    async def candidates(self, e164: str) -> tuple[CustomerHit, ...]: ...
    async def team_presence(self) -> tuple[TeamPresence, ...]: ...
    async def dispositions(self) -> tuple[Disposition, ...]: ...
    async def my_sip_credentials(self) -> SipCredentials | None: ...
