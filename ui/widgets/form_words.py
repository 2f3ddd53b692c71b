"""Words for the fields of a form of cases."""

from collections.abc import Mapping

from app.domain.forms import OWN
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.widgets.wording import translate

_LABELS = {
    "priority": QT_TRANSLATE_NOOP("FormField", "Priority"),
    "severity": QT_TRANSLATE_NOOP("FormField", "Severity"),
    "tags": QT_TRANSLATE_NOOP("FormField", "Tags"),
    "project": QT_TRANSLATE_NOOP("FormField", "Project"),
    "description": QT_TRANSLATE_NOOP("FormField", "Description"),
}


def form_field_words(name: str, own: Mapping[str, str]) -> str:
    """Return the label of a field of a form; `own` has those of the organisation's fields by their key."""
    return translate("FormField", _LABELS[name]) if name in _LABELS else own.get(name.removeprefix(OWN), name)
