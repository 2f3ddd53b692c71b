"""A chat that asks for me: the card over the work, which never takes the keyboard."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.chats import ChatDesk, ChatsState, ChatView
from app.desk.commands import CommandRegistry
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.announce import announce
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface
from ui.widgets.layout import column, row
from ui.widgets.text import Elided, Text
from ui.widgets.wording import duration

WIDTH, BELOW_TOP_BAR = 360, 72
_MOST_WORDS = 220


class ChatCard(Surface):
    """Who writes, what, to which team; handed over with the note of the sender. F2 takes it, F8 passes it on."""

    accepted = Signal(object)

    def __init__(
        self, window: QWidget, presenter: ChatDesk, commands: CommandRegistry, now: Callable[[], datetime]
    ) -> None:
        super().__init__("card", parent=window)
        self._over, self._presenter, self._now = window, presenter, now
        self._announced: UUID | None = None
        self._kind = Elided("", Type.SMALL, "on_call_bar2")
        self._clock = Text("", Type.STRONG, "on_call_bar", tabular=True)
        self._who = Elided("", Type.HEADING, "on_call_bar")
        head = Surface("call_bar_round")
        head.setLayout(column(row(self._kind, self._clock), self._who, gap=4, margins=(16, 12, 16, 12)))
        self._case = Text("", Type.STRONG, wrap=True)
        self._words = Text("", Type.BODY, wrap=True)
        self._note = Surface("note")
        self._by = Elided("", Type.LABEL, "warn")
        self._said = Text("", Type.BODY, wrap=True)
        self._note.setLayout(column(self._by, self._said, gap=3, margins=(12, 8, 12, 8)))
        take, refuse = commands.key("chat.accept"), commands.key("chat.decline")
        self._take = Button("", icon="message-circle", key=take, role=Role.ANSWER, height=40)
        self._refuse = Button(self.tr("Not me"), icon="x", key=refuse, role=Role.REFUSE, height=40)
        self._take.clicked.connect(lambda: commands.run("chat.accept"))
        self._refuse.clicked.connect(lambda: commands.run("chat.decline"))
        for button in (self._take, self._refuse):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more = Text("", Type.SMALL, "text2", wrap=True)
        told = (self._case, self._words, self._note, row(self._take.fill_width(), self._refuse), self._more)
        self.setLayout(column(head, column(*told, gap=8, margins=(14, 12, 14, 12)), gap=0, margins=(1, 1, 1, 1)))
        self.setFixedWidth(theme().px(WIDTH))
        self._beat = QTimer(self, interval=1000)
        self._beat.timeout.connect(self._tick)
        window.installEventFilter(self)
        self.hide()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: ChatsState) -> None:
        """Show the first chat that asks for me, or nothing."""
        if not state.offers:
            self._announced = None
            self._beat.stop()
            self.hide()
            return
        chat = state.offers[0]
        handed = bool(chat.handed_by_name)
        mine = chat.handed_by == state.me
        self._kind.setText(self._what(chat, handed=handed and not mine, returned=mine))
        self._who.setText(chat.name or chat.case_subject)
        self._take.set_label(self.tr("Take") if handed else self.tr("Chat"))
        words = " ".join(chat.last_words.split())
        # A new case's subject is how her first words begin: they are not said twice.
        begins = words.startswith(chat.case_subject.rstrip("…").strip())
        self._case.setText(f"#{chat.case_number}" if begins else f"#{chat.case_number} {chat.case_subject}")
        self._words.setText(words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS].rstrip()}…")
        self._words.setVisible(bool(words))
        self._note.setVisible(bool(chat.note.strip()) and not mine)
        self._by.setText(self.tr("Note of {0}").replace("{0}", chat.handed_by_name))
        self._said.setText(chat.note[:600])
        more = len(state.offers) - 1
        self._more.setText(self.tr("%n more chat(s) ask for you.", "", more) if more else "")
        self._more.setVisible(bool(more))
        self.setAccessibleName(f"{self._kind.text()}, {self._who.text()}")
        fresh, self._announced = chat.id != self._announced, chat.id
        self._tick()
        self._beat.start()
        self.show()
        self._place()
        if fresh:
            announce(self, f"{self.accessibleName()}, {self._case.text()}", urgent=True)
            QApplication.alert(self._over.window())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    def _tick(self) -> None:
        offers = self._presenter.state.offers
        self._place()
        if offers and offers[0].ring_until is not None:
            left = (offers[0].ring_until - self._now()).total_seconds()
            self._clock.setText(duration(max(left, 0)))

    def _place(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        top, right = theme().px(BELOW_TOP_BAR), self._over.width() - 8
        # Beside a call or a reminder that asks as well, never over it.
        cards = self._over.findChildren(Surface, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for card in cards:
            if card is not self and card.isVisible() and card.y() == top and card.geometry().right() >= right - 8:
                right = card.x()
        self.move(right - self.width(), top)
        self.raise_()

    def _what(self, chat: ChatView, *, handed: bool, returned: bool) -> str:
        if returned:
            return self.tr("Nobody took it: your chat comes back")
        if handed:
            return self.tr("{0} hands a chat over").replace("{0}", chat.handed_by_name)
        coming = self.tr("A visitor chats")
        return f"{coming} · {chat.team_name}"
