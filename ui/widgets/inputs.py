"""Typed input: a line with an icon, a longer text, a date with its hour."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.painting import draw_keycap, key_text, keycap_size, make_painter

LONGEST_LINE = 500


class LineEdit(QLineEdit):
    """One line, with an optional icon at the left and keycap at the right.

    A bare one that paints its own `ground` spares what lies under it at each key.
    """

    def __init__(
        self,
        placeholder: str = "",
        *,
        icon: str = "",
        key: str = "",
        quiet: bool = False,
        height: int = 32,
        longest: int = LONGEST_LINE,
        ground: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._key, self._ground = icon, key_text(key), ground
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, bool(ground))
        self.setPlaceholderText(placeholder)
        self.setMaxLength(longest)
        self.setProperty("quiet", "true" if quiet else "false")
        self.setFixedHeight(theme().px(height))
        right = keycap_size(self._key).width() + 8 if key else 0
        self.setTextMargins(24 if icon else 0, 0, right, 0)

    def show_text(self, text: str) -> None:
        """Show a text from its beginning; what stands there already keeps its cursor."""
        if self.text() != text:
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)

    def set_wrong(self, wrong: bool) -> None:
        """Give the edge the colour of an error, or take it back."""
        self.setProperty("wrong", "true" if wrong else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ground:
            painter = make_painter(self)
            painter.fillRect(event.rect(), theme().colour(self._ground))
            painter.end()
        super().paintEvent(event)
        painter = make_painter(self)
        if self._icon:
            painter.drawPixmap(11, round((self.height() - 16) / 2), theme().icon(self._icon, "text2"))
        if self._key:
            cap = keycap_size(self._key)
            at = QRectF(self.width() - cap.width() - 8, (self.height() - cap.height()) / 2, cap.width(), cap.height())
            draw_keycap(painter, at, self._key)
        painter.end()


class TextArea(QPlainTextEdit):
    """Several lines of plain text that grow with what is typed, up to a limit; Tab leaves it."""

    def __init__(self, placeholder: str = "", *, lines: int = 3, most_lines: int = 8, bare: bool = False) -> None:
        super().__init__()
        self._lines, self._most = lines, most_lines
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setProperty("bare", "true" if bare else "false")
        self.setFont(theme().font(Type.BODY))
        self.document().setDocumentMargin(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_wrong(self, wrong: bool) -> None:
        """Give the edge the colour of an error, or take it back."""
        self.setProperty("wrong", "true" if wrong else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def show_text(self, text: str) -> None:
        """Show a text that came from elsewhere; what is typed at this moment stays as it is."""
        if self.toPlainText() != text:
            self.setPlainText(text)

    def _fit(self) -> None:
        line = QFontMetrics(self.font()).lineSpacing()
        wrapped = int(self.document().size().height())  # of a plain text: in lines, as they are wrapped
        lines = max(self._lines, min(self._most, wrapped))
        self.setFixedHeight(lines * line + 16)


class SearchLine(LineEdit):
    """A quiet line for filtering; Esc empties it first."""

    def __init__(self, placeholder: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, icon="search", key=key, quiet=True, parent=parent)
        self.setAccessibleName(placeholder)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.ShortcutFocusReason:
            self.selectAll()

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())
