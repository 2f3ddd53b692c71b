"""The floor in lines: each team with who is free and the wait, each agent with what she does and since when."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.desk.board import FloorLine
from app.domain.calls import Target
from ui.board.words import agent_words, wait_words
from ui.item_models.rows import RowsModel
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.painting import draw_box
from ui.widgets.pill import draw_avatar
from ui.widgets.rows import RowDelegate, RowList, draw_line
from ui.widgets.wording import duration

TEAM_LINE, AGENT_LINE, CLOCK = 54, 36, 50


class FloorDelegate(RowDelegate):
    """Paints a team in two lines, an agent in one."""

    now: Callable[[], datetime]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line: FloorLine = index.data(Qt.ItemDataRole.UserRole)
        return QSize(200, theme().px(TEAM_LINE if line.load is not None else AGENT_LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: FloorLine = index.data(Qt.ItemDataRole.UserRole)
        rect = self.begin(painter, option).adjusted(12, 0, -12, 0)
        if line.load is not None:
            self._paint_team(painter, rect, line)
        else:
            self._paint_agent(painter, rect, line)
        painter.restore()

    def _paint_team(self, painter: QPainter, rect: QRect, line: FloorLine) -> None:
        load = line.load
        assert load is not None
        look = theme()
        half = rect.height() // 2
        top = QRect(rect.left(), rect.top() + 5, rect.width(), half - 3)
        low = QRect(rect.left() + 26, rect.top() + half, rect.width() - 26, half - 6)
        icon = load.icon if load.is_open else "lock"
        painter.drawPixmap(top.left(), top.center().y() - 7, look.icon(icon, "text2"))
        wait, ink = wait_words(load)
        taken = draw_line(painter, top, wait, Type.STRONG, ink, right=True, tabular=True)
        name = QRect(top.left() + 26, top.top(), top.width() - 26 - taken - 10, top.height())
        draw_line(painter, name, line.name, Type.STRONG, "text" if load.is_open else "text2")
        free = self.tr("%n free", "", load.free)
        dot = QRectF(low.left(), low.center().y() - 3, 7, 7)
        draw_box(painter, dot, 3.5, look.colour("ok" if load.free else "text3"))
        counts = low.adjusted(14, 0, 0, 0)
        taken = draw_line(painter, counts, free, Type.LABEL, "ok" if load.free else "text2", tabular=True)
        busy = self.tr("%n busy", "", load.busy)
        draw_line(painter, counts.adjusted(taken + 12, 0, 0, 0), busy, Type.SMALL, "text2", tabular=True)
        if load.waiting:
            waiting = self.tr("%n waiting", "", load.waiting)
            draw_line(painter, low, waiting, Type.LABEL, "warn", right=True, tabular=True)

    def _paint_agent(self, painter: QPainter, rect: QRect, line: FloorLine) -> None:
        agent = line.agent
        assert agent is not None
        look = theme()
        middle = rect.center().y()
        draw_avatar(painter, QRect(rect.left(), middle - 10, 22, 22), line.name)
        since = duration((self.now() - agent.since_at).total_seconds())
        clock = QRect(rect.right() - look.px(CLOCK), rect.top(), look.px(CLOCK), rect.height())
        draw_line(painter, clock, since, Type.SMALL, "text2", right=True, tabular=True)
        words, ink = agent_words(agent)
        wide = rect.width() * 4 // 10
        state = QRect(clock.left() - wide - 4, rect.top(), wide, rect.height())
        taken = draw_line(painter, state, words, Type.SMALL, ink, right=True)
        dot = QRectF(state.right() - taken - 12, middle - 3, 7, 7)
        draw_box(painter, dot, 3.5, look.colour(ink))
        name = QRect(rect.left() + 32, rect.top(), int(dot.left()) - rect.left() - 40, rect.height())
        draw_line(painter, name, line.name, Type.BODY)

    def spoken(self, line: FloorLine) -> str:
        """Give a line as a screen reader says it."""
        if line.load is not None:
            return f"{line.name}, {self.tr('%n free', '', line.load.free)}, {wait_words(line.load)[0]}"
        return f"{line.name}, {agent_words(line.agent)[0]}" if line.agent is not None else line.name


class FloorList(RowList):
    """The lines; a search line over it may keep the focus and move the choice."""

    picked = Signal(object)
    opened = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(QCoreApplication.translate("Board", "Teams and agents"))
        delegate = FloorDelegate(self)
        delegate.now = now
        self._showing = False
        self._model: RowsModel[FloorLine] = RowsModel(lambda line: line.target, delegate.spoken, parent=self)
        self.setUniformItemSizes(False)
        self.setModel(self._model)
        self.setItemDelegate(delegate)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def show_lines(self, lines: Sequence[FloorLine], chosen: Target | None) -> None:
        """Show the lines with the chosen one marked and in sight."""
        self._showing = True
        self._model.show_rows(lines)
        at = self._model.place(chosen)
        if at != self.currentIndex():
            self.setCurrentIndex(at)
            if at.isValid():
                self.scrollTo(at)
            else:
                self.clearSelection()
        self._showing = False

    def _tell(self, current: QModelIndex) -> None:
        if not self._showing and current.isValid():
            self.picked.emit(current.data(Qt.ItemDataRole.UserRole).target)
