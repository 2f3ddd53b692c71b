"""How the board says where a call stands and why it is there."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.desk.board import AgentOnDuty, BoardState, CallView, Code, TeamLoad
from app.desk.floor_chats import ChatView
from app.domain.agents import AgentState
from app.domain.calls import Phase
from app.domain.chats import ChatState
from app.domain.phone_numbers import display
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.widgets.wording import agent_state_words, clock

REASONS = {
    "break": QT_TRANSLATE_NOOP("Reason", "Break"),
    "lunch": QT_TRANSLATE_NOOP("Reason", "Lunch"),
    "meeting": QT_TRANSLATE_NOOP("Reason", "Meeting"),
    "training": QT_TRANSLATE_NOOP("Reason", "Training"),
    "paperwork": QT_TRANSLATE_NOOP("Reason", "Paperwork"),
    "technical": QT_TRANSLATE_NOOP("Reason", "Technical"),
    "missed": QT_TRANSLATE_NOOP("Reason", "Calls missed"),
}
_LATE_S, _TALKED_LONG_S = 60, 600


def caller(call: CallView, region: str) -> str:
    """Return who calls: the customer, else her number."""
    number = display(call.caller_number, region) if call.caller_number else ""
    return call.customer_name or number or QCoreApplication.translate("Board", "Hidden number")


def why_here(call: CallView, region: str) -> str:
    """Return the last decision that brought a waiting call where it is."""
    if call.handed_by_name:
        return QCoreApplication.translate("Board", "From {0}").replace("{0}", call.handed_by_name)
    reasons = [str(entry.get("reason", "")) for entry in call.trace]
    if "last_advisor" in reasons:
        return QCoreApplication.translate("Board", "Last advisor’s customer")
    if "rule" in reasons:
        return QCoreApplication.translate("Board", "Routing rule")
    digits = [str(entry.get("text", "")) for entry in call.trace if entry.get("reason") in ("menu", "pressed")]
    if digits and digits[-1]:
        return QCoreApplication.translate("Board", "Menu, key {0}").replace("{0}", digits[-1])
    return display(call.dialled_number, region) if call.dialled_number else ""


def waiting_state(call: CallView) -> tuple[str, str, str]:
    """Return where a waiting call stands, its icon and its ink."""
    if call.ringing:
        return QCoreApplication.translate("Board", "Rings"), "phone", "accent"
    if call.phase is Phase.MENU:
        return QCoreApplication.translate("Board", "In the menu"), "grip", "text2"
    if call.phase is Phase.MOVING:
        return QCoreApplication.translate("Board", "On its way"), "phone-forwarded", "accent"
    return QCoreApplication.translate("Board", "In queue"), "hourglass", "text2"


def live_state(call: CallView) -> tuple[str, str, str]:
    """Return what happens in a live call, its icon and its ink."""
    if call.listeners:
        heard = QCoreApplication.translate("Board", "Talks, {0} listening")
        return heard.replace("{0}", str(len(call.listeners))), "ear", "violet"
    if call.phase is Phase.CONSULTING:
        return QCoreApplication.translate("Board", "Consultation"), "users", "violet"
    if call.phase is Phase.DIALLING:
        return QCoreApplication.translate("Board", "Is called"), "phone", "accent"
    if call.phase is Phase.VOICEMAIL:
        return QCoreApplication.translate("Board", "Voicemail"), "voicemail", "text2"
    if call.held_since_at is not None:
        return QCoreApplication.translate("Board", "On hold"), "pause", "warn"
    return QCoreApplication.translate("Board", "Talks"), "mic", "ok"


def chat_state(chat: ChatView) -> tuple[str, str, str]:
    """Return where a chat stands, its icon and its ink."""
    translate = QCoreApplication.translate
    if chat.state is ChatState.TALKING:
        if chat.left_at is not None:
            return translate("Board", "Visitor gone"), "log-out", "text2"
        if chat.unread:
            return translate("Board", "Awaits an answer"), "hourglass", "warn"
        return translate("Board", "Chatting"), "message-circle", "ok"
    if chat.ringing:
        return translate("Board", "Rings"), "message-circle", "accent"
    if chat.state is ChatState.MENU:
        return translate("Board", "In the menu"), "grip", "text2"
    if chat.state is ChatState.IDLE:
        return translate("Board", "Answered by the tree"), "grip", "text2"
    if chat.handed_by_name:
        return translate("Board", "From {0}").replace("{0}", chat.handed_by_name), "arrow-right-left", "accent"
    return translate("Board", "In queue"), "hourglass", "text2"


def waited_ink(seconds: float, target_s: int) -> str:
    """Return the ink of a wait: amber past the target, red past a minute more."""
    return "bad" if seconds > target_s + _LATE_S else "warn" if seconds > target_s else "text"


def talked_ink(seconds: float) -> str:
    """Return the ink of a call's length: amber when it is unusually long."""
    return "warn" if seconds > _TALKED_LONG_S else "text"


def reason_words(reason: str) -> str:
    """Return a reason of not-ready: a shipped one is translated, one's own is as it was written."""
    return QCoreApplication.translate("Reason", REASONS[reason]) if reason in REASONS else reason


def code_words(code: Code) -> str:
    """Return the name of a code."""
    return reason_words(code.key) if code.key else code.label


def agent_words(agent: AgentOnDuty) -> tuple[str, str]:
    """Return what an agent is doing, with her reason, and its ink."""
    words, ink = agent_state_words(agent.state)
    if agent.state is AgentState.NOT_READY and agent.reason:
        return reason_words(agent.reason), ink
    return words, ink


def wait_words(load: TeamLoad) -> tuple[str, str]:
    """Return the expected wait in a team and its ink; what is closed says when it opens."""
    if not load.is_open:
        if load.opens_at is None:
            return QCoreApplication.translate("Board", "closed"), "bad"
        opens = QCoreApplication.translate("Board", "opens {0}").replace("{0}", clock(load.opens_at))
        return opens, "text2"
    if load.free:
        return QCoreApplication.translate("Board", "no wait"), "ok"
    if load.expected_wait_s is None:
        return QCoreApplication.translate("Board", "nobody"), "bad"
    minutes = max(1, round(load.expected_wait_s / 60))
    return QCoreApplication.translate("Board", "~{0} min").replace("{0}", str(minutes)), "warn"


def longest_wait(state: BoardState) -> datetime | None:
    """Return since when the caller waits who has waited longest."""
    return min((call.waiting_since_at or call.started_at for call in state.waiting), default=None)
