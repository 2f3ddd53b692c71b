"""What automations begin with: an event of a case, and the facts of the case as it finds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.domain.automations import Trigger
from app.domain.condition_values import said
from app.domain.conditions import FieldOf, Kind
from app.domain.follow_ups import Channel
from app.domain.judging import Facts

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
    """Something that happened to a case; `key` names it for receipts, `depth` counts the automations behind it.

    `in_talk`: it was said in a chat that an agent has answered by now; the case keeps its state until the chat ends.
    """

    key: str
    trigger: Trigger
    case_id: UUID
    at: datetime
    actor_id: UUID | None = None
    automation_id: UUID | None = None
    depth: int = 0
    changed: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    said: Facts = field(default_factory=dict)
    in_talk: bool = False


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
