"""The calendar week: days side by side, each task at its hour, now as a line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QEvent, QLocale, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.desk.tasks import TaskListState
from app.domain.tasks import TaskKind, TaskRow, TaskStatus
from ui.tasks.words import about_words, kind_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone, tone_colours
from ui.widgets.painting import draw_box, draw_focus_ring, make_painter, shows_focus
from ui.widgets.rows import draw_line

HEAD, HOURS_WIDTH = 52, 60
FIRST, LAST = 8, 19
TASK_MIN, GAP_MIN = 40, 40
TWO_LINES, ONE_LINE, NARROW = 38, 22, 96


@dataclass(frozen=True, slots=True)
class Placed:
    """A task in the week: its day, its minutes, and its share of the day's width."""

    row: TaskRow
    day: int
    minute: int
    lane: int
    lanes: int


class Week(QWidget):
    """Painted; a press or the arrows choose a task, Enter opens it."""

    selected = Signal(object)
    opened = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._placed: tuple[Placed, ...] = ()
        self._rows: tuple[TaskRow, ...] = ()
        self._monday = date(2026, 1, 5)
        self._zone = "UTC"
        self._days = 5
        self._first, self._last = FIRST, LAST
        self._low = False
        self._chosen: UUID | None = None
        self._me: UUID | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Calendar week"))
        self.setMinimumHeight(theme().px(HEAD + 12 * 34))

    def render_state(self, state: TaskListState, me: UUID) -> None:
        """Show the tasks of the week; days and hours that have none at their edges are left out."""
        self._monday, self._zone, self._chosen, self._me = state.monday, state.zone, state.chosen, me
        self._rows = state.week
        self._placed = placed(state.week, state.monday, state.zone)
        self._days = max([5, *(one.day + 1 for one in self._placed)])
        self._first = min([FIRST, *(one.minute // 60 for one in self._placed)])
        self._last = max([LAST, *(one.minute // 60 + 1 for one in self._placed)])
        self._crowd()
        words = [f"{one.row.task.title}, {_clock(one.minute)}" for one in self._placed]
        self.setAccessibleDescription("; ".join(words))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._crowd()

    def _crowd(self) -> None:
        """Let those share a day's width that would cover each other; where that leaves no words, be one line high."""
        tall = max(1.0, self._y(60 * self._last) - self._y(60 * self._first)) / ((self._last - self._first) * 60)
        for self._low in (False, True):
            gap = round(theme().px(ONE_LINE if self._low else TWO_LINES) / tall)
            self._placed = placed(self._rows, self._monday, self._zone, gap if self._low else max(GAP_MIN, gap))
            lanes = max((one.lanes for one in self._placed), default=1)
            if lanes == 1 or self._cell(0).width() / lanes >= theme().px(NARROW):
                break

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        look = theme()
        today = self._now().astimezone(ZoneInfo(self._zone))
        column = (today.date() - self._monday).days
        if 0 <= column < self._days:
            tint = look.colour("accent_soft")
            tint.setAlphaF(0.45)
            painter.fillRect(self._cell(column).toRect(), tint)
        self._paint_grid(painter, column)
        for one in self._placed:
            self._paint_task(painter, one)
        if 0 <= column < self._days:
            self._paint_now(painter, column, today.hour * 60 + today.minute)
        if shows_focus(self):
            draw_focus_ring(painter, QRectF(self.rect()), 8)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().x(), event.position().y())
        if found is not None:
            self.selected.emit(found.row.task.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().x(), event.position().y())
        if found is not None:
            self.opened.emit(found.row.task.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        ids = [one.row.task.id for one in self._placed]
        if event.key() in steps and ids:
            at = ids.index(self._chosen) + steps[Qt.Key(event.key())] if self._chosen in ids else 0
            self.selected.emit(ids[at % len(ids)])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen in ids:
            self.opened.emit(self._chosen)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self._at(event.pos().x(), event.pos().y())
            words = f"{_clock(found.minute)} {found.row.task.title}\n{about_words(found.row)}" if found else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _cell(self, day: int) -> QRectF:
        left = theme().px(HOURS_WIDTH)
        width = (self.width() - left) / self._days
        return QRectF(left + day * width, 0, width, self.height())

    def _y(self, minute: int) -> float:
        head = theme().px(HEAD)
        return head + 8 + (minute - self._first * 60) * (self.height() - head - 8) / ((self._last - self._first) * 60)

    def _box(self, one: Placed) -> QRectF:
        cell = self._cell(one.day)
        width = (cell.width() - 8) / one.lanes
        top = self._y(one.minute)
        tall = max(theme().px(TWO_LINES), self._y(one.minute + TASK_MIN) - top)
        if self._low:
            tall = theme().px(ONE_LINE)
        return QRectF(cell.left() + 4 + one.lane * width, top + 1, width - 3, tall - 2)

    def _at(self, x: float, y: float) -> Placed | None:
        return next((one for one in reversed(self._placed) if self._box(one).contains(x, y)), None)

    def _paint_grid(self, painter: QPainter, today: int) -> None:
        look = theme()
        painter.setPen(look.colour("line"))
        for hour in range(self._first, self._last + 1):
            y = round(self._y(hour * 60))
            painter.setPen(look.colour("line"))
            painter.drawLine(look.px(HOURS_WIDTH), y, self.width(), y)
            at = QRect(0, y - 9, look.px(HOURS_WIDTH) - 10, 18)
            if hour < self._last:
                draw_line(painter, at, f"{hour:02}:00", Type.SMALL, "text3", right=True, tabular=True)
        for day in range(self._days):
            cell = self._cell(day)
            painter.setPen(look.colour("line"))
            painter.drawLine(round(cell.left()), 0, round(cell.left()), self.height())
            when = self._monday + timedelta(days=day)
            ink = "accent" if day == today else "text"
            name = QLocale().toString(QDate(when.year, when.month, when.day), "ddd")
            box = cell.toRect().adjusted(10, 6, -4, 0)
            draw_line(painter, QRect(box.left(), 6, box.width(), 18), name, Type.SMALL, ink)
            draw_line(painter, QRect(box.left(), 24, box.width(), 22), str(when.day), Type.HEADING, ink)

    def _paint_task(self, painter: QPainter, one: Placed) -> None:
        look, box = theme(), self._box(one)
        tone, icon = self._tone(one.row), kind_words(one.row.task.kind)[1]
        ink, soft = tone_colours(look.tokens, tone)
        chosen = one.row.task.id == self._chosen
        edge = look.colour("accent") if chosen else look.colour("border")
        painter.setOpacity(0.55 if one.row.task.status is TaskStatus.DONE else 1)
        draw_box(painter, box, 6, QColor(soft), edge, 2 if chosen else 1)
        draw_box(painter, QRectF(box.left() + 2, box.top() + 3, 3, box.height() - 6), 1.5, QColor(ink))
        token = "text2" if tone is Tone.NEUTRAL else tone.value
        if self._low:
            left = box.toRect().adjusted(10, 0, -4, 0)
            if tone is Tone.BAD:  # late is not told by the colour alone
                painter.drawPixmap(left.left(), round(box.center().y()) - 6, look.icon("triangle-alert", token, 12))
                left.setLeft(left.left() + 16)
            draw_line(painter, left, one.row.task.title, Type.SMALL)
            painter.setOpacity(1)
            return
        painter.drawPixmap(round(box.left() + 10), round(box.top() + 5), look.icon(icon, token, 12))
        line = QFontMetrics(look.font(Type.LABEL)).height()
        room = box.toRect().adjusted(26, 3, -4, 0)
        when = _clock(one.minute)
        done, overdue = self.tr("done"), self.tr("overdue")
        if one.row.task.status is TaskStatus.DONE:
            when = f"{when} · {done}"
        elif tone is Tone.BAD:
            when = f"{when} · {overdue}"
        draw_line(painter, QRect(room.left(), room.top(), room.width(), line), when, Type.LABEL, token, tabular=True)
        below = QRect(room.left() - 16, room.top() + line, room.width() + 16, line)
        draw_line(painter, below, one.row.task.title, Type.SMALL)
        painter.setOpacity(1)

    def _tone(self, row: TaskRow) -> Tone:
        due = row.task.due_at
        if row.task.status is TaskStatus.DONE:
            return Tone.NEUTRAL
        if due is not None and due < self._now():
            return Tone.BAD
        if row.task.assignee_id != self._me:
            return Tone.WARN
        return Tone.ACCENT if row.task.kind is TaskKind.CALL else Tone.VIOLET

    def _paint_now(self, painter: QPainter, day: int, minute: int) -> None:
        if not self._first * 60 <= minute <= self._last * 60:
            return
        cell, y = self._cell(day), round(self._y(minute))
        painter.setPen(theme().colour("bad"))
        painter.drawLine(round(cell.left()), y, round(cell.right()), y)
        painter.setBrush(theme().colour("bad"))
        painter.drawEllipse(QRectF(cell.left() - 4, y - 4, 8, 8))


def placed(rows: tuple[TaskRow, ...], monday: date, zone: str, gap: int = GAP_MIN) -> tuple[Placed, ...]:
    """Each task at its place; those that would cover each other share the day's width."""
    days: dict[int, list[tuple[int, TaskRow]]] = {}
    for row in rows:
        if row.task.due_at is not None:
            local = row.task.due_at.astimezone(ZoneInfo(zone))
            days.setdefault((local.date() - monday).days, []).append((local.hour * 60 + local.minute, row))
    found: list[Placed] = []
    for day, its in sorted(days.items()):
        for crowd in _crowds(sorted(its, key=lambda one: one[0]), gap):
            found += [Placed(row, day, minute, lane, len(crowd)) for lane, (minute, row) in enumerate(crowd)]
    return tuple(found)


def _crowds(its: list[tuple[int, TaskRow]], gap: int) -> list[list[tuple[int, TaskRow]]]:
    crowds: list[list[tuple[int, TaskRow]]] = []
    for minute, row in its:
        if crowds and minute - crowds[-1][-1][0] < gap:
            crowds[-1].append((minute, row))
        else:
            crowds.append([(minute, row)])
    return crowds


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
