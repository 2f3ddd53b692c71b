"""The buttons over a mail's text: looks, lists, a quote, a link, a picture, a file."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.rich_text import BlockKind
from ui.composer.rich_edit import RichEdit
from ui.theme.theme import theme
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, column, row


class FormatBar(QWidget):
    """Each button does to the text what its key does."""

    picture_asked = Signal()
    file_asked = Signal()
    quote_asked = Signal()

    def __init__(self, text: RichEdit) -> None:
        super().__init__()
        self._text = text
        looks = (
            (self.tr("Bold"), "bold", "Ctrl+B"),
            (self.tr("Italic"), "italic", "Ctrl+I"),
            (self.tr("Underlined"), "underline", "Ctrl+U"),
        )
        buttons: list[QWidget | int] = []
        for name, look, key in looks:
            buttons.append(self._button(name, look, lambda look=look: text.toggle(look), key))
        buttons.append(self._edge())
        lists = (
            (self.tr("List"), "list", BlockKind.BULLET),
            (self.tr("Numbered list"), "list-ordered", BlockKind.NUMBER),
        )
        for name, icon, kind in lists:
            buttons.append(self._button(name, icon, lambda kind=kind: text.shape(kind)))
        buttons.append(self._edge())
        self.link = self._button(self.tr("Link"), "link", self._ask_link)
        buttons += [
            self.link,
            self._button(self.tr("Picture"), "image", self.picture_asked.emit),
            self._button(self.tr("Attach a file"), "paperclip", self.file_asked.emit),
            8,
        ]
        self.quote = Button(self.tr("Quote the answered mail"), icon="text-quote", role=Role.GHOST, height=28)
        self.quote.clicked.connect(self.quote_asked)
        self.setLayout(row(*buttons, self.quote, STRETCH, gap=2))

    def _button(self, name: str, icon: str, act: object, key: str = "") -> IconButton:
        button = IconButton(name, icon, key=key, size=28)
        button.clicked.connect(lambda: (act(), self._text.setFocus()))  # type: ignore[operator]
        return button

    def _edge(self) -> QWidget:
        line = hairline("hairline", vertical=True)
        line.setFixedHeight(theme().px(16))
        return line

    def _ask_link(self) -> None:
        popup = _LinkPopup(self.link)
        popup.given.connect(self._text.link)
        popup.open()


class _LinkPopup(Surface):
    given = Signal(str)

    def __init__(self, beside: QWidget) -> None:
        super().__init__("card", parent=beside.window())
        self._line = _Line("https://", icon="link", height=36)
        self._line.setAccessibleName(self.tr("Address of the link"))
        self._line.left.connect(self._close)
        self._line.returnPressed.connect(self._give)
        self.setLayout(column(self._line, margins=(8, 8, 8, 8)))
        self.setFixedWidth(theme().px(320))
        self.adjustSize()
        at = beside.mapTo(beside.window(), QPoint(0, beside.height() + 4))
        self.move(min(at.x(), beside.window().width() - self.width() - 8), at.y())

    def open(self) -> None:
        """Show the line and take the keyboard."""
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _give(self) -> None:
        self.given.emit(self._line.text())
        self._close()

    def _close(self) -> None:
        self.hide()
        self.deleteLater()


class _Line(LineEdit):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
