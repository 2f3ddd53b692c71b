"""What keeps an automation from running: parts that are missing, or that refer to what is there no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from app.domain.automation_events import SETTABLE
from app.domain.automations import BY_CLOCK, MOST_ACTIONS, Action, Automation, Does, Trigger
from app.domain.condition_checks import Trouble, check, fits
from app.domain.conditions import FieldOf, Kind, comparisons, span
from app.domain.templating import error_in


class Fault(StrEnum):
    """Why an automation does not run, or not wholly."""

    CONDITION = "condition"
    NO_NAME = "no_name"
    NO_ACTIONS = "no_actions"
    TOO_MANY = "too_many"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_VALUE = "unknown_value"
    NOT_A_VALUE = "not_a_value"
    UNKNOWN_TEAM = "unknown_team"
    UNKNOWN_AGENT = "unknown_agent"
    UNKNOWN_PROJECT = "unknown_project"
    UNKNOWN_TEMPLATE = "unknown_template"
    TEMPLATE_ERROR = "template_error"
    TEXT_FAILED = "text_failed"
    NO_TEXT = "no_text"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_A_SPAN = "not_a_span"
    NO_EVENT = "no_event"
    WEB_HOOK = "web_hook"
    LOOPS = "loops"


LASTING = frozenset({Fault.TEXT_FAILED, Fault.WEB_HOOK, Fault.LOOPS})
"""What comes out only when it runs: reading the automation neither finds it nor takes it back."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault with what it is about: a field, a value, or what a server answered."""

    fault: Fault
    about: str = ""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What an automation may refer to; templates by id and by `shipped:KEY`, with their texts."""

    fields: Mapping[str, FieldOf] = field(default_factory=dict)
    templates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def problems_of(one: Automation, known: Known) -> tuple[Problem, ...]:
    """Everything that is wrong with an automation."""
    found = [Problem(Fault.CONDITION, trouble.field, trouble) for trouble in check(one.condition, known.fields)]
    found += [Problem(Fault.UNKNOWN_TYPE, kind) for kind in one.types if kind not in _choices("case.type", known)]
    if not one.name.strip():
        found.append(Problem(Fault.NO_NAME))
    if not one.actions:
        found.append(Problem(Fault.NO_ACTIONS))
    if len(one.actions) > MOST_ACTIONS:
        found.append(Problem(Fault.TOO_MANY, str(MOST_ACTIONS)))
    if one.when.trigger is Trigger.UPDATED and one.when.field and one.when.field not in known.fields:
        found.append(Problem(Fault.UNKNOWN_FIELD, one.when.field))
    if one.when.trigger in BY_CLOCK and any(part.field.startswith("event.") for part in comparisons(one.condition)):
        found.append(Problem(Fault.NO_EVENT))
    return (*found, *(problem for action in one.actions for problem in problems_of_action(action, known)))


def problems_of_action(action: Action, known: Known) -> tuple[Problem, ...]:
    """Everything that is wrong with one action."""
    does = action.does
    if does is Does.SET_FIELD:
        return _field_problems(action, known)
    if does in {Does.ASSIGN, Does.NOTIFY} and action.value.startswith("agent:"):
        return _among(Fault.UNKNOWN_AGENT, "case.assignee", action.value.removeprefix("agent:"), known)
    if does is Does.HAND_OVER:
        return _among(Fault.UNKNOWN_TEAM, "case.team", action.value, known)
    if does is Does.PROJECT and action.value:
        return _among(Fault.UNKNOWN_PROJECT, "case.project", action.value, known)
    if does is Does.REPLY:
        return _template_problems(action, known)
    return _text_problems(action)


def _choices(name: str, known: Known) -> Mapping[str, str]:
    return known.fields[name].choices if name in known.fields else {}


def _among(fault: Fault, name: str, value: str, known: Known) -> tuple[Problem, ...]:
    return () if value in _choices(name, known) else (Problem(fault, value),)


def _field_problems(action: Action, known: Known) -> tuple[Problem, ...]:
    name = action.field
    asked = known.fields.get(name)
    if asked is None or not (name in SETTABLE or name.startswith("case.custom.")):
        return (Problem(Fault.UNKNOWN_FIELD, name),)
    category = action.value.removeprefix("category:")
    if name == "case.state" and category in _choices("case.category", known):
        return ()
    if asked.kind is Kind.CHOICE and action.value not in asked.choices:
        return (Problem(Fault.UNKNOWN_VALUE, name),)
    # An empty value takes the field's away, but for what is yes or no.
    fit = fits(asked.kind, action.value) or (not action.value and asked.kind is not Kind.YES_NO)
    return () if fit else (Problem(Fault.NOT_A_VALUE, name),)


def _template_problems(action: Action, known: Known) -> tuple[Problem, ...]:
    if action.value not in known.templates:
        return (Problem(Fault.UNKNOWN_TEMPLATE, action.value),)
    errors = [error for text in known.templates[action.value] if (error := error_in(text))]
    return (Problem(Fault.TEMPLATE_ERROR, errors[0]),) if errors else ()


def _text_problems(action: Action) -> tuple[Problem, ...]:
    does = action.does
    if does in {Does.ADD_NOTE, Does.MAKE_TASK, Does.ADD_TAG, Does.REMOVE_TAG}:
        text = action.value if does in {Does.ADD_TAG, Does.REMOVE_TAG} else action.text
        if not text.strip():
            return (Problem(Fault.NO_TEXT, does.value),)
        if error := error_in(action.text):
            return (Problem(Fault.TEMPLATE_ERROR, error),)
    if does is Does.MAKE_TASK and span(action.after) is None:
        return (Problem(Fault.NOT_A_SPAN, action.after),)
    if does is Does.WEB_HOOK and not _is_address(action.value):
        return (Problem(Fault.NOT_AN_ADDRESS, action.value[:80]),)
    return ()


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(text) <= 2000
