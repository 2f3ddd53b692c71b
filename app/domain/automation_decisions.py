"""What each automation does at an event, and why: decided, not carried out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from app.domain.automation_deeds import Deed, World, deed_of, facts_after
from app.domain.automation_events import Event, event_facts
from app.domain.automations import Automation, Does, Trigger
from app.domain.condition_values import said
from app.domain.conditions import Compare, comparisons
from app.domain.judging import Facts, meets

MOST_DEPTH = 5
"""So far from what a person did automations still follow one another."""
MOST_RUNS_AN_HOUR = 20
"""So often within an hour one automation acts on one case."""


class Outcome(StrEnum):
    """What became of an automation at an event that it begins with."""

    DONE = "done"
    FAILED = "failed"
    OWN_EVENT = "own_event"
    TOO_DEEP = "too_deep"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one automation makes of an event, and the comparisons that held."""

    automation: Automation
    event: Event
    outcome: Outcome
    deeds: tuple[Deed, ...] = ()
    reasons: tuple[Compare, ...] = ()


def concerns(one: Automation, event: Event, facts: Facts, now: datetime) -> bool:
    """Whether an automation begins with this event of this case."""
    return _begins(one, event) and _is_object(one, facts) and one.judges(facts, now)


def _begins(one: Automation, event: Event) -> bool:
    when = one.when
    if when.trigger is not event.trigger:
        return False
    if event.in_talk and not _asks_channel(one):
        return False
    if when.trigger is not Trigger.UPDATED or not when.field:
        return True
    if when.field not in event.changed:
        return False
    was, becomes = event.changed[when.field]
    return _among(was, when.was) and _among(becomes, when.becomes)


def _asks_channel(one: Automation) -> bool:
    """A chat is many short answers: they begin only what asks by which channel somebody wrote."""
    return any(part.field == "event.channel" for part in comparisons(one.condition))


def _among(value: object, wanted: tuple[str, ...]) -> bool:
    return not wanted or meets(Compare("it", values=wanted), {"it": value}, _ANY_TIME)


_ANY_TIME = datetime.min.replace(tzinfo=UTC)


def _is_object(one: Automation, facts: Facts) -> bool:
    if one.types and said(facts.get("case.type")) not in one.types:
        return False
    return one.team_id is None or said(facts.get("case.team")) == str(one.team_id)


def decide(
    automations: Sequence[Automation],
    event: Event,
    facts: Facts,
    now: datetime,
    world: World,
    lately: Mapping[tuple[UUID, UUID], int],
) -> tuple[list[Verdict], dict[str, object]]:
    """Everything that happens at an event, in the automations' order, and the facts afterwards.

    Each sees what those before it changed. `lately` counts the runs of an automation on a case within the last hour.
    """
    verdicts: list[Verdict] = []
    current, changed = event_facts(event, facts), dict[str, object]()
    for one in automations:
        # What a thousand of them are asked at each event, the cheapest first.
        if (
            one.when.trigger is not event.trigger
            or not one.judges(current, now)
            or not concerns(one, event, current, now)
        ):
            continue
        reasons = tuple(part for part in comparisons(one.condition) if meets(part, current, now))
        deeds, after = _deeds(one, event, current, world)
        if not any(deed.changes or deed.problem or deed.action.does in _ALWAYS for deed in deeds):
            continue  # all is so already
        stopped = _stopped(one, event, lately)
        if stopped is not None:
            verdicts.append(Verdict(one, event, stopped, (), reasons))
            continue
        current |= after
        changed |= after
        verdicts.append(Verdict(one, event, Outcome.DONE, deeds, reasons))
    return verdicts, {**facts, **changed}


def _deeds(one: Automation, event: Event, facts: Facts, world: World) -> tuple[tuple[Deed, ...], dict[str, object]]:
    """Its actions one after the other, each on what those before it made of the facts; and all that they change."""
    deeds, after = list[Deed](), dict[str, object]()
    for action in one.actions:
        deeds.append(deed_of(action, event, {**facts, **after}, world))
        after |= facts_after(deeds[-1])
    return tuple(deeds), after


_ALWAYS = frozenset(
    {Does.REPLY, Does.NOTIFY, Does.MAKE_TASK, Does.ADD_NOTE, Does.WEB_HOOK}
)  # fmt: skip
"""What does something whatever the case has already."""


def _stopped(one: Automation, event: Event, lately: Mapping[tuple[UUID, UUID], int]) -> Outcome | None:
    if event.automation_id == one.id:
        return Outcome.OWN_EVENT
    if event.depth >= MOST_DEPTH:
        return Outcome.TOO_DEEP
    return Outcome.TOO_OFTEN if lately.get((one.id, event.case_id), 0) >= MOST_RUNS_AN_HOUR else None
