"""The rail: views with live counts and the places of the desk; folded to icons in a narrow window."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import IconButton
from ui.widgets.card import Scroll, SectionHeader, Surface, hairline
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.painting import draw_box, draw_focus_ring, make_painter, shows_focus
from ui.widgets.pill import Avatar, draw_pill, pill_size
from ui.widgets.rows import draw_line
from ui.widgets.text import Elided, Text

WIDE, FOLDED = 236, 64
TALL, LEAST, GAP = 36, 26, 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail; `urgent` gives its count the colour of a warning."""

    key: Hashable
    title: str
    icon: str
    count: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A captioned group of the rail."""

    title: str
    entries: tuple[Entry, ...]


class RailButton(QPushButton):
    """One entry: icon, title, count; folded it keeps the count at the icon's corner."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.folded, self.tall = False, TALL
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_entry(entry)

    def show_entry(self, entry: Entry) -> None:
        """Change what it says, mostly the count."""
        self.entry = entry
        self.setAccessibleName(f"{entry.title}, {entry.count}" if entry.count else entry.title)
        self.setToolTip(entry.title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(44 if self.folded else 200, theme().px(self.tall))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, theme().px(self.tall))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        if on or self.underMouse():
            draw_box(painter, rect, 8, look.colour("accent_soft" if on else "hover"))
        ink = "accent" if on else "text2"
        middle = self.height() // 2
        if self.folded:
            painter.drawPixmap((self.width() - 18) // 2, middle - 9, look.icon(self.entry.icon, ink, 18))
            self._paint_corner(painter)
        else:
            painter.drawPixmap(11, middle - 8, look.icon(self.entry.icon, ink))
            right = self.width() - 12
            if self.entry.count and self.entry.urgent:
                size = pill_size(self.entry.count)
                at = QRect(right - size.width() + 4, middle - size.height() // 2, size.width(), size.height())
                draw_pill(painter, at, self.entry.count, Tone.WARN)
                right = at.left()
            elif self.entry.count:
                box = QRect(right - 60, 0, 60, self.height())
                right -= draw_line(painter, box, self.entry.count, Type.LABEL, ink, right=True, tabular=True)
            title = QRect(38, 0, right - 38 - 8, self.height())
            draw_line(painter, title, self.entry.title, Type.STRONG if on else Type.MEDIUM, "accent" if on else "text")
        if shows_focus(self):
            draw_focus_ring(painter, rect, 8)
        painter.end()

    def _paint_corner(self, painter: QPainter) -> None:
        if not self.entry.count or self.entry.count == "0":
            return
        look = theme()
        font = QFont(look.font(Type.CAPTION, tabular=True))
        font.setPixelSize(9)
        text = self.entry.count if len(self.entry.count) < 4 else "1k+"
        width = max(15, QFontMetrics(font).horizontalAdvance(text) + 7)
        at = QRectF(self.width() - width - 1, max(0, self.height() // 2 - 16), width, 14)
        urgent = self.entry.urgent
        draw_box(painter, at, 7, look.colour("warn_soft" if urgent else "sunk"), look.colour("rail"), 1.5)
        painter.setFont(font)
        painter.setPen(look.colour("warn" if urgent else "text2"))
        painter.drawText(at, Qt.AlignmentFlag.AlignCenter, text)


class Rail(Surface):
    """Sections of entries, and who is signed in at the foot."""

    chosen = Signal(object)
    settings_opened = Signal(QWidget)

    def __init__(self) -> None:
        super().__init__("rail")
        self._sections: tuple[Section, ...] = ()
        self._buttons: dict[Hashable, RailButton] = {}
        self._captions: list[QWidget] = []
        self._lines: list[QWidget] = []
        self._folded = False
        self._brand = Text("Guichet", Type.HEADING)
        brand = row(Icon("headphones", "accent", 22), self._brand, STRETCH, gap=12, margins=(20, 18, 12, 10))
        self._list = Scroll(gap=GAP, margins=(10, 0, 10, 8))
        self._list.viewport().installEventFilter(self)
        self._avatar = Avatar("", 32)
        self._name = Elided("", Type.STRONG)
        self._role = Elided("", Type.SMALL, "text2")
        self._settings = IconButton(self.tr("My settings"), "settings")
        self._settings.clicked.connect(lambda: self.settings_opened.emit(self._settings))
        self._who = QWidget()
        self._who.setLayout(column(self._name, self._role, gap=0))
        foot = row(self._avatar, self._who, self._settings, gap=10, margins=(16, 10, 10, 12))
        foot.setStretch(1, 1)
        self._foot = foot
        layout = column(gap=0)
        layout.addLayout(brand)
        layout.addWidget(self._list, 1)
        layout.addWidget(hairline())
        layout.addLayout(foot)
        self.setLayout(layout)
        self.fold(folded=False)

    def show_person(self, name: str, place: str, role: str) -> None:
        """Show who is signed in, and where she works."""
        self._avatar.show_name(name)
        self._avatar.setToolTip(f"{name}\n{place}\n{role}")
        self._name.setText(name)
        self._role.setText(place)

    def show_sections(self, sections: tuple[Section, ...], current: Hashable) -> None:
        """Show the entries; only counts change as long as the entries stay."""
        shape = [[entry.key for entry in section.entries] for section in sections]
        if shape != [[entry.key for entry in section.entries] for section in self._sections]:
            self._build(sections)
        self._sections = sections
        for section in sections:
            for entry in section.entries:
                self._buttons[entry.key].show_entry(entry)
        for key, button in self._buttons.items():
            button.setChecked(key == current)

    def fold(self, *, folded: bool) -> None:
        """Become 64 pixels of icons, or the whole again."""
        self._folded = folded
        self.setFixedWidth(FOLDED if folded else theme().px(WIDE))
        for widget in (self._brand, self._who, *self._captions):
            widget.setVisible(not folded)
        self._settings.setVisible(not folded)
        for line in self._lines:
            line.setVisible(folded)
        for button in self._buttons.values():
            button.folded = folded
            button.updateGeometry()
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._list.viewport():
            self._fit()
        return False

    def _fit(self) -> None:
        """Let the entries be as low as they must, so that all of them are seen at once."""
        between = [*(self._lines if self._folded else self._captions)]
        taken = sum(max(1, one.sizeHint().height()) + GAP for one in between) + 8
        room = self._list.viewport().height() - taken
        fits = room // len(self._buttons) - GAP if self._buttons else TALL
        tall = min(TALL, max(LEAST, int(fits / theme().scale)))
        for button in self._buttons.values():
            if button.tall != tall:
                button.tall = tall
                button.updateGeometry()

    def _build(self, sections: tuple[Section, ...]) -> None:
        clear(self._list.column)
        self._buttons, self._captions, self._lines = {}, [], []
        for number, section in enumerate(sections):
            caption = SectionHeader(section.title)
            caption.layout().setContentsMargins(10, 12 if number else 4, 4, 4)  # type: ignore[union-attr]
            self._captions.append(caption)
            self._list.column.addWidget(caption)
            if number:
                line = hairline()
                self._lines.append(line)
                self._list.column.addWidget(line)
            for entry in section.entries:
                button = RailButton(entry)
                button.clicked.connect(lambda _, key=entry.key: self._choose(key))
                self._buttons[entry.key] = button
                self._list.column.addWidget(button)
        self._list.column.addStretch(1)
        self.fold(folded=self._folded)

    def _choose(self, key: Hashable) -> None:
        for other, button in self._buttons.items():
            button.setChecked(other == key)
        self.chosen.emit(key)
