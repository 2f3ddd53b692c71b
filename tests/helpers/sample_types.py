"""The types of the Vallon dealership in memory."""

from dataclasses import replace
from uuid import UUID

from app.domain.case_types import CaseState, CaseType, TypeKind
from app.domain.cases import Category
from tests.helpers.sample_data import TYPES, key

_FLOW = (
    ("new", "New", Category.OPEN, ""),
    ("under_review", "Under review", Category.OPEN, "violet"),
    ("accepted", "Accepted", Category.OPEN, "cyan"),
    ("rejected", "Rejected", Category.SOLVED, "neutral"),
    ("completed", "Completed", Category.SOLVED, ""),
    ("closed", "Closed", Category.CLOSED, ""),
)


def _id(type_: str, state: str) -> UUID:
    return key(f"{type_} {state}")


def _suggestion() -> CaseType:
    states = tuple(
        CaseState(_id("suggestion", k), key("suggestion"), name, category, k, n, colour)
        for n, (k, name, category, colour) in enumerate(_FLOW)
    )
    leads = (_id("suggestion", "under_review"), _id("suggestion", "rejected"))
    return CaseType(
        key("suggestion"), "Suggestion", "suggestion", "message-circle", default_state_id=states[0].id,
        states=(replace(states[0], leads_to=leads), *states[1:]), one_touch=True,
        addresses=("suggestion@courriel.vallon-agri.example",),
    )  # fmt: skip


def _hidden(kind: TypeKind, code: str, name: str, icon: str) -> CaseType:
    states = tuple(
        CaseState(_id(f"{kind} {code}", one.key), key(f"{kind} {code}"), one.name, one.category, one.key, one.position)
        for one in TYPES[0].states
    )
    return CaseType(key(f"{kind} {code}"), name, code, icon, False, states[0].id, states, kind)


class SampleTypes:
    """TypeStore over a few types of each kind."""

    def __init__(self) -> None:
        self.kept: tuple[CaseType, ...] = (
            replace(TYPES[0], key="case", name="Case"),
            _suggestion(),
            _hidden(TypeKind.CASE, "complaint", "Complaint", "flag"),
            _hidden(TypeKind.CASE, "request", "Service request", "wrench"),
            _hidden(TypeKind.TASK, "visit", "Visit", "map-pin"),
            _hidden(TypeKind.FEATURE, "improvement", "Improvement", "chevron-up"),
        )

    async def types(self) -> tuple[CaseType, ...]:
        return self.kept

    async def save_type(self, edited: CaseType) -> None:
        saved = replace(edited, version=edited.version + 1)
        self.kept = tuple(saved if one.id == edited.id else one for one in self.kept)
