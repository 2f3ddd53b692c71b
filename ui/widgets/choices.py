"""Choosing several of some: a field that names what was chosen, and a list in which each click adds or takes away."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.options import Option, OptionList
from ui.widgets.painting import draw_box, make_painter


class Choices(QPushButton):
    """Several of the options; the list stays open until Esc, Tab or a click elsewhere."""

    changed = Signal(object)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self._options: tuple[Option, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._wrong = False
        self._list: OptionList | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._toggle_list)

    def show_options(self, options: tuple[Option, ...], chosen: tuple[str, ...]) -> None:
        """Replace options and choice without telling anybody."""
        if (options, chosen) != (self._options, self._chosen):
            self._options, self._chosen = options, chosen
            self.setAccessibleDescription(self.words)
            if self._list is not None and self._list.isVisible():
                at = self._list.list.currentIndex().row()
                self._open()
                self._list.list.setCurrentIndex(self._list.model.index(max(at, 0), 0))
            self.update()

    @property
    def words(self) -> str:
        """The names of what was chosen."""
        names = {option.key: option.label for option in self._options}
        return ", ".join(names.get(one, "?") for one in self._chosen)

    def set_wrong(self, wrong: bool) -> None:
        """Give the edge the colour of an error, or take it back."""
        self._wrong = wrong
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, theme().px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(96, theme().px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list is not None and self._list.press(event.key()):
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._list is not None:
            self._list.hide()

    def _toggle_list(self) -> None:
        if self._list is not None and self._list.isVisible():
            self._list.hide()
        else:
            self._open()

    def _open(self) -> None:
        if self._list is None:
            self._list = OptionList(self)
            self._list.chosen.connect(self._toggle)
        shown = tuple(
            Option(option.key, option.label, option.detail, "check" if option.key in self._chosen else "circle")
            for option in self._options
        )
        self._list.open_for(shown)

    def _toggle(self, key: str) -> None:
        at = [option.key for option in self._options].index(key)
        kept = tuple(one for one in self._chosen if one != key)
        self._chosen = kept if key in self._chosen else (*self._chosen, key)
        self.setAccessibleDescription(self.words)
        self.update()
        self.changed.emit(self._chosen)
        self._open()
        if self._list is not None:
            self._list.list.setCurrentIndex(self._list.model.index(at, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        edge, width = look.colour("bad" if self._wrong else "edge"), 1.0
        if self.hasFocus():
            edge, width = look.colour("accent"), 2.0
        enabled = self.isEnabled()
        fill = look.colour("surface" if enabled else "sunk")
        draw_box(painter, QRectF(self.rect()), 8, fill, edge if enabled else look.colour("border"), width)
        painter.setFont(look.font(Type.BODY))
        words = self.words
        painter.setPen(look.colour("text" if words and enabled else "text3"))
        room = QRect(13, 0, self.width() - 43, self.height())
        shown = QFontMetrics(painter.font()).elidedText(
            words or self._placeholder, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.drawPixmap(self.width() - 26, round((self.height() - 16) / 2), look.icon("chevron-down", "text2"))
        painter.end()
