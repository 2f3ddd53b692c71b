"""The time machine: an automation over what really happened to a case, and how it would have gone otherwise.

A case's past is its facts now with its changes taken back one after the other. From there it is played forward: what
the automation would have set stands over what was, until somebody really changed that field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.domain.automation_decisions import MOST_DEPTH, Outcome, Verdict, decide
from app.domain.automation_deeds import Deed, World, facts_after
from app.domain.automation_events import Event
from app.domain.automations import BY_CLOCK, SENDS, Action, Automation, Does, Trigger
from app.domain.condition_values import said
from app.domain.conditions import SPANS, comparisons, span
from app.domain.judging import Facts

SAME_WITHIN = timedelta(seconds=30)
"""What really happened so soon after an event happened because of it."""
HOUR = timedelta(hours=1)
_SHOWN = {"case.category", "case.priority", "case.assignee", "case.team"}


@dataclass(frozen=True, slots=True)
class Past:
    """One case: its facts as they are now, its events in their order, and those at which the automation really ran."""

    facts: Facts
    events: Sequence[Event]
    ran: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Would:
    """What an automation would have done at one event of a case."""

    event: Event
    deeds: tuple[Deed, ...]
    different: bool
    loops: bool
    really: tuple[tuple[str, str], ...] = ()

    @property
    def actions(self) -> tuple[Action, ...]:
        """What would have been done, without what was so already."""
        return tuple(deed.action for deed in self.deeds if not deed.problem and (deed.changes or _adds(deed)))

    @property
    def messages(self) -> int:
        """How many messages would have left."""
        return sum(1 for action in self.actions if action.does in SENDS)

    @property
    def replies(self) -> int:
        """How many of them to the customer."""
        return sum(1 for action in self.actions if action.does is Does.REPLY)


@dataclass(frozen=True, slots=True)
class Machine:
    """An automation that is tried beside those that are on, by their triggers."""

    automation: Automation
    others: Mapping[Trigger, Sequence[Automation]]
    world: World
    may_loop: bool = field(init=False)

    def __post_init__(self) -> None:
        """Find out once whether anything could set it off again."""
        object.__setattr__(self, "may_loop", _may_loop(self.automation, self.others.get(Trigger.UPDATED, ())))

    def replay(self, past: Past, until: datetime) -> tuple[Would, ...]:
        """Everything that the automation would have done to one case."""
        return _replay(_Run(self, past), until)


def _may_loop(one: Automation, others: Sequence[Automation]) -> bool:
    """Whether what follows of its changes, which are changes, could begin it again and have it do something again: it
    always does something, or another one takes back what it set."""
    if one.when.trigger is not Trigger.UPDATED:
        return False
    if any(action.does in SENDS | {Does.MAKE_TASK, Does.ADD_NOTE} for action in one.actions):
        return True
    mine = {_touches(action) for action in one.actions}
    return any(_touches(action) in mine for other in others if other.id != one.id for action in other.actions)


def _touches(action: Action) -> str:
    if action.does in {Does.ADD_TAG, Does.REMOVE_TAG}:
        return f"tag {action.value}"
    if action.does in {Does.ASSIGN, Does.HAND_OVER}:
        return "owner"
    return action.field if action.does is Does.SET_FIELD else action.does.value


@dataclass(slots=True)
class _Run:
    machine: Machine
    past: Past
    over: dict[str, object] = field(default_factory=dict)
    times: list[datetime] = field(default_factory=list)
    found: list[Would] = field(default_factory=list)


def _replay(run: _Run, until: datetime) -> tuple[Would, ...]:
    past, trigger = run.past, run.machine.automation.when.trigger
    by_clock = trigger in BY_CLOCK
    for at, (event, facts) in enumerate(zip(past.events, states(past), strict=True)):
        run.over = {name: value for name, value in run.over.items() if name not in event.changed}
        after = past.events[at + 1].at if at + 1 < len(past.events) else until
        if by_clock:
            _hours(run, event, facts, after)
        elif event.trigger is trigger:
            _at(run, event, facts, event.at)
    return tuple(run.found)


def states(past: Past) -> list[dict[str, object]]:
    """The facts after each event, from now back to the first."""
    current = dict(past.facts)
    found: list[dict[str, object]] = []
    for event in reversed(past.events):
        found.append({**current, "case.activity_at": event.at})
        if event.changed:
            current |= {name: before for name, (before, _) in event.changed.items()}
    found.reverse()
    return found


def _at(run: _Run, event: Event, facts: dict[str, object], now: datetime) -> bool:
    lately = {(run.machine.automation.id, event.case_id): sum(1 for at in run.times if now - at < HOUR)}
    # What the automation really did in the past is no reason for it to stop now.
    fresh = replace(event, automation_id=None, depth=0) if event.automation_id == run.machine.automation.id else event
    verdicts, _ = decide((run.machine.automation,), fresh, facts | run.over, now, run.machine.world, lately)
    if not verdicts:
        return False
    verdict = verdicts[0]
    stopped = verdict.outcome is not Outcome.DONE
    loops = stopped or _loops(run, verdict, facts | run.over, now)
    run.times.append(now)
    for deed in verdict.deeds:
        run.over |= facts_after(deed)
    different = (
        not stopped and event.key not in run.past.ran and any(_differs(run, event, deed) for deed in verdict.deeds)
    )
    shown = event if event.at == now else replace(event, at=now)
    run.found.append(Would(shown, verdict.deeds, different, loops, _really(run.past, now)))
    return True


def _differs(run: _Run, event: Event, deed: Deed) -> bool:
    if deed.problem:
        return False
    if not deed.changes:
        return _adds(deed)
    wanted = facts_after(deed)
    for later in run.past.events:
        if event.at <= later.at <= event.at + SAME_WITHIN and later.changed:
            wanted = {
                name: value
                for name, value in wanted.items()
                if name not in later.changed or said(later.changed[name][1]) != said(value)
            }
    return bool(wanted)


def _adds(deed: Deed) -> bool:
    return deed.action.does in SENDS | {Does.MAKE_TASK, Does.ADD_NOTE}


def _hours(run: _Run, event: Event, facts: dict[str, object], after: datetime) -> None:
    """The hours until the next event at which a condition about time may have become true; once as the case stood."""
    spans = [length for part in comparisons(run.machine.automation.condition) if part.how in SPANS
             for value in part.values if (length := span(value)) is not None]  # fmt: skip
    for at in sorted({_next_hour(event.at), *(_next_hour(event.at + length) for length in spans)}):
        if at >= after:
            return
        clock = Event(f"clock.{event.key}", run.machine.automation.when.trigger, event.case_id, at)
        if _at(run, clock, facts, at):
            return


def _next_hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0) + HOUR


def _loops(run: _Run, verdict: Verdict, facts: dict[str, object], now: datetime) -> bool:
    """Whether what it does would set it off again, by itself or by way of others."""
    if not run.machine.may_loop:
        return False
    waiting: list[tuple[Verdict, Facts]] = [(verdict, facts)]
    steps = 0
    while waiting and steps < MOST_DEPTH * 4:
        steps += 1
        cause, before = waiting.pop()
        event = brought_about(cause)
        if event is None:
            continue
        current = dict(before)
        for deed in cause.deeds:
            current |= facts_after(deed)
        of_trigger = [one for one in run.machine.others.get(Trigger.UPDATED, ()) if one.id != run.machine.automation.id]
        mine = (run.machine.automation,) if run.machine.automation.when.trigger is Trigger.UPDATED else ()
        verdicts, _ = decide((*mine, *of_trigger), event, current, now, run.machine.world, {})
        for one in verdicts:
            if one.automation.id == run.machine.automation.id or one.outcome is Outcome.TOO_DEEP:
                return True
            waiting.append((one, current))
    return False


def brought_about(cause: Verdict) -> Event | None:
    """The event that an automation's own changes are."""
    changed: dict[str, tuple[object, object]] = {}
    for deed in cause.deeds:
        before = facts_after(replace(deed, after=deed.before))
        changed |= {name: (before.get(name), value) for name, value in facts_after(deed).items()}
    if not changed or cause.outcome is not Outcome.DONE:
        return None
    event = cause.event
    return Event(
        f"{event.key}+", Trigger.UPDATED, event.case_id, event.at, None, cause.automation.id, event.depth + 1, changed
    )


def _really(past: Past, now: datetime) -> tuple[tuple[str, str], ...]:
    """What really happened next: a message, a state, an owner; codes and values for the page."""
    for event in past.events:
        if event.at <= now + timedelta(milliseconds=1):
            continue
        if event.trigger in {Trigger.MESSAGE_IN, Trigger.MESSAGE_OUT, Trigger.CALL_ENDED}:
            return ((event.trigger.value, event.at.isoformat()),)
        shown = tuple((name, said(after)) for name, (_, after) in event.changed.items() if name in _SHOWN)
        if shown:
            return shown
    return ()
