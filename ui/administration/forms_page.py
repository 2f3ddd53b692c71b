"""Manage › Forms: the fields of a case form in their order, and which are insisted on."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.desk.form_pages import FormField, FormPages, FormPagesState
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.form_words import form_field_words
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner
from ui.widgets.options import Option
from ui.widgets.save_bar import SaveBar
from ui.widgets.text import Elided, Text
from ui.widgets.type_words import type_words
from ui.widgets.wording import say

ALL = "all"


class FormsPage(Surface):
    """One line a field; Alt+Up and Alt+Down move the one that has the keyboard."""

    def __init__(self, presenter: FormPages) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._type, self._team = Combo(), Combo()
        self._type.setAccessibleName(self.tr("Type"))
        self._team.setAccessibleName(self.tr("Team"))
        for combo in (self._type, self._team):
            combo.setFixedWidth(theme().px(220))
        self._type.picked.connect(lambda key: self._choose(type_id=None if key == ALL else key))
        self._team.picked.connect(lambda key: self._choose(team_id=None if key == ALL else key))
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._reset = Button(self.tr("Give this form up"), icon="undo-2", role=Role.LINK)
        self._reset.clicked.connect(presenter.reset)
        self._told = Text("", Type.SMALL, "text2", wrap=True)
        self._lines = column(gap=4)
        self._add = Combo(self.tr("Add a field…"))
        self._add.setAccessibleName(self.tr("Add a field"))
        self._add.setFixedWidth(theme().px(260))
        self._add.picked.connect(presenter.add)
        card = Card(self.tr("Fields"), self._reset, gap=10)
        always = self.tr("Customer, subject, team and type are always asked.")
        card.body.addWidget(self._told)
        card.body.addWidget(Text(always, Type.SMALL, "text2", wrap=True))
        card.body.addLayout(self._lines)
        card.body.addLayout(row(self._add, STRETCH))
        head = row(Text(self.tr("Forms"), Type.TITLE), STRETCH, self._type, self._team, gap=12)
        head.setContentsMargins(24, 14, 24, 12)
        self._bar = SaveBar()
        self._bar.saved.connect(presenter.save)
        self._bar.discarded.connect(presenter.discard)
        self._body = Scroll(card, STRETCH)
        layout = column(Surface("surface", head), hairline("hairline"), self._error, gap=0)
        layout.addWidget(self._body, 1)
        layout.addWidget(self._bar)
        self.setLayout(layout)
        self._shown: object = None
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def save(self) -> None:
        """Keep the form."""
        self._presenter.save()

    def render_state(self, state: FormPagesState) -> None:
        """Show the form of the chosen type and team."""
        if state.directory is None:
            return
        kinds = tuple(Option(one.id, type_words(one), "", one.icon) for one in state.types)
        self._type.show_options((Option(ALL, self.tr("All types"), "", "layers"), *kinds), state.type_id or ALL)
        teams = tuple(Option(team.id, team.name, "", team.icon) for team in state.directory.teams)
        self._team.show_options((Option(ALL, self.tr("All teams"), "", "users"), *teams), state.team_id or ALL)
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._reset.setVisible(state.may_edit and state.stored is not None)
        self._told.setText(self._follows(state))
        labels = {one.key: one.label for one in state.own}
        self._add.show_options(tuple(Option(name, form_field_words(name, labels)) for name in state.offered()))
        self._add.setVisible(state.may_edit and bool(state.offered()))
        self._bar.show_changes(int(state.changed), saving=state.saving)
        self._body.content.setEnabled(state.may_edit)
        shown = (state.edited, tuple(labels.items()))
        if shown != self._shown:
            self._shown = shown
            self._show_lines(state, labels)

    def _show_lines(self, state: FormPagesState, labels: dict[str, str]) -> None:
        focus = self.focusWidget()
        before = focus.accessibleName() if focus is not None else ""
        clear(self._lines)
        for at, one in enumerate(state.edited, 1):
            line = self._line(one, form_field_words(one.field, labels), first=at == 1, last=at == len(state.edited))
            self._lines.addWidget(line)
        for widget in self.findChildren(QWidget):
            if before and widget.accessibleName() == before and not widget.isHidden():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _follows(self, state: FormPagesState) -> str:
        if state.stored is not None or state.changed:
            return self.tr("A form of its own.")
        if self._presenter.follows() is None:
            return self.tr("The core form holds here; a change makes a form of its own.")
        return self.tr("A wider form holds here; a change makes a form of its own.")

    def _line(self, one: FormField, label: str, *, first: bool, last: bool) -> QWidget:
        insists = Check(self.tr("must be filled in"))
        insists.setAccessibleName(self.tr("{0}: must be filled in").format(label))
        insists.setChecked(one.required)
        insists.clicked.connect(lambda on: self._presenter.require(one.field, required=on))
        up = IconButton(self.tr("Move up: {0}").format(label), "chevron-up", key="Alt+Up", size=28)
        down = IconButton(self.tr("Move down: {0}").format(label), "chevron-down", key="Alt+Down", size=28)
        away = IconButton(self.tr("Remove: {0}").format(label), "x", size=28)
        up.clicked.connect(lambda: self._presenter.move(one.field, -1))
        down.clicked.connect(lambda: self._presenter.move(one.field, 1))
        away.clicked.connect(lambda: self._presenter.remove(one.field))
        up.setEnabled(not first)
        down.setEnabled(not last)
        line = QWidget()
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), line)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._presenter.move(one.field, by))
        layout = row(Elided(label, Type.MEDIUM), insists, up, down, away, gap=8)
        layout.setStretch(0, 1)
        line.setLayout(layout)
        return line

    def _choose(self, **changes: Any) -> None:
        state = self._presenter.state
        self._presenter.choose(**({"type_id": state.type_id, "team_id": state.team_id} | changes))
        self.render_state(self._presenter.state)
