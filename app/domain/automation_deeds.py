"""What an action does to a case with these facts: which columns change from what to what, or why it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.automation_events import COLUMNS, SETTABLE, Event
from app.domain.automations import SPREADS, Action, Does
from app.domain.condition_values import number_of, said
from app.domain.conditions import Kind
from app.domain.judging import Facts

_COLUMN_OF = {name: column for column, name in COLUMNS.items()}


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
class World:
    """What actions refer to: the states of each type in their order with their categories, who is in which team, and
    what custom fields hold."""

    states: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)


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
    if does is Does.REPLY and facts.get("team.auto_reply") is False:
        return Deed(action, problem="answers_off")
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
    key, before, wanted = (
        name.removeprefix("case.custom."),
        facts.get(name),
        _custom(action.value, world.kinds.get(name)),
    )
    if before == wanted:
        return Deed(action)
    if facts.get("case.category") == "closed":
        return Deed(action, problem="case_is_closed")
    return Deed(action, {"custom": {key: before}}, {"custom": {key: wanted}})


def _custom(value: str, kind: Kind | None) -> object:
    """A value as its field holds it; an empty one takes the field's away."""
    if kind is Kind.NUMBER:
        return number_of(value)
    return value == "true" if kind is Kind.YES_NO else value or None


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
    if action.value in SPREADS:
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
