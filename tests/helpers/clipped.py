"""Finds text that does not fit, targets that are too small, and focusable parts without a name."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTabBar, QWidget

from ui.widgets.button import Button
from ui.widgets.choice import Check, Segment
from ui.widgets.pill import Chip, Pill
from ui.widgets.text import Elided

WHOLE = (Button, Pill, Chip, Check, Segment)
SMALLEST_TARGET = 24


def clipped(root: QWidget) -> list[str]:
    """Every visible text that its widget is too small for; labels made to elide are left out."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and not isinstance(widget, Elided) and widget.text():
            if widget.wordWrap():
                short = widget.heightForWidth(widget.width()) > widget.height() + 1
            else:
                short = (
                    widget.sizeHint().width() > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1
                )
            if short:
                found.append(f"{widget.text()!r} in {widget.width()}x{widget.height()}")
        elif isinstance(widget, WHOLE):
            wanted = widget.sizeHint()
            if wanted.width() > widget.width() or wanted.height() > widget.height():
                found.append(f"{widget.accessibleName()!r} needs {wanted.toTuple()}, has {widget.size().toTuple()}")
        elif isinstance(widget, QTabBar) and widget.sizeHint().width() > widget.width() + 1:
            found.append(f"tabs of {widget.accessibleName()!r}")
    return found


def too_small(root: QWidget) -> list[str]:
    """Every visible target under 24 pixels (links in text excepted, WCAG 2.5.8)."""
    return [
        f"{widget.accessibleName() or widget.objectName()!r} {widget.size().toTuple()}"
        for widget in root.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QComboBox)
        and widget.isVisible()
        and widget.isEnabled()
        and min(widget.width(), widget.height()) < SMALLEST_TARGET
        and not widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    ]


def nameless(root: QWidget) -> list[str]:
    """Every visible part that takes the keyboard and would not be announced."""
    return [
        type(widget).__name__
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not widget.accessibleName()
    ]
