"""The exchange: every happening on the switch and every command of an agent becomes one step of one call.

The steps are decided in app.domain; here they are taken one after the other for each call, committed, and carried out
on the switch. A ring is only told to the switch when the call's row is committed, so that the card comes first.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from app.domain import call_flow, effects, switchboard, waiting
from app.domain.calls import LiveCall, Outcome, Phase
from app.domain.hand_over import CallCommand, CommandKind
from app.domain.refusals import Refusal, Refused
from app.domain.steps import Turn
from app.domain.switchboard import LegGone, LegUp, TimePassed
from app.domain.turns import turn_of
from app.hub.cards import Cards
from app.hub.carrying_out import CarryingOut
from app.hub.floor_keeper import FloorKeeper
from app.hub.journal import TurnJournal
from app.hub.reception import Reception
from app.hub.recovery import found_again, ownerless
from app.services import switch as told
from app.services.call_book import CallBook
from app.services.switch import Switch, SwitchHappening

log = logging.getLogger(__name__)

EMERGENCY_S = 0.3
"""How long an emergency call may be looked up before the switch puts it through alone."""
NORMAL_CLEARING = 16
"""Q.850 causes of somebody hanging up; anything else on a talking agent is a lost connection."""
HUNG_UP = frozenset({0, 16, 17, 19, 21, 26, 31})


def utc_now() -> datetime:
    return datetime.now(UTC)


class Exchange:
    """All live calls of one switch, held by the one hub that has the lease."""

    def __init__(
        self,
        switch: Switch,
        book: CallBook,
        journal: TurnJournal,
        epoch: int,
        region: str = "FR",
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._switch = switch
        self._book = book
        self._clock = clock
        self._calls: dict[UUID, LiveCall] = {}
        self._turns: dict[UUID, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._arrived: set[str] = set()
        self._names: dict[UUID, str] = {}
        self._journal, self._epoch = journal, epoch
        self._carrying_out = CarryingOut(switch, book)
        self._floor = FloorKeeper(book, journal, self._carrying_out, lambda: self.live, clock)
        self._reception = Reception(book, region)
        self._cards = Cards()
        self._following: set[asyncio.Future[None]] = set()
        self._taken_back = asyncio.Event()

    @property
    def live(self) -> tuple[LiveCall, ...]:
        return tuple(self._calls.values())

    # What the hub calls ---------------------------------------------------------------------------------------

    async def refresh_floor(self) -> None:
        """Read who is there."""
        await self._floor.read()

    def refresh_floor_soon(self) -> None:
        """Read who is there in a moment, once for all that happens until then: no command waits for it."""
        self._after_this_turn(self._floor.read_soon())

    async def refresh_figures(self) -> None:
        """What changes slowly: how long calls take, and prompts that were spoken anew."""
        await self._floor.read_figures()
        self._carrying_out.forget_prompts()

    async def hear_soon(self, happening: SwitchHappening) -> None:
        """Begin with one happening; those of different calls do not wait for one another, those of one call do."""
        self._after_this_turn(self.hear(happening))
        await asyncio.sleep(0)

    async def hear(self, happening: SwitchHappening) -> None:
        """One happening on the switch."""
        match happening:
            case told.CallerArrived() | told.AgentDialled() if happening.leg_id in self._arrived:
                log.debug("told by the switch, and found when we asked it: %s", happening.leg_id)
            case told.CallerArrived():
                self._arrived.add(happening.leg_id)
                await self._or_fall_back(happening.leg_id, self._caller_arrived(happening))
            case told.AgentDialled():
                self._arrived.add(happening.leg_id)
                await self._agent_dialled(happening)
            case told.LegAnswered(leg_id):
                await self._of_leg(leg_id, LegUp(leg_id))
            case told.LegLeft(leg_id, cause):
                self._arrived.discard(leg_id)
                await self._of_leg(leg_id, LegGone(leg_id, "rejected", lost=cause not in HUNG_UP))
            case told.PhoneCameOrWent():
                await self._phone_came_or_went(happening)
            case told.SwitchBack():
                await self._recover()
            case told.SwitchLost(reason):
                log.warning("the switch does not answer: %s", reason)
            case _:
                await self._hear_caller(happening)

    async def _hear_caller(self, happening: SwitchHappening) -> None:
        match happening:
            case told.PromptSaid(call_id, name):
                await self._step(call_id, switchboard.Said(name))
            case told.DigitPressed(leg_id, digit):
                await self._of_leg(leg_id, switchboard.Pressed(leg_id, digit))
            case told.MessageTaken(name, seconds=seconds) if name.startswith("message-"):
                await self._step(UUID(name.removeprefix("message-")), switchboard.MessageTaken(seconds))
            case _:
                log.debug("not for a call: %s", happening)

    async def obey_soon(self, command: CallCommand) -> None:
        """Begin with one command; those on different calls do not wait for one another."""
        self._after_this_turn(self.obey(command))
        await asyncio.sleep(0)

    def card_shown(self, call_id: UUID, agent_id: UUID) -> None:
        """A desk has painted the card of a call that is handed over."""
        self._cards.shown(call_id, agent_id)

    async def obey(self, command: CallCommand) -> None:
        """One command of an agent; what cannot be obeyed is written on the command, in a word."""
        await self._taken_back.wait()  # what was asked while no hub was there is about a call of the earlier one
        if (call := self._calls.get(command.call_id)) is None:
            await self._book.command_done(command.id, Refusal.NO_LIVE_CALL.value)
            return
        try:
            if command.kind is CommandKind.PLACE:
                queue = waiting.queue_of(self.live, waiting.awaited_team(call))
                command = replace(command, place_at=waiting.placed(call, queue, command.place or 1))
            if command.target is not None and not self._floor.now.somebody_free(command.target):
                await self._floor.ask_who_is_there()  # somebody may have come this very moment
            await self._step(command.call_id, command)
        except Refused as refused:
            await self._book.command_done(command.id, refused.reason.value)

    async def tick(self) -> None:
        """Time passes for every call that waits; what the database did not take before is offered to it again."""
        await self._journal.write()
        alone = any(call.phase in {Phase.WAITING, Phase.MOVING} and not call.offers for call in self.live)
        if alone:
            await self._floor.look_again()
        in_order = sorted(self.live, key=waiting.place_at)  # whoever waits longest is offered first
        self._floor.know_queues(in_order)
        for call in in_order:
            if call.phase in {Phase.WAITING, Phase.MOVING, Phase.MENU} or call.leaving is not None:
                await self._step(call.id, TimePassed())

    async def attached(self, call_id: UUID) -> None:
        """An agent chose or corrected the case of a call."""
        async with self._turns[call_id]:
            # What it was before is written first, or it would come back with the journal.
            if (call := self._calls.get(call_id)) is not None and await self._journal.write():
                customer, case = await self._book.attached(call_id)
                self._calls[call_id] = replace(call, customer_id=customer, case_id=case)

    # Calls begin ----------------------------------------------------------------------------------------------

    async def _or_fall_back(self, leg_id: str, begins: Coroutine[None, None, None]) -> None:
        """A call that cannot be looked up, since the database is away, is the dialplan's: its queue, its voicemail."""
        try:
            await begins
        except Exception as error:  # whatever is wrong here, she is served
            log.warning("a new call goes to the dialplan: %s", error, exc_info=not isinstance(error, Refused))
            if not any(call.has_leg(leg_id) for call in self.live):
                await self._switch.leave_to_fallback(leg_id)

    async def _caller_arrived(self, caller: told.CallerArrived) -> None:
        now = self._clock()
        arrival = await self._reception.incoming(caller, self._floor.now, now)
        if arrival is None:
            await self._switch.end_leg(caller.leg_id, "unallocated")
            return
        self._names[arrival.call.id] = arrival.name
        self._floor.know_trees(arrival.trees)
        await self._begin(arrival.call, lambda live: switchboard.begin(live, self._floor.now, now), caller.leg_id)

    async def _agent_dialled(self, dialled: told.AgentDialled) -> None:
        now = self._clock()
        try:
            async with asyncio.timeout(EMERGENCY_S if self._reception.is_emergency(dialled.dialled) else None):
                arrival = await self._reception.outgoing(dialled, now)
        except (Refused, TimeoutError):
            # The database is away: who calls for help waits for no look-up.
            if self._reception.is_emergency(dialled.dialled):
                await self._switch.leave_emergency(dialled.leg_id, dialled.dialled)
                return
            arrival = None
        if arrival is None:
            await self._switch.end_leg(dialled.leg_id, "unallocated")
            return
        call = arrival.call
        await self._begin(call, lambda live: call_flow.dial_out(live, live.caller_number, now), call.agent_leg)

    async def _begin(self, call: LiveCall, first: Callable[[LiveCall], Turn], arrived_leg: str) -> None:
        if arrived_leg == call.caller_leg:
            await self._switch.receive(call.id, arrived_leg)
        async with self._turns[call.id]:
            # Decided and taken without a pause: two callers at once do not ring at the same agent.
            if arrived_leg in self._arrived:
                begun, wanted = first(call)
            else:  # whose call it is hung up while it was looked up
                begun, wanted = switchboard.happen(call, LegGone(arrived_leg), self._floor.now, self._clock())
            await self._take(replace(call, agent_id=None), begun, wanted)  # nobody had a part in it before

    async def _phone_came_or_went(self, phone: told.PhoneCameOrWent) -> None:
        if await self._floor.hear_phone(phone):  # the switch would wait ten seconds for its sound
            for call in self.live:
                for leg_id in call.legs_of(phone.agent_id):
                    await self._step(call.id, LegGone(leg_id, "phone_restarted", lost=True))
                    await self._switch.end_leg(leg_id, "normal")

    # Steps ----------------------------------------------------------------------------------------------------

    async def _of_leg(self, leg_id: str, happening: LegUp | LegGone | switchboard.Pressed) -> None:
        call = next((call for call in self.live if call.has_leg(leg_id)), None)
        if call is None:
            return  # a leg whose part was over already
        await self._step(call.id, happening)

    async def _step(self, call_id: UUID, happening: switchboard.Happening) -> None:
        if call_id not in self._calls:
            return  # no lock is made for what is over
        async with self._turns[call_id]:
            call = self._calls.get(call_id)
            if call is None:
                return
            after, wanted = switchboard.happen(call, happening, self._floor.now, self._clock())
            if after is not call or wanted:
                await self._take(call, after, wanted)

    async def _take(self, before: LiveCall, after: LiveCall, wanted: list[effects.Effect]) -> None:
        """A turn as a whole: the floor at once, the sound next, then the commit, then the rings, then what may wait.

        The sound is first: a hub that dies in between leaves a book that is behind the switch, which the next one can
        see; the other way round a caller would hear music that nobody ends. Legs whose part is over end during the
        commit: the next hub ends what belongs to nobody. The leg of who hands over ends after the ring: what her phone
        and her desk do then would be done while the other desk paints the card that the ring waits for.
        """
        self._calls[after.id] = after
        states = self._floor.decide(wanted)
        rings = [effect for effect in wanted if isinstance(effect, effects.Ring)]
        cards = self._cards.expect(after, rings)
        over = [effect for effect in wanted if isinstance(effect, effects.EndLeg)]
        hers = [effect for effect in over if effect.leg_id == before.agent_leg]
        last = hers if cards and before.agent_id not in cards else []
        undone = await self._carrying_out.sound(after, [effect for effect in wanted if effect not in over])
        turn = turn_of(before, after, states, wanted, self._clock())
        ends = self._carrying_out.sound(after, [effect for effect in over if effect not in last])
        await asyncio.gather(self._journal.take(turn, self._book, self._epoch), ends)
        self._floor.committed(states)
        await self._cards.wait(after.id, cards)
        for ring in rings:
            if not await self._carrying_out.ring(after, ring, self._names.get(after.id, "")):
                self._after_this_turn(self._of_leg(ring.leg_id, LegGone(ring.leg_id, "unreachable")))
        await self._carrying_out.sound(after, last)
        for happening in undone:
            self._after_this_turn(self._step(after.id, happening))
        for typed in (effect for effect in wanted if isinstance(effect, effects.FindCase)):
            self._after_this_turn(self._find_case(after, typed.number))
        if after.phase is Phase.ENDED:
            self._forget(after)

    async def _find_case(self, call: LiveCall, number: int) -> None:
        try:
            found = await self._book.case_by_number(call.organisation_id, number)
        except Refused:
            found = None  # the database is away: she is asked again, then led on
        await self._step(call.id, switchboard.CaseLookedUp(found))

    def _after_this_turn(self, step: Coroutine[None, None, None]) -> None:
        # The turn holds the call's lock: what follows from it must wait until it is over.
        task = asyncio.ensure_future(step)
        self._following.add(task)
        task.add_done_callback(self._followed)

    def _followed(self, task: asyncio.Future[None]) -> None:
        self._following.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a step of a call failed", exc_info=error)

    def _forget(self, call: LiveCall) -> None:
        self._calls.pop(call.id, None)
        self._turns.pop(call.id, None)
        self._names.pop(call.id, None)

    # The database may be away; the calls go on ---------------------------------------------------------------

    async def _recover(self) -> None:
        """The switch answers: take back what an earlier hub held, and end what the switch no longer has."""
        held = set(self._calls)
        # A call that ended while its book was read is over, whatever was read.
        stored = {call.id: call for call in await self._stored() if call.id in self._calls or call.id not in held}
        known = stored | self._calls
        self._calls = dict(known)
        self._taken_back.set()
        # A switch that started anew needs up to ten seconds to learn which of its phones answer: those that were there
        # before are rung at once, and who does not answer is told soon enough.
        await self._floor.ask_who_is_there()
        # The calls first, their turns to the end, and their legs after: what begins while we ask is not taken for lost.
        for call_id in known:
            async with self._turns[call_id]:
                pass
        legs, up_since = await self._switch.legs(), await self._switch.up_since()
        for call_id, happening in found_again(tuple(known.values()), legs):
            call = self._calls.get(call_id)
            lost = call is not None and call.started_at < up_since  # else she hung up while nobody listened
            if call is not None and lost and happening == LegGone(call.caller_leg):
                self._calls[call_id] = replace(call, outcome=call.outcome or Outcome.FAILED)
            await self._step(call_id, happening)
        for call in known.values():  # what was said to its end while nobody listened
            if call.saying and not await self._switch.says(call.id, call.saying):
                await self._step(call.id, switchboard.Said(call.saying))
            elif call.phase is Phase.VOICEMAIL and not call.saying and not await self._switch.takes_message(call.id):
                await self._step(call.id, switchboard.MessageTaken(0))  # how long it was, its recording tells
        for leg_id in ownerless(self.live, legs):
            await self._switch.end_leg(leg_id, "normal")
        for leg in legs.values():
            if leg.arrival is not None and not any(call.has_leg(leg.id) for call in self.live):
                await self.hear_soon(leg.arrival)
        log.info("%d calls were live, %d are", len(known), len(self._calls))

    async def _stored(self) -> tuple[LiveCall, ...]:
        try:
            # While turns are left over, what is stored is older than what we hold.
            return await self._book.live_calls() if await self._journal.write() else ()
        except Refused as refused:
            log.warning("what an earlier hub held cannot be read: %s", refused)
            return ()
