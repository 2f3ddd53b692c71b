"""Tells the agent that a supervisor is about to move her call, and where to, with the seconds that are left."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.desk.board import LEAVING
from app.desk.calls import LiveCalls
from app.desk.live_calls import LiveCallsState
from app.services.calls import CallView
from app.services.organisation import Directory
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.announce import announce
from ui.widgets.card import Card
from ui.widgets.icon import Icon
from ui.widgets.layout import column, row
from ui.widgets.text import Text

WIDTH, BELOW_TOP_BAR, BEAT_MS = 420, 72, 250


class LeavingCard(Card):
    """Stands over the work and takes no keyboard; it goes with the call, or when the move is taken back."""

    def __init__(
        self,
        window: QWidget,
        presenter: LiveCalls,
        directory: Callable[[], Directory | None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(margins=(16, 12, 16, 12))
        self.setParent(window)
        self._over, self._directory, self._now = window, directory, now
        self._call: CallView | None = None
        self._where = Text("", Type.HEADING, "warn", wrap=True)
        why = self.tr("A supervisor moves it. What you typed goes along.")
        self._by = Text(why, Type.SMALL, "text2", wrap=True)
        words = column(self._where, self._by, gap=2)
        line = row(Icon("phone-forwarded", "warn", 20), gap=12)
        line.addLayout(words, 1)
        self.body.addLayout(line)
        self.setFixedWidth(theme().px(WIDTH))
        self.hide()
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._tick)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: LiveCallsState) -> None:
        """Show where my call goes, as long as it is about to."""
        front = state.front
        came = self._call is None
        self._call = front if front is not None and front.step == LEAVING else None
        if self._call is None:
            self._beat.stop()
            self.hide()
            return
        self._tick()
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, theme().px(BELOW_TOP_BAR))
        self.show()
        self.raise_()
        self._beat.start()
        if came:
            announce(self, self._where.text(), urgent=True)

    def _tick(self) -> None:
        call = self._call
        if call is None or call.step_until_at is None:
            return
        left = (call.step_until_at - self._now()).total_seconds()
        words = self.tr("Your call goes to {0} in {1} s").replace("{0}", self._name(call))
        self._where.setText(words.replace("{1}", str(max(0, round(left)))))
        self.setAccessibleName(self._where.text())

    def _name(self, call: CallView) -> str:
        directory, to = self._directory(), call.step_team_id or call.step_agent_id
        if directory is None or to is None:
            return self.tr("a number outside")
        names = {team.id: team.name for team in directory.teams} | {agent.id: agent.name for agent in directory.agents}
        return names.get(to, "")
