"""Manage › Types and states: what cases, tasks and features are, and the states that each goes through."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.desk.case_types import CaseType, GoesTo, Reopens, TypeKind, TypePages, TypesState
from ui.administration.type_states import MovesCard, StatesCard
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Check, Segmented
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Banner
from ui.widgets.options import Option
from ui.widgets.save_bar import SaveBar
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Elided, Text
from ui.widgets.type_words import ICONS, type_words
from ui.widgets.wording import say

LIST_WIDTH = 316
REOPEN_DAYS = (1, 3, 7, 14, 30, 60, 90, 180, 365)
CLOSE_DAYS = (1, 2, 4, 7, 14, 28, 60, 90, 180, 365)


class TypesPage(Surface):
    """The types of one kind at the left, the open one at the right."""

    def __init__(self, presenter: TypePages) -> None:
        super().__init__("bg")
        self._presenter = presenter
        kinds = (
            (TypeKind.CASE, self.tr("Cases"), ""),
            (TypeKind.TASK, self.tr("Tasks"), ""),
            (TypeKind.FEATURE, self.tr("Features"), ""),
        )
        self._kinds = Segmented(kinds, self.tr("Types of"))
        self._kinds.picked.connect(self._choose_kind)
        columns = (Column(self.tr("Type"), 2), Column("", 1))
        self._table: Table[CaseType] = Table(
            self.tr("Types"),
            columns,
            lambda one: one.id,
            self._cells,
            self.tr("None is enabled. Show the hidden ones."),
        )
        self._table.chosen.connect(self._open)
        self._hidden = Check(self.tr("Show hidden types"))
        self._hidden.clicked.connect(self._show_hidden)
        self._hidden_count = Text("", Type.SMALL, "text2", tabular=True)
        head = row(Text(self.tr("Types and states"), Type.HEADING), STRETCH, margins=(16, 14, 12, 8))
        left = column(head, row(self._kinds, STRETCH, margins=(14, 0, 14, 8)), gap=0)
        left.addWidget(self._table, 1)
        left.addWidget(hairline("hairline"))
        left.addLayout(row(self._hidden, STRETCH, self._hidden_count, margins=(14, 8, 14, 10)))
        side = Surface("surface", left)
        side.setFixedWidth(theme().px(LIST_WIDTH))
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._type, self._habits = _TypeCard(presenter), _HabitsCard(presenter)
        self._states, self._moves = StatesCard(presenter), MovesCard(presenter)
        self._body = Scroll(self._type, self._states, self._moves, self._habits, STRETCH)
        self._bar = SaveBar()
        self._bar.saved.connect(presenter.save)
        self._bar.discarded.connect(presenter.discard)
        right = column(self._error, gap=0)
        right.addWidget(self._body, 1)
        right.addWidget(self._bar)
        whole = row(side, hairline("hairline", vertical=True), gap=0)
        whole.addLayout(right, 1)
        self.setLayout(whole)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def save(self) -> None:
        """Keep the open type."""
        self._presenter.save()

    def render_state(self, state: TypesState) -> None:
        """Show the list and the open type."""
        self._kinds.show_choice(state.kind)
        self._hidden.setChecked(state.hidden_shown)
        self._hidden_count.setText(self.tr("%n hidden", "", state.hidden))
        self._table.show_rows(state.listed(), state.stored.id if state.stored is not None else None)
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._body.setVisible(state.edited is not None)
        if state.edited is None:
            self._bar.show_changes(0)
            return
        for card in (self._type, self._states, self._moves, self._habits):
            card.show_state(state)
        self._body.content.setEnabled(state.may_edit)
        self._bar.show_changes(int(state.changed), saving=state.saving)

    def _cells(self, one: CaseType) -> Cells:
        ink = "text" if one.enabled else "text2"
        words, tone = (self.tr("enabled"), Tone.OK) if one.enabled else (self.tr("hidden"), Tone.NEUTRAL)
        return (Cell(type_words(one), ink, Type.STRONG, one.icon), Cell(words, pill=tone))

    def _choose_kind(self, kind: TypeKind) -> None:
        self._presenter.choose(kind)
        self.render_state(self._presenter.state)

    def _show_hidden(self, on: bool) -> None:
        self._presenter.show_hidden(shown=on)
        self.render_state(self._presenter.state)

    def _open(self, type_id: object) -> None:
        self._presenter.open(type_id)  # type: ignore[arg-type]
        self.render_state(self._presenter.state)


class _TypeCard(Card):
    """What the type is called, whether it is enabled, and the addresses that make it."""

    def __init__(self, presenter: TypePages) -> None:
        super().__init__(gap=12)
        self._title = Elided("", Type.HEADING)
        self._enabled = Check(self.tr("Enabled"))
        self._enabled.clicked.connect(lambda on: presenter.edit(enabled=on))
        self._name, self._icon = LineEdit(longest=60), Combo()
        self._name.textEdited.connect(lambda text: presenter.edit(name=text))
        self._icon.setFixedWidth(theme().px(130))
        self._icon.picked.connect(lambda icon: presenter.edit(icon=icon))
        self._of_name = Field(self.tr("Name"), self._name, required=True)
        self._wrong = Text("", Type.SMALL, "bad", wrap=True)
        self._addresses = Text("", Type.BODY, wrap=True)
        self._addresses.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._told = Text("", Type.SMALL, "text2", wrap=True)
        head = row(self._title, self._enabled)
        head.setStretch(0, 1)
        pair = row(self._of_name, Field(self.tr("Icon"), self._icon), gap=16)
        pair.setStretch(0, 1)
        for part in (head, pair):
            self.body.addLayout(part)
        self.body.addWidget(self._wrong)
        self.body.addLayout(column(Text(self.tr("Addresses"), Type.LABEL, "text2"), self._addresses, self._told, gap=4))

    def show_state(self, state: TypesState) -> None:
        """Show the open type."""
        one = state.edited
        assert one is not None
        shown = type_words(one)
        self._title.setText(shown)
        self._enabled.setChecked(one.enabled)
        if not self._name.hasFocus():
            self._name.show_text(shown)
        self._of_name.show_error(say(state.errors["name"]) if "name" in state.errors else "")
        wrong = state.errors.get("enabled")
        self._wrong.setText(say(wrong) if wrong is not None else "")
        self._wrong.setVisible(wrong is not None)
        words = self.tr("Icon {0}")
        icons = tuple(Option(icon, words.format(n), "", icon) for n, icon in enumerate(ICONS, 1))
        self._icon.show_options(icons, one.icon)
        self._addresses.setText("\n".join(one.addresses))
        self._addresses.setVisible(bool(one.addresses))
        self._told.setText(
            self.tr("Mail to any of these makes this type; a new name brings a new address, and the old ones stay.")
            if one.addresses
            else self.tr(
                "An address is made when the type is enabled, once the organisation has a catch-all (EmailHub)."
            )
        )


class _HabitsCard(Card):
    """What becomes of a solved case, and what an answer does."""

    def __init__(self, presenter: TypePages) -> None:
        super().__init__(self.tr("Habits"), gap=12)
        self._reopens, self._days, self._goes, self._closes = Combo(), Combo(), Combo(), Combo()
        self._touch = Check(self.tr("The assigned agent’s answer solves the case"))
        self._reopens.picked.connect(lambda how: presenter.edit(reopens=how))
        self._days.picked.connect(lambda days: presenter.edit(reopen_days=days))
        self._goes.picked.connect(lambda goes: presenter.edit(reopened_goes_to=goes))
        self._closes.picked.connect(lambda days: presenter.edit(close_days=days or None))
        self._touch.clicked.connect(lambda on: presenter.edit(one_touch=on))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        hint = self.tr("Where it does not, a new case is made and linked.")
        self._of_days = Field(self.tr("For so long"), self._days)
        grid.addWidget(Field(self.tr("A message opens a solved case"), self._reopens, hint=hint), 0, 0, top)
        grid.addWidget(self._of_days, 0, 1, top)
        grid.addWidget(Field(self.tr("It goes to"), self._goes), 1, 0, top)
        grid.addWidget(Field(self.tr("Solved cases are closed"), self._closes), 1, 1, top)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._touch)

    def show_state(self, state: TypesState) -> None:
        """Show the habits; tasks have none."""
        one = state.edited
        assert one is not None
        self.setVisible(one.kind is not TypeKind.TASK)
        ways = (
            Option(Reopens.WITHIN, self.tr("for some time")),
            Option(Reopens.ALWAYS, self.tr("always")),
            Option(Reopens.NEVER, self.tr("never")),
        )
        self._reopens.show_options(ways, one.reopens)
        self._of_days.setVisible(one.reopens is Reopens.WITHIN)
        self._days.show_options(
            tuple(Option(n, self.tr("%n day(s)", "", n)) for n in _with(REOPEN_DAYS, one.reopen_days)), one.reopen_days
        )
        goes = (
            Option(GoesTo.AGENT, self.tr("the agent who had it"), "", "user"),
            Option(GoesTo.TEAM, self.tr("her team, unassigned"), "", "users"),
        )
        self._goes.show_options(goes, one.reopened_goes_to)
        never = Option(0, self.tr("never"))
        after = tuple(
            Option(n, self.tr("after %n day(s)", "", n)) for n in _with(CLOSE_DAYS, one.close_days or CLOSE_DAYS[0])
        )
        self._closes.show_options((*after, never), one.close_days or 0)
        self._touch.setChecked(one.one_touch)


def _with(offered: tuple[int, ...], kept: int) -> tuple[int, ...]:
    return tuple(sorted({*offered, kept}))
