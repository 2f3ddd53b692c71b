"""My calls: what the hub says of them and what my phone says, matched by the call's id, and what I do with them."""

import asyncio
import contextlib
from collections.abc import Coroutine, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from app.desk.live_calls import RINGING, About, LiveCallsState
from app.desk.presenter import Presenter
from app.desk.wording import desk, of_refusal
from app.domain.calls import Phase, Recording, Target
from app.domain.hand_over import CommandKind
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.phone import (
    CALL_HEADER,
    CALLER_HEADER,
    CallState,
    Header,
    PhoneCall,
    PhoneRefusedError,
    RegistrationState,
    RejectCause,
)
from app.domain.phone import Refusal as PhoneRefusal
from app.domain.phone_events import CallChanged, DeviceLost, PhoneEvent
from app.domain.refusals import QT_TRANSLATE_NOOP, Refusal, Refused
from app.services.calls import CallBack, CallStore, CallView
from app.services.feed import Feed
from app.services.phone import Phone

GHOST_S = 1.0
"""How long a phone may ring after the hub says that it does not: an ordinary end comes within milliseconds."""
PAUSE_S = 0.3
EXPECTED_S = 15
OTHERS_FIRST_S = 0.04
"""So long my reading of a call that I hand over waits: the hub waits no longer for the card on the other desk."""
PHONE_SENTENCES: Mapping[PhoneRefusal, str] = MappingProxyType(
    {
        PhoneRefusal.NOT_REGISTERED: QT_TRANSLATE_NOOP("Desk", "Your phone is not connected to the switch yet."),
        PhoneRefusal.BAD_NUMBER: QT_TRANSLATE_NOOP("Desk", "This is not a number that can be called."),
        PhoneRefusal.TOO_MANY_CALLS: QT_TRANSLATE_NOOP("Desk", "You have too many calls. End one first."),
        PhoneRefusal.NO_PHONE: QT_TRANSLATE_NOOP("Desk", "The phone stopped. It starts again by itself."),
    }
)
DEVICE_GONE = QT_TRANSLATE_NOOP("Desk", "{name} is gone: {other} is used now.")
DEVICE_GONE_SILENT = QT_TRANSLATE_NOOP("Desk", "{name} is gone, and no other device is there: connect a headset.")
PHONE_FAILED = QT_TRANSLATE_NOOP("Desk", "The phone could not do that. Try once more.")


class LiveCalls(Presenter[LiveCallsState]):
    """Reads my calls again when told to, follows the phone, and gives commands to both."""

    def __init__(self, calls: CallStore, phone: Phone | None, feed: Feed, me: UUID, region: str = "FR") -> None:
        heard = phone.snapshot.calls if phone is not None else ()
        ready = phone is not None and _registered(phone)
        state = LiveCallsState(me, phone=_live(heard), has_phone=phone is not None, registered=ready, region=region)
        super().__init__(state)
        self._calls, self._phone, self._me = calls, phone, me
        self._asked = self._read_last = 0
        self._reading_now = False
        self._moved: UUID | None = None
        self._painted: set[UUID] = set()
        self._rang: set[UUID] = set()
        self._noted: UUID | None = None
        self._taking: UUID | None = None
        self._pause: asyncio.TimerHandle | None = None
        self._unsubscribe = feed.subscribe(self._hear)
        self._unlisten = phone.listen(self._ring) if phone is not None else None

    def begin(self) -> None:
        """Read my calls and what a call can end with."""
        self.work.latest("calls", self._read())
        self.work.latest("dispositions", self._read_dispositions())

    def answer(self) -> None:
        """Take what rings; the card comes a moment before the ring, and a key pressed between them counts."""
        ringing = next((one for one in self.state.phone if one.state in RINGING), None)
        if ringing is not None and self._phone is not None:
            self._do(self._phone.answer(ringing.key))
        elif self.state.incoming:
            self.expect(self.state.incoming[0].id)

    def expect(self, call_id: UUID) -> None:
        """I asked to hear or to take this call: my phone takes it when it rings for it, within a moment."""
        self._taking = call_id
        asyncio.get_running_loop().call_later(EXPECTED_S, self._expect_no_more, call_id)

    def not_me(self) -> None:
        """Let the call go on to the next one."""
        if self.state.incoming:
            call = self.state.incoming[0]
            leg = self.state.leg(call.id)
            self.show(refused=self.state.refused | {call.id})
            if self._me in call.ringing:
                self._do(self._calls.command_call(call.id, CommandKind.NOT_ME))
            elif leg is not None and self._phone is not None:
                self._do(self._phone.reject(leg.key, RejectCause.DECLINED))

    def hang_up(self) -> None:
        """End the call I am in, or refuse the one that rings."""
        leg = self.state.front_leg
        if self.state.incoming:
            self.not_me()
        elif leg is not None and self._phone is not None:
            self._do(self._phone.hang_up(leg.key))

    def hold(self) -> None:
        """Hold the call, or take it back."""
        leg = self.state.front_leg
        if leg is not None and self._phone is not None:
            held = leg.state is CallState.HELD
            self._do(self._phone.resume(leg.key) if held else self._phone.hold(leg.key))

    def mute(self) -> None:
        """Be silent, or heard again."""
        leg = self.state.front_leg
        if leg is not None and self._phone is not None:
            self._do(self._phone.mute(leg.key, muted=not leg.muted))

    def digits(self, digits: str) -> None:
        """Press keys in the call."""
        leg = self.state.front_leg
        if leg is not None and self._phone is not None:
            self._do(self._phone.send_digits(leg.key, digits))

    def dial(self, number: str, about: About | None = None) -> None:
        """Call a number, for a case, a customer or a task; the hub shows the case's number, else the team's."""
        if self._phone is not None and number.strip():
            self._do(self._dial(self._phone, number.strip(), about or About()))

    def type_note(self, text: str) -> None:
        """Keep the note of the call and save it after a short pause."""
        self.show(note=text)
        if self._pause is not None:
            self._pause.cancel()
        if self._noted is not None:
            self._pause = asyncio.get_running_loop().call_later(PAUSE_S, self._save_note, self._noted, text)

    def hand_over(self, target: Target, note: str) -> asyncio.Task[None] | None:
        """Move the call at once; gives what ends when it was asked for."""
        return self._command(CommandKind.HAND_OVER, target, note)

    def consult(self, target: Target, note: str = "") -> asyncio.Task[None] | None:
        """Ask somebody first; the caller hears music. Gives what ends when it was asked for."""
        return self._command(CommandKind.CONSULT, target, note)

    def complete(self) -> None:
        """Join the caller with who was asked, and leave."""
        self._command(CommandKind.COMPLETE)

    def swap(self) -> None:
        """Speak with the other of the two."""
        self._command(CommandKind.SWAP)

    def merge(self) -> None:
        """Speak all three."""
        self._command(CommandKind.MERGE)

    def take_back(self) -> None:
        """Have the caller back whom nobody has taken yet."""
        call = self.state.handed_on
        if call is not None:
            self.expect(call.id)
            self._do(self._calls.command_call(call.id, CommandKind.TAKE))

    def back(self) -> None:
        """Be with the caller again."""
        self._command(CommandKind.BACK)

    def wrap_up(
        self, disposition_id: UUID | None, note: str, case_id: UUID | None, call_back: CallBack | None = None
    ) -> None:
        """File my part of the call that ended, with the call that was promised."""
        call = self.state.to_file
        if call is not None:
            if self._pause is not None:
                self._pause.cancel()
            self._do(self._file(call.id, disposition_id, note.strip(), case_id or call.case_id, call_back))

    def record(self) -> None:
        """Begin to record, pause while a card number is said, or go on."""
        call = self.state.front
        if call is not None:
            acts = {Recording.ON: CommandKind.PAUSE_RECORDING, Recording.PAUSED: CommandKind.RESUME_RECORDING}
            self._command(acts.get(call.recording, CommandKind.RECORD))

    def attach(self, call_id: UUID, case_id: UUID | None) -> None:
        """Choose or correct what a call is about."""
        self._do(self._attach(call_id, case_id))

    def say(self, text: str) -> None:
        """Ask or answer the colleague of a hand-over."""
        call = next(iter(self.state.incoming), None) or self.state.handed_on or self.state.front
        if call is not None and text.strip():
            self._do(self._calls.say_on_call(call.id, text.strip()))

    def read_presence(self) -> None:
        """Find out who is free."""
        self.work.latest("presence", self._read_presence())

    async def close(self) -> None:
        """End both subscriptions; a note still waiting for its pause is saved now."""
        self._unsubscribe()
        if self._unlisten is not None:
            self._unlisten()
        if self._pause is not None:
            waiting = not self._pause.cancelled() and self._pause.when() > asyncio.get_running_loop().time()
            self._pause.cancel()
            if waiting and self._noted is not None:
                await self._attempt(self._calls.type_call_note(self._noted, self.state.note))
        await super().close()

    def _hear(self, hint: Hint) -> None:
        mine = {call.id for call in self.state.calls}
        offered = hint.kind == "offer" and hint.parent_id == self._me
        moved_by_me = hint.record_id is not None and hint.record_id == self._moved
        if offered and not moved_by_me:  # the ring waits for its card, so this reading waits for no other
            if not self._reading_now:
                self._reading_now = True
                self.work.start(self._read(), "calls now")
        elif hint.kind in {"call", "call_note"} and self._reading_now:
            return  # told in the same breath as the offer
        elif offered or (hint.kind in {"call", "call_note"} and hint.record_id in mine) or hint.kind == "all":
            # The card on the desk that I hand over to is more urgent than mine, and both ask the same server.
            self.work.merged("calls", self._read, after_s=OTHERS_FIRST_S if moved_by_me else 0)
        elif hint.kind == "refused" and hint.parent_id == self._me and hint.record_id is not None:
            self.work.start(self._tell_refused(hint.record_id), "refused")
        elif hint.kind == "presence" and self.state.presence:
            self.work.merged("presence", self._read_presence)

    async def _tell_refused(self, command_id: UUID) -> None:
        """The hub could not do what I asked (nobody was free any more): say it, the call is as it was."""
        why = await self._calls.why_refused(command_id)
        if why in set(Refusal):
            self.show(error=of_refusal(Refused(Refusal(why), agent="")))

    def _expect_no_more(self, call_id: UUID) -> None:
        if self._taking == call_id:
            self._taking = None

    def _ring(self, event: PhoneEvent) -> None:
        if isinstance(event, CallChanged) and event.call.state is CallState.ENDED:
            self._tell_quality(event.call)
        elif isinstance(event, DeviceLost):
            gone = DEVICE_GONE if event.replaced_by else DEVICE_GONE_SILENT
            self.show(error=desk(gone, name=event.name, other=event.replaced_by))
        if self._phone is not None:
            before = {one.call_id for one in self.state.phone}
            self.show(phone=_live(self._phone.snapshot.calls), registered=_registered(self._phone))
            if before != {one.call_id for one in self.state.phone}:
                self.work.merged("calls", self._read)
            leg = self.state.leg(self._taking) if self._taking is not None else None
            if leg is not None and leg.state in RINGING:
                self._taking = None
                self._do(self._phone.answer(leg.key))

    def _command(self, kind: CommandKind, target: Target | None = None, note: str = "") -> asyncio.Task[None] | None:
        if self.state.front is None:
            return None
        if kind in {CommandKind.HAND_OVER, CommandKind.CONSULT}:
            self._moved = self.state.front.id
        return self._do(self._calls.command_call(self.state.front.id, kind, target, note.strip()))

    def _tell_quality(self, call: PhoneCall) -> None:
        """Keep with my part of the call how it sounded."""
        if call.call_id is not None and call.quality is not None:
            self._do(self._calls.tell_quality(call.call_id, call.quality))

    def _save_note(self, call_id: UUID, text: str) -> None:
        self._pause = None
        self._do(self._calls.type_call_note(call_id, text))

    def _do(self, act: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return self.work.start(self._attempt(act), "call")

    async def _attempt(self, act: Coroutine[Any, Any, None]) -> None:
        try:
            await act
        except Refused as refused:
            self.show(error=of_refusal(refused))
        except PhoneRefusedError as refused:
            self.show(error=desk(PHONE_SENTENCES.get(refused.refusal, PHONE_FAILED)))
        else:
            self.show(error=None)

    async def _dial(self, phone: Phone, number: str, about: About) -> None:
        call_id = new_id()
        shown = await self._calls.plan_call(
            call_id, case_id=about.case_id, customer_id=about.customer_id, number_id=about.number_id,
            task_id=about.task_id,
        )  # fmt: skip
        await phone.dial(number, (Header(CALL_HEADER, str(call_id)), Header(CALLER_HEADER, shown)))

    async def _attach(self, call_id: UUID, case_id: UUID | None) -> None:
        await self._calls.attach_call(call_id, case_id)
        await self._read()

    async def _file(
        self, call_id: UUID, disposition_id: UUID | None, note: str, case_id: UUID | None, call_back: CallBack | None
    ) -> None:
        await self._calls.wrap_up_call(call_id, disposition_id, note, case_id, call_back)
        await self._read()

    def _ghosts(self) -> tuple[PhoneCall, ...]:
        """What still rings at my phone though the hub has ended it: the switch died, and nobody told the phone."""
        rings = {call.id for call in self.state.calls if self.state.rings(call)}
        legs = (leg for leg in self.state.phone if leg.state in RINGING)
        return tuple(leg for leg in legs if leg.call_id in self._rang and leg.call_id not in rings)

    def _hush_later(self) -> None:
        for leg in self._ghosts():
            asyncio.get_running_loop().call_later(GHOST_S, self._hush, leg.key)

    def _hush(self, key: str) -> None:
        if self._phone is not None and any(leg.key == key for leg in self._ghosts()):
            self._do(self._phone.reject(key, RejectCause.UNAVAILABLE))

    def card_painted(self, call_id: UUID) -> None:
        """The card of a call that asks for me is on the screen: tell the hub, once."""
        if call_id not in self._painted:
            self._painted.add(call_id)
            self.work.start(self._tell_painted(call_id), "card")

    async def _tell_painted(self, call_id: UUID) -> None:
        with contextlib.suppress(Refused):  # the hub waits 40 ms, and then no longer
            await self._calls.card_shown(call_id)

    async def _read(self) -> None:
        self._reading_now = False  # what is told from here on may be newer than what is read
        self._moved = None
        self._asked += 1
        asked = self._asked
        found = await self._calls.my_live_calls()
        if asked < self._read_last:
            return  # a later reading was faster
        self._read_last = asked
        calls = tuple(call for call in found if not call.my_part_filed or not _over(call))
        self._painted &= {call.id for call in calls if self._me in call.ringing or call.consulted == self._me}
        ids = {call.id for call in calls if self._me in call.ringing}
        self._rang |= ids
        self.show(calls=calls, refused=self.state.refused & ids)
        self._hush_later()
        noted = self.state.front or self.state.to_file
        if (noted.id if noted else None) != self._noted:
            self._noted = noted.id if noted else None
            self.show(note=noted.my_note if noted else "")

    async def _read_presence(self) -> None:
        self.show(presence=await self._calls.team_presence())

    async def _read_dispositions(self) -> None:
        self.show(dispositions=await self._calls.dispositions())


def _live(calls: tuple[PhoneCall, ...]) -> tuple[PhoneCall, ...]:
    return tuple(call for call in calls if call.state is not CallState.ENDED)


def _registered(phone: Phone) -> bool:
    return phone.snapshot.registration.state is RegistrationState.REGISTERED


def _over(call: CallView) -> bool:
    return call.phase is Phase.ENDED
