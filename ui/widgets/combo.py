"""Choosing one of some: a drop-down, and a field that searches while one types."""

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.inputs import LineEdit
from ui.widgets.options import Option, OptionList
from ui.widgets.painting import draw_box, draw_keycap, key_text, keycap_size, make_painter

PAUSE_MS = 120


class Combo(QComboBox):
    """A drop-down whose list shows details and says in a footnote why only these are offered."""

    picked = Signal(object)

    def __init__(
        self,
        placeholder: str = "",
        *,
        footnote: str = "",
        key: str = "",
        height: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._placeholder, self._footnote, self._key = placeholder, footnote, key_text(key)
        self._options: tuple[Option, ...] = ()
        self._wrong = False
        self._list: OptionList | None = None
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.activated.connect(lambda row: self.picked.emit(self._options[row].key))

    def show_options(self, options: tuple[Option, ...], chosen: Hashable = None) -> None:
        """Replace the options and the choice without telling anybody."""
        keys = [option.key for option in options]
        self.blockSignals(True)
        if options != self._options:
            self._options = options
            self.clear()
            self.addItems([f"{option.label} · {option.detail}".rstrip(" ·") for option in options])
        self.setCurrentIndex(keys.index(chosen) if chosen is not None and chosen in keys else -1)
        self.blockSignals(False)
        self.update()

    @property
    def choice(self) -> Hashable:
        """The key of the choice, or None."""
        return self._options[self.currentIndex()].key if self.currentIndex() >= 0 else None

    def words_of(self, key: Hashable) -> str:
        """What stands in the field when this is chosen."""
        if key is None:
            return self._placeholder
        return next((option.label for option in self._options if option.key == key), str(key))

    def set_wrong(self, wrong: bool) -> None:
        """Give the edge the colour of an error, or take it back."""
        self._wrong = wrong
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, theme().px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(96, theme().px(self._height))

    def showPopup(self) -> None:
        if self._list is None:
            self._list = OptionList(self)
            self._list.chosen.connect(self._choose)
        self._list.open_for(self._options, self.choice, self._footnote)

    def hidePopup(self) -> None:
        if self._list is not None:
            self._list.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._list is not None and self._list.isVisible():
            self.hidePopup()
        else:
            self.showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list is not None and self._list.press(event.key()):
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hidePopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel over a form scrolls the form and changes nothing

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        edge, width = look.colour("edge"), 1.0
        if self._wrong:
            edge = look.colour("bad")
        if self.hasFocus():
            edge, width = look.colour("accent"), 2.0
        enabled = self.isEnabled()
        draw_box(
            painter,
            rect,
            8,
            look.colour("surface" if enabled else "sunk"),
            edge if enabled else look.colour("border"),
            width,
        )
        option = self._options[self.currentIndex()] if self.currentIndex() >= 0 else None
        left, right = 13, self.width() - 30  # where a line's text begins
        if option is not None and option.icon:
            painter.drawPixmap(left - 2, round((self.height() - 16) / 2), look.icon(option.icon, "text2"))
            left += 24
        if self._key:
            cap = keycap_size(self._key)
            at = QRectF(right - cap.width() - 2, (self.height() - cap.height()) / 2, cap.width(), cap.height())
            draw_keycap(painter, at, self._key)
            right -= cap.width() + 10
        painter.setFont(look.font(Type.BODY, tabular=True))
        painter.setPen(look.colour("text" if option is not None and enabled else "text3"))
        text = self.currentText() if option is not None else self._placeholder
        text = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, 0, right - left, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.drawPixmap(self.width() - 27, round((self.height() - 16) / 2), look.icon("chevron-down", "text2"))
        painter.end()

    def _choose(self, key: Hashable) -> None:
        self.setCurrentIndex([option.key for option in self._options].index(key))
        self.picked.emit(key)


class SearchCombo(LineEdit):
    """A line that asks for matches after a short pause and offers them underneath."""

    searched = Signal(str)
    picked = Signal(object)

    def __init__(self, placeholder: str = "", *, icon: str = "search", footnote: str = "") -> None:
        super().__init__(placeholder, icon=icon)
        self._footnote = footnote
        self._list: OptionList | None = None
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textEdited.connect(lambda _: self._pause.start())

    def offer(self, options: tuple[Option, ...]) -> None:
        """Show the matches of what was typed; none closes the list."""
        if self._list is None:
            self._list = OptionList(self)
            self._list.chosen.connect(self.picked)
        if options and self.hasFocus():
            self._list.open_for(options, None, self._footnote)
        else:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list is not None and self._list.press(event.key()):
            return
        if event.key() == Qt.Key.Key_Down:
            self.searched.emit(self.text().strip())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._list is not None:
            self._list.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()
