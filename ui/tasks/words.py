"""What tasks are called, and how a time is told beside one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.domain.refusals import QT_TRANSLATE_NOOP
from app.domain.tasks import Recurrence, TaskKind, TaskRow
from ui.widgets.wording import day_and_clock

KINDS = {
    TaskKind.CALL: (QT_TRANSLATE_NOOP("Task", "Call"), "phone"),
    TaskKind.EMAIL: (QT_TRANSLATE_NOOP("Task", "E-mail"), "mail"),
    TaskKind.MEETING: (QT_TRANSLATE_NOOP("Task", "Meeting"), "users"),
    TaskKind.CHAT: (QT_TRANSLATE_NOOP("Task", "Chat"), "message-circle"),
    TaskKind.OTHER: (QT_TRANSLATE_NOOP("Task", "Other"), "circle-check"),
}
RECURRENCES = {
    Recurrence.NONE: QT_TRANSLATE_NOOP("Task", "Once"),
    Recurrence.DAILY: QT_TRANSLATE_NOOP("Task", "Every day"),
    Recurrence.WEEKLY: QT_TRANSLATE_NOOP("Task", "Every week"),
    Recurrence.MONTHLY: QT_TRANSLATE_NOOP("Task", "Every month"),
}


def kind_words(kind: TaskKind) -> tuple[str, str]:
    """The name and the icon of a kind of task."""
    name, icon = KINDS[kind]
    return QCoreApplication.translate("Task", name), icon


def recurrence_words(recurrence: Recurrence) -> str:
    """How often a task comes back."""
    return QCoreApplication.translate("Task", RECURRENCES[recurrence])


def about_words(row: TaskRow) -> str:
    """Whom a task is about: organisation or customer, and the case's number; else its team."""
    who = row.organisation or row.customer_name
    number = str(row.case_number) if row.case_number is not None else ""
    return " · ".join(part for part in (who, number) if part) or row.team_name


def due_words(row: TaskRow, now: datetime, zone: str) -> tuple[str, bool]:
    """When a task is due in the fewest words, and whether that is past."""
    due = row.task.due_at
    if due is None:
        return "", False
    late = (now - due).total_seconds()
    if late > 0:
        return late_words(late), True
    local = due.astimezone(ZoneInfo(zone))
    if local.date() == now.astimezone(ZoneInfo(zone)).date():
        return f"{local:%H:%M}", False
    if (due - now).days < 6:
        day = QLocale().toString(QDate(local.year, local.month, local.day), "ddd")
        return f"{day} {local:%H:%M}", False
    return day_and_clock(due, now, zone), False


def late_words(seconds: float) -> str:
    """How late something is: `42 min late`, `17 h late`, `3 d late`."""
    if seconds < 3600:
        return QCoreApplication.translate("Task", "{0} min late").replace("{0}", str(max(1, int(seconds // 60))))
    if seconds < 86_400:
        return QCoreApplication.translate("Task", "{0} h late").replace("{0}", str(int(seconds // 3600)))
    return QCoreApplication.translate("Task", "{0} d late").replace("{0}", str(int(seconds // 86_400)))
