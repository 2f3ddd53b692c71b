"""The seconds in which a mail can be taken back, each mail its own."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from app.desk.composer import Composer, ComposerState
from app.domain.composing import Ending
from app.domain.follow_ups import Channel
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.announce import announce
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface
from ui.widgets.layout import column, row
from ui.widgets.text import Text


class UndoToast(Surface):
    """Says for ten seconds that a mail is about to leave; Ctrl+Z takes it back."""

    def __init__(self, presenter: Composer, window: QWidget, over: QWidget) -> None:
        super().__init__("toast", parent=window)
        self._presenter, self._window, self._over = presenter, window, over
        self._first = Text("", Type.STRONG, "on_toast")
        self._second = Text("", Type.SMALL, "on_toast")
        undo = Button(self.tr("Undo"), icon="undo-2", key="Ctrl+Z", role=Role.BAR, height=28)
        undo.clicked.connect(presenter.undo)
        self.setLayout(row(column(self._first, self._second, gap=1), undo, gap=20, margins=(16, 10, 12, 10)))
        self._tick = QTimer(self, interval=250)
        self._tick.timeout.connect(self._show_rest)
        self.hide()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: ComposerState) -> None:
        """Come with a mail that was sent, and go when it left or was taken back."""
        if state.leaving is None:
            self._tick.stop()
            self.hide()
            return
        if not self._tick.isActive():
            self._tick.start()
        self._show_rest()

    def place(self) -> None:
        """Stand in the middle above the composer."""
        self.adjustSize()
        at = self._over.mapTo(self._window, QPoint(0, 0))
        left = at.x() + (self._over.width() - self.width()) // 2
        self.move(left, at.y() + self._over.height() - self.height() - theme().px(12))
        self.raise_()

    def _show_rest(self) -> None:
        for sent in self._presenter.state.leavings:
            if self._presenter.seconds_left(sent) <= 0:
                self._presenter.forget_leaving(sent.mail_id)
        leaving, count = self._presenter.state.leaving, len(self._presenter.state.leavings)
        if leaving is None:
            return
        # Of several the last one is shown, and taken back first.
        one, last = (
            self.tr("Mail on case {0} leaves in {1} s"),
            self.tr("Last of {2} mails, on case {0}, leaves in {1} s"),
        )
        if leaving.channel is Channel.SMS:
            one = self.tr("SMS on case {0} leaves in {1} s")
        said, rest = last if count > 1 else one, str(self._presenter.seconds_left(leaving))
        said = said.replace("{0}", str(leaving.number)).replace("{1}", rest).replace("{2}", str(count))
        self._first.setText(said)
        after = {
            Ending.SEND: self.tr("to {0}"),
            Ending.WAIT: self.tr("to {0} · waiting on the customer"),
            Ending.SOLVE: self.tr("to {0} · sent and solved"),
        }[leaving.ending]
        self._second.setText(after.replace("{0}", leaving.to))
        if self.isHidden():
            self.show()
            announce(self, f"{self._first.text()} {self._second.text()}")
        self.place()
