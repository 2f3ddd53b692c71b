"""Words for a case in a list: its last line as the view has it, and the caption over a group."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from app.domain.cases import CaseRow
from app.domain.conditions import FieldOf
from app.domain.views import Column, Grouping, View
from ui.widgets.condition_words import choice_words
from ui.widgets.wording import ago, category_words, level_words, state_words, translate

Known = Mapping[str, FieldOf]


def meta_words(view: View, case: CaseRow, known: Known, now: datetime) -> str:
    """Return the last line of a case: the parts that the view shows and the case has."""
    parts = (_PARTS[column](case, known, now) for column in view.columns)
    return " · ".join(part for part in parts if part)


def group_words(view: View, case: CaseRow, known: Known) -> str:
    """Return the caption over the group that a case begins."""
    return _GROUPS[view.grouping](case, known)


def _named(field: str, id_: UUID | None, known: Known) -> str:
    if id_ is None or field not in known or str(id_) not in known[field].choices:
        return ""
    return choice_words(field, str(id_), known)


_PARTS: Mapping[Column, Callable[[CaseRow, Known, datetime], str]] = {
    Column.NUMBER: lambda case, _known, _now: str(case.number),
    Column.TEAM: lambda case, _known, _now: case.team_name,
    Column.ASSIGNEE: lambda case, _known, _now: case.assignee_name or translate("ViewColumn", "nobody yet"),
    Column.ORGANISATION: lambda case, _known, _now: case.organisation,
    Column.TYPE: lambda case, known, _now: _named("case.type", case.type_id, known),
    Column.PROJECT: lambda case, known, _now: _named("case.project", case.project_id, known),
    Column.TAGS: lambda case, _known, _now: ", ".join(case.tags),
    Column.CREATED: lambda case, _known, now: ago(case.created_at, now) if case.created_at is not None else "",
    Column.STATE: lambda case, _known, _now: state_words(case.category, case.state_name, case.state_key)[0],
}
_GROUPS: Mapping[Grouping, Callable[[CaseRow, Known], str]] = {
    Grouping.NONE: lambda _case, _known: "",
    Grouping.STATE: lambda case, _known: category_words(case.category)[0],
    Grouping.TEAM: lambda case, _known: case.team_name,
    Grouping.ASSIGNEE: lambda case, _known: case.assignee_name or translate("ViewColumn", "nobody yet"),
    Grouping.PRIORITY: lambda case, _known: level_words(case.priority)[0],
    Grouping.TYPE: lambda case, known: _named("case.type", case.type_id, known),
}
