"""The text of a mail as it is typed: bold words, lists, links, pictures; what is pasted brings nothing else along."""

from uuid import uuid4

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QImage,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextListFormat,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from app.domain.rich_text import BlockKind, Blocks, from_text, read_html, safe_link
from ui.composer.blocks import CID, QUOTE, insert_runs, quote_format, read_blocks, write_blocks
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.pictures import is_shown, picture

AT_ONCE = 1_000
LEAST = 48
_LATER_MS = 150
_SHOWN_PX = 320
_LISTS = {BlockKind.BULLET: QTextListFormat.Style.ListDisc, BlockKind.NUMBER: QTextListFormat.Style.ListDecimal}


class RichEdit(QTextEdit):
    """Tells its blocks at every change; of a long text a moment later, so that a key is painted at once."""

    typed = Signal(object)
    files_dropped = Signal(list)
    image_pasted = Signal(str, bytes, str)
    sent = Signal(str)
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: dict[str, bytes] = {}
        self._wanted = theme().px(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setProperty("bare", "true")
        self.setFont(theme().font(Type.BODY))
        self.setTabChangesFocus(True)
        self.setAcceptRichText(True)
        self.document().setDocumentMargin(2)
        self.document().setIndentWidth(theme().px(18))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._tell)
        self.textChanged.connect(self._changed)

    def blocks(self) -> Blocks:
        """What was typed."""
        return read_blocks(self.document())

    def show_blocks(self, blocks: Blocks, pictures: dict[str, bytes]) -> None:
        """Show a text that came from elsewhere."""
        self.blockSignals(True)
        self._pictures = dict(pictures)
        self.clear()
        self.setCurrentCharFormat(QTextCharFormat())
        write_blocks(QTextCursor(self.document()), blocks, fresh=True)
        self.document().clearUndoRedoStacks()
        self.blockSignals(False)
        self._fit()

    def toggle(self, what: str) -> None:
        """Make the chosen words bold, italic or underlined, or plain again."""
        now, look = self.currentCharFormat(), QTextCharFormat()
        if what == "bold":
            bold = now.fontWeight() >= QFont.Weight.DemiBold
            look.setFontWeight(QFont.Weight.Normal if bold else QFont.Weight.DemiBold)
        elif what == "italic":
            look.setFontItalic(not now.fontItalic())
        else:
            look.setFontUnderline(not now.fontUnderline())
        self.mergeCurrentCharFormat(look)

    def shape(self, kind: BlockKind) -> None:
        """Make the line a list's or a quoted one, or plain again."""
        cursor = self.textCursor()
        listed = cursor.currentList()
        is_quote = cursor.blockFormat().hasProperty(QUOTE)
        if listed is not None:
            was = listed.format().style()
            listed.remove(cursor.block())
            cursor.setBlockFormat(QTextBlockFormat())
            if kind in _LISTS and was is _LISTS[kind]:
                return
        if kind in _LISTS:
            cursor.createList(_LISTS[kind])
        else:
            cursor.setBlockFormat(QTextBlockFormat() if is_quote else quote_format())

    def link(self, address: str) -> None:
        """Make the chosen words, or the address itself, a link."""
        wanted, cursor = safe_link(address), self.textCursor()
        if not wanted:
            return
        words = cursor.selectedText() or address.strip()
        look = QTextCharFormat()
        look.setAnchor(True)
        look.setAnchorHref(wanted)
        look.setForeground(theme().colour("accent"))
        look.setFontUnderline(True)
        cursor.insertText(words, look)
        cursor.insertText(" ", QTextCharFormat())
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(QTextCharFormat())

    def insert_picture(self, name: str, data: bytes) -> bool:
        """Put a picture into the text; False for bytes that are none, or too large to be shown here."""
        if not is_shown(data):
            return False
        content_id = f"{uuid4().hex}@guichet"
        self._pictures[content_id] = data
        self.image_pasted.emit(name, data, content_id)
        image = QTextImageFormat()
        image.setName(f"{CID}{content_id}")
        image.setProperty(QTextCharFormat.Property.ImageAltText, name)
        self.textCursor().insertImage(image)
        return True

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give the pictures of this text, and nothing else of this computer or the network."""
        address = name.toString() if isinstance(name, QUrl) else str(name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        return picture(self._pictures.get(address.removeprefix(CID), b""), _SHOWN_PX)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take files as attachments, pictures into the text, and of pages only what a mail may hold."""
        paths = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if paths:
            self.files_dropped.emit(paths)
        elif source.hasImage():
            image = QImage(source.imageData())
            if not image.isNull():
                self.insert_picture("image.png", _png(image))
        elif source.hasHtml():
            insert_runs(self.textCursor(), read_html(source.html()))
        elif source.hasText():
            insert_runs(self.textCursor(), from_text(source.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier and event.key() in _LOOKS:
            self.toggle(_LOOKS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def insert_words(self, text: str) -> None:
        """Put words where the cursor stands, as if they were typed."""
        self.textCursor().insertText(text)
        self.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """As tall as the text, up to a quarter of the window; where room is scarce it scrolls sooner."""
        return QSize(super().sizeHint().width(), self._wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme().px(LEAST))

    def flush(self) -> None:
        """Tell what was typed at once."""
        if self._later.isActive():
            self._later.stop()
            self._tell()

    def _changed(self) -> None:
        self._fit()
        if self.document().characterCount() <= AT_ONCE:
            self._tell()
        else:
            self._later.start(_LATER_MS)

    def _tell(self) -> None:
        self.typed.emit(self.blocks())

    def _fit(self) -> None:
        most = max(theme().px(64), min(theme().px(220), self.window().height() // 4))
        wanted = max(theme().px(LEAST), min(most, int(self.document().size().height()) + 6))
        if wanted != self._wanted or self.maximumHeight() != wanted:
            # Only then: a new geometry lays the whole composer out again, and a key must be painted at once.
            self._wanted = wanted
            self.setMaximumHeight(wanted)
            self.updateGeometry()


_LOOKS = {Qt.Key.Key_B: "bold", Qt.Key.Key_I: "italic", Qt.Key.Key_U: "underline"}


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
