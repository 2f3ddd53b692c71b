"""Chats on the live board: who waits and who talks, with whom and how long; one of them is taken over from here."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal

from app.desk.commands import CommandRegistry
from app.desk.floor_chats import ChatView, FloorChats
from app.domain.chats import ChatState
from ui.board.words import chat_state, waited_ink
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.layout import STRETCH, row
from ui.widgets.pill import Pill
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Elided, Text
from ui.widgets.wording import duration, say

TARGET_S = 30
"""How long a chat may ask before its wait is coloured: as long as one agent is asked, unless a team says otherwise."""


class ChatsCard(Card):
    """The chats of what the board shows; hidden while there is none."""

    opened = Signal(object)

    def __init__(self, presenter: FloorChats, commands: CommandRegistry, now: Callable[[], datetime]) -> None:
        super().__init__(margins=(0, 8, 0, 4), gap=2)
        self._presenter, self._now = presenter, now
        self._team: UUID | None = None
        self.table: Table[ChatView] = Table(
            self.tr("Chats"),
            (
                Column(self.tr("Visitor"), 2.2), Column(self.tr("Agent"), 2), Column(self.tr("Team"), 1.7),
                Column(self.tr("State"), 1.7), Column(self.tr("Lasts"), 0.9, figures=True),
            ),
            lambda chat: chat.id, self._cells, self.tr("Nobody chats."),
        )  # fmt: skip
        self._count, self._waits = Pill("0"), Pill("")
        self._wrong = Elided("", Type.SMALL, "bad")
        self.take = Button(self.tr("Take over"), icon="message-circle", key=commands.key("chat.take"), height=30)
        self.take.clicked.connect(lambda: commands.run("chat.take"))
        title = Text(self.tr("Chats"), Type.HEADING)
        head = row(title, self._count, self._waits, self._wrong, STRETCH, self.take, gap=8, margins=(14, 0, 10, 0))
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.table.chosen.connect(presenter.choose)
        self.table.opened.connect(self._open)
        self.hide()

    def show_team(self, team: UUID | None) -> None:
        """Show the chats of a team, or of all."""
        self._team = team
        state = self._presenter.state
        chats = state.of(team)
        waiting = sum(one.state is ChatState.WAITING for one in chats)
        self.table.show_rows(chats, state.chosen)
        count = f"{len(chats)}+" if state.more else str(len(chats))
        self._count.show_state(count, Tone.OK if chats else Tone.NEUTRAL)
        self._waits.show_state(self.tr("%n waiting", "", waiting), Tone.BAD)
        self._waits.setVisible(bool(waiting))
        self.take.setEnabled(state.may_take)
        self._wrong.setText(say(state.error) if state.error is not None else "")
        self.setVisible(bool(chats))

    def tick(self) -> None:
        """Count on."""
        self.table.tick()

    def _open(self, chat_id: UUID) -> None:
        chat = next((one for one in self._presenter.state.chats if one.id == chat_id), None)
        if chat is not None:
            self.opened.emit(chat.case_id)

    def _cells(self, chat: ChatView) -> Cells:
        words, icon, ink = chat_state(chat)
        lasted = (self._now() - chat.since_at).total_seconds() if chat.since_at is not None else 0
        waits = chat.state is ChatState.WAITING
        return (
            Cell(chat.name or f"#{chat.case_number}", type_=Type.STRONG),
            Cell(chat.agent_name, face=True),
            Cell(chat.team_name),
            Cell(words, ink, Type.LABEL, icon),
            Cell(duration(lasted), waited_ink(lasted, TARGET_S) if waits else "text", Type.STRONG),
        )
