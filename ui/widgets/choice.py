"""Ticks, radio cards, segments and tabs."""

from collections.abc import Hashable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QPushButton, QRadioButton, QSizePolicy, QTabBar, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.layout import row
from ui.widgets.painting import draw_box, draw_check, draw_focus_ring, make_painter, shows_focus


class Check(QCheckBox):
    """A tick box with its sentence."""

    def __init__(self, text: str) -> None:
        super().__init__(text.replace("&", "&&"))
        self._text = text
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(theme().font(Type.BODY)).horizontalAdvance(self._text) + 28, theme().px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        box = QRectF(1, (self.height() - 16) / 2, 16, 16)
        if self.isChecked():
            painter.setOpacity(1 if self.isEnabled() else 0.55)
            draw_box(painter, box, 4, look.colour("primary"))
            draw_check(painter, box, look.colour("on_primary"))
        else:
            edge = look.colour("edge" if self.isEnabled() else "border")
            draw_box(painter, box, 4, look.colour("surface"), edge, 1.3)
        painter.setOpacity(1)
        painter.setFont(look.font(Type.BODY))
        painter.setPen(look.colour("text" if self.isEnabled() else "text3"))
        painter.drawText(QRect(26, 0, self.width() - 26, self.height()), Qt.AlignmentFlag.AlignVCenter, self._text)
        if shows_focus(self):
            draw_focus_ring(painter, box.adjusted(-1, -1, 1, 1), 5)
        painter.end()


class RadioCard(QRadioButton):
    """One answer to a question, with what it means."""

    def __init__(self, title: str, meaning: str) -> None:
        super().__init__(title)
        self._title, self._meaning = title, meaning
        self.setAccessibleName(title)
        self.setAccessibleDescription(meaning)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def be_as_high(self) -> None:
        """Be as high as the others of a line."""
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        metrics = QFontMetrics(theme().font(Type.SMALL))
        text = metrics.boundingRect(QRect(0, 0, width - 56, 1000), Qt.TextFlag.TextWordWrap, self._meaning)
        return theme().px(22) + text.height() + 26

    def sizeHint(self) -> QSize:
        return QSize(280, self.heightForWidth(280))  # two side by side in a dialog

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        fill = look.colour("accent_soft" if on else "hover" if self.underMouse() else "surface")
        strong = on or self.hasFocus()
        draw_box(painter, rect, 10, fill, look.colour("accent" if strong else "border"), 2 if strong else 1)
        if shows_focus(self):
            draw_box(painter, rect.adjusted(4, 4, -4, -4), 7, None, look.colour("accent"), 1)
        disc = QRectF(15, 14, 16, 16)
        draw_box(painter, disc, 8, look.colour("surface"), look.colour("accent" if on else "edge"), 1.6)
        if on:
            draw_box(painter, disc.adjusted(4, 4, -4, -4), 4, look.colour("accent"))
        painter.setFont(look.font(Type.STRONG))
        painter.setPen(look.colour("accent" if on else "text"))
        painter.drawText(QRect(42, 11, self.width() - 56, look.px(22)), Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setFont(look.font(Type.SMALL))
        painter.setPen(look.colour("text2"))
        at = QRect(42, 13 + look.px(22), self.width() - 56, self.height())
        painter.drawText(at, Qt.TextFlag.TextWordWrap, self._meaning)
        painter.end()


class Segment(QPushButton):
    """One part of a segmented control."""

    def __init__(self, text: str, icon: str = "") -> None:
        super().__init__(text.replace("&", "&&"))
        self._text, self._icon = text, icon
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme().font(Type.LABEL)).horizontalAdvance(self._text) + 26
        return QSize(width + (22 if self._icon else 0), theme().px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        if on:
            draw_box(painter, rect, 6, look.colour("surface"), look.colour("border"))
        if not self.isEnabled():
            painter.setOpacity(0.55)
        ink = "text" if on else "text2"
        metrics = QFontMetrics(look.font(Type.LABEL))
        left = (self.width() - metrics.horizontalAdvance(self._text) - (22 if self._icon else 0)) // 2
        if self._icon:
            painter.drawPixmap(left, round((self.height() - 16) / 2), look.icon(self._icon, ink))
            left += 22
        painter.setFont(look.font(Type.LABEL))
        painter.setPen(look.colour(ink))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, self._text)
        if shows_focus(self):
            draw_focus_ring(painter, rect, 6)
        painter.end()


class Segmented(QWidget):
    """A few views of the same thing, one of them shown."""

    picked = Signal(object)

    def __init__(self, parts: tuple[tuple[Hashable, str, str], ...], name: str) -> None:
        super().__init__()
        self._keys = [key for key, _, _ in parts]
        self._group = QButtonGroup(self)
        self._segments = [Segment(text, icon) for _, text, icon in parts]
        for number, segment in enumerate(self._segments):
            self._group.addButton(segment, number)
        self._group.idClicked.connect(lambda number: self.picked.emit(self._keys[number]))
        self.setAccessibleName(name)
        self.setLayout(row(*self._segments, gap=2, margins=(2, 2, 2, 2)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if self._segments:
            self._segments[0].setChecked(True)

    def show_choice(self, key: Hashable) -> None:
        """Show which part is in force."""
        self._segments[self._keys.index(key)].setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        draw_box(painter, QRectF(self.rect()), 8, theme().colour("sunk"))
        painter.end()


class Tabs(QTabBar):
    """The parts of a page, the current one underlined."""

    picked = Signal(object)

    def __init__(self, tabs: tuple[tuple[Hashable, str], ...], name: str) -> None:
        super().__init__()
        self._keys = [key for key, _ in tabs]
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for _, text in tabs:
            self.addTab(text.replace("&", "&&"))
        self.tabBarClicked.connect(self._pick)

    def show_choice(self, key: Hashable) -> None:
        """Show which part is in force."""
        self.setCurrentIndex(self._keys.index(key))

    def show_text(self, key: Hashable, text: str) -> None:
        """Change the words of a tab (its count)."""
        self.setTabText(self._keys.index(key), text.replace("&", "&&"))

    def keyPressEvent(self, event: object) -> None:
        before = self.currentIndex()
        super().keyPressEvent(event)  # type: ignore[arg-type]
        if self.currentIndex() != before:
            self._pick(self.currentIndex())

    def tabSizeHint(self, index: int) -> QSize:
        text = self.tabText(index).replace("&&", "&")
        return QSize(QFontMetrics(theme().font(Type.STRONG)).horizontalAdvance(text) + 24, theme().px(36))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        for number in range(self.count()):
            rect = self.tabRect(number)
            on = number == self.currentIndex()
            painter.setFont(look.font(Type.STRONG if on else Type.MEDIUM))
            painter.setPen(look.colour("accent" if on else "text2"))
            text = rect.adjusted(0, 0, -24, -4)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.tabText(number).replace("&&", "&"))
            if on:
                line = QRectF(rect.left(), rect.bottom() - 1.5, rect.width() - 24, 2)
                draw_box(painter, line, 1, QColor(look.colour("accent")))
                if shows_focus(self):
                    draw_focus_ring(painter, QRectF(rect.adjusted(-0, 4, -18, -4)), 6)
        painter.end()

    def _pick(self, number: int) -> None:
        if number >= 0:
            self.picked.emit(self._keys[number])
