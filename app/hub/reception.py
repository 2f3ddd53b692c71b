"""Reception: who calls, or is called, looked up in the book; from that, the call as it begins."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.domain import phone_numbers, routing
from app.domain.call_trees import CallTree
from app.domain.calls import Direction, LiveCall, Phase, StepKind, TraceEntry
from app.domain.floor import Floor
from app.domain.ids import new_id
from app.domain.routing import Caller
from app.services.call_book import CallBook, DialledNumber, KnownCaller
from app.services.switch import AgentDialled, CallerArrived

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call that begins, and the name that phones show for its other party."""

    call: LiveCall
    name: str
    trees: Mapping[UUID, CallTree] = field(default_factory=dict)


class Reception:
    """Looks up what a call begins with; it decides nothing that `app.domain.routing` could."""

    def __init__(self, book: CallBook, region: str) -> None:
        self._book = book
        self._region = region

    def is_emergency(self, dialled: str) -> bool:
        return phone_numbers.is_emergency(dialled, self._region)

    async def incoming(self, caller: CallerArrived, floor: Floor, now: datetime) -> Arrival | None:
        """A caller's call with the steps that are tried for her; None when the number is not ours."""
        e164 = phone_numbers.normalise(caller.dialled, self._region) or caller.dialled
        number = await self._book.dialled_number(e164)
        if number is None:
            log.warning("a call for a number that is not ours: %.40s", caller.dialled)
            return None
        caller_number = phone_numbers.normalise(caller.number, self._region) or ""
        # Together: she waits for each way to the book and back.
        known, rules = await asyncio.gather(
            self._known_caller(number, caller_number), self._book.routing_rules(number.team_id)
        )
        rule = routing.rule_for(rules, known.caller)
        plan = routing.plan_incoming(
            number.team_id,
            floor,
            now,
            hours=number.hours,
            closed=number.closed,
            last_advisor=known.last_advisor,
            rule=rule,
        )
        trees = {}
        if any(step.kind is StepKind.MENU for step in plan.steps):
            trees = {tree.id: tree for tree in await self._book.call_trees(number.organisation_id)}
        call = LiveCall(
            id=new_id(),
            organisation_id=number.organisation_id,
            direction=Direction.IN,
            caller_leg=caller.leg_id,
            caller_number=caller_number,
            number_id=number.number_id,
            team_id=number.team_id,
            communication_team_id=number.team_id,
            phase=Phase.WAITING,
            started_at=now,
            customer_id=known.customer_id,
            case_id=known.case_id,
            steps=plan.steps,
            shown=number.e164,
            language=known.language or number.language,
            greeting=number.greeting,
            trace=(
                TraceEntry(now, "dialled", team_id=number.team_id, text=number.e164),
                *(TraceEntry(now, reason, text=text) for reason, text in plan.reasons),
            ),
        )
        return Arrival(call, known.name or caller.name, trees)

    async def _known_caller(self, number: DialledNumber, e164: str) -> KnownCaller:
        return await self._book.known_caller(number, e164) if e164 else KnownCaller(Caller())

    async def outgoing(self, dialled: AgentDialled, now: datetime) -> Arrival | None:
        """An agent's call to somebody outside, seen as her case's number, else her team's; None when it cannot be."""
        target = phone_numbers.normalise(dialled.dialled, self._region)
        if self.is_emergency(dialled.dialled):
            target = dialled.dialled
        if target is None:
            return None
        planned = await self._book.planned_call(dialled.planned, dialled.agent_id) if dialled.planned else None
        shown = await self._book.number_shown(dialled.agent_id, planned.shown if planned else dialled.shown)
        if shown is None:
            return None
        customer_id, case_id, name = None, None, ""
        if planned is not None and planned.customer_id is not None:
            customer_id, case_id, name = planned.customer_id, planned.case_id, planned.name
        else:
            known = await self._book.known_caller(shown, target)
            customer_id, case_id, name = known.customer_id, known.case_id, known.name
        call_id = dialled.planned if planned is not None and dialled.planned is not None else new_id()
        call = LiveCall(
            id=call_id,
            organisation_id=shown.organisation_id,
            direction=Direction.OUT,
            caller_leg=f"{call_id}.1",
            caller_number=target,
            number_id=shown.number_id,
            team_id=shown.team_id,
            communication_team_id=shown.team_id,
            phase=Phase.DIALLING,
            started_at=now,
            customer_id=customer_id,
            case_id=case_id,
            task_id=planned.task_id if planned is not None else None,
            agent_id=dialled.agent_id,
            agent_leg=dialled.leg_id,
            legs_made=1,
            shown=shown.e164,
        )
        return Arrival(call, name)
