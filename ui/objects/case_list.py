"""The list of a view: who, what, the last words, how long ago, and the state when it says something."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QStyleOptionViewItem, QWidget

from app.desk.case_list import CaseList, CaseListState
from app.desk.commands import CommandRegistry
from app.domain.cases import CaseRow, Category, Level
from app.domain.conditions import FieldOf
from app.domain.views import View, ViewKind, group_of
from ui.item_models.rows import RowsModel
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Surface, hairline
from ui.widgets.case_words import group_words, meta_words
from ui.widgets.condition_words import trouble_words
from ui.widgets.layout import column, row
from ui.widgets.level_words import time_left
from ui.widgets.notice import EmptyState
from ui.widgets.pill import draw_avatar, draw_pill, pill_size
from ui.widgets.rows import RowDelegate, RowList, draw_line
from ui.widgets.text import Elided
from ui.widgets.wording import ago, channel_words, level_words, now_utc, state_words, view_words

_MINUTE_MS, _CAPTION = 60_000, 26


class CaseRowDelegate(RowDelegate):
    """Paints a case in four lines."""

    now: datetime
    view: View
    known: Mapping[str, FieldOf] = {}
    chats: Mapping[UUID, str] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme().px(98 + (_CAPTION if self._begins_group(index) else 0)))

    def _begins_group(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether the case is the first of its group."""
        if not self.view.grouping:
            return False
        if index.row() == 0:
            return True
        above: CaseRow = index.sibling(index.row() - 1, 0).data(Qt.ItemDataRole.UserRole)
        here: CaseRow = index.data(Qt.ItemDataRole.UserRole)
        return group_of(self.view.grouping, above) != group_of(self.view.grouping, here)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        case: CaseRow = index.data(Qt.ItemDataRole.UserRole)
        look = theme()
        if self._begins_group(index):
            tall = look.px(_CAPTION)
            caption = QRect(option.rect.left() + 12, option.rect.top(), option.rect.width() - 24, tall)
            draw_line(painter, caption, group_words(self.view, case, self.known), Type.LABEL, "text2")
            option.rect.setTop(option.rect.top() + tall)
        rect = self.begin(painter, option)
        line = look.px(20)
        left, right, top = rect.left() + 12, rect.right() - 12, rect.top() + look.px(9)
        draw_avatar(painter, QRect(left, top, look.px(32), look.px(32)), case.customer_name)
        left += look.px(32) + 12
        when = ago(case.activity_at, self.now)
        draw_line(painter, QRect(left, top, right - left, line), when, Type.SMALL, "text3", right=True, tabular=True)
        draw_line(painter, QRect(left, top, right - left - 64, line), case.customer_name, Type.STRONG)
        draw_line(painter, QRect(left, top + line, right - left, line), case.subject, Type.MEDIUM)
        draw_line(painter, QRect(left, top + 2 * line, right - left, line), case.preview, Type.SMALL, "text2")
        bottom = QRect(left, top + 3 * line, right - left, line)
        if case.id in self.chats:
            bottom.setRight(_draw_at_right(painter, bottom, self.chats[case.id], Tone.WARN) - 4)
        bottom.setRight(self._draw_state(painter, bottom, case))
        if case.due_at is not None:
            bottom.setRight(_draw_at_right(painter, bottom, *time_left(case.due_at, case.due_near_at, self.now)) - 6)
        name, icon = channel_words(case.channel)
        del name
        painter.drawPixmap(bottom.left(), bottom.center().y() - 6, look.icon(icon, "text3", 14))
        meta = meta_words(self.view, case, self.known, self.now)
        draw_line(painter, bottom.adjusted(22, 0, -8, 0), meta, Type.SMALL, "text3", tabular=True)
        painter.restore()

    def _draw_state(self, painter: QPainter, rect: QRect, case: CaseRow) -> int:
        """Draw the state, or the priority of an open case, and return where the room for the rest ends."""
        if case.category is not Category.OPEN:
            words, tone = state_words(case.category, case.state_name, case.state_key, case.state_colour)
        elif case.priority in (Level.HIGH, Level.URGENT):
            words, tone = level_words(case.priority)
        else:
            return rect.right()
        return _draw_at_right(painter, rect, words, tone) - 4


def _draw_at_right(painter: QPainter, rect: QRect, words: str, tone: Tone) -> int:
    size = pill_size(words)
    top = rect.center().y() - size.height() // 2 + 1
    at = QRect(rect.right() - size.width() + 1, top, size.width(), size.height())
    draw_pill(painter, at, words, tone)
    return at.left()


class CaseListView(Surface):
    """The column between the rail and the case; Shift or Ctrl choose several."""

    chosen = Signal(object)

    def __init__(
        self,
        presenter: CaseList,
        commands: CommandRegistry,
        now: Callable[[], datetime] = now_utc,
        known: Callable[[], Mapping[str, FieldOf]] = dict,
    ) -> None:
        super().__init__("surface")
        self._known = known
        self._now = now
        self._presenter = presenter
        self._view = presenter.state.view
        self._title = Elided("", Type.TITLE)
        self._delegate = CaseRowDelegate(self)
        self._delegate.now, self._delegate.view = self._now(), self._view
        self._model: RowsModel[CaseRow] = RowsModel(lambda case: case.id, _words, presenter.more, self)
        self.list = RowList(self.tr("Cases"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.selectionModel().currentChanged.connect(self._open)
        self.list.selectionModel().selectionChanged.connect(self._tell_chosen)
        new = IconButton(self.tr("New case"), "plus", key=commands.key("case.new"))
        new.clicked.connect(lambda: commands.run("case.new"))
        button = Button(self.tr("New case"), icon="plus", key=commands.key("case.new"))
        button.clicked.connect(lambda: commands.run("case.new"))
        self._empty = EmptyState("inbox", self.tr("No case here"), "", button)
        self._edit = IconButton(self.tr("Edit this view"), "pencil", size=28)
        self._edit.clicked.connect(lambda: commands.run("view.edit"))
        self._commands = commands
        mend = Button(self.tr("Edit this view"), icon="pencil")
        mend.clicked.connect(lambda: commands.run("view.edit"))
        self._broken = EmptyState("triangle-alert", self.tr("This view cannot be shown"), "", mend)
        header = row(self._title, self._edit, new, gap=2, margins=(16, 14, 12, 12))
        header.setStretch(0, 1)
        self._stack = QStackedWidget()
        listed = QWidget()
        listed.setLayout(column(self.list, gap=0, margins=(8, 6, 6, 6)))
        self._stack.addWidget(listed)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._broken)
        layout = column(header, hairline(), gap=0)
        layout.addWidget(self._stack, 1)
        self._foot = column(gap=0)
        layout.addLayout(self._foot)
        self.setLayout(layout)
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def put_foot(self, bar: QWidget) -> None:
        """Put what can be done with several rows under the list."""
        self._foot.addWidget(bar)

    def _tell_chosen(self) -> None:
        rows = (index.data(Qt.ItemDataRole.UserRole) for index in self.list.selectionModel().selectedRows())
        self.chosen.emit(tuple(row_.id for row_ in rows))

    def show_chats(self, chats: Mapping[UUID, str]) -> None:
        """Say at their cases which live chats wait for somebody, or for me."""
        if chats != self._delegate.chats:
            self._delegate.chats = chats
            self.list.viewport().update()

    def show_team_name(self, name: str) -> None:
        """Name the list of a team's view, which only the directory knows."""
        self._title.setText(name)

    def render_state(self, state: CaseListState) -> None:
        """Show rows, title and the open row."""
        self._title.setText(view_words(state.view)[0] if state.view.kind is not ViewKind.TEAM else self._title.text())
        self._delegate.now, self._delegate.view, self._delegate.known = self._now(), state.view, self._known()
        self.list.setUniformItemSizes(not state.view.grouping)
        self._edit.setVisible(self._commands.available("view.edit"))
        self._model.show_rows(state.rows, complete=state.complete)
        nothing = not state.rows and not state.loading
        troubles = state.view.stored.troubles if state.view.stored is not None else ()
        self._stack.setCurrentIndex(2 if troubles else 1 if nothing else 0)
        self._empty.sentence.setText(_nothing(state))
        if troubles:
            said = dict.fromkeys(trouble_words(trouble, self._known()) for trouble in troubles)
            self._broken.reason.setText("\n".join(said))
            self._broken.reason.setVisible(True)
        if state.view != self._view:
            self._view = state.view
            self.list.scrollToTop()
        at = self._model.place(state.opened)
        if at.isValid() and self.list.currentIndex() != at:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(at, flag)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and not self._model.changing:
            self._presenter.open(index.data(Qt.ItemDataRole.UserRole).id)

    def _tick(self) -> None:
        self._delegate.now = self._now()
        self.list.viewport().update()


def _words(case: CaseRow) -> str:
    state, _ = state_words(case.category, case.state_name, case.state_key, case.state_colour)
    return f"{case.customer_name}, {case.subject}, {case.number}, {case.team_name}, {state}"


def _nothing(state: CaseListState) -> str:
    return view_words(state.view)[1]
