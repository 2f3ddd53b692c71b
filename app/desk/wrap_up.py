"""After a call: its result, what is kept of it, and when the customer is called back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.desk.calls import LiveCalls
from app.desk.live_calls import LiveCallsState
from app.desk.presenter import Presenter
from app.domain.ids import new_id
from app.domain.planned_time import existing
from app.domain.text import fold
from app.services.calls import CallBack, CallView, Disposition

TO_CALL_BACK = "to_call_back"
TIMED = frozenset({"optional", "timed"})


@dataclass(frozen=True, slots=True)
class WrapUpState:
    """What the page shows; `back_at` is wall time in the agent's zone."""

    call: CallView | None = None
    results: tuple[Disposition, ...] = ()
    chosen: UUID | None = None
    times: tuple[datetime, ...] = ()
    back_at: datetime | None = None

    @property
    def calls_back(self) -> bool:
        """Whether the chosen result promises a call."""
        return any(one.id == self.chosen and one.key == TO_CALL_BACK for one in self.results)

    @property
    def until_at(self) -> datetime | None:
        """When the call is filed by itself and I am available again."""
        call = self.call
        if call is None or call.my_part_ended_at is None or call.wrap_up not in TIMED or call.result_required:
            return None
        return call.my_part_ended_at + timedelta(seconds=call.wrap_up_s)

    @property
    def may_file(self) -> bool:
        """Whether enough is told: a team may insist on a result."""
        return self.call is not None and (self.chosen is not None or not self.call.result_required)


class WrapUp(Presenter[WrapUpState]):
    """Follows the calls: the one that is to be filed, with a fresh choice for each."""

    def __init__(self, calls: LiveCalls, zone: str, now: Callable[[], datetime]) -> None:
        super().__init__(WrapUpState())
        self._calls, self._zone, self._now = calls, zone, now
        self._unfollow = calls.subscribe(self._follow)

    def choose(self, result: UUID) -> None:
        """Say how the call ended; a call that is promised gets the first proposed time."""
        self.show(chosen=result)
        if self.state.calls_back and self.state.back_at is None:
            self.show(back_at=self.state.times[0])

    def choose_by(self, typed: str, words: Callable[[Disposition], str]) -> None:
        """Choose the first result whose words begin with what was typed."""
        found = next((one for one in self.state.results if fold(words(one)).startswith(fold(typed))), None)
        if found is not None:
            self.choose(found.id)

    def call_back(self, local_at: datetime) -> None:
        """Promise to call then."""
        self.show(back_at=local_at)

    def file(self) -> None:
        """File my part of the call with its result and note, and make the reminder that was promised."""
        state = self.state
        if state.call is None or not state.may_file:
            return
        back = None
        if state.calls_back and state.back_at is not None:
            about = state.call.case_subject or state.call.customer_name or state.call.caller_number
            back = CallBack(new_id(), existing(state.back_at, self._zone), self._zone, about)
        self._calls.wrap_up(state.chosen, self._calls.state.note, None, back)

    async def close(self) -> None:
        """End the subscription."""
        self._unfollow()
        await super().close()

    def _follow(self, calls: LiveCallsState) -> None:
        call = calls.to_file
        self.show(results=calls.dispositions)
        if (call.id if call else None) != (self.state.call.id if self.state.call else None):
            times = proposed(self._now().astimezone(ZoneInfo(self._zone)).replace(tzinfo=None))
            self.show(call=call, chosen=None, back_at=None, times=times)
        elif call != self.state.call:
            self.show(call=call)


def proposed(now: datetime) -> tuple[datetime, ...]:
    """Four times to call back (wall time): in an hour, later today or on the next working mornings and afternoons."""
    soon = (now + timedelta(minutes=64)).replace(second=0, microsecond=0)
    soon -= timedelta(minutes=soon.minute % 5)
    found = [soon]
    if now.time() < time(15) and now.weekday() < 5:
        found.append(datetime.combine(now.date(), time(16, 30)))
    day = now.date()
    while len(found) < 4:
        day += timedelta(days=1)
        if day.weekday() < 5:
            found += [datetime.combine(day, time(9)), datetime.combine(day, time(14))]
    return tuple(found[:4])
