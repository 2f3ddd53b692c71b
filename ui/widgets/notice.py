"""Sentences that matter now: the notice bar inside a page, the toast with undo, the empty state."""

from html import escape

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone, tone_colours
from ui.widgets.announce import announce
from ui.widgets.button import Button, Role
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, Margins, column, row
from ui.widgets.painting import draw_box, draw_shadow, make_painter
from ui.widgets.text import Text

TOAST_S = 8


class Notice(QFrame):
    """A tinted bar: icon, sentence, and the remedy as a button."""

    def __init__(self, text: str, tone: Tone, icon: str, *remedies: QWidget, title: str = "") -> None:
        super().__init__()
        self._tone = tone
        self.text = Text(text, Type.BODY, wrap=True, rich=True)
        self.title = Text(title, Type.STRONG, tone.value, wrap=True)
        self.remedies = row(*remedies)
        aligned = Qt.AlignmentFlag.AlignTop if title else Qt.AlignmentFlag.AlignVCenter
        token = "text2" if tone is Tone.NEUTRAL else tone.value
        layout = row(gap=10, margins=(12, 9, 12, 9))
        layout.addWidget(Icon(icon, token), 0, aligned)
        layout.addLayout(column(self.title, self.text, gap=3), 1)
        layout.addLayout(self.remedies)
        self.setLayout(layout)
        self.title.setVisible(bool(title))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        _, soft = tone_colours(theme().tokens, self._tone)
        draw_box(painter, QRectF(self.rect()), 8, QColor(soft))
        painter.end()


INSIDE: Margins = (0, 0, 0, 0)
"""The margins of a banner within a card."""


class Banner(QWidget):
    """A notice across the top of a page, or, without margins, among others; hidden it takes no room."""

    def __init__(self, tone: Tone, icon: str, margins: Margins = (24, 12, 24, 0)) -> None:
        super().__init__()
        self._notice = Notice("", tone, icon)
        self.setLayout(column(self._notice, margins=margins))
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a sentence; an empty one hides the banner."""
        self._notice.text.setText(escape(text))
        self.setVisible(bool(text))


class Toast(QFrame):
    """Says what was done at the bottom of the window, for some seconds, with the way back."""

    undone = Signal()

    def __init__(self, window: QWidget, text: str, undo: str = "", key: str = "") -> None:
        super().__init__(window)
        self._over = window
        self.setAccessibleName(text)
        parts: list[QWidget] = [Text(text, Type.MEDIUM, "on_toast")]
        if undo:
            button = Button(undo, icon="undo-2", key=key, role=Role.BAR, height=28)
            button.clicked.connect(self._undo)
            parts.append(button)
        self.setLayout(row(*parts, gap=16, margins=(28, 22, 24, 26)))
        QTimer.singleShot(TOAST_S * 1000, self, self.deleteLater)

    def place(self, above: QWidget | None = None) -> None:
        """Stand in the middle above the lower edge, or above what is written in, without the focus."""
        self.adjustSize()
        parent, left, wide, foot = self._over, 0, self._over.width(), self._over.height() - 16
        if above is not None and above.isVisible():
            at = above.mapTo(parent, QPoint(0, 0))
            left, wide, foot = at.x(), above.width(), at.y()
        self.move(left + (wide - self.width()) // 2, foot - self.height())
        self.show()
        self.raise_()
        announce(self, self.accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        card = QRectF(self.rect()).adjusted(12, 12, -12, -16)
        draw_shadow(painter, card, 10, 12)
        draw_box(painter, card, 10, theme().colour("toast"))
        painter.end()

    def _undo(self) -> None:
        self.hide()
        self.undone.emit()
        self.deleteLater()


class EmptyState(QWidget):
    """Nothing to show: one sentence, one reason, one button."""

    def __init__(self, icon: str, sentence: str, reason: str = "", button: Button | None = None) -> None:
        super().__init__()
        self.sentence = Text(sentence, Type.HEADING, wrap=True)
        self.reason = Text(reason, Type.BODY, "text2", wrap=True)
        layout = column(STRETCH, gap=8, margins=(32, 32, 32, 32))
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(Icon(icon, "text3", 28), 0, centre)
        for text in (self.sentence, self.reason):
            text.setAlignment(centre)
            layout.addWidget(text)
        if button is not None:
            layout.addSpacing(4)
            layout.addWidget(button, 0, centre)
        layout.addStretch(2)
        self.setLayout(layout)
        self.reason.setVisible(bool(reason))
