"""The lines of the transfer panel: teams with who is free and the wait, the agents of the chosen one under it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.desk.transfer import Offered
from app.domain.agents import AgentState
from app.domain.calls import Target, TargetKind
from app.services.floor import TeamLoad
from ui.item_models.rows import RowsModel
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.painting import draw_box
from ui.widgets.pill import draw_avatar, draw_pill, pill_size
from ui.widgets.rows import RowDelegate, RowList, draw_line
from ui.widgets.wording import agent_state_words, day_and_clock, duration, now_utc

LINE, COUNT, WAIT = 34, 74, 66


class TargetDelegate(RowDelegate):
    """Paints a team in one line with its counts, an agent with her state."""

    now: Callable[[], datetime] = staticmethod(now_utc)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme().px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        one: Offered = index.data(Qt.ItemDataRole.UserRole)
        rect = self.begin(painter, option).adjusted(10, 0, -10, 0)
        if one.target.kind is TargetKind.TEAM:
            self._paint_team(painter, rect, one)
        else:
            self._paint_person(painter, rect, one)
        painter.restore()

    def _paint_team(self, painter: QPainter, rect: QRect, one: Offered) -> None:
        look = theme()
        middle = rect.center().y()
        painter.drawPixmap(
            rect.left(), middle - 6, look.icon("chevron-down" if one.open else "chevron-right", "text2", 14)
        )
        painter.drawPixmap(rect.left() + 22, middle - 7, look.icon(one.icon, "text2"))
        right = rect.right()
        wait, ink = wait_words(one.load) if one.load is not None and one.load.is_open else ("", "text3")
        draw_line(
            painter,
            QRect(right - look.px(WAIT), rect.top(), look.px(WAIT), rect.height()),
            wait,
            Type.STRONG,
            ink,
            right=True,
        )
        right -= look.px(WAIT) + 4
        if one.load is not None and not one.load.is_open:
            closed = self._closed(one.load)
            width = pill_size(closed, "lock").width()
            at = QRect(rect.right() - width, middle - look.px(10), width, look.px(21))
            draw_pill(painter, at, closed, Tone.NEUTRAL, "lock")
            right = at.left() - 8
        elif one.load is not None:
            busy = self.tr("%n busy", "", one.load.busy)
            at = QRect(right - look.px(COUNT), rect.top(), look.px(COUNT), rect.height())
            draw_line(painter, at, busy, Type.SMALL, "text2", tabular=True)
            right -= look.px(COUNT)
            free = one.load.free
            at = QRect(right - look.px(COUNT) + 14, rect.top(), look.px(COUNT) - 16, rect.height())
            draw_box(painter, QRectF(at.left() - 14, middle - 3, 7, 7), 3.5, look.colour("ok" if free else "text3"))
            draw_line(
                painter,
                at,
                self.tr("%n free", "", free),
                Type.STRONG if free else Type.SMALL,
                "ok" if free else "text2",
                tabular=True,
            )
            right -= look.px(COUNT)
        draw_line(
            painter, QRect(rect.left() + 46, rect.top(), right - rect.left() - 50, rect.height()), one.name, Type.STRONG
        )

    def _closed(self, load: TeamLoad) -> str:
        if load.opens_at is None:
            return self.tr("Closed")
        return self.tr("Closed · opens {0}").replace("{0}", day_and_clock(load.opens_at, self.now()))

    def _paint_person(self, painter: QPainter, rect: QRect, one: Offered) -> None:
        look = theme()
        left, right, middle = rect.left() + 22, rect.right(), rect.center().y()
        if one.target.kind is TargetKind.NUMBER:
            painter.drawPixmap(left, middle - 7, look.icon("phone", "text2"))
            draw_line(painter, rect.adjusted(54, 0, 0, 0), one.name, Type.STRONG, tabular=True)
            return
        draw_avatar(painter, QRect(left, middle - 11, 22, 22), one.name)
        state = one.duty.state if one.duty else AgentState.OFFLINE
        words, token = agent_state_words(state)
        if one.duty is not None and state is not AgentState.OFFLINE:
            since = duration((self.now() - one.duty.since_at).total_seconds())
            at = QRect(right - look.px(58), rect.top(), look.px(58), rect.height())
            draw_line(painter, at, since, Type.SMALL, "text2", right=True, tabular=True)
        right -= look.px(64)
        taken = draw_line(
            painter,
            QRect(right - look.px(96), rect.top(), look.px(96), rect.height()),
            words,
            Type.SMALL,
            token,
            right=True,
        )
        draw_box(painter, QRectF(right - taken - 13, middle - 3, 7, 7), 3.5, look.colour(token))
        room = right - taken - 24 - (left + 32)
        draw_line(painter, QRect(left + 32, rect.top(), room, rect.height()), one.name, Type.BODY)

    def spoken(self, one: Offered) -> str:
        """Give a line as a screen reader says it."""
        if one.load is not None:
            return f"{one.name}, {self.tr('%n free', '', one.load.free)}, {wait_words(one.load)[0]}"
        if one.duty is not None:
            return f"{one.name}, {agent_state_words(one.duty.state)[0]}"
        return one.name


class TargetList(RowList):
    """The lines; the focus stays in the search field, whose arrows move here."""

    picked = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(QCoreApplication.translate("Transfer", "Teams, sub-teams and agents"))
        delegate = TargetDelegate(self)
        self._model: RowsModel[Offered] = RowsModel(lambda one: one.target, delegate.spoken, parent=self)
        delegate.now = now
        self.setModel(self._model)
        self.setItemDelegate(delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(lambda index: self.picked.emit(index.data(Qt.ItemDataRole.UserRole).target))

    def show_targets(self, offered: tuple[Offered, ...], chosen: Target | None) -> None:
        """Show the lines with the chosen one marked and in sight."""
        self._model.show_rows(offered)
        at = self._model.place(chosen)
        self.setCurrentIndex(at)
        self.scrollTo(at)


def wait_words(load: TeamLoad | None) -> tuple[str, str]:
    """The expected wait in a team as a short word, and its ink."""
    if load is None:
        return "", "text3"
    if load.free:
        return QCoreApplication.translate("Transfer", "no wait"), "ok"
    if load.expected_wait_s is None:
        return "–", "text2"
    minutes = max(1, round(load.expected_wait_s / 60))
    return QCoreApplication.translate("Transfer", "~{0} min").replace("{0}", str(minutes)), "warn"
