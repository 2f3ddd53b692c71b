"""Types of cases, tasks and features: the states each goes through, which moves are allowed, what its habits are."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from app.domain.cases import Category
from app.domain.refusals import Refusal, Refused

MOST_OF_A_KIND = 10
MOST_STATES = 30
COLOURS = ("neutral", "accent", "ok", "warn", "bad", "violet", "cyan", "pink")
ENDED = frozenset({Category.SOLVED, Category.CLOSED})


class TypeKind(StrEnum):
    """What a type is of; a feature is a case that a customer asks for as a wish, with types of its own."""

    CASE = "case"
    TASK = "task"
    FEATURE = "feature"


class Reopens(StrEnum):
    """Whether a customer's message opens a solved case again; a linked case is made where it does not."""

    NEVER = "never"
    ALWAYS = "always"
    WITHIN = "within"


class GoesTo(StrEnum):
    """Who has a case that was opened again: the agent who had it, or her team, unassigned."""

    AGENT = "agent"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class CaseState:
    """A state of one type; `key` names a shipped one, whose name is translated.

    `leads_to` are the states that a person may move to from here, None for any. `colour` is empty for that of the
    category.
    """

    id: UUID
    type_id: UUID
    name: str
    category: Category
    key: str = ""
    position: int = 0
    colour: str = ""
    leads_to: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class CaseType:
    """A type with its own states, in their order; mail to one of its addresses makes it."""

    id: UUID
    name: str
    key: str = ""
    icon: str = "ticket"
    enabled: bool = True
    default_state_id: UUID | None = None
    states: tuple[CaseState, ...] = ()
    kind: TypeKind = TypeKind.CASE
    reopens: Reopens = Reopens.WITHIN
    reopen_days: int = 30
    reopened_goes_to: GoesTo = GoesTo.AGENT
    close_days: int | None = 28
    one_touch: bool = False
    addresses: tuple[str, ...] = ()
    version: int = 1

    def next_states(self, current: UUID) -> tuple[CaseState, ...]:
        """The states that a person may move to; nothing becomes new again."""
        here = next((state for state in self.states if state.id == current), None)
        return tuple(
            state
            for state in self.states
            if state.id != current
            and (here is None or here.leads_to is None or state.id in here.leads_to)
            and (state.category is not Category.NEW)
        )

    def way_to(self, current: UUID, category: Category) -> CaseState | None:
        """The first state of a category that a person may move to from here."""
        return next((state for state in self.next_states(current) if state.category is category), None)


def check_type(edited: CaseType, others: tuple[CaseType, ...]) -> None:
    """Refuse a type that could not work, naming the field; `others` are the rest of the organisation's."""
    if not edited.name.strip():
        raise Refused(Refusal.REQUIRED, "name")
    if any(not state.name.strip() for state in edited.states):
        raise Refused(Refusal.REQUIRED, "state_name")
    if len(edited.states) > MOST_STATES:
        raise Refused(Refusal.TOO_MANY, "states", most=MOST_STATES)
    if not {state.category for state in edited.states} >= ENDED:
        raise Refused(Refusal.TYPE_NEEDS_STATES, "states")
    first = next((state for state in edited.states if state.id == edited.default_state_id), None)
    if first is None or first.category in ENDED:
        raise Refused(Refusal.DEFAULT_STATE_NEEDED, "default_state")
    alike = [one for one in others if one.kind is edited.kind and one.id != edited.id]
    if edited.kind is TypeKind.CASE and not edited.enabled and not any(one.enabled for one in alike):
        raise Refused(Refusal.LAST_TYPE, "enabled")


def without_state(edited: CaseType, state_id: UUID) -> CaseType:
    """The type with one state left out, of the moves to it as well."""
    states = tuple(
        replace(state, leads_to=tuple(to for to in state.leads_to if to != state_id))
        if state.leads_to is not None
        else state
        for state in edited.states
        if state.id != state_id
    )
    return replace(edited, states=states)
