"""How a past call is said: the other side, how it ended, and its facts."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.desk.call_log import CallView
from app.domain.phone_numbers import display
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.theme.tokens import Tone
from ui.widgets.wording import day_and_clock, duration

_OUTCOMES = {
    "answered": (QT_TRANSLATE_NOOP("CallLog", "Answered"), Tone.OK, "phone"),
    "abandoned": (QT_TRANSLATE_NOOP("CallLog", "Abandoned"), Tone.BAD, "phone-missed"),
    "voicemail": (QT_TRANSLATE_NOOP("CallLog", "Voicemail"), Tone.ACCENT, "voicemail"),
    "callback": (QT_TRANSLATE_NOOP("CallLog", "Callback asked"), Tone.WARN, "alarm-clock"),
    "closed": (QT_TRANSLATE_NOOP("CallLog", "When closed"), Tone.NEUTRAL, "lock"),
    "no_answer": (QT_TRANSLATE_NOOP("CallLog", "No answer"), Tone.BAD, "phone-missed"),
    "failed": (QT_TRANSLATE_NOOP("CallLog", "Failed"), Tone.BAD, "unplug"),
}


def other_side(call: CallView, region: str) -> tuple[str, str]:
    """Return who was at the other end, and her number."""
    hidden = QCoreApplication.translate("CallLog", "Hidden number")
    number = display(call.caller_number, region) if call.caller_number else hidden
    return call.customer_name or number, number


def outcome_words(call: CallView) -> tuple[str, Tone, str]:
    """Return how a call ended, its tone and icon; one that goes on says so."""
    if call.ended_at is None:
        return QCoreApplication.translate("CallLog", "Going on"), Tone.VIOLET, "phone"
    known = _OUTCOMES.get(call.outcome) or _OUTCOMES["answered" if call.answered_at else "no_answer"]
    words, tone, icon = known
    return QCoreApplication.translate("CallLog", words), tone, icon


def facts(call: CallView, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return what a call log knows: when, which way, how long, with whom, about what."""
    translate = QCoreApplication.translate
    out = call.direction == "out"
    found = [
        (translate("CallLog", "When"), day_and_clock(call.started_at, now)),
        (
            translate("CallLog", "Way"),
            translate("CallLog", "Outgoing") if out else translate("CallLog", "Incoming"),
        ),
        (translate("CallLog", "Team"), call.team_name),
    ]
    if call.agent_name:
        found.append((translate("CallLog", "Agent"), call.agent_name))
    until = call.answered_at or call.ended_at
    if until is not None:
        found.append((translate("CallLog", "Waited"), duration((until - call.started_at).total_seconds())))
    if call.answered_at is not None and call.ended_at is not None:
        found.append((translate("CallLog", "Talked"), duration((call.ended_at - call.answered_at).total_seconds())))
    return tuple(found)
