"""The fields of cases that conditions ask for: the shipped ones, and an organisation's own."""

from collections.abc import Iterable, Mapping

from app.domain.cases import Category, Level, Visibility
from app.domain.conditions import ME, MINE, FieldOf, Kind
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.follow_ups import Channel
from app.domain.satisfaction import Rating

CUSTOM_KINDS = {
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.URL: Kind.TEXT,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.DATE: Kind.DAY,
    FieldKind.PICK_LIST: Kind.CHOICE,
    FieldKind.YES_NO: Kind.YES_NO,
}


def _codes(codes: Iterable[str]) -> FieldOf:
    return FieldOf(Kind.CHOICE, {str(code): str(code) for code in codes})


def _of(kind: Kind) -> FieldOf:
    return FieldOf(kind)


SHIPPED: Mapping[str, FieldOf] = {
    "case.category": _codes(Category),
    "case.priority": _codes(Level),
    "case.severity": _codes(Level),
    "case.visibility": _codes(Visibility),
    "case.channel": _codes(Channel),
    "case.language": _codes(("fr", "en")),
    "case.subject": _of(Kind.TEXT),
    "case.description": _of(Kind.TEXT),
    "case.tags": _of(Kind.TAGS),
    "case.number": _of(Kind.NUMBER),
    "case.created_at": _of(Kind.MOMENT),
    "case.activity_at": _of(Kind.MOMENT),
    "case.due_at": _of(Kind.MOMENT),
    "case.closes_at": _of(Kind.MOMENT),
    "case.satisfaction": _codes(Rating),
    "customer.name": _of(Kind.TEXT),
    "customer.organisation": _of(Kind.TEXT),
    "customer.segment": _of(Kind.TEXT),
    "customer.language": _codes(("fr", "en")),
    "customer.email": _of(Kind.TEXT),
    "customer.phone": _of(Kind.TEXT),
}
"""What needs nothing of the organisation."""

CHOSEN = ("case.type", "case.state", "case.team", "case.assignee", "case.created_by", "case.project")
"""What is chosen among the organisation's own records."""


def case_fields(
    chosen: Mapping[str, FieldOf], own: Iterable[CustomField], *, somebody_looks: bool = True
) -> dict[str, FieldOf]:
    """All fields of cases; `somebody_looks` allows *me* and *my teams* as values."""
    known = dict(SHIPPED)
    for name in CHOSEN:
        asked = chosen.get(name, FieldOf(Kind.CHOICE))
        word = {"case.team": MINE, "case.assignee": ME, "case.created_by": ME}.get(name) if somebody_looks else None
        known[name] = FieldOf(Kind.CHOICE, {word: word, **asked.choices} if word else asked.choices, "", asked.keys)
    for one in own:
        if one.owner in {FieldOwner.CASE, FieldOwner.CUSTOMER}:
            known[f"{one.owner.value}.custom.{one.key}"] = FieldOf(
                CUSTOM_KINDS[one.kind], {choice: choice for choice in one.choices}, one.label
            )
    return known
