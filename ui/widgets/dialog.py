"""Dialogs inside the window: a scrim, a card, Esc and Ctrl+Enter; never `exec()`, never a second window.

They live in the window so that a ringing call can still be answered above them, by key and by mouse.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Scroll, hairline
from ui.widgets.icon import KeyCap
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.painting import draw_box, draw_shadow, make_painter
from ui.widgets.text import Text

WIDTH = 600
_SHADOW = 24
_ACCEPT = tuple(
    QKeyCombination(Qt.KeyboardModifier.ControlModifier, key) for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
)


class Scrim(QFrame):
    """Covers the window behind a dialog, follows its size, and swallows the mouse."""

    resized = Signal()
    pressed = Signal()

    def __init__(self, window: QWidget, *, still: bool = False) -> None:
        """`still` shows the window as it is now: what changes over it at every key paints nothing of it again."""
        super().__init__(window)
        self._window = window
        self._behind = self._picture() if still else None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, still)
        window.installEventFilter(self)
        theme().changed.connect(self._uncover)
        self.setGeometry(window.rect())

    def _picture(self) -> QPixmap:
        picture = self._window.grab()
        painter = make_painter(picture)
        painter.fillRect(self._window.rect(), theme().colour("scrim"))
        painter.end()
        return picture

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._window:
            self._uncover()
            self.setGeometry(self._window.rect())
            self.resized.emit()
        return False

    def _uncover(self) -> None:
        """The window is not what it was: it is seen as it is."""
        self._behind = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        if self._behind is not None:
            painter.drawPixmap(0, 0, self._behind)
        else:
            painter.fillRect(self.rect(), theme().colour("scrim"))
        painter.end()


class Dialog(QDialog):
    """A card of 600 pixels: title, content that scrolls if it must, footer with the one primary button."""

    closed = Signal()

    def __init__(self, window: QWidget, title: str, *, width: int = WIDTH) -> None:
        scrim = Scrim(window.window())
        super().__init__(scrim)
        self.setWindowFlags(Qt.WindowType.Widget)  # QDialog insists on a window when it is told so earlier
        self._scrim = scrim
        scrim.resized.connect(self.place)
        self._wide = width
        self._before: QWidget | None = None
        self._title = Text(title, Type.TITLE)
        self.setAccessibleName(title)
        self.content = column(gap=14)
        self.primary: Button | None = None
        self.may_close: Callable[[], bool] = lambda: True
        close = IconButton(self.tr("Close"), "x", key="Esc", size=28)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.reject)
        self._edge = hairline()
        self._edge.hide()
        header = row(self._title, STRETCH, KeyCap("Esc"), close, margins=(24, 16, 16, 8))
        self._body = Scroll(self.content, gap=0, margins=(24, 4, 24, 16))
        self._footer = row(gap=8, margins=(24, 0, 24, 14))
        self._footer.addStretch(1)
        self._body.content.installEventFilter(self)
        card = column(header, self._body, self._edge, self._footer, gap=0)
        card.setContentsMargins(_SHADOW, _SHADOW, _SHADOW, _SHADOW)
        self.setLayout(card)

    def set_title(self, title: str) -> None:
        """Name the dialog, in words of its own context."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_footer(self, hint: str, primary: Button, *others: Button) -> None:
        """Put the hint at the left and the buttons at the right; Ctrl+Enter presses the primary one."""
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.set_answers(hint, primary, *others, cancel)

    def set_answers(self, hint: str, primary: Button, *others: Button) -> None:
        """The same without a way to cancel: for what only tells something."""
        self.primary = primary
        self._edge.show()
        self._footer.setContentsMargins(24, 12, 24, 14)
        self._footer.insertWidget(0, Text(hint, Type.SMALL, "text2"))
        for button in (*others, primary):
            button.setAutoDefault(False)
            self._footer.addWidget(button)

    def open(self) -> None:
        """Show the dialog over its window and give it the keyboard."""
        self._before = self.window().focusWidget()
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        self.place()
        if isinstance(line := self.focusWidget(), QLineEdit) and not line.hasSelectedText():
            line.end(False)  # what stands there already is gone on with

    def place(self) -> None:
        """Stand in the middle; what does not fit scrolls."""
        area = self._scrim.size()
        width = min(self._wide, area.width() - 32)
        tall = self._body.column.totalHeightForWidth(width)
        if tall < 0:
            tall = self._body.column.totalSizeHint().height()
        self._body.setFixedHeight(max(80, min(tall, area.height() - 32 - theme().px(120))))
        self.setFixedWidth(width + 2 * _SHADOW)
        self.adjustSize()
        self.move((area.width() - self.width()) // 2, max(0, (area.height() - self.height()) // 2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            QTimer.singleShot(0, self, self.place)  # the content grew or shrank: sizes are known after this event
        return False

    def reject(self) -> None:
        """Close without saving, unless typed text asks for a word first."""
        if self.may_close():
            super().reject()

    def done(self, result: int) -> None:
        """Close, give the keyboard back, and leave nothing behind."""
        super().done(result)
        self._scrim.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self._scrim.deleteLater()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a press on the card is not a press beside it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.keyCombination().toCombined() in {key.toCombined() for key in _ACCEPT}:
            if self.primary is not None and self.primary.isEnabled():
                self.primary.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # Enter alone sends nothing away
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the dialog."""
        inside = [w for w in self._chain() if w.isVisible() and w.isEnabled()]
        now = self.focusWidget()
        if not inside:
            return True
        at = inside.index(now) if now in inside else -1
        target = inside[(at + (1 if forward else -1)) % len(inside)]
        target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        self._body.ensureWidgetVisible(target)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            inside = self._chain()
            if inside:
                inside[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        draw_shadow(painter, card, 14, _SHADOW - 4)
        draw_box(painter, card, 14, theme().colour("surface"), theme().colour("border") if theme().dark else None)
        painter.end()

    def _chain(self) -> list[QWidget]:
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if self.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found


def primary(label: str, icon: str = "", key: str = "Ctrl+Return") -> Button:
    """Return the one primary button of a dialog, with its key on it."""
    return Button(label, icon=icon, key=key, role=Role.PRIMARY)
