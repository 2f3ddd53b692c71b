"""Rows and columns in one line each, so that a view reads like its picture."""

from enum import Enum
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget


class Space(Enum):
    """What may stand between the parts of a row or column."""

    STRETCH = 1


STRETCH = Space.STRETCH
L = TypeVar("L", bound=QBoxLayout)
Part = QWidget | QLayout | Space | int
Margins = tuple[int, int, int, int]


def row(*parts: Part, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Lay parts out from left to right, centred in height; a number is a fixed space."""
    layout = QHBoxLayout()
    return _fill(layout, parts, gap, margins, Qt.AlignmentFlag.AlignVCenter)


def column(*parts: Part, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Lay parts out from top to bottom, each as wide as the column."""
    layout = QVBoxLayout()
    return _fill(layout, parts, gap, margins, Qt.AlignmentFlag(0))


def _fill(layout: L, parts: tuple[Part, ...], gap: int, margins: Margins, align: Qt.AlignmentFlag) -> L:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, Space):
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            fixed = part.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Fixed
            layout.addWidget(part, 0, align if fixed else Qt.AlignmentFlag(0))
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let its widgets go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
