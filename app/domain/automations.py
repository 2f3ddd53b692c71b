"""Automations: objects, trigger, actions; what each one does at an event, and why, decided and not carried out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.domain.conditions import (
    ANYTHING,
    Compare,
    Condition,
    Facts,
    FieldOf,
    Judge,
    Kind,
    as_json,
    comparisons,
    from_json,
    judge,
    meets,
    said,
)
from app.domain.follow_ups import Channel

MOST_DEPTH = 5
"""So far from what a person did automations still follow one another."""
MOST_RUNS_AN_HOUR = 20
"""So often within an hour one automation acts on one case."""
MOST_ACTIONS = 20


class Trigger(StrEnum):
    """What an automation begins with."""

    CREATED = "created"
    UPDATED = "updated"
    MESSAGE_IN = "message_in"
    MESSAGE_OUT = "message_out"
    CALL_ENDED = "call_ended"
    TASK_DUE = "task_due"
    SERVICE_NEAR = "service_near"
    SERVICE_BROKEN = "service_broken"
    HOURLY = "hourly"
    BUSINESS_HOURS = "business_hours"


BY_CLOCK = frozenset({Trigger.HOURLY, Trigger.BUSINESS_HOURS})


class Does(StrEnum):
    """What an action does."""

    SET_FIELD = "set_field"
    ASSIGN = "assign"
    HAND_OVER = "hand_over"
    ADD_TAG = "add_tag"
    REMOVE_TAG = "remove_tag"
    REPLY = "reply"
    NOTIFY = "notify"
    MAKE_TASK = "make_task"
    ADD_NOTE = "add_note"
    PROJECT = "project"
    WEB_HOOK = "web_hook"


SENDS = frozenset({Does.REPLY, Does.NOTIFY, Does.WEB_HOOK})
"""What cannot be taken back."""


@dataclass(frozen=True, slots=True)
class When:
    """The trigger; of an update also the field, from which values and to which (none: whatever)."""

    trigger: Trigger = Trigger.CREATED
    field: str = ""
    was: tuple[str, ...] = ()
    becomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `value` by its kind:

    set_field a value (a state also as `category:solved`) of `field`; assign `agent:ID`, rotation, load, writer, nobody;
    hand_over a team; tags a tag; reply a template (`shipped:KEY` or an id); notify `agent:ID`, assignee, team, leads;
    make_task assignee or team, due `after` a span; project a project; web_hook an address. `text` is what is said.
    """

    does: Does
    value: str = ""
    field: str = ""
    text: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Automation:
    """One automation; of a team it concerns that team's cases, without one everybody's."""

    id: UUID
    name: str
    types: tuple[str, ...] = ()
    condition: Condition = ANYTHING
    when: When = field(default_factory=When)
    actions: tuple[Action, ...] = ()
    team_id: UUID | None = None
    organisation_id: UUID | None = None
    shipped: str = ""
    active: bool = False
    position: int = 0
    version: int = 1
    judges: Judge = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the condition ready."""
        object.__setattr__(self, "judges", judge(self.condition))


def as_content(one: Automation) -> dict[str, Any]:
    """The three parts as they are kept."""
    when, actions = one.when, one.actions
    return {
        "types": list(one.types),
        "condition": as_json(one.condition),
        "when": {
            "trigger": when.trigger.value,
            "field": when.field,
            "was": list(when.was),
            "becomes": list(when.becomes),
        },
        "actions": [action_json(action) for action in actions],
    }


def action_json(action: Action) -> dict[str, str]:
    """An action as it is kept."""
    plain = {"does": action.does.value, "field": action.field, "value": action.value, "text": action.text}
    return plain | ({"after": action.after} if action.after else {})


def read_action(plain: Mapping[str, Any]) -> Action:
    """An action as it was kept."""
    value, text = plain.get("value", ""), plain.get("text", "")
    return Action(Does(plain["does"]), value, plain.get("field", ""), text, plain.get("after", ""))


def read_content(one: Automation, content: Mapping[str, Any]) -> Automation:
    """An automation with the parts that were kept; ValueError for what is none."""
    when = content.get("when", {})
    return Automation(
        one.id, one.name, tuple(content.get("types", ())), from_json(content.get("condition", {"parts": []})),
        When(Trigger(when.get("trigger", "created")), when.get("field", ""), tuple(when.get("was", ())),
             tuple(when.get("becomes", ()))),
        tuple(read_action(plain) for plain in content.get("actions", ())),
        one.team_id, one.organisation_id, one.shipped, one.active, one.position, one.version,
    )  # fmt: skip


# Events and facts --------------------------------------------------------------------------------------------------

COLUMNS = {
    "type_id": "case.type",
    "state_id": "case.state",
    "category": "case.category",
    "team_id": "case.team",
    "assignee_id": "case.assignee",
    "priority": "case.priority",
    "severity": "case.severity",
    "visibility": "case.visibility",
    "subject": "case.subject",
    "description": "case.description",
    "tags": "case.tags",
    "project_id": "case.project",
    "channel": "case.channel",
}
"""The fields that stand in a case's own columns."""
SETTABLE = ("case.state", "case.priority", "case.severity", "case.visibility")
"""What an action sets, beside custom fields."""
_COLUMN_OF = {name: column for column, name in COLUMNS.items()}

EVENT_FIELDS: Mapping[str, FieldOf] = {
    "event.by": FieldOf(Kind.CHOICE, {code: code for code in ("agent", "customer", "automation", "guichet")}),
    "event.by_assignee": FieldOf(Kind.YES_NO),
    "event.channel": FieldOf(Kind.CHOICE, {code.value: code.value for code in Channel if code is not Channel.SYSTEM}),
    "event.text": FieldOf(Kind.TEXT),
    "team.auto_reply": FieldOf(Kind.YES_NO),
}  # fmt: skip
"""What automations ask beside the fields of cases."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a case; `key` names it for receipts, `depth` counts the automations behind it."""

    key: str
    trigger: Trigger
    case_id: UUID
    at: datetime
    actor_id: UUID | None = None
    automation_id: UUID | None = None
    depth: int = 0
    changed: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    said: Facts = field(default_factory=dict)


def changed_fields(difference: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    """A change as the log has it, by the names of fields; each custom field by itself."""
    changed: dict[str, tuple[object, object]] = {}
    for column, (before, after) in difference.items():
        if column == "custom":
            old, new = before or {}, after or {}
            keys = {key for key in {*old, *new} if old.get(key) != new.get(key)}
            changed |= {f"case.custom.{key}": (old.get(key), new.get(key)) for key in keys}
        elif column in COLUMNS:
            changed[COLUMNS[column]] = (_frozen(before), _frozen(after))
    return changed


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def event_facts(event: Event, facts: Facts) -> dict[str, object]:
    """The facts of the case with those of the event."""
    actor = said(event.actor_id) if event.actor_id is not None else ""
    by = "automation" if event.automation_id is not None else "agent" if actor else _by_nobody(event)
    return {
        **facts,
        "event.by": by,
        "event.actor": actor,
        "event.by_assignee": bool(actor) and actor == said(facts.get("case.assignee")),
        **event.said,
    }


def _by_nobody(event: Event) -> str:
    """What no agent and no automation did: a case or a message that came from outside, or the hub's own work."""
    return "customer" if event.trigger in {Trigger.MESSAGE_IN, Trigger.CREATED} else "guichet"


# Deciding ----------------------------------------------------------------------------------------------------------


class Outcome(StrEnum):
    """What became of an automation at an event that it begins with."""

    DONE = "done"
    FAILED = "failed"
    OWN_EVENT = "own_event"
    TOO_DEEP = "too_deep"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Deed:
    """One action as it applies to a case: which columns it changes, from what to what; or why it cannot."""

    action: Action
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""

    @property
    def changes(self) -> bool:
        """Whether a column of the case gets another value."""
        return bool(self.after)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one automation makes of an event, and the comparisons that held."""

    automation: Automation
    event: Event
    outcome: Outcome
    deeds: tuple[Deed, ...] = ()
    reasons: tuple[Compare, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """What actions refer to: the states of each type in their order with their categories, and who is in which team."""

    states: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)


def concerns(one: Automation, event: Event, facts: Facts, now: datetime) -> bool:
    """Whether an automation begins with this event of this case."""
    return _begins(one.when, event) and _is_object(one, facts) and one.judges(facts, now)


def _begins(when: When, event: Event) -> bool:
    if when.trigger is not event.trigger:
        return False
    if when.trigger is not Trigger.UPDATED or not when.field:
        return True
    if when.field not in event.changed:
        return False
    was, becomes = event.changed[when.field]
    return _among(was, when.was) and _among(becomes, when.becomes)


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
        stopped = _stopped(one, event, lately)
        if stopped is not None:
            verdicts.append(Verdict(one, event, stopped, (), reasons))
            continue
        deeds = []
        for action in one.actions:
            deed = deed_of(action, event, current, world)
            after = facts_after(deed)
            current |= after
            changed |= after
            deeds.append(deed)
        if any(deed.changes or deed.problem or deed.action.does in _ALWAYS for deed in deeds):
            verdicts.append(Verdict(one, event, Outcome.DONE, tuple(deeds), reasons))
    return verdicts, {**facts, **changed}


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


def facts_after(deed: Deed) -> dict[str, object]:
    """The facts that a deed changes."""
    changed: dict[str, object] = {}
    for column, value in deed.after.items():
        if column == "custom" and isinstance(value, dict):
            changed |= {f"case.custom.{key}": its for key, its in value.items()}
        else:
            changed[COLUMNS[column]] = value
    return changed


def deed_of(action: Action, event: Event, facts: Facts, world: World) -> Deed:
    """What an action does to a case with these facts."""
    does = action.does
    if does is Does.SET_FIELD:
        return _set_field(action, facts, world)
    if does is Does.ASSIGN:
        return _assign(action, event, facts, world)
    if does is Does.HAND_OVER:
        return _hand_over(action, facts)
    if does in {Does.ADD_TAG, Does.REMOVE_TAG}:
        return _tag(action, facts)
    if does is Does.PROJECT:
        return _column(action, "project_id", action.value or None, facts)
    return Deed(action)


def _column(action: Action, column: str, value: object, facts: Facts) -> Deed:
    before = facts.get(COLUMNS[column])
    if said(before) == said(value):
        return Deed(action)
    if facts.get("case.category") == "closed":
        return Deed(action, problem="case_is_closed")
    return Deed(action, {column: said(before) or None}, {column: value})


def _set_field(action: Action, facts: Facts, world: World) -> Deed:
    name = action.field
    if name == "case.state":
        return _set_state(action, facts, world)
    if name in SETTABLE:
        return _column(action, _COLUMN_OF[name], action.value, facts)
    if not name.startswith("case.custom."):
        return Deed(action, problem="unknown_field")
    key, before = name.removeprefix("case.custom."), facts.get(name)
    if said(before) == action.value:
        return Deed(action)
    if facts.get("case.category") == "closed":
        return Deed(action, problem="case_is_closed")
    return Deed(action, {"custom": {key: before}}, {"custom": {key: _custom(action.value)}})


def _custom(value: str) -> object:
    if value in {"true", "false"}:
        return value == "true"
    try:
        return float(value) if value and not value.startswith(("+", "0")) else value
    except ValueError:
        return value


def _set_state(action: Action, facts: Facts, world: World) -> Deed:
    states = world.states.get(said(facts.get("case.type")), ())
    category = action.value.removeprefix("category:")
    if category == facts.get("case.category") and action.value.startswith("category:"):
        return Deed(action)
    wanted = [one for one in states if one[1] == category or one[0] == action.value]
    if not wanted:
        return Deed(action, problem="state_not_of_type")
    state, category = wanted[0]
    if state == said(facts.get("case.state")):
        return Deed(action)
    if facts.get("case.category") == "closed":
        return Deed(action, problem="case_is_closed")
    if category in {"solved", "closed"} and not facts.get("case.assignee"):
        return Deed(action, problem="solved_needs_assignee")
    before = {"state_id": said(facts.get("case.state")), "category": said(facts.get("case.category"))}
    return Deed(action, before, {"state_id": state, "category": category})


def _assign(action: Action, event: Event, facts: Facts, world: World) -> Deed:
    team = said(facts.get("case.team"))
    if action.value in {"rotation", "load"}:
        # Whose turn it is is known when it is done; somebody who has it already keeps it.
        return (
            Deed(action)
            if facts.get("case.assignee")
            else Deed(action, {"assignee_id": None}, {"assignee_id": action.value})
        )
    if action.value == "nobody":
        return _column(action, "assignee_id", None, facts)
    agent = said(event.actor_id) if action.value == "writer" else action.value.removeprefix("agent:")
    if not agent:
        return Deed(action)
    if agent not in world.members.get(team, frozenset()):
        return Deed(action, problem="not_a_member")
    return _column(action, "assignee_id", agent, facts)


def _hand_over(action: Action, facts: Facts) -> Deed:
    deed = _column(action, "team_id", action.value, facts)
    if not deed.changes:
        return deed
    assignee = said(facts.get("case.assignee")) or None
    return Deed(action, {**deed.before, "assignee_id": assignee}, {**deed.after, "assignee_id": None})


def _tag(action: Action, facts: Facts) -> Deed:
    tags = tuple(map(str, facts.get("case.tags") or ()))  # type: ignore[call-overload]
    there = action.value in tags
    if there is (action.does is Does.ADD_TAG):
        return Deed(action)
    if facts.get("case.category") == "closed":
        return Deed(action, problem="case_is_closed")
    new = (*tags, action.value) if action.does is Does.ADD_TAG else tuple(tag for tag in tags if tag != action.value)
    return Deed(action, {"tags": tags}, {"tags": new})


def by_trigger(automations: Iterable[Automation]) -> dict[Trigger, list[Automation]]:
    """Those that are on, for each trigger, in their order: a thousand of them cost what those of one trigger cost."""
    found: dict[Trigger, list[Automation]] = {trigger: [] for trigger in Trigger}
    for one in sorted(automations, key=lambda each: (each.position, str(each.id))):
        if one.active:
            found[one.when.trigger].append(one)
    return found
