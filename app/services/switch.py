"""The switch as the hub tells it what to do: legs, the caller's bridge and the consultation's bridge of each call."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias
from uuid import UUID

from app.domain.prompts import Prompt


@dataclass(frozen=True, slots=True)
class CallerArrived:
    """Somebody outside dialled one of our numbers."""

    leg_id: str
    dialled: str
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class AgentDialled:
    """An agent's phone calls somebody; `shown` is the number she wishes to be seen with, `planned` the call's id when
    her desk told before what it is for."""

    leg_id: str
    agent_id: UUID
    dialled: str
    shown: str
    planned: UUID | None = None


@dataclass(frozen=True, slots=True)
class LegAnswered:
    """A leg that we rang was answered."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class LegLeft:
    """A leg no longer exists; `cause` is Q.850's number."""

    leg_id: str
    cause: int


@dataclass(frozen=True, slots=True)
class DigitPressed:
    """A party pressed a key."""

    leg_id: str
    digit: str


@dataclass(frozen=True, slots=True)
class PhoneCameOrWent:
    """An agent's phone is registered, or is not any more; `run` names one start of its process, where it is told."""

    agent_id: UUID
    online: bool
    run: str = ""
    answers: bool = False
    """It was asked and answered."""


@dataclass(frozen=True, slots=True)
class PromptSaid:
    """A prompt of a call was played to its end, or was stopped."""

    call_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class OwnPrompt:
    """A prompt of the organisation: words to speak, or its own sound (WAV, 16 bit)."""

    words: str
    language: str
    sound: bytes | None = None


@dataclass(frozen=True, slots=True)
class MessageTaken:
    """A recording ended: a voicemail, or a conversation."""

    name: str
    failed: bool
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class SwitchBack:
    """The switch answers (again): what it still holds is to be asked of it."""


@dataclass(frozen=True, slots=True)
class SwitchLost:
    """The switch does not answer."""

    reason: str


SwitchHappening: TypeAlias = (
    CallerArrived
    | AgentDialled
    | LegAnswered
    | LegLeft
    | DigitPressed
    | PhoneCameOrWent
    | PromptSaid
    | MessageTaken
    | SwitchBack
    | SwitchLost
)


@dataclass(frozen=True, slots=True)
class LegFound:
    """A leg as the switch has it now; `arrival` is how it came to us, for a leg that nobody may have heard of."""

    id: str
    answered: bool
    arrival: CallerArrived | AgentDialled | None = None


class Switch(Protocol):
    """What the hub asks of the switch. A leg or bridge that has just gone is no error: calls end at any moment."""

    def happenings(self) -> AsyncIterator[SwitchHappening]: ...
    async def up_since(self) -> datetime:
        """When it started: what it carried before was lost."""
        ...

    async def legs(self) -> Mapping[str, LegFound]: ...
    async def phones_online(self, agents: tuple[UUID, ...]) -> tuple[UUID, ...]: ...
    async def receive(self, call_id: UUID, leg_id: str) -> None:
        """Answer a caller and give her call its bridge."""
        ...

    async def ring_agent(
        self, call_id: UUID, leg_id: str, agent_id: UUID, caller: str, name: str, seconds: int
    ) -> bool: ...
    async def ring_number(self, call_id: UUID, leg_id: str, number: str, shown: str, seconds: int) -> bool: ...
    async def leave_emergency(self, leg_id: str, number: str) -> None:
        """Let the switch alone put an emergency call through: nothing of ours may hold it up."""
        ...

    async def join_caller(self, call_id: UUID, leg_id: str) -> None: ...
    async def join_consultation(self, call_id: UUID, leg_ids: tuple[str, ...]) -> None: ...
    async def music(self, call_id: UUID, leg_id: str, *, playing: bool) -> None: ...
    async def end_leg(self, leg_id: str, reason: str) -> None: ...
    async def leave_to_fallback(self, leg_id: str) -> None:
        """Give a caller to what serves her while no hub can: a queue that rings everybody, then the voicemail."""
        ...

    async def say(
        self, call_id: UUID, name: str, prompts: tuple[tuple[Prompt, OwnPrompt | None], ...], language: str
    ) -> None:
        """Let the caller's bridge hear prompts in turn; their end is told by PromptSaid under the same name."""
        ...

    async def hush(self, call_id: UUID, name: str) -> None: ...
    async def says(self, call_id: UUID, name: str) -> bool:
        """Whether this is being said just now."""
        ...

    async def record(self, call_id: UUID) -> None: ...
    async def pause_recording(self, call_id: UUID, *, paused: bool) -> None: ...
    async def stop_recording(self, call_id: UUID) -> None: ...
    async def take_message(self, call_id: UUID, leg_id: str) -> None:
        """A tone, then the caller's message is recorded until she hangs up, is silent, or presses the hash key."""
        ...

    async def takes_message(self, call_id: UUID) -> bool:
        """Whether the caller speaks her message just now."""
        ...

    async def listen(self, call_id: UUID, leg_id: str, agent_id: UUID, of_leg: str, *, whisper: bool) -> None: ...
    async def join_listener(self, leg_id: str) -> None: ...
    async def stop_listening(self, leg_id: str) -> None: ...
    async def end_call(self, call_id: UUID) -> None:
        """Take the call's bridges down; legs that are left are hung up."""
        ...

    async def recordings(self) -> tuple[str, ...]:
        """The names of what was recorded and is not fetched yet."""
        ...

    async def recording(self, name: str) -> bytes | None: ...
    async def forget_recording(self, name: str) -> None: ...
    async def close(self) -> None:
        """Give the connections to the switch back; its calls go on."""
        ...
