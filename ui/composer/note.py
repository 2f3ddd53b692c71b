"""The note field under a case: what is typed is kept at once and filed with Ctrl+Enter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Type
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Surface
from ui.widgets.icon import Icon
from ui.widgets.inputs import TextArea
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.text import Elided, Text


class _Typing(TextArea):
    """The text itself; Ctrl+Enter files it, the focus shows on the whole card."""

    filed = Signal()
    named = Signal()
    focused = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.filed.emit()
        else:
            begins = self._begins_word()
            super().keyPressEvent(event)
            if event.text() == "@" and begins:
                self.named.emit()

    def _begins_word(self) -> bool:
        """Whether what is typed now begins a word: an address has its @ in the middle."""
        cursor = self.textCursor()
        before = self.toPlainText()[: cursor.position()]
        return not before or before[-1].isspace()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class NoteComposer(Surface):
    """An internal note of the case in hand."""

    typed = Signal(str)
    filed = Signal()
    attach_asked = Signal()
    detached = Signal(int)
    mention_asked = Signal()

    def __init__(self) -> None:
        super().__init__("card")
        self._files: tuple[str, ...] = ()
        self.text = _Typing(self.tr("Write what was said and done…"), lines=3, most_lines=10, bare=True)
        self.text.setAccessibleName(self.tr("Note"))
        self._error = Elided("", Type.SMALL, "bad")
        self._file = Button(self.tr("File as follow-up"), icon="flag", key="Ctrl+Return")
        self._kind = Text(self.tr("Internal note"), Type.LABEL)
        self._reads = Text(self.tr("colleagues read it, the customer does not"), Type.SMALL, "text3")
        self._head = head = row(Icon("flag", "warn"), self._kind, self._reads, STRETCH)
        attach = IconButton(self.tr("Attach a file"), "paperclip")
        attach.clicked.connect(self.attach_asked)
        self._attached = row(gap=6)
        foot = row(self._error, attach, self._file)
        foot.setStretch(0, 1)
        self.setLayout(column(head, self.text, self._attached, foot, gap=8, margins=(16, 12, 12, 12)))
        self.text.textChanged.connect(self._tell)
        self.text.filed.connect(self.filed)
        self.text.named.connect(self.mention_asked)
        self.text.focused.connect(self._focus)
        self._file.clicked.connect(self.filed)

    def name_colleague(self, name: str) -> None:
        """Write the name behind the @ that was typed."""
        self.text.setFocus()
        self.text.insertPlainText(f"{name} ")

    def put_channel(self, channel: QWidget) -> None:
        """Put the drop-down of channels before the heading."""
        self._head.insertWidget(0, channel)

    def show_live(self, *, live: bool) -> None:
        """Be the note of the call while it lasts: filed with the call, sent along when it is handed over."""
        self._kind.setText(self.tr("Live note") if live else self.tr("Internal note"))
        self._reads.setText(
            self.tr("goes with the call if you transfer it")
            if live
            else self.tr("colleagues read it, the customer does not")
        )
        self._file.setVisible(not live)

    def show_note(self, note: str, *, filing: bool, error: str) -> None:
        """Show the unfinished note of the case that was opened."""
        self.text.blockSignals(True)
        self.text.show_text(note)
        self.text.blockSignals(False)
        self._file.setEnabled(bool(note.strip() or self._files) and not filing)
        self._error.setText(error)

    def show_files(self, files: tuple[str, ...]) -> None:
        """Show the files that go with the note; a press takes one away."""
        if files == self._files:
            return
        self._files = files
        clear(self._attached)
        for at, name in enumerate(files):
            button = Button(name if len(name) <= 32 else f"{name[:20]}…{name[-10:]}", icon="x", height=28)
            button.setAccessibleName(self.tr("Take {0} away").replace("{0}", name))
            button.clicked.connect(lambda _=False, at=at: self.detached.emit(at))
            self._attached.addWidget(button)
        if files:
            self._attached.addStretch(1)
        self._file.setEnabled(bool(files) or bool(self.text.toPlainText().strip()))

    def _tell(self) -> None:
        self._file.setEnabled(bool(self._files) or bool(self.text.toPlainText().strip()))
        self.typed.emit(self.text.toPlainText())

    def _focus(self, focused: bool) -> None:
        self._file.set_role(Role.PRIMARY if focused else Role.PLAIN)
        self.setProperty("focused", "true" if focused else "false")
        self.style().unpolish(self)
        self.style().polish(self)
