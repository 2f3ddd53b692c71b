"""F1: every command with its key, by context; written from the registry, so that it is never wrong."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.commands import CommandRegistry, Context
from ui.theme.fonts import Type
from ui.widgets.card import SectionHeader
from ui.widgets.dialog import Dialog
from ui.widgets.icon import Icon, KeyCap
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.text import Elided, Text


class HelpPage(Dialog):
    """What can be done now, and by which key."""

    def __init__(self, window: QWidget, commands: CommandRegistry) -> None:
        super().__init__(window, "", width=760)
        self.set_title(self.tr("Keys and help"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(40)
        grid.setVerticalSpacing(16)
        groups = [(context, [c for c in commands.bound() if c.context is context]) for context in Context]
        shown = [(context, found) for context, found in groups if found]
        for number, (context, found) in enumerate(shown):
            lines = [
                _line(command.icon, QCoreApplication.translate("Command", command.title), commands.key(command.id))
                for command in found
            ]
            head = SectionHeader(QCoreApplication.translate("Command", context.value))
            grid.addLayout(column(head, *lines, STRETCH, gap=4), number // 2, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)
        note = self.tr("Every key works while text is typed. Enter, Space and Esc never answer or hang up.")
        self.content.addWidget(Text(note, Type.SMALL, "text2", wrap=True))


def _line(icon: str, title: str, key: str) -> QWidget:
    line = QWidget()
    parts: list[QWidget] = [Icon(icon or "chevron-right", "text2"), Elided(title)]
    if key:
        parts.append(KeyCap(key))
    layout = row(*parts, gap=10)
    layout.setStretch(1, 1)
    line.setLayout(layout)
    line.setMinimumHeight(26)
    return line
