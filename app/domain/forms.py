"""Forms of cases: which fields are shown, in which order, and which are insisted on, by type and by team."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.domain.fields import CustomField, FieldOwner

CORE = ("priority", "severity", "tags", "project", "description")
"""What a form may show besides an organisation's own fields; customer, subject, team and type are always asked."""
OWN = "custom."


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form: a core one, or `custom.KEY`."""

    field: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a type, of a team, of a type in a team, or, with neither, of everything else."""

    type_id: UUID | None
    team_id: UUID | None
    fields: tuple[FormField, ...]
    version: int = 1


def core_form(own: tuple[CustomField, ...]) -> Form:
    """What is shown where nobody shaped a form: the core fields, then one's own in their order."""
    fields = [FormField(name) for name in CORE]
    fields += [
        FormField(f"{OWN}{one.key}", one.required)
        for one in sorted(own, key=lambda one: one.position)
        if one.owner is FieldOwner.CASE
    ]
    return Form(None, None, tuple(fields))


def form_for(forms: tuple[Form, ...], type_id: UUID | None, team_id: UUID | None, own: tuple[CustomField, ...]) -> Form:
    """The closest form: of the type in the team, of the team, of the type, of all; fields that are gone left out."""
    of = {(form.type_id, form.team_id): form for form in forms}
    for key in ((type_id, team_id), (None, team_id), (type_id, None), (None, None)):
        if key in of:
            return known_only(of[key], own)
    return core_form(own)


def known_only(form: Form, own: tuple[CustomField, ...]) -> Form:
    """The form without fields that were removed meanwhile."""
    there = {*CORE, *(f"{OWN}{one.key}" for one in own if one.owner is FieldOwner.CASE)}
    return Form(form.type_id, form.team_id, tuple(one for one in form.fields if one.field in there), form.version)


def own_fields(form: Form, own: tuple[CustomField, ...]) -> tuple[CustomField, ...]:
    """The organisation's fields of a form in its order, insisted on as it says."""
    of = {f"{OWN}{one.key}": one for one in own if one.owner is FieldOwner.CASE}
    return tuple(replace(of[one.field], required=one.required) for one in form.fields if one.field in of)


def missing(form: Form, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that a form insists on and that are empty; values by the names of the form's fields."""
    return tuple(one.field for one in form.fields if one.required and _is_empty(values.get(one.field)))


def _is_empty(value: Any) -> bool:
    return value is None or value in ((), [], "") or (isinstance(value, str) and not value.strip())
