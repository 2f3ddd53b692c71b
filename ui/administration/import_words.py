"""The words of an import: kinds of lines, columns, and what stands between values."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from app.domain.import_columns import TableKind
from app.domain.refusals import QT_TRANSLATE_NOOP

_KINDS: Mapping[TableKind, tuple[str, str]] = MappingProxyType(
    {
        TableKind.CUSTOMERS: (QT_TRANSLATE_NOOP("ImportKind", "Customers"), "users"),
        TableKind.CASES: (QT_TRANSLATE_NOOP("ImportKind", "Cases"), "ticket"),
        TableKind.TASKS: (QT_TRANSLATE_NOOP("ImportKind", "Tasks"), "circle-check"),
    }
)
_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "account_number": QT_TRANSLATE_NOOP("ImportColumn", "Account number"),
        "first_name": QT_TRANSLATE_NOOP("ImportColumn", "First name"),
        "last_name": QT_TRANSLATE_NOOP("ImportColumn", "Last name"),
        "organisation": QT_TRANSLATE_NOOP("ImportColumn", "Organisation"),
        "phone": QT_TRANSLATE_NOOP("ImportColumn", "Telephone"),
        "email": QT_TRANSLATE_NOOP("ImportColumn", "E-mail"),
        "address": QT_TRANSLATE_NOOP("ImportColumn", "Address"),
        "language": QT_TRANSLATE_NOOP("ImportColumn", "Language"),
        "time_zone": QT_TRANSLATE_NOOP("ImportColumn", "Time zone"),
        "preferred_channel": QT_TRANSLATE_NOOP("ImportColumn", "Preferred channel"),
        "do_not_call": QT_TRANSLATE_NOOP("ImportColumn", "Do not call"),
        "pinned_note": QT_TRANSLATE_NOOP("ImportColumn", "Pinned note"),
        "number": QT_TRANSLATE_NOOP("ImportColumn", "Number (given anew)"),
        "customer": QT_TRANSLATE_NOOP("ImportColumn", "Customer"),
        "subject": QT_TRANSLATE_NOOP("ImportColumn", "Subject"),
        "description": QT_TRANSLATE_NOOP("ImportColumn", "Description"),
        "team": QT_TRANSLATE_NOOP("ImportColumn", "Team"),
        "assignee": QT_TRANSLATE_NOOP("ImportColumn", "Assignee"),
        "state": QT_TRANSLATE_NOOP("ImportColumn", "State"),
        "severity": QT_TRANSLATE_NOOP("ImportColumn", "Severity"),
        "priority": QT_TRANSLATE_NOOP("ImportColumn", "Priority"),
        "visibility": QT_TRANSLATE_NOOP("ImportColumn", "Visibility"),
        "tags": QT_TRANSLATE_NOOP("ImportColumn", "Tags"),
        "title": QT_TRANSLATE_NOOP("ImportColumn", "Title"),
        "kind": QT_TRANSLATE_NOOP("ImportColumn", "Kind"),
        "case": QT_TRANSLATE_NOOP("ImportColumn", "Case"),
        "due": QT_TRANSLATE_NOOP("ImportColumn", "Due"),
        "zone": QT_TRANSLATE_NOOP("ImportColumn", "Zone of the time"),
        "notes": QT_TRANSLATE_NOOP("ImportColumn", "Notes"),
        "status": QT_TRANSLATE_NOOP("ImportColumn", "Status"),
    }
)
_SEPARATORS: Mapping[str, str] = MappingProxyType(
    {
        ";": QT_TRANSLATE_NOOP("ImportSeparator", "semicolons"),
        ",": QT_TRANSLATE_NOOP("ImportSeparator", "commas"),
        "\t": QT_TRANSLATE_NOOP("ImportSeparator", "tabs"),
        "|": QT_TRANSLATE_NOOP("ImportSeparator", "bars"),
    }
)


def kind_words(kind: TableKind) -> tuple[str, str]:
    """Return the name and the icon of what lines become."""
    name, icon = _KINDS[kind]
    return QCoreApplication.translate("ImportKind", name), icon


def column_words(column: str) -> str:
    """Return the name of one of our columns."""
    return QCoreApplication.translate("ImportColumn", _COLUMNS[column])


def separator_words(delimiter: str) -> str:
    """Return what stands between the values."""
    return QCoreApplication.translate("ImportSeparator", _SEPARATORS[delimiter])
