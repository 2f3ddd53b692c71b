"""The calls of the Vallon dealership in memory, as a desk reads and commands them."""

from dataclasses import replace
from uuid import UUID

from app.domain.calls import Target
from app.domain.hand_over import CommandKind
from app.domain.phone import SipCredentials
from app.domain.quality import Quality
from app.domain.refusals import Refusal, Refused
from app.services.calls import CallBack, CallsOf, CallView, Disposition, TeamPresence
from app.services.customers import CustomerHit


class SampleCalls:
    """The calls port over a list; commands are kept for the test to read."""

    def __init__(self, calls: tuple[CallView, ...] = ()) -> None:
        self.calls = {call.id: call for call in calls}
        self.painted: list[UUID] = []
        self.commands: list[tuple[UUID, CommandKind, Target | None, str]] = []
        self.places: list[int | None] = []
        self.hits: tuple[CustomerHit, ...] = ()
        self.presence: tuple[TeamPresence, ...] = ()
        self.results: tuple[Disposition, ...] = ()
        self.sounds: dict[UUID, bytes] = {}
        self.refused = ""
        self.qualities: dict[UUID, Quality] = {}
        self.filed: list[tuple[UUID, UUID | None, str, CallBack | None]] = []
        self.call_backs: list[CallBack] = []
        self.planned: dict[UUID, dict[str, UUID | None]] = {}

    async def my_live_calls(self) -> tuple[CallView, ...]:
        return tuple(call for call in self.calls.values() if call.ended_at is None)

    async def live_calls(self) -> tuple[CallView, ...]:
        return await self.my_live_calls()

    async def call(self, call_id: UUID) -> CallView:
        if call_id not in self.calls:
            raise Refused(Refusal.NOT_FOUND)
        return self.calls[call_id]

    async def recent_calls(self, limit: int, of: CallsOf = CallsOf.ALL) -> tuple[CallView, ...]:
        missed = of is CallsOf.MISSED
        found = [call for call in self.calls.values() if not missed or (call.ended_at and call.answered_at is None)]
        return tuple(sorted(found, key=lambda call: call.started_at, reverse=True))[:limit]

    async def command_call(
        self, call_id: UUID, kind: CommandKind, target: Target | None = None, note: str = "", place: int | None = None
    ) -> None:
        self.commands.append((call_id, kind, target, note))
        self.places.append(place)

    async def card_shown(self, call_id: UUID) -> None:
        self.painted.append(call_id)

    async def why_refused(self, command_id: UUID) -> str:
        return self.refused

    async def type_call_note(self, call_id: UUID, text: str) -> None:
        self.calls[call_id] = replace(self.calls[call_id], my_note=text)

    async def say_on_call(self, call_id: UUID, text: str) -> None:
        await self.call(call_id)

    async def tell_quality(self, call_id: UUID, quality: Quality) -> None:
        self.qualities[call_id] = quality

    async def attach_call(self, call_id: UUID, case_id: UUID | None) -> None:
        self.calls[call_id] = replace(self.calls[call_id], case_id=case_id)

    async def wrap_up_call(
        self,
        call_id: UUID,
        disposition_id: UUID | None,
        note: str,
        case_id: UUID | None,
        call_back: CallBack | None = None,
    ) -> None:
        self.filed.append((call_id, disposition_id, note, call_back))
        self.calls[call_id] = replace(self.calls[call_id], my_note=note, case_id=case_id, my_part_filed=True)
        if call_back is not None:
            self.call_backs.append(call_back)

    async def plan_call(
        self,
        call_id: UUID,
        *,
        case_id: UUID | None = None,
        customer_id: UUID | None = None,
        number_id: UUID | None = None,
        task_id: UUID | None = None,
    ) -> str:
        self.planned[call_id] = {"case": case_id, "customer": customer_id, "number": number_id, "task": task_id}
        return "+33353010450"

    async def recording(self, call_id: UUID) -> bytes | None:
        return self.sounds.get(call_id)

    async def sound(self, attachment_id: UUID) -> bytes | None:
        return self.sounds.get(attachment_id)

    async def candidates(self, e164: str) -> tuple[CustomerHit, ...]:
        return self.hits

    async def team_presence(self) -> tuple[TeamPresence, ...]:
        return self.presence

    async def dispositions(self) -> tuple[Disposition, ...]:
        return self.results

    async def my_sip_credentials(self) -> SipCredentials | None:
        return None
