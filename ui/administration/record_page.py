"""The frame of a page of Manage over records: a list with its team, one of them open, and the bar that saves."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.desk.records import Records, RecordsState
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.card import Scroll, Surface, hairline
from ui.widgets.combo import Combo
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Banner, EmptyState
from ui.widgets.options import Option
from ui.widgets.save_bar import SaveBar
from ui.widgets.table import Cells, Column, Table
from ui.widgets.text import Elided, Text
from ui.widgets.wording import say

LIST_WIDTH = 372
T = TypeVar("T")


class RecordPage(Surface, Generic[T]):
    """A page fills `form` with its fields and shows an item in them by `show_item`."""

    def __init__(
        self,
        presenter: Records[T],
        title: str,
        columns: Sequence[Column],
        cells: Callable[[T], Cells],
        nothing: tuple[str, str],
        *,
        new: str = "",
        remove: str = "",
        by_team: bool = False,
    ) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._team = Combo()
        self._team.setAccessibleName(self.tr("Team"))
        self._team.picked.connect(lambda team_id: self._go(presenter.choose_team, team_id))
        if not by_team:  # shown before it has a parent it would be a window of its own for a moment
            self._team.hide()
        self._new = Button(new, icon="plus", role=Role.PRIMARY)
        self._new.clicked.connect(presenter.new)
        self.table: Table[T] = Table(title, columns, presenter.kind.key, cells, nothing[0])
        self.table.chosen.connect(lambda id_: self._go(presenter.open, id_))
        self._name = Elided("", Type.TITLE)
        self._remove = Button(remove, icon="x", role=Role.REFUSE)
        self._remove.clicked.connect(presenter.remove)
        self._can_add, self._can_remove = bool(new), bool(remove)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._bar = SaveBar()
        self._bar.saved.connect(presenter.save)
        self._bar.discarded.connect(presenter.discard)
        self.form = column(gap=16)
        self._body = Scroll(self.form, STRETCH)
        self._empty = EmptyState("inbox", nothing[0], nothing[1])
        head = row(Text(title, Type.HEADING), STRETCH, self._new, margins=(16, 14, 12, 8))
        bar = row(self._name, self._remove, margins=(24, 14, 24, 8))
        bar.setStretch(0, 1)
        for line in (head, bar):  # alike on every page, with a button in them and without
            line.addStrut(theme().px(32))
        left = column(head, column(self._team, margins=(14, 0, 14, 6)), gap=0)
        left.addWidget(self.table, 1)
        side = Surface("surface", left)
        side.setFixedWidth(theme().px(LIST_WIDTH))
        self._open = QWidget()
        opened = column(Surface("surface", bar), hairline("hairline"), self._error, gap=0)
        opened.addWidget(self._body, 1)
        opened.addWidget(self._bar)
        self._open.setLayout(opened)
        whole = row(gap=0)
        whole.addWidget(side)
        whole.addWidget(hairline("hairline", vertical=True))
        whole.addWidget(self._open, 1)
        whole.addWidget(self._empty, 1)
        self.setLayout(whole)

    def save(self) -> None:
        """Keep the edits."""
        self._presenter.save()

    def _go(self, act: Callable[[UUID], None], id_: UUID) -> None:
        """Go to another record or team; where edits hold the page, the list shows again what is open."""
        act(id_)
        self.render_state(self._presenter.state)

    def follow(self) -> None:
        """Begin to show the presenter's state, once the form is made."""
        self.destroyed.connect(self._presenter.subscribe(self.render_state))

    def render_state(self, state: RecordsState[T]) -> None:
        """Show the list, the open record and what is not saved."""
        directory, edited = state.directory, state.edited
        if directory is not None:
            teams = sorted(directory.teams, key=lambda team: (team.is_sub_team, team.name.casefold()))
            self._team.show_options(tuple(Option(team.id, team.name, "", team.icon) for team in teams), state.team)
        self._new.setVisible(self._can_add and state.may_edit)
        self.table.show_rows(state.items, self._presenter.kind.key(edited) if edited is not None else None)
        self._open.setVisible(edited is not None)
        self._empty.setVisible(edited is None)
        if edited is None or directory is None:
            return
        self._remove.setVisible(self._can_remove and state.may_edit)
        self._name.setText(self.title_of(edited, state))
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._body.content.setEnabled(state.may_edit)
        self.show_item(edited, state)
        self._bar.show_changes(int(state.changed), saving=state.saving)

    def title_of(self, item: T, state: RecordsState[T]) -> str:
        """Name the open record."""
        raise NotImplementedError

    def show_item(self, item: T, state: RecordsState[T]) -> None:
        """Show the open record in the fields."""
        raise NotImplementedError
