"""Tells the agent that a supervisor is about to move her call, and where to, with the seconds that are left."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.desk.calls import LiveCalls
from app.desk.live_calls import LiveCallsState
from app.services.calls import CallView
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.icon import Icon
from ui.widgets.layout import column, row
from ui.widgets.text import Text

WIDTH, BELOW_TOP_BAR, BEAT_MS, LATE_S = 420, 72, 250, 2


class LeavingCard(Card):
    """Stands over the work and takes no keyboard; it goes with the call, or when the move is taken back."""

    def __init__(self, window: QWidget, presenter: LiveCalls, now: Callable[[], datetime]) -> None:
        super().__init__(margins=(16, 12, 16, 12))
        self.setParent(window)
        self._over, self._now = window, now
        self._call: CallView | None = None
        self._where = Text("", Type.HEADING, "warn", wrap=True)
        self._by = Text("", Type.SMALL, "text2", wrap=True)
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
        self._call = front if front is not None and front.leaves_to and front.leaves_at is not None else None
        if self._call is None:
            self._beat.stop()
            self.hide()
            return
        by = self.tr("{0} moves it. What you typed goes along.").replace("{0}", self._call.leaves_by)
        self._by.setText(by)
        self._tick()
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, theme().px(BELOW_TOP_BAR))
        self.show()
        self.raise_()
        self._beat.start()

    def _tick(self) -> None:
        call = self._call
        if call is None or call.leaves_at is None:
            return
        left = (call.leaves_at - self._now()).total_seconds()
        if left < -LATE_S:  # who announced it went away without a word
            self._beat.stop()
            self.hide()
            return
        words = self.tr("Your call goes to {0} in {1} s").replace("{0}", call.leaves_to)
        self._where.setText(words.replace("{1}", str(max(0, round(left)))))
        self.setAccessibleName(self._where.text())
