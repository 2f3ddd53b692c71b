"""What was changed in a record: who, when, which field, from what to what."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.history import Change
from app.domain.phone_numbers import display
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.theme.fonts import Type
from ui.widgets.dialog import Dialog
from ui.widgets.icon import Icon
from ui.widgets.layout import column, row
from ui.widgets.text import Elided, Text
from ui.widgets.typography import named, quoted
from ui.widgets.wording import day_and_clock

if TYPE_CHECKING:
    from app.desk.automations import CaseRun, Known
    from app.desk.shell import Directory

LONGEST = 80
FIELDS = {
    "subject": QT_TRANSLATE_NOOP("History", "Subject"),
    "description": QT_TRANSLATE_NOOP("History", "Description"),
    "state_id": QT_TRANSLATE_NOOP("History", "State"),
    "category": QT_TRANSLATE_NOOP("History", "Category"),
    "team_id": QT_TRANSLATE_NOOP("History", "Team"),
    "assignee_id": QT_TRANSLATE_NOOP("History", "Assigned to"),
    "priority": QT_TRANSLATE_NOOP("History", "Priority"),
    "severity": QT_TRANSLATE_NOOP("History", "Severity"),
    "visibility": QT_TRANSLATE_NOOP("History", "Visibility"),
    "number_id": QT_TRANSLATE_NOOP("History", "Number"),
    "customer_id": QT_TRANSLATE_NOOP("History", "Customer"),
    "tags": QT_TRANSLATE_NOOP("History", "Tags"),
    "custom": QT_TRANSLATE_NOOP("History", "Fields"),
    "merged_into_id": QT_TRANSLATE_NOOP("History", "Merged into"),
    "first_name": QT_TRANSLATE_NOOP("History", "First name"),
    "last_name": QT_TRANSLATE_NOOP("History", "Last name"),
    "organisation": QT_TRANSLATE_NOOP("History", "Organisation"),
    "phones": QT_TRANSLATE_NOOP("History", "Telephone"),
    "emails": QT_TRANSLATE_NOOP("History", "E-mail"),
    "addresses": QT_TRANSLATE_NOOP("History", "Address"),
    "language": QT_TRANSLATE_NOOP("History", "Language"),
    "time_zone": QT_TRANSLATE_NOOP("History", "Time zone"),
    "preferred_channel": QT_TRANSLATE_NOOP("History", "Preferred channel"),
    "call_from": QT_TRANSLATE_NOOP("History", "Calls from"),
    "call_until": QT_TRANSLATE_NOOP("History", "Calls until"),
    "do_not_call": QT_TRANSLATE_NOOP("History", "Do not call"),
    "pinned_note": QT_TRANSLATE_NOOP("History", "Pinned note"),
    "account_number": QT_TRANSLATE_NOOP("History", "Account number"),
}
OPERATIONS = {
    "created": QT_TRANSLATE_NOOP("History", "Created"),
    "updated": QT_TRANSLATE_NOOP("History", "Changed"),
    "deleted": QT_TRANSLATE_NOOP("History", "Deleted"),
}


def change_line(change: Change, directory: Directory, names: dict[str, str], now: datetime) -> QWidget:
    """One change in two lines; `names` tells ids that the directory does not know (states)."""
    region = directory.organisation.region
    known = {str(team.id): team.name for team in directory.teams} | names
    known |= {str(agent.id): agent.name for agent in directory.agents}
    known |= {str(number.id): display(number.e164, region) for team in directory.teams for number in team.numbers}
    operation = QCoreApplication.translate("History", OPERATIONS.get(change.operation, change.operation))
    who = change.actor_name or "Guichet"
    title = Elided(f"{operation} · {who}", Type.STRONG)
    lines = [
        f"<b>{escape(QCoreApplication.translate('History', FIELDS[name]))}</b> "
        f"{_value(before, known)} → {_value(after, known)}"
        for name, (before, after) in change.difference.items()
        if name in FIELDS and not (name == "category" and "state_id" in change.difference)
    ]
    said = Text("<br>".join(lines), Type.SMALL, "text2", wrap=True, rich=True)
    words = column(title, said, gap=2)
    said.setVisible(bool(lines))
    icon = "plus" if change.operation == "created" else "pencil"
    line = QWidget()
    layout = row(Icon(icon, "text2"), words, Text(day_and_clock(change.at, now), Type.SMALL, "text3"), gap=12)
    layout.setStretch(1, 1)
    line.setLayout(layout)
    return line


def _value(value: Any, known: dict[str, str]) -> str:
    words = _plain(value, known)
    shown = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    return quoted(escape(shown)) if shown else "—"


def _plain(value: Any, known: dict[str, str]) -> str:
    if isinstance(value, dict):
        first = value.get("typed") or value.get("e164") or value.get("address") or value.get("lines")
        return str(first) if first else ", ".join(named(key, _plain(its, known)) for key, its in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(one, known) for one in value)
    text = "" if value is None else str(value)
    return known.get(text, text) if _is_id(text) else text


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def run_line(run: CaseRun, known: Known, now: datetime) -> QWidget:
    """What an automation did, and why it did it."""
    from app.desk.automations import Trigger
    from ui.widgets.automation_words import act_problem_words, name_words, run_words, trigger_words
    from ui.widgets.condition_words import condition_lines

    name = name_words(run.automation, run.shipped)
    title = Elided(QCoreApplication.translate("History", "Automation · {0}").replace("{0}", name), Type.STRONG)
    acts = [run_words(act, known) for act in run.acts] or [act_problem_words(run.outcome)]
    why = [trigger_words(Trigger(run.trigger))[0]] if run.trigger in set(Trigger) else []
    why += [line for one in run.reasons for line in condition_lines(one, known.fields)]
    because = QCoreApplication.translate("History", "because: {0}").replace("{0}", " · ".join(why))
    said = Text(f"{escape(' · '.join(acts))}<br><i>{escape(because)}</i>", Type.SMALL, "text2", wrap=True, rich=True)
    line = QWidget()
    layout = row(
        Icon("zap", "accent"), column(title, said, gap=2), Text(day_and_clock(run.at, now), Type.SMALL, "text3"), gap=12
    )
    layout.setStretch(1, 1)
    line.setLayout(layout)
    return line


class HistoryDialog(Dialog):
    """The history of one record over the window, newest first."""

    def __init__(
        self, window: QWidget, title: str, changes: tuple[Change, ...], directory: Directory, names: dict[str, str],
        now: datetime, runs: tuple[CaseRun, ...] = (), known: Known | None = None,
    ) -> None:  # fmt: skip
        super().__init__(window, "", width=640)
        self.set_title(title)
        lines = [(change.at, change_line(change, directory, names, now)) for change in changes]
        lines += [(run.at, run_line(run, known, now)) for run in runs if known is not None]
        for _, line in sorted(lines, key=lambda pair: pair[0], reverse=True):
            self.content.addWidget(line)
        if not lines:
            self.content.addWidget(Text(self.tr("Nothing was changed yet."), Type.BODY, "text2"))
