"""Reminders: armed on this desk, so that they ring when the hub or the database is away, and what answers one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain import planned_time
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.refusals import QT_TRANSLATE_NOOP, Refusal, Refused
from app.domain.tasks import Task, TaskRow
from app.services.feed import Feed
from app.services.tasks import Tasks

HORIZON = timedelta(hours=36)
LONGEST_WAIT_S = 15.0
"""A computer that slept has lost its timers' time: the wall clock is read at least this often."""
READ_AGAIN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class RemindersState:
    """What rings (the first is on the card), and what came due while nobody was here."""

    me: UUID
    ringing: tuple[TaskRow, ...] = ()
    past_due: tuple[TaskRow, ...] = ()
    silent: bool = False
    outside_hours: UUID | None = None
    error: Sentence | None = None
    said: Sentence | None = None
    """Both are told once: the card of what they are about may be gone."""

    @property
    def front(self) -> TaskRow | None:
        """The reminder on the card; none while I am on a call."""
        return self.ringing[0] if self.ringing and not self.silent else None


class Reminders(Presenter[RemindersState]):
    """Keeps the reminders of the next hours in memory and rings each at its instant, once."""

    def __init__(
        self,
        tasks: Tasks,
        feed: Feed,
        me: UUID,
        zone: str,
        now: Callable[[], datetime],
        call: Callable[[TaskRow], None],
    ) -> None:
        super().__init__(RemindersState(me))
        self._tasks, self._feed, self._me, self._zone, self._now, self._call = tasks, feed, me, zone, now, call
        self._armed: dict[UUID, TaskRow] = {}
        self._put_off: dict[UUID, datetime] = {}
        self._listed: dict[UUID, datetime] = {}
        self._dialled: dict[UUID, int] = {}
        self._waiting: dict[UUID, Callable[[], Awaitable[Task]]] = {}
        self._before: TaskRow | None = None
        self._next_ids: dict[UUID, UUID] = {}
        self._read_at: datetime | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read what will ring, and what is past due already."""
        self.work.latest("reminders", self._read())

    def be_silent(self, silent: bool) -> None:
        """Show no card while the agent is on a call; it comes when the call is over."""
        self.show(silent=silent)

    def dial(self, row: TaskRow | None = None) -> None:
        """Call the customer of a reminder; outside her hours it takes a second time, do-not-call is refused."""
        row = row or self.state.front
        if row is None or not row.customer_phone:
            return
        if row.do_not_call:
            self.show(error=desk(QT_TRANSLATE_NOOP("Desk", "This customer does not want to be called.")))
        elif not self.may_call(row) and self.state.outside_hours != row.task.id:
            said = QT_TRANSLATE_NOOP(
                "Desk",
                "Calls are welcome between {begins} and {ends}, the customer’s time. Press again to call all the same.",
            )
            listed = self.state.front is None or row.task.id != self.state.front.task.id  # the card tells it itself
            asks = desk(said, begins=row.call_from, ends=row.call_until) if listed else None
            self.show(outside_hours=row.task.id, error=asks)
        else:
            self._listed.pop(row.task.id, None)
            self.show(outside_hours=None, error=None)
            self.work.start(self._take_and_call(row), "call")

    def done(self, outcome: str = "", row: TaskRow | None = None) -> None:
        """The call was made."""
        row = row or self.state.front
        if row is not None:
            next_id = self._next_ids[row.task.id] = new_id()
            said = QT_TRANSLATE_NOOP("Desk", "Done.")
            self._act(row, lambda task: self._tasks.done(task, outcome, next_id, self._now()), said)

    def no_answer(self, row: TaskRow | None = None) -> None:
        """Count the attempt and plan the next at the proposed time."""
        row = row or self.state.front
        if row is not None:
            before, local = self._tries(row), planned_time.wall_time(self.next_attempt(row), row.task.zone)
            said = QT_TRANSLATE_NOOP("Desk", "No answer: counted, the next try is planned.")
            self._act(row, lambda task: self._tasks.no_answer(replace(task, attempts=before), local), said)

    def snooze(self, until_at: datetime, row: TaskRow | None = None) -> None:
        """Ring again at an instant."""
        row = row or self.state.front
        if row is not None:
            said = QT_TRANSLATE_NOOP("Desk", "The reminder rings again later.")
            self._act(row, lambda task: self._tasks.snooze(task, until_at), said, until_at)

    def snooze_by(self, minutes: int) -> None:
        """Ring again in so many minutes."""
        self.snooze(self._now() + timedelta(minutes=minutes))

    def snooze_until_morning(self) -> None:
        """Ring again tomorrow at nine, the agent's time."""
        self.snooze(planned_time.tomorrow_morning(self._now(), self._zone))

    def snooze_past_due(self, minutes: int) -> None:
        """Put everything that came due while she was away off."""
        for row in self.state.past_due:
            self.snooze(self._now() + timedelta(minutes=minutes), row)

    def undo(self) -> None:
        """Take the last answer to a reminder back."""
        before, self._before = self._before, None
        if before is None:
            return
        self._put_off.pop(before.task.id, None)
        if self._waiting.pop(before.task.id, None) is not None:  # the server never heard of it
            self._armed[before.task.id] = before
            self._look()
        else:
            self.work.start(self._restore(before.task), "undo")

    def forget_past_due(self) -> None:
        """Close the list of what came due; the tasks stay in her list."""
        self.show(past_due=())

    def next_attempt(self, row: TaskRow) -> datetime:
        """The time that "no answer" would plan."""
        zone = row.customer_zone if row.task.customer_id is not None else row.task.zone
        return planned_time.next_attempt(self._now(), self._tries(row), zone, row.call_from, row.call_until)

    def may_call(self, row: TaskRow) -> bool:
        """Whether the customer may be called just now."""
        return planned_time.may_call(self._now(), row.customer_zone, row.call_from, row.call_until)

    def _tries(self, row: TaskRow) -> int:
        """The attempts before this one, which the hub has counted already when it was dialled here."""
        return min(row.task.attempts, self._dialled.get(row.task.id, row.task.attempts))

    async def close(self) -> None:
        """End the alarm and the subscription."""
        self._unsubscribe()
        if self._alarm is not None:
            self._alarm.cancel()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if self._waiting and self._feed.connected:
            self.work.merged("waiting", self._catch_up)
        elif hint.kind in {"task", "customer", "all"}:
            self.work.merged("reminders", self._read)

    async def _read(self) -> None:
        try:
            rows = await self._tasks.reminders_until(self._now() + HORIZON)
        except Refused:
            self._look()  # without the server what is armed rings all the same
            return
        first = self._read_at is None
        self._read_at = self._now()
        kept = {id_: row for id_, row in self._armed.items() if id_ in self._waiting}
        self._armed = kept | {row.task.id: row for row in rows if row.task.id not in self._waiting}
        if first:
            late = tuple(
                row for row in rows if row.task.due_at and max(row.task.due_at, self._rings_at(row)) < self._now()
            )
            self._listed = {row.task.id: self._rings_at(row) for row in late}
            self.show(past_due=late)
        self._look()

    def _look(self) -> None:
        """Ring what is due, and set the alarm for the next."""
        now = self._now()
        times = {id_: self._rings_at(row) for id_, row in self._armed.items()}
        # What the list told of rings no more, unless something was chosen for it or it was planned anew.
        still = {id_ for id_, at in times.items() if self._listed.get(id_) == at}
        due = sorted((at, id_) for id_, at in times.items() if at <= now and id_ not in still)
        past = tuple(self._armed[row.task.id] for row in self.state.past_due if row.task.id in still)
        self.show(ringing=tuple(self._armed[id_] for _, id_ in due), past_due=past)
        if self._alarm is not None:
            self._alarm.cancel()
        waits = [(at - now).total_seconds() for at in times.values() if at > now]
        wait = max(0.0, min([LONGEST_WAIT_S, *waits]))
        self._alarm = asyncio.get_running_loop().call_later(wait, self._wake)

    def _wake(self) -> None:
        if self._waiting and self._feed.connected:  # the feed's last hint comes before it calls itself connected
            self.work.merged("waiting", self._catch_up)
        if self._read_at is None or self._now() - self._read_at > READ_AGAIN:
            self.work.latest("reminders", self._read())
        self._look()

    def _rings_at(self, row: TaskRow) -> datetime:
        at = row.task.remind_at or row.task.due_at
        assert at is not None, "the store gives tasks with a reminder only"
        put_off = self._put_off.get(row.task.id)
        return max(at, put_off) if put_off is not None else at

    def _act(
        self, row: TaskRow, act: Callable[[Task], Awaitable[Task]], said: str, until_at: datetime | None = None
    ) -> None:
        self._listed.pop(row.task.id, None)
        self._dialled.pop(row.task.id, None)
        if until_at is not None:
            self._put_off[row.task.id] = until_at  # stays armed: it rings then, whether the server is there or not
        else:
            self._put_off.pop(row.task.id, None)
            self._armed.pop(row.task.id, None)
        self.show(
            past_due=tuple(one for one in self.state.past_due if one.task.id != row.task.id),
            said=None,
            outside_hours=None,
        )
        self._look()
        self.work.start(self._run(row, act, said), "answer reminder")

    async def _run(self, row: TaskRow, act: Callable[[Task], Awaitable[Task]], said: str) -> None:
        try:
            await act(await self._mine(row))
        except Refused as refused:
            if refused.reason is Refusal.SERVER_AWAY:
                self._before = row
                self._waiting[row.task.id] = lambda: act(row.task)
                kept = QT_TRANSLATE_NOOP("Desk", "The server is away: kept here and told to it later.")
                self.show(said=desk(kept))
                return
            self.show(error=of_refusal(refused))
        else:
            self._before = row
            self.show(said=desk(said), error=None)
        await self._read()
        self._put_off.pop(row.task.id, None)  # from here on the store says when it rings
        self._look()

    async def _catch_up(self) -> None:
        """Tell the server, now that it is back, what was answered without it."""
        for id_, act in tuple(self._waiting.items()):
            try:
                await act()
            except Refused as refused:
                if refused.reason is Refusal.SERVER_AWAY:
                    return
                self.show(error=of_refusal(refused))
            self._waiting.pop(id_, None)
            self._put_off.pop(id_, None)
        await self._read()

    async def _mine(self, row: TaskRow) -> Task:
        """A team's task is taken before it is answered: the first has it."""
        if row.task.assignee_id is None:
            await self._tasks.take(row.task.id)
            return (await self._tasks.row(row.task.id)).task
        return row.task

    async def _take_and_call(self, row: TaskRow) -> None:
        try:
            task = await self._mine(row)
        except Refused as refused:
            if refused.reason is not Refusal.SERVER_AWAY:
                self.show(error=of_refusal(refused))
                await self._read()
                return
            task = row.task  # a promise is kept without the server too
        self._dialled[task.id] = task.attempts
        self._call(replace(row, task=task))

    async def _restore(self, before: Task) -> None:
        try:
            await self._tasks.take_back(before, self._next_ids.get(before.id))
        except Refused as refused:
            self.show(error=of_refusal(refused))
        await self._read()
