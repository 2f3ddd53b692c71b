"""The top bar: search, what can be begun, and my own state with its clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.desk.commands import CommandRegistry
from app.domain.agents import AgentState, Presence
from ui.shell.state_popup import StatePopup
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Surface
from ui.widgets.layout import row
from ui.widgets.painting import draw_box, draw_focus_ring, draw_keycap, key_text, keycap_size, make_painter, shows_focus
from ui.widgets.pill import Pill
from ui.widgets.rows import draw_line
from ui.widgets.wording import agent_state_words, duration, reason_words

if TYPE_CHECKING:
    from app.desk.shell import Code

HEIGHT = 64


class SearchButton(QPushButton):
    """Looks like a field; pressing it opens the palette, which is the field."""

    def __init__(self, words: str, key: str) -> None:
        super().__init__()
        self._words, self._key = words, key_text(key)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme().px(360))
        self.setMinimumWidth(theme().px(180))
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        draw_box(painter, rect, 8, look.colour("sunk"), look.colour("border"))
        painter.drawPixmap(12, (self.height() - 16) // 2, look.icon("search", "text2"))
        cap = keycap_size(self._key)
        at = QRectF(self.width() - cap.width() - 9, (self.height() - cap.height()) / 2, cap.width(), cap.height())
        draw_keycap(painter, at, self._key)
        room = QRect(38, 0, int(at.left()) - 46, self.height())
        draw_line(painter, room, self._words, Type.BODY, "text3")
        if shows_focus(self):
            draw_focus_ring(painter, rect, 8)
        painter.end()


class StateButton(QPushButton):
    """My state: dot, word and how long; opens the menu of states."""

    picked = Signal(object, str)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._presence: Presence | None = None
        self._reasons: tuple[Code, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self.clicked.connect(self.drop)

    def show_presence(self, presence: Presence | None) -> None:
        """Show a state and count from when it began."""
        self._presence = presence
        self._clock.start() if presence is not None else self._clock.stop()
        self.setAccessibleName(self.tr("My state: {0}").format(self._word()))
        self.updateGeometry()
        self.update()

    def show_reasons(self, reasons: tuple[Code, ...]) -> None:
        """Offer these reasons of not being ready."""
        self._reasons = reasons

    def drop(self) -> None:
        """Open the states with their reasons."""
        popup = StatePopup(self, self._reasons)
        popup.picked.connect(self.picked)
        popup.open()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme().font(Type.STRONG)).horizontalAdvance(self._word())
        return QSize(width + (64 if self._presence else 0) + 68, theme().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        draw_box(painter, rect, 8, look.colour("hover" if self.underMouse() else "surface"), look.colour("border"))
        _, tint = agent_state_words(self._presence.state if self._presence else AgentState.OFFLINE)
        draw_box(painter, QRectF(14, self.height() / 2 - 4, 8, 8), 4, look.colour(tint))
        room = QRect(32, 0, self.width() - 62, self.height())
        taken = draw_line(painter, room, self._word(), Type.STRONG)
        if self._presence is not None:
            since = duration((self._now() - self._presence.since_at).total_seconds())
            draw_line(painter, room.adjusted(taken + 10, 0, 0, 0), since, Type.MEDIUM, "text2", tabular=True)
        painter.drawPixmap(self.width() - 28, (self.height() - 16) // 2, look.icon("chevron-down", "text2"))
        if shows_focus(self):
            draw_focus_ring(painter, rect, 8)
        painter.end()

    def _word(self) -> str:
        if self._presence is None:
            return agent_state_words(AgentState.OFFLINE)[0]
        word, _ = agent_state_words(self._presence.state)
        return f"{word} · {reason_words(self._presence.reason)}" if self._presence.reason else word

    def _tick(self) -> None:
        self.update()


class TopBar(Surface):
    """Search at the left, my state at the right; a command without effect has no button."""

    def __init__(self, commands: CommandRegistry, now: Callable[[], datetime]) -> None:
        super().__init__("surface")
        self._commands = commands
        self.setFixedHeight(theme().px(HEIGHT))
        self.search = SearchButton(self.tr("Search customers, cases…"), commands.key("palette"))
        self.search.clicked.connect(lambda: commands.run("palette"))
        self.call = self._button(self.tr("Call"), "call.dial", "phone")
        self.new_case = self._button(self.tr("New case"), "case.new", "plus")
        self.state = StateButton(now)
        self._away = Pill(self.tr("Server away"), Tone.BAD, "unplug")
        self._no_phone = Pill(self.tr("Phone not connected"), Tone.WARN, "phone-off")
        self.help = IconButton(self.tr("Keys and help"), "circle-question-mark", key=commands.key("help"))
        self.help.clicked.connect(lambda: commands.run("help"))
        self._bar: QWidget | None = None
        self._bar_place = QWidget()
        self._bar_place.setLayout(row(gap=0))
        layout = row(self.search, self.call, self.new_case, gap=12, margins=(16, 0, 16, 0))
        layout.addWidget(self._bar_place, 1)
        for widget in (self._no_phone, self._away, self.state, self.help):
            layout.addWidget(widget)
        self.setLayout(layout)
        self._no_phone.hide()
        self._show_commands()
        self.destroyed.connect(commands.subscribe(self._show_commands))

    def show_connected(self, connected: bool) -> None:
        """Say that the server is away as long as it is."""
        self._away.setVisible(not connected)

    def show_phone(self, *, ready: bool) -> None:
        """Say that no call can reach this desk as long as it is so."""
        self._no_phone.setVisible(not ready)

    def put_call_bar(self, bar: QWidget) -> None:
        """Put the call bar between the buttons and the state, which make room for it."""
        layout = self._bar_place.layout()
        assert layout is not None
        layout.addWidget(bar)
        self._bar = bar
        bar.installEventFilter(self)
        self._show_commands()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._show_commands()
        return False

    def _button(self, label: str, command: str, icon: str) -> Button:
        button = Button(label, icon=icon, key=self._commands.key(command), height=36)
        button.clicked.connect(lambda: self._commands.run(command))
        return button

    def _show_commands(self) -> None:
        bound = {command.id for command in self._commands.bound()}
        in_call = self._bar is not None and not self._bar.isHidden()
        self.call.setVisible("call.dial" in bound and not in_call)
        self.new_case.setVisible("case.new" in bound and not in_call)
        self.help.setVisible("help" in bound)
