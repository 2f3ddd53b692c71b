"""Words that several screens share: presenters' sentences, names of states, times as people say them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from app.desk.wording import FIELD_NAMES, Sentence
from app.domain.agents import AgentState, Role
from app.domain.cases import Category, Level
from app.domain.follow_ups import Channel
from app.domain.refusals import QT_TRANSLATE_NOOP, sentence
from app.domain.views import StoredView, View, ViewKind
from ui.theme.tokens import Tone
from ui.widgets.typography import date_words

_CATEGORY = {
    Category.NEW: (QT_TRANSLATE_NOOP("State", "New"), Tone.VIOLET),
    Category.OPEN: (QT_TRANSLATE_NOOP("State", "Open"), Tone.ACCENT),
    Category.WAITING_CUSTOMER: (QT_TRANSLATE_NOOP("State", "Waiting on customer"), Tone.WARN),
    Category.WAITING_AGENT: (QT_TRANSLATE_NOOP("State", "Waiting on agent"), Tone.BAD),
    Category.SOLVED: (QT_TRANSLATE_NOOP("State", "Solved"), Tone.OK),
    Category.CLOSED: (QT_TRANSLATE_NOOP("State", "Closed"), Tone.NEUTRAL),
}
_STATE = {
    "new": QT_TRANSLATE_NOOP("State", "New"),
    "under_review": QT_TRANSLATE_NOOP("State", "Under review"),
    "accepted": QT_TRANSLATE_NOOP("State", "Accepted"),
    "rejected": QT_TRANSLATE_NOOP("State", "Rejected"),
    "completed": QT_TRANSLATE_NOOP("State", "Completed"),
    "to_do": QT_TRANSLATE_NOOP("State", "To do"),
    "under_way": QT_TRANSLATE_NOOP("State", "Under way"),
    "done": QT_TRANSLATE_NOOP("State", "Done"),
    "cancelled": QT_TRANSLATE_NOOP("State", "Cancelled"),
    "proposed": QT_TRANSLATE_NOOP("State", "Proposed"),
    "planned": QT_TRANSLATE_NOOP("State", "Planned"),
}
_AGENT_STATE = {
    AgentState.OFFLINE: (QT_TRANSLATE_NOOP("AgentState", "Offline"), "text3"),
    AgentState.AVAILABLE: (QT_TRANSLATE_NOOP("AgentState", "Available"), "ok"),
    AgentState.RINGING: (QT_TRANSLATE_NOOP("AgentState", "Ringing"), "accent"),
    AgentState.ON_CALL: (QT_TRANSLATE_NOOP("AgentState", "On call"), "violet"),
    AgentState.WRAP_UP: (QT_TRANSLATE_NOOP("AgentState", "Wrap-up"), "warn"),
    AgentState.NOT_READY: (QT_TRANSLATE_NOOP("AgentState", "Not ready"), "bad"),
}
_REASON = {
    "break": QT_TRANSLATE_NOOP("Reason", "Break"),
    "lunch": QT_TRANSLATE_NOOP("Reason", "Lunch"),
    "meeting": QT_TRANSLATE_NOOP("Reason", "Meeting"),
    "training": QT_TRANSLATE_NOOP("Reason", "Training"),
    "paperwork": QT_TRANSLATE_NOOP("Reason", "Paperwork"),
    "technical": QT_TRANSLATE_NOOP("Reason", "Technical"),
    "missed": QT_TRANSLATE_NOOP("Reason", "Missed two calls"),
}
_CHANNEL = {
    Channel.NOTE: (QT_TRANSLATE_NOOP("Channel", "Note"), "flag"),
    Channel.CALL: (QT_TRANSLATE_NOOP("Channel", "Call"), "phone"),
    Channel.VOICEMAIL: (QT_TRANSLATE_NOOP("Channel", "Voicemail"), "voicemail"),
    Channel.EMAIL: (QT_TRANSLATE_NOOP("Channel", "E-mail"), "mail"),
    Channel.CHAT: (QT_TRANSLATE_NOOP("Channel", "Chat"), "message-circle"),
    Channel.SMS: (QT_TRANSLATE_NOOP("Channel", "SMS"), "smartphone"),
    Channel.MEETING: (QT_TRANSLATE_NOOP("Channel", "Meeting"), "users"),
    Channel.WEB: (QT_TRANSLATE_NOOP("Channel", "Web"), "globe"),
    Channel.SYSTEM: (QT_TRANSLATE_NOOP("Channel", "Event"), "ticket"),
}
_LEVEL = {
    Level.LOW: (QT_TRANSLATE_NOOP("Level", "Low"), Tone.NEUTRAL),
    Level.NORMAL: (QT_TRANSLATE_NOOP("Level", "Normal"), Tone.NEUTRAL),
    Level.HIGH: (QT_TRANSLATE_NOOP("Level", "High"), Tone.WARN),
    Level.URGENT: (QT_TRANSLATE_NOOP("Level", "Urgent"), Tone.BAD),
}
_ROLE = {
    Role.AGENT: QT_TRANSLATE_NOOP("Role", "Agent"),
    Role.LEAD: QT_TRANSLATE_NOOP("Role", "Lead"),
    Role.SUPERVISOR: QT_TRANSLATE_NOOP("Role", "Supervisor"),
    Role.ADMINISTRATOR: QT_TRANSLATE_NOOP("Role", "Administrator"),
}
translate = QCoreApplication.translate


def say(what: Sentence) -> str:
    """Return a presenter's sentence in the agent's language, its details filled in."""
    details = dict(what.details)
    field = str(details.get("field", ""))
    if field in FIELD_NAMES:
        details["field"] = translate("FieldName", FIELD_NAMES[field])
    return sentence(translate(what.context, what.text), details)


def category_words(category: Category) -> tuple[str, Tone]:
    """Return the name and tone of a state's category."""
    name, tone = _CATEGORY[category]
    return translate("State", name), tone


def state_words(category: Category, name: str, key: str, colour: str = "") -> tuple[str, Tone]:
    """Return the name and tone of a state: a shipped one is translated, an organisation's own is not."""
    words, tone = category_words(category)
    if key in _STATE:
        words = translate("State", _STATE[key])
    return (words if key or not name else name), Tone(colour) if colour else tone


def agent_state_words(state: AgentState) -> tuple[str, str]:
    """Return the name of an agent's state and the colour token of its dot."""
    name, token = _AGENT_STATE[state]
    return translate("AgentState", name), token


def reason_words(reason: str) -> str:
    """Return why an agent is not ready: a shipped reason is translated, an organisation's own is not."""
    return translate("Reason", _REASON[reason]) if reason in _REASON else reason


def channel_words(channel: str) -> tuple[str, str]:
    """Return the name and the icon of a channel; an unknown one is an event."""
    known = channel if channel in set(Channel) else Channel.SYSTEM
    name, icon = _CHANNEL[Channel(known)]
    return translate("Channel", name), icon


def level_words(level: Level) -> tuple[str, Tone]:
    """Return the name and tone of a priority or severity."""
    name, tone = _LEVEL[level]
    return translate("Level", name), tone


def role_words(role: Role) -> str:
    """Return the name of a role."""
    return translate("Role", _ROLE[role])


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago in the shortest honest words: `4 min`, `3 h`, `Fri`, `11 Nov`."""
    seconds = (now - at).total_seconds()
    if seconds < 60:
        return translate("When", "now")
    if seconds < 3600:
        return translate("When", "{0} min").format(int(seconds // 60))
    if seconds < 86_400:
        return translate("When", "{0} h").format(int(seconds // 3600))
    return date_words(at.astimezone().date(), "ddd" if seconds < 6 * 86_400 else "d MMM")


def clock(at: datetime, zone: str = "") -> str:
    """Return the hour and minute of an instant, in a zone or on this computer."""
    local = at.astimezone(ZoneInfo(zone) if zone else None)
    return f"{local:%H:%M}"


def day_and_clock(at: datetime, now: datetime, zone: str = "") -> str:
    """Return a day as people say it and the hour: `today 17:00`, `Wed 25 Nov, 14:00`."""
    tz = ZoneInfo(zone) if zone else None
    local, today = at.astimezone(tz), now.astimezone(tz).date()
    hour = f"{local:%H:%M}"
    if local.date() == today:
        return translate("When", "today {hour}").replace("{hour}", hour)
    if local.date() == today + timedelta(days=1):
        return translate("When", "tomorrow {hour}").replace("{hour}", hour)
    if local.date() == today - timedelta(days=1):
        return translate("When", "yesterday {hour}").replace("{hour}", hour)
    same_year = local.year == today.year
    return f"{date_words(local.date(), 'ddd d MMM' if same_year else 'd MMM yyyy')}, {hour}"


def wall_time(local_at: datetime, now: datetime) -> str:
    """Return a wall time in the shortest words: `16:30`, `tomorrow 9:00`, `Thu 14:00`."""
    days = (local_at.date() - now.astimezone().date()).days
    hour = f"{local_at:%H:%M}"
    if days == 0:
        return hour
    if days == 1:
        return translate("When", "tomorrow {hour}").replace("{hour}", hour)
    return f"{date_words(local_at.date(), 'ddd' if days < 7 else 'd MMM')} {hour}"


def duration(seconds: float) -> str:
    """Return a duration as a timer shows it: `03:47`, `1:02:09`."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}"


def now_utc() -> datetime:
    """The present instant, for what only shows time."""
    return datetime.now(UTC)


def short_time(at: datetime) -> str:
    """Return an hour in the format of the agent's language."""
    local = at.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


_VIEW = {
    ViewKind.MY_OPEN: (
        QT_TRANSLATE_NOOP("View", "My open cases"),
        QT_TRANSLATE_NOOP("View", "Nothing waits for you."),
        "inbox",
    ),
    ViewKind.UNASSIGNED: (
        QT_TRANSLATE_NOOP("View", "Unassigned"),
        QT_TRANSLATE_NOOP("View", "Every case has somebody."),
        "user-x",
    ),
    ViewKind.WAITING_AGENT: (
        QT_TRANSLATE_NOOP("View", "Waiting on agent"),
        QT_TRANSLATE_NOOP("View", "No customer waits for an answer."),
        "alarm-clock",
    ),
    ViewKind.WAITING_CUSTOMER: (
        QT_TRANSLATE_NOOP("View", "Waiting on customer"),
        QT_TRANSLATE_NOOP("View", "We wait for no customer."),
        "hourglass",
    ),
    ViewKind.TEAM: (
        QT_TRANSLATE_NOOP("View", "Team"),
        QT_TRANSLATE_NOOP("View", "This team has no open case."),
        "users",
    ),
    ViewKind.SOLVED: (
        QT_TRANSLATE_NOOP("View", "Solved"),
        QT_TRANSLATE_NOOP("View", "No case has been solved yet."),
        "circle-check",
    ),
    ViewKind.ALL: (
        QT_TRANSLATE_NOOP("View", "All cases"),
        QT_TRANSLATE_NOOP("View", "There is no case yet."),
        "layers",
    ),
}


_SHIPPED_VIEW = {
    "my_open": QT_TRANSLATE_NOOP("View", "My open cases"),
    "unassigned": QT_TRANSLATE_NOOP("View", "Unassigned"),
    "waiting_agent": QT_TRANSLATE_NOOP("View", "Waiting on agent"),
    "waiting_customer": QT_TRANSLATE_NOOP("View", "Waiting on customer"),
    "new_in_my_teams": QT_TRANSLATE_NOOP("View", "New in my teams"),
    "overdue": QT_TRANSLATE_NOOP("View", "Overdue"),
    "solved_lately": QT_TRANSLATE_NOOP("View", "Solved lately"),
    "all": QT_TRANSLATE_NOOP("View", "All cases"),
}


def stored_view_name(stored: StoredView) -> str:
    """Return the name of a view; a shipped one that was not renamed is in the agent's language."""
    shipped = _SHIPPED_VIEW.get(stored.key)
    return translate("View", shipped) if shipped == stored.name else stored.name


def view_words(view: View) -> tuple[str, str, str]:
    """Return the name of a view, its sentence when it is empty, and its icon."""
    if view.stored is not None:
        return stored_view_name(view.stored), translate("View", "No case is as this view asks."), view.stored.icon
    name, nothing, icon = _VIEW[view.kind]
    return translate("View", name), translate("View", nothing), icon
