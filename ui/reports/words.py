"""Words of the reports: durations, shares, days, parts, and what stands behind a figure."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.cases import Category
from app.domain.refusals import QT_TRANSLATE_NOOP
from app.domain.reports import BUCKETS_H, Behind, Share
from ui.widgets.typography import date_words
from ui.widgets.wording import state_words, translate

_PARTS = {
    "answered": QT_TRANSLATE_NOOP("Report", "answered"),
    "within": QT_TRANSLATE_NOOP("Report", "answered within 20 s"),
    "transferred": QT_TRANSLATE_NOOP("Report", "transferred"),
}
_BEHIND = {
    Behind.REPLIED: QT_TRANSLATE_NOOP("Report", "First replies"),
    Behind.ANSWERED: QT_TRANSLATE_NOOP("Report", "Replies"),
    Behind.SOLVED: QT_TRANSLATE_NOOP("Report", "Cases solved"),
    Behind.RATED: QT_TRANSLATE_NOOP("Report", "Answers of customers"),
    Behind.LEVEL_BROKEN: QT_TRANSLATE_NOOP("Report", "Service levels broken"),
    Behind.TASK_LATE: QT_TRANSLATE_NOOP("Report", "Promises late"),
    Behind.CREATED: QT_TRANSLATE_NOOP("Report", "Cases opened"),
    Behind.CALLS: QT_TRANSLATE_NOOP("Report", "Calls"),
    Behind.ABANDONED: QT_TRANSLATE_NOOP("Report", "Calls abandoned"),
}
_WORDS = {
    "good": QT_TRANSLATE_NOOP("Report", "content"),
    "fair": QT_TRANSLATE_NOOP("Report", "so-so"),
    "bad": QT_TRANSLATE_NOOP("Report", "not content"),
    "first_reply": QT_TRANSLATE_NOOP("Report", "first reply"),
    "next_reply": QT_TRANSLATE_NOOP("Report", "next reply"),
    "resolution": QT_TRANSLATE_NOOP("Report", "resolution"),
    "answered": QT_TRANSLATE_NOOP("Report", "answered"),
    "abandoned": QT_TRANSLATE_NOOP("Report", "abandoned"),
    "voicemail": QT_TRANSLATE_NOOP("Report", "message"),
    "callback": QT_TRANSLATE_NOOP("Report", "callback"),
    "no_answer": QT_TRANSLATE_NOOP("Report", "no answer"),
    "failed": QT_TRANSLATE_NOOP("Report", "failed"),
}


def hours(seconds: float) -> str:
    """A duration as hours and minutes: 0:38."""
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def short(seconds: float) -> str:
    """A duration on an axis: minutes while they are few, then hours, then days."""
    said = QCoreApplication
    if seconds < 120 * 60:
        return said.translate("Report", "{n} min").format(n=round(seconds / 60))
    if seconds < 72 * 3600:
        return said.translate("Report", "{n} h").format(n=f"{seconds / 3600:g}")
    return said.translate("Report", "{n} d").format(n=f"{seconds / 86400:.3g}")


def seconds_words(seconds: float) -> str:
    """A duration as minutes and seconds: 0:12."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def percent(share: float) -> str:
    """A share: 94 %."""
    return QCoreApplication.translate("Report", "{n} %").format(n=round(100 * share))


def points(share: float) -> str:
    """By how much a share moved: 2 pts."""
    return QCoreApplication.translate("Report", "{n} pts").format(n=round(100 * share))


def count_words(count: float) -> str:
    """A whole number, with its thousands apart."""
    return QLocale().toString(round(count))


def day_words(day: date, *, short: bool = False) -> str:
    """A day: 12 Nov, or Thu 12 Nov."""
    return date_words(day, "d MMM" if short else "ddd d MMM")


def week_words(week: date) -> str:
    """A week by its number."""
    return QCoreApplication.translate("Report", "wk {n}").format(n=week.isocalendar().week)


def bucket_names() -> tuple[str, ...]:
    """The names of the bars of resolution times."""
    edges = [
        f"{edge} h" if edge < 24 else QCoreApplication.translate("Report", "{n} d").format(n=edge // 24)
        for edge in BUCKETS_H
    ]
    return (*(f"≤ {edge}" for edge in edges), f"> {edges[-1]}")


def behind_words(kind: Behind) -> str:
    """What a list of cases or calls is."""
    return QCoreApplication.translate("Report", _BEHIND[kind])


def part_words(part: str) -> str:
    """Which of the calls, of those that are listed by how they went."""
    return QCoreApplication.translate("Report", _PARTS[part]) if part in _PARTS else ""


def word_of(word: str) -> str:
    """A code in words; other words are a person's own."""
    return QCoreApplication.translate("Report", _WORDS[word]) if word in _WORDS else word


def share_name(share: Share, part: str) -> str:
    """The name of a part: shipped types and states are translated by their keys."""
    key, _, name = share.name.rpartition("\n")
    if part == "state" and key:
        return state_words(Category.OPEN, name, key)[0]
    return translate("TypeName", name) if part == "type" and key else name
