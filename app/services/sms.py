"""SMS at the hub and at the desk: the lines, what comes by a provider's web hooks, and sending one."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from app.domain.composing import Ending
from app.domain.refusals import Refusal, Refused
from app.domain.sms import MOST_CHARACTERS
from app.services.outbox import Transport


@dataclass(frozen=True, slots=True)
class SmsLine:
    """How one line's provider is reached, as the hub knows it; `number` is the sender."""

    id: UUID
    number: str
    kind: str
    url: str
    account: str
    secret: str = field(repr=False)
    hooks_at: str = ""
    trunk_id: UUID | None = None
    """Of a line of SIP MESSAGE: what it sends through and hears from."""


@dataclass(frozen=True, slots=True)
class TextArrived:
    """A text message that came over a trunk (None: one that was kept and does not say which).

    `name` is the same when it comes again.
    """

    trunk_id: UUID | None
    sender: str
    to: str
    text: str
    name: str = ""


class TextSwitch(Protocol):
    """The switch's text messages."""

    def arrivals(self) -> AsyncIterator[TextArrived]:
        """What comes over our trunks, for ever."""
        ...

    async def kept(self) -> Sequence[tuple[str, TextArrived]]:
        """What came while nobody listened, each under a name."""
        ...

    async def forget(self, name: str) -> None:
        """What was kept is in the ledger."""
        ...

    def transport(self, line: SmsLine) -> Transport:
        """The way out of a line."""
        ...


@dataclass(frozen=True, slots=True)
class SmsSender:
    """The line that a case speaks through; of a sub-team its communication team's."""

    line_id: UUID
    number: str
    team_name: str
    stopped: bool = False
    """The customer wrote STOP from the number that would get it."""


@dataclass(frozen=True, slots=True)
class SmsToSend:
    """An SMS as its writer finished it."""

    id: UUID
    follow_up_id: UUID
    case_id: UUID
    line_id: UUID
    recipient: str
    text: str
    ending: Ending = Ending.SEND
    after_s: int = 0


class SmsStore(Protocol):
    """Where SMS are kept; what an agent may send is decided there."""

    async def sms_sender(self, case_id: UUID, recipient: str) -> SmsSender | None: ...
    async def send_sms(self, sms: SmsToSend) -> None: ...


class Texts:
    """What an agent does with SMS; input is checked before it travels."""

    def __init__(self, store: SmsStore) -> None:
        self._store = store
        self.sender = store.sms_sender

    async def send(self, sms: SmsToSend) -> None:
        """Write the SMS, its delivery and what it does to its case, all or nothing."""
        if not sms.text.strip():
            raise Refused(Refusal.REQUIRED, "body")
        if len(sms.text) > MOST_CHARACTERS:
            raise Refused(Refusal.TOO_LONG, "body", length=len(sms.text), most=MOST_CHARACTERS)
        await self._store.send_sms(sms)


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a provider's web hooks need of the hub: the line that is called, keeping, what it says of a message."""

    line: Callable[[UUID], Awaitable[SmsLine | None]]
    keep: Callable[[UUID, str, bytes], Awaitable[bool]]
    """Whether it was not known before; committed when it returns."""
    told: Callable[[UUID, UUID, str, str], Awaitable[bool]]
    """Line, message, state and reason; whether there is such a message."""
    kept: Callable[[], None] = lambda: None
    """Somebody may settle at once."""
