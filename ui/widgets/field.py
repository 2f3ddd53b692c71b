"""A labelled field: label above, hint with the reason, the error where it belongs."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Type
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.text import Text


class Editor(Protocol):
    """What a field can hold: any editor that can show its edge as wrong."""

    def set_wrong(self, wrong: bool) -> None:
        """Give the edge the colour of an error, or take it back."""


class Field(QWidget):
    """A label, its editor, a hint under it and, in its stead, the error."""

    def __init__(self, label: str, editor: QWidget, *, hint: str = "", required: bool = False) -> None:
        super().__init__()
        self.editor = editor
        self._hint = hint
        self.label = Text(label, Type.LABEL, "text2")
        star = Text("*", Type.LABEL, "bad")
        star.setAccessibleName(self.tr("required"))
        self._under = Text(hint, Type.SMALL, "text2", wrap=True)
        self.label.setBuddy(editor)
        asked = self.tr("required")
        editor.setAccessibleName(f"{label}, {asked}" if required else label)
        editor.setAccessibleDescription(hint)
        self.setLayout(column(row(self.label, star, STRETCH, gap=4), editor, self._under, gap=5))
        # Only now have they a parent: shown before, each would be a window of its own for a moment.
        star.setVisible(required)
        self._under.setVisible(bool(hint))

    def show_label(self, label: str) -> None:
        """Call the same field otherwise."""
        self.label.setText(label)
        self.editor.setAccessibleName(label)

    def show_hint(self, hint: str) -> None:
        """Change the sentence under the editor."""
        self._hint = hint
        self.show_error("")

    def show_error(self, error: str) -> None:
        """Show what is wrong and what to do, or the hint again when nothing is."""
        editor: Editor = self.editor  # type: ignore[assignment]
        editor.set_wrong(bool(error))
        self._under.setText(error or self._hint)
        self._under.set_tone("bad" if error else "text2")
        self._under.setVisible(bool(error or self._hint))
        self.editor.setAccessibleDescription(error or self._hint)
