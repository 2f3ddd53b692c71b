"""Surfaces: cards, section headers, hairlines and scrolling columns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.fonts import Type
from ui.widgets.layout import STRETCH, Margins, Part, column, row
from ui.widgets.text import Text


class Surface(QFrame):
    """A frame of one kind of the style sheet (`card`, `surface`, `rail`, `sunk`, `bg`…)."""

    def __init__(self, kind: str, layout: QLayout | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        if layout is not None:
            self.setLayout(layout)


class Card(Surface):
    """A white box with a heading and, at its right, what can be done with the whole."""

    def __init__(self, heading: str = "", *actions: QWidget, margins: Margins = (16, 12, 16, 16), gap: int = 8) -> None:
        self.body = column(gap=gap, margins=margins)
        super().__init__("card", self.body)
        if heading or actions:
            self.heading = Text(heading, Type.HEADING)
            self.body.addLayout(row(self.heading, STRETCH, *actions))


class SectionHeader(QWidget):
    """A small grey caption over a group, with a count or a button at its right."""

    def __init__(self, caption: str, *trailing: Part, tone: str = "text3") -> None:
        super().__init__()
        self.caption = Text(caption.upper(), Type.CAPTION, tone)
        self.setLayout(row(self.caption, STRETCH, *trailing))


def hairline(kind: str = "line", *, vertical: bool = False) -> QFrame:
    """Return a line one pixel thin: `line` inside a card, `hairline` between areas."""
    frame = Surface(kind)
    if vertical:
        frame.setFixedWidth(1)
        frame.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    else:
        frame.setFixedHeight(1)
        frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return frame


class Scroll(QScrollArea):
    """A column that scrolls when it is taller than its place, and never sideways."""

    def __init__(self, *parts: Part, gap: int = 16, margins: Margins = (24, 16, 24, 24)) -> None:
        super().__init__()
        self.column: QVBoxLayout = column(*parts, gap=gap, margins=margins)
        self.content = content = QWidget()
        content.setLayout(self.column)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
