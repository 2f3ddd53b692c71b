"""A view edited: which cases it lists and how many these are, their order, group and last line, and who has it."""

from html import escape
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.desk.view_book import MOST_COLUMNS, Column, Grouping, Order, ViewForm, ViewFormState
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.condition_editor import ConditionEditor
from ui.widgets.dialog import Dialog, primary
from ui.widgets.discard import asks_before_closing
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.pill import Chip
from ui.widgets.text import Text
from ui.widgets.wording import say, stored_view_name, translate

WIDTH = 760
ICONS = (
    "layers", "inbox", "user-x", "alarm-clock", "hourglass", "users", "triangle-alert", "circle-check", "flag", "clock",
    "wrench", "package", "truck", "briefcase", "building-2", "mail", "phone", "message-circle", "bell", "tags",
)  # fmt: skip
ORDERS = {
    Order.NEWEST: QT_TRANSLATE_NOOP("ViewOrder", "Last activity first"),
    Order.OLDEST: QT_TRANSLATE_NOOP("ViewOrder", "Longest without activity first"),
    Order.CREATED: QT_TRANSLATE_NOOP("ViewOrder", "Youngest first"),
    Order.CREATED_OLDEST: QT_TRANSLATE_NOOP("ViewOrder", "Oldest first"),
    Order.PRIORITY: QT_TRANSLATE_NOOP("ViewOrder", "Most urgent first"),
}
GROUPS = {
    Grouping.NONE: QT_TRANSLATE_NOOP("ViewGroup", "By nothing"),
    Grouping.STATE: QT_TRANSLATE_NOOP("ViewGroup", "By state"),
    Grouping.TEAM: QT_TRANSLATE_NOOP("ViewGroup", "By team"),
    Grouping.ASSIGNEE: QT_TRANSLATE_NOOP("ViewGroup", "By agent"),
    Grouping.PRIORITY: QT_TRANSLATE_NOOP("ViewGroup", "By priority"),
    Grouping.TYPE: QT_TRANSLATE_NOOP("ViewGroup", "By type"),
}
COLUMNS = {
    Column.NUMBER: QT_TRANSLATE_NOOP("ViewColumn", "Number"),
    Column.TEAM: QT_TRANSLATE_NOOP("ViewColumn", "Team"),
    Column.ASSIGNEE: QT_TRANSLATE_NOOP("ViewColumn", "Agent"),
    Column.ORGANISATION: QT_TRANSLATE_NOOP("ViewColumn", "Organisation"),
    Column.TYPE: QT_TRANSLATE_NOOP("ViewColumn", "Type"),
    Column.PROJECT: QT_TRANSLATE_NOOP("ViewColumn", "Project"),
    Column.TAGS: QT_TRANSLATE_NOOP("ViewColumn", "Tags"),
    Column.CREATED: QT_TRANSLATE_NOOP("ViewColumn", "Opened"),
    Column.STATE: QT_TRANSLATE_NOOP("ViewColumn", "State"),
}
_TOP = Qt.AlignmentFlag.AlignTop


class ViewDialog(Dialog):
    """Everything of a view; what it would list is counted while it is written."""

    def __init__(self, window: QWidget, presenter: ViewForm) -> None:
        super().__init__(window, "", width=WIDTH)
        self._presenter = presenter
        self.set_title(self.tr("New view") if presenter.state.stored is None else self.tr("Edit view"))
        self._name, self._icon = LineEdit(longest=80), Combo()
        self._order, self._group, self._whose = Combo(), Combo(), Combo()
        self._left = Check(self.tr("At the left of the desk"))
        self._icon.setFixedWidth(theme().px(130))
        self._condition = ConditionEditor(self.tr("Which cases"))
        self._count = Text("", Type.STRONG, tabular=True)
        self._of_name = Field(self.tr("Name"), self._name, required=True)
        self._chips = Flow(QWidget())
        self._shown: tuple[Column, ...] | None = None
        self._error = Notice("", Tone.BAD, "triangle-alert")
        self._lay_out()
        save = primary(self.tr("Save"))
        save.clicked.connect(presenter.save)
        self.set_footer("", save)
        asks_before_closing(self, lambda: presenter.changed and not presenter.state.saved)
        self._name.textEdited.connect(lambda text: presenter.fill(name=text))
        self._icon.picked.connect(lambda icon: presenter.fill(icon=icon))
        self._order.picked.connect(lambda order: presenter.fill(order=order))
        self._group.picked.connect(lambda grouping: presenter.fill(grouping=grouping))
        self._whose.picked.connect(self._share)
        self._left.clicked.connect(lambda on: presenter.fill(at_left=on))
        self._condition.changed.connect(presenter.edit_condition)
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)
        presenter.begin()

    def render_state(self, state: ViewFormState) -> None:
        """Show the view as it is edited."""
        if state.saved:
            self.accept()
            return
        one = state.edited
        if not self._name.hasFocus():
            self._name.show_text(stored_view_name(one))
        self._of_name.show_error(say(state.errors["name"]) if "name" in state.errors else "")
        words = self.tr("Icon {0}")
        self._icon.show_options(
            tuple(Option(icon, words.format(n), "", icon) for n, icon in enumerate(ICONS, 1)), one.icon
        )
        self._condition.show_condition(one.condition, state.known, state.troubles)
        self._show_count(state)
        self._order.show_options(tuple(Option(key, translate("ViewOrder", t)) for key, t in ORDERS.items()), one.order)
        self._group.show_options(
            tuple(Option(key, translate("ViewGroup", t)) for key, t in GROUPS.items()), one.grouping
        )
        self._show_columns(one.columns)
        self._show_sharing(state)
        self._left.setChecked(one.at_left)
        self._error.setVisible(state.error is not None)
        self._error.text.setText(escape(say(state.error)) if state.error else "")
        if self.primary is not None:
            self.primary.setEnabled(not state.saving and not state.troubles)
        self.place()

    def _lay_out(self) -> None:
        head = row(self._of_name, Field(self.tr("Icon"), self._icon), gap=16)
        head.setStretch(0, 1)
        self.content.addLayout(head)
        self.content.addLayout(row(Text(self.tr("Which cases"), Type.LABEL, "text2"), STRETCH, self._count))
        self.content.addWidget(self._condition)
        pair = row(Field(self.tr("Order"), self._order), Field(self.tr("Put together"), self._group), gap=16)
        most = self.tr("Last line of each case (at most {0})").format(MOST_COLUMNS)
        self.content.addLayout(pair)
        self.content.addLayout(column(Text(most, Type.LABEL, "text2"), self._chips, gap=6))
        whose = row(Field(self.tr("For"), self._whose), self._left, gap=16)
        whose.setStretch(0, 1)
        whose.setStretch(1, 1)
        whose.setAlignment(self._left, Qt.AlignmentFlag.AlignBottom)
        self.content.addLayout(whose)
        self.content.addWidget(self._error)

    def _show_count(self, state: ViewFormState) -> None:
        if state.troubles:
            self._count.setText("")
        elif state.count is None:
            self._count.setText("…")
        else:
            shown = min(state.count, 1000)
            words = self.tr("%n case(s)", "", shown)
            self._count.setText(words if state.count <= 1000 else self.tr("more than 1,000 cases"))

    def _show_columns(self, columns: tuple[Column, ...]) -> None:
        if columns == self._shown:
            return
        self._shown = columns
        focused = self.focusWidget()
        before = focused.accessibleName() if isinstance(focused, Chip) else ""
        chips: list[QWidget] = []
        for one in (*columns, *(other for other in Column if other not in columns)):
            chip = Chip(translate("ViewColumn", COLUMNS[one]))
            chip.setChecked(one in columns)
            chip.setEnabled(one in columns or len(columns) < MOST_COLUMNS)
            chip.clicked.connect(lambda _, one=one: self._presenter.toggle_column(one))
            chips.append(chip)
        self._chips.show_widgets(chips)
        for chip_ in chips:
            if before and chip_.accessibleName() == before:
                chip_.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sharing(self, state: ViewFormState) -> None:
        one, directory = state.edited, state.directory
        options = [Option("me", self.tr("me alone"), "", "user")]
        for team_id in self._presenter.sharing():
            if team_id is None:
                options.append(Option("all", self.tr("everybody"), "", "users"))
            else:
                team = directory.team(team_id)
                options.append(Option(team_id, team.name, self.tr("team"), team.icon))
        chosen: UUID | str = "me" if one.owner_id is not None else one.team_id or "all"
        self._whose.show_options(tuple(options), chosen)

    def _share(self, whom: object) -> None:
        self._presenter.share(None if whom == "all" else whom)  # type: ignore[arg-type]
