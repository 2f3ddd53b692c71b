"""The live board as one screen: figures over waiting and live calls, teams and agents beside them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.desk.board import Board, BoardState, CallView
from app.desk.commands import CommandRegistry
from app.desk.floor_chats import FloorChats
from ui.board.chats_card import ChatsCard
from ui.board.floor_panel import FloorPanel
from ui.board.team_filter import TeamFilter
from ui.board.tiles import Tiles
from ui.board.words import caller, live_state, talked_ink, waited_ink, waiting_state, why_here
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card, Surface
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Banner
from ui.widgets.pill import Pill
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Elided, Text
from ui.widgets.wording import duration, say

TARGET_S = 20
NARROW, PANEL, NARROW_PANEL = 1300, 336, 290


class BoardView(Surface):
    """Renders the board's state; its buttons and keys run the registry's commands."""

    def __init__(
        self,
        presenter: Board,
        commands: CommandRegistry,
        now: Callable[[], datetime],
        chats: FloorChats | None = None,
    ) -> None:
        super().__init__("bg")
        self._presenter, self._commands, self._now = presenter, commands, now
        self._moving = False
        self._title = Text(self.tr("Live board"), Type.TITLE)
        self._teams = TeamFilter()
        self._teams.chosen.connect(presenter.choose_team)
        self._tiles = Tiles(now)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self.waiting: Table[CallView] = Table(
            self.tr("Waiting calls"),
            (
                Column("", 0.35), Column(self.tr("Caller"), 2.2), Column(self.tr("Team"), 1.7),
                Column(self.tr("Why here"), 2), Column(self.tr("State"), 1.4),
                Column(self.tr("Waits"), 0.9, figures=True),
            ),
            lambda call: call.id, self._waiting_cells, self.tr("Nobody is waiting."),
        )  # fmt: skip
        self.live: Table[CallView] = Table(
            self.tr("Live calls"),
            (
                Column(self.tr("Caller"), 2.2), Column(self.tr("Agent"), 2), Column(self.tr("Team"), 1.7),
                Column(self.tr("State"), 1.7), Column(self.tr("Lasts"), 0.9, figures=True),
            ),
            lambda call: call.id, self._live_cells, self.tr("Nobody is on a call."),
        )  # fmt: skip
        self._waiting_count, self._live_count = Pill("0"), Pill("0")
        self.panel = FloorPanel(presenter, commands, now)
        for table in (self.waiting, self.live):
            table.chosen.connect(presenter.choose)
            table.opened.connect(lambda _: presenter.open_move())
        left = column(gap=12)
        left.addWidget(self._waiting_card(), 2)
        left.addWidget(self._live_card(), 3)
        self.chats = ChatsCard(chats, commands, now) if chats is not None else None
        if self.chats is not None:
            left.addWidget(self.chats, 2)
        body = row(gap=14, margins=(20, 0, 20, 16))
        body.addLayout(left, 1)
        body.addWidget(self.panel)
        head = row(self._title, Pill(self.tr("Live"), Tone.OK), STRETCH, self._teams, gap=10, margins=(20, 12, 20, 0))
        whole = column(head, self._error, column(self._tiles, margins=(20, 0, 20, 0)), gap=10)
        whole.addLayout(body, 1)
        self.setLayout(whole)
        self._beat = QTimer(self, interval=1000)
        self._beat.timeout.connect(self._tick)
        self.destroyed.connect(presenter.subscribe(self.render_state))
        if chats is not None:
            self.destroyed.connect(chats.subscribe(lambda _: self._show_chats(presenter.state)))

    def render_state(self, state: BoardState) -> None:
        """Show what there is now."""
        self._teams.show_teams(state)
        self._tiles.render_state(state)
        self.waiting.show_rows(state.waiting, state.chosen)
        self.live.show_rows(state.live, state.chosen)
        waiting, live = len(state.waiting), len(state.live)
        self._waiting_count.show_state(str(waiting), Tone.BAD if waiting else Tone.NEUTRAL)
        self._live_count.show_state(str(live), Tone.OK if live else Tone.NEUTRAL)
        self.panel.render_state(state)
        self._error.show_text(say(state.error) if state.error is not None else "")
        if self._moving and not state.moving and self.panel.isAncestorOf(self.focusWidget() or self):
            (self.waiting if state.waits else self.live).list.setFocus()
        self._moving = state.moving
        heard = state.heard is not None
        for id_, button in self._acts.items():
            button.setEnabled(self._commands.available(id_))
        self._acts["call.leave"].setVisible(heard)
        self._acts["call.listen"].setVisible(not heard)
        self._show_chats(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(theme().px(PANEL if self.width() >= theme().px(NARROW) else NARROW_PANEL))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._beat.start()
        self.live.list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._beat.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._presenter.state.leaving is not None:
                self._presenter.take_back()
            else:
                self._presenter.shut_move()
        else:
            super().keyPressEvent(event)

    def _show_chats(self, state: BoardState) -> None:
        if self.chats is not None:
            self.chats.show_team(state.team)

    def _waiting_card(self) -> QWidget:
        card = Card(margins=(0, 8, 0, 4), gap=2)
        sooner, later = self._button("call.sooner", "chevron-up"), self._button("call.later", "chevron-down")
        take = self._button("call.take", "phone")
        title = Text(self.tr("Waiting calls"), Type.HEADING)
        head = row(title, self._waiting_count, STRETCH, sooner, later, take, gap=8, margins=(14, 0, 10, 0))
        card.body.addLayout(head)
        card.body.addWidget(self.waiting, 1)
        self._acts: dict[str, QPushButton] = {"call.sooner": sooner, "call.later": later, "call.take": take}
        return card

    def _live_card(self) -> QWidget:
        card = Card(margins=(0, 8, 0, 6), gap=2)
        ids = {
            "call.listen": "ear", "call.leave": "log-out", "call.whisper": "mic", "call.barge": "users",
            "call.move": "phone-forwarded",
        }  # fmt: skip
        buttons = {id_: self._button(id_, icon) for id_, icon in ids.items()}
        buttons["call.move"].set_role(Role.PRIMARY)
        end = IconButton(self.tr("End the call"), "phone-off", key=self._commands.key("call.end"), tint="bad")
        end.clicked.connect(lambda: self._commands.run("call.end"))
        title = Text(self.tr("Live calls"), Type.HEADING)
        head = row(title, self._live_count, STRETCH, end, *buttons.values(), gap=5, margins=(14, 0, 10, 0))
        card.body.addLayout(head)
        card.body.addWidget(self.live, 1)
        said = self.tr("Listening stands in the call’s trace; a whisper is heard by the agent only.")
        card.body.addLayout(row(Elided(said, Type.SMALL, "text2"), margins=(14, 2, 14, 2)))
        self._acts |= buttons | {"call.end": end}
        return card

    def _button(self, command: str, icon: str) -> Button:
        words = {
            "call.sooner": self.tr("Sooner"),
            "call.later": self.tr("Later"),
            "call.take": self.tr("Take"),
            "call.listen": self.tr("Listen"),
            "call.leave": self.tr("Leave"),
            "call.whisper": self.tr("Whisper"),
            "call.barge": self.tr("Barge in"),
            "call.move": self.tr("Move"),
        }
        button = Button(words[command], icon=icon, key=self._commands.key(command), height=30)
        button.clicked.connect(lambda: self._commands.run(command))
        return button

    def _waiting_cells(self, call: CallView) -> Cells:
        state = self._presenter.state
        words, icon, ink = waiting_state(call)
        waited = (self._now() - (call.waiting_since_at or call.started_at)).total_seconds()
        target = state.days[0].target_s if state.days else TARGET_S
        return (
            Cell(str(state.place(call)), "text2"),
            Cell(caller(call, state.region), type_=Type.STRONG),
            Cell(self._team_name(call)),
            Cell(why_here(call, state.region), "text2"),
            Cell(words, ink, Type.LABEL, icon),
            Cell(duration(waited), waited_ink(waited, target), Type.STRONG),
        )

    def _live_cells(self, call: CallView) -> Cells:
        words, icon, ink = live_state(call)
        lasted = (self._now() - (call.answered_at or call.started_at)).total_seconds()
        return (
            Cell(caller(call, self._presenter.state.region), type_=Type.STRONG),
            Cell(call.agent_name, face=True),
            Cell(call.team_name),
            Cell(words, ink, Type.LABEL, icon),
            Cell(duration(lasted), talked_ink(lasted), Type.STRONG),
        )

    def _team_name(self, call: CallView) -> str:
        awaited: UUID | None = call.step_team_id
        loads = self._presenter.state.loads
        return next((load.name for load in loads if load.team_id == awaited), call.team_name)

    def _tick(self) -> None:
        for part in (self.waiting, self.live, self._tiles, self.panel):
            part.tick()
        if self.chats is not None:
            self.chats.tick()
