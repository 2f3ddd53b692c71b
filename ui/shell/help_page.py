"""F1: every command with its key, by context; written from the registry, so that it is never wrong."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.commands import Command, CommandRegistry, Context, why_no_key
from ui.theme.fonts import Type
from ui.widgets.announce import announce
from ui.widgets.card import SectionHeader
from ui.widgets.dialog import Dialog
from ui.widgets.icon import Icon
from ui.widgets.key_button import KeyButton
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.painting import key_text
from ui.widgets.text import Elided, Text


class HelpPage(Dialog):
    """What can be done now, and by which key; a key that is pressed can be changed."""

    def __init__(self, window: QWidget, commands: CommandRegistry, changed: Callable[[], None]) -> None:
        super().__init__(window, "", width=760)
        self.set_title(self.tr("Keys and help"))
        self._commands = commands
        self._changed = False
        self._note = Text("", Type.SMALL, "text2", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(40)
        grid.setVerticalSpacing(16)
        groups = [(context, [c for c in commands.bound() if c.context is context]) for context in Context]
        shown = [(context, found) for context, found in groups if found]
        for number, (context, found) in enumerate(shown):
            head = SectionHeader(QCoreApplication.translate("Command", context.value))
            lines = map(self._line, found)
            grid.addLayout(column(head, *lines, STRETCH, gap=4), number // 2, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.content.addWidget(self._note)
        self.content.addLayout(grid)
        self._say(
            self.tr("Every key works while text is typed. Enter, Space and Esc never answer or hang up.")
            + " "
            + self.tr("Press a key shown here to give another one.")
        )
        # The buttons that show their key are made anew, once.
        self.closed.connect(lambda: changed() if self._changed else None)

    def _line(self, command: Command) -> QWidget:
        line = QWidget()
        title = _title(command)
        key = KeyButton(self._commands.key(command.id), self.tr("Change the key of “%1”").replace("%1", title))
        key.pressed_key.connect(lambda pressed: self._change(command, key, pressed))
        layout = row(Icon(command.icon or "chevron-right", "text2"), Elided(title), key, gap=10)
        layout.setStretch(1, 1)
        line.setLayout(layout)
        line.setMinimumHeight(26)
        return line

    def _change(self, command: Command, button: KeyButton, key: str) -> None:
        if reason := why_no_key(key):
            self._say(QCoreApplication.translate("Command", reason))
            return
        if taken := self._commands.change_key(command.id, key):
            words = self.tr("%1 belongs to “%2” already.")
            self._say(words.replace("%1", key_text(key)).replace("%2", _title(self._commands.command(taken))))
            return
        self._changed = True
        button.show_key(key)
        self._say(self.tr("%1 is now the key of “%2”.").replace("%1", key_text(key)).replace("%2", _title(command)))

    def _say(self, words: str) -> None:
        self._note.setText(words)
        if self.isVisible():
            announce(self._note, words)


def _title(command: Command) -> str:
    return QCoreApplication.translate("Command", command.title)
