"""Words for service levels: what is measured, and how much time is left."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from app.domain.refusals import QT_TRANSLATE_NOOP
from app.domain.service_levels import Metric, tone_of
from app.domain.service_levels import Tone as Due
from ui.theme.tokens import Tone

_METRICS = {
    Metric.FIRST_REPLY: QT_TRANSLATE_NOOP("Level", "First reply"),
    Metric.NEXT_REPLY: QT_TRANSLATE_NOOP("Level", "Next reply"),
    Metric.RESOLUTION: QT_TRANSLATE_NOOP("Level", "Resolution"),
}
_TONES = {Due.CALM: Tone.NEUTRAL, Due.NEAR: Tone.WARN, Due.BROKEN: Tone.BAD}


def metric_words(metric: Metric) -> str:
    """What is measured."""
    return QCoreApplication.translate("Level", _METRICS[metric])


def time_left(due_at: datetime, near_at: datetime | None, now: datetime) -> tuple[str, Tone]:
    """How long until a promise has to be kept, or how long ago that was, with its tone."""
    tone = _TONES[tone_of(due_at, near_at, now)]
    if now >= due_at:
        said = QCoreApplication.translate("Level", "{time} late")
        return said.format(time=_rough(now - due_at)), tone
    return QCoreApplication.translate("Level", "{time} left").format(time=_rough(due_at - now)), tone


def _rough(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return QCoreApplication.translate("Level", "{n} min").format(n=minutes)
    if minutes < 24 * 60:
        return QCoreApplication.translate("Level", "{h} h {m:02}").format(h=minutes // 60, m=minutes % 60)
    return QCoreApplication.translate("Level", "{n} d").format(n=minutes // (24 * 60))
