"""What F1 says besides keys: what belongs to the screen, the organisation's own instructions, and whom to ask."""

from collections.abc import Callable, Mapping
from html import escape

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QGridLayout

from app.desk.shell import MANAGING, Screen, Shell
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.services.desk import SignedIn
from app.services.getting_started import HouseHelp
from ui.theme.fonts import Type
from ui.widgets.button import Button, Role
from ui.widgets.card import SectionHeader
from ui.widgets.dialog import Dialog
from ui.widgets.text import Text

_TOPICS: Mapping[str, str] = {
    "start": QT_TRANSLATE_NOOP("SeeAlso", "Getting started"),
    "types": QT_TRANSLATE_NOOP("SeeAlso", "Types and states of cases"),
    "automations": QT_TRANSLATE_NOOP("SeeAlso", "What happens by itself"),
    "replies": QT_TRANSLATE_NOOP("SeeAlso", "Canned replies"),
    "levels": QT_TRANSLATE_NOOP("SeeAlso", "Service levels"),
    "fields": QT_TRANSLATE_NOOP("SeeAlso", "Fields of customers and cases"),
    "import": QT_TRANSLATE_NOOP("SeeAlso", "Import of customers"),
    "outside": QT_TRANSLATE_NOOP("SeeAlso", "The other CRM"),
    "rules": QT_TRANSLATE_NOOP("SeeAlso", "Who is rung, and when"),
    "trees": QT_TRANSLATE_NOOP("SeeAlso", "What callers hear"),
    "codes": QT_TRANSLATE_NOOP("SeeAlso", "Reasons and results"),
    "satisfaction": QT_TRANSLATE_NOOP("SeeAlso", "Satisfaction of customers"),
    "calendars": QT_TRANSLATE_NOOP("SeeAlso", "Opening hours"),
    "web_forms": QT_TRANSLATE_NOOP("SeeAlso", "Forms on web pages"),
    "email_hub": QT_TRANSLATE_NOOP("SeeAlso", "Mailboxes and addresses"),
    "api": QT_TRANSLATE_NOOP("SeeAlso", "Other programs"),
}
_OF: Mapping[Screen, tuple[str, ...]] = {
    Screen.CASES: ("types", "automations", "replies", "levels"),
    Screen.CUSTOMER: ("fields", "import", "outside"),
    Screen.TASKS: ("types", "codes", "calendars"),
    Screen.CALLS: ("rules", "trees", "codes"),
    Screen.BOARD: ("rules", "levels", "codes"),
    Screen.REPORTS: ("levels", "satisfaction", "calendars"),
    Screen.MANAGE: ("email_hub", "web_forms", "rules", "api"),
}


class SeeAlso:
    """Puts its part above the keys; what the organisation wrote comes when it has been read."""

    def __init__(self, services: SignedIn, shell: Shell, go: Callable[[str], None]) -> None:
        self._services, self._shell, self._go = services, shell, go
        directory = services.directory
        self._manages = bool(MANAGING & directory.permissions)

    def fill(self, dialog: Dialog) -> None:
        """Add to the page of help."""
        translate = QCoreApplication.translate
        if self._manages:
            grid = QGridLayout()
            grid.setVerticalSpacing(2)
            for place in range(3):
                grid.setColumnStretch(place, 1)
            for number, key in enumerate(("start", *_OF[self._shell.state.screen])):
                button = Button(translate("SeeAlso", _TOPICS[key]), role=Role.LINK, height=28)
                button.clicked.connect(lambda _, key=key: self._follow(dialog, key))
                grid.addWidget(button, number // 3, number % 3, Qt.AlignmentFlag.AlignLeft)
            dialog.content.insertWidget(0, SectionHeader(translate("SeeAlso", "See also")))
            dialog.content.insertLayout(1, grid)
        words = Text("", Type.BODY, wrap=True, rich=True)
        words.setOpenExternalLinks(True)
        words.hide()
        dialog.content.insertWidget(2 if self._manages else 0, words)
        alive = [True]
        words.destroyed.connect(alive.clear)

        start = self._services.setup.start

        async def read() -> None:
            assert start is not None
            try:
                told = (await start.read()).help
            except Refused:
                return  # the server is away, which the bar says
            if alive and (text := help_words(told)):
                words.setText(text)
                words.show()

        if start is not None:
            self._shell.work.start(read(), "house help")

    def _follow(self, dialog: Dialog, key: str) -> None:
        dialog.close()
        self._shell.go(Screen.MANAGE)
        QTimer.singleShot(0, lambda: self._go(key))  # the page is made when it is first shown


def help_words(told: HouseHelp) -> str:
    """Instructions, films and whom to ask, as rich text; nothing where nothing was written."""
    parts = [f"<p>{escape(told.instructions).replace(chr(10), '<br>')}</p>"] if told.instructions.strip() else []
    parts += [f'<p><a href="{escape(url)}">{escape(title)}</a></p>' for title, url in told.films()]
    if told.contact_name:
        words = QCoreApplication.translate("SeeAlso", "Ask {name}: {email} {phone}")
        mail = f'<a href="mailto:{escape(told.contact_email)}">{escape(told.contact_email)}</a>'
        said = {"{name}": f"<b>{escape(told.contact_name)}</b>", "{email}": mail, "{phone}": escape(told.contact_phone)}
        for place, value in said.items():
            words = words.replace(place, value)
        parts.append(f"<p>{words}</p>")
    return "".join(parts)
