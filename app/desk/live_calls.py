"""What an agent's calls look like from her desk: the hub's rows and her phone's legs, matched by the call's id."""

from dataclasses import dataclass, field
from uuid import UUID

from app.desk.wording import Sentence
from app.domain.calls import Phase
from app.domain.phone import CallState, PhoneCall
from app.domain.phone_numbers import display
from app.services.calls import CallView, Disposition, TeamPresence

RINGING = frozenset({CallState.INCOMING})
TALKED = frozenset({CallState.CONNECTING, CallState.TALKING, CallState.HELD, CallState.DIALLING, CallState.ALERTING})


@dataclass(frozen=True, slots=True)
class About:
    """What a call that I dial is for."""

    case_id: UUID | None = None
    customer_id: UUID | None = None
    number_id: UUID | None = None
    task_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LiveCallsState:
    """What the bar, the cards and the panel show."""

    me: UUID
    calls: tuple[CallView, ...] = ()
    phone: tuple[PhoneCall, ...] = ()
    note: str = ""
    presence: tuple[TeamPresence, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    has_phone: bool = False
    registered: bool = False
    error: Sentence | None = None
    refused: frozenset[UUID] = field(default_factory=frozenset)
    region: str = "FR"

    @property
    def front(self) -> CallView | None:
        """The call I am in."""
        mine = (c for c in self.calls if c.phase is not Phase.ENDED and not c.my_part_ended)
        return next((c for c in mine if c.agent_id == self.me or (c.consulted == self.me and not self.rings(c))), None)

    @property
    def consulting(self) -> bool:
        """Whether I am asking somebody while my caller waits."""
        return self.front is not None and self.front.agent_id == self.me and self.front.consultation != ""

    @property
    def incoming(self) -> tuple[CallView, ...]:
        """What rings at me, or is about to."""
        return tuple(c for c in self.calls if self.rings(c) and c.id not in self.refused)

    @property
    def handed_on(self) -> CallView | None:
        """A call that I handed over and that nobody has taken yet."""
        moving = (c for c in self.calls if c.phase is Phase.MOVING and c.handed_by == self.me)
        return next((c for c in moving if not self.rings(c)), None)

    @property
    def to_file(self) -> CallView | None:
        """A call whose result is still to be told."""
        return next((c for c in self.calls if c.my_part_ended and not c.my_part_filed), None)

    def shown(self, number: str) -> str:
        """A number as people here read it; what is none (`anonymous`) as it came."""
        return display(number, self.region)

    def name(self, call: CallView) -> str:
        """Who is at the other end: the customer, else her number."""
        return call.customer_name or self.shown(call.caller_number)

    def rings(self, call: CallView) -> bool:
        """Whether a call asks for me just now."""
        if call.phase is Phase.ENDED:
            return False
        asked = call.consulted == self.me and call.consultation == "ringing"
        return self.me in call.ringing or asked

    def leg(self, call_id: UUID) -> PhoneCall | None:
        """My phone's end of a call."""
        return next((one for one in self.phone if one.call_id == call_id), None)

    @property
    def front_leg(self) -> PhoneCall | None:
        """My phone's end of the call I am in; a call that the hub does not know yet counts too."""
        if self.front is not None:
            return self.leg(self.front.id)
        return next((one for one in self.phone if one.state in TALKED), None)
