"""Two agents changed the same record: what each wrote, field by field, so that nobody's text is lost."""

from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

from app.domain.refusals import Refused

R = TypeVar("R")
KEPT_BY_STORE = frozenset(
    "version updated_at updated_by_name created_at activity_at due_at remind_at category merged_into_id".split()
)


@dataclass(frozen=True, slots=True)
class Clash(Generic[R]):
    """Her version, mine brought onto it, and the fields that both of us wrote (name, mine, hers)."""

    agent: str
    theirs: R
    merged: R
    both: tuple[tuple[str, Any, Any], ...]

    def with_theirs(self) -> R:
        """Mine, with her text where both of us wrote."""
        return replace(self.merged, **{name: hers for name, _, hers in self.both})  # type: ignore[type-var]


def clash_of(refused: Refused, stored: R, mine: R) -> Clash[R] | None:
    """What a refusal because of a newer version means; None when it brings no record along."""
    theirs = refused.details.get("current")
    if not isinstance(theirs, type(stored)):
        return None
    values: dict[str, Any] = {}
    both = []
    for field in fields(theirs):  # type: ignore[arg-type]
        before, wrote, hers = (getattr(one, field.name) for one in (stored, mine, theirs))
        if field.name in KEPT_BY_STORE or wrote == before:
            values[field.name] = hers
        else:
            values[field.name] = wrote
            if hers not in (before, wrote):
                both.append((field.name, wrote, hers))
    merged = replace(theirs, **values)  # type: ignore[type-var]
    return Clash(str(refused.details.get("agent", "")), theirs, merged, tuple(both))
