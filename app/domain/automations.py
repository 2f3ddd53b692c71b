"""Automations: objects, trigger, actions, as they are made and kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.domain.conditions import ANYTHING, Condition, as_json, from_json
from app.domain.judging import Judge, judge

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


SPREADS = frozenset({"rotation", "load"})
"""Whom to assign where the hub finds out: by turns, and by who has the fewest."""
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


def by_trigger(automations: Iterable[Automation]) -> dict[Trigger, list[Automation]]:
    """Those that are on, for each trigger, in their order: a thousand of them cost what those of one trigger cost."""
    found: dict[Trigger, list[Automation]] = {trigger: [] for trigger in Trigger}
    for one in sorted(automations, key=lambda each: (each.position, str(each.id))):
        if one.active:
            found[one.when.trigger].append(one)
    return found
