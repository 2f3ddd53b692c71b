"""Manage › Projects and tags, and below them the other organisations that cases are handed to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.project_pages import Project, ProjectPages, ProjectPagesState, Tag, Way
from app.domain.permissions import Permission
from app.domain.views import shown_count
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner
from ui.widgets.options import Option
from ui.widgets.text import Elided, Text
from ui.widgets.wording import say


class ProjectsPage(Surface):
    """Three cards; each line is kept when it is left."""

    def __init__(self, presenter: ProjectPages) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._projects, self._tags, self._ways = column(gap=4), column(gap=4), column(gap=4)
        self._new = _AddLine(self.tr("A new project"), self.tr("Add"))
        self._new.added.connect(presenter.add_project)
        self._take = _AddLine(self.tr("The code that they gave you"), self.tr("Take"))
        self._take.added.connect(presenter.take_way)
        self._team = Combo(self.tr("Let others hand cases to…"))
        self._team.setAccessibleName(self.tr("Let others hand cases to a team"))
        self._team.setFixedWidth(theme().px(280))
        self._team.picked.connect(presenter.open_way)
        self._code = Text("", Type.STRONG, tabular=True)
        projects, tags = Card(self.tr("Projects"), gap=10), Card(self.tr("Tags"), gap=10)
        self._houses = Card(self.tr("Other organisations"), gap=10)
        projects.body.addLayout(self._projects)
        projects.body.addWidget(self._new)
        used = self.tr("A tag is in this list once it was used. A new name is written into all live cases.")
        tags.body.addWidget(Text(used, Type.SMALL, "text2", wrap=True))
        tags.body.addLayout(self._tags)
        both = self.tr("Both administrators must want it: one opens a way to a team, the other takes it by its code.")
        self._houses.body.addWidget(Text(both, Type.SMALL, "text2", wrap=True))
        self._houses.body.addLayout(self._ways)
        self._houses.body.addLayout(row(self._team, self._code, STRETCH))
        self._houses.body.addWidget(self._take)
        head = row(Text(self.tr("Projects and tags"), Type.TITLE), STRETCH, margins=(24, 14, 24, 12))
        head.addStrut(theme().px(32))  # as high as where a button stands in it
        layout = column(Surface("surface", head), hairline("hairline"), self._error, gap=0)
        layout.addWidget(Scroll(projects, tags, self._houses, STRETCH), 1)
        self.setLayout(layout)
        self._shown: object = None
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: ProjectPagesState) -> None:
        """Show the lists; the lines are made anew when they change."""
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._new.setVisible(state.may_edit)
        self._houses.setVisible(state.may(Permission.MANAGE_AGENTS))
        self._code.setText(state.code)
        if state.directory is not None:
            teams = tuple(Option(team.id, team.name, "", team.icon) for team in state.directory.teams)
            self._team.show_options(teams)
        shown = (state.projects, state.tags, state.ways, state.may_edit)
        if shown == self._shown:
            return
        self._shown = shown
        for lines, made in (
            (self._projects, [self._project(one, editable=state.may_edit) for one in state.projects]),
            (self._tags, [self._tag(one, editable=state.may(Permission.MANAGE_FIELDS)) for one in state.tags]),
            (self._ways, [self._way(one) for one in state.ways]),
        ):
            clear(lines)
            for line in made:
                lines.addWidget(line)
        if not state.projects:
            self._projects.addWidget(Text(self.tr("There is no project yet."), Type.BODY, "text2"))
        if not state.tags:
            self._tags.addWidget(Text(self.tr("No tag was used yet."), Type.BODY, "text2"))

    def _project(self, one: Project, *, editable: bool) -> QWidget:
        name, what = self._line(one.name, 100, editable), self._line(one.description, 400, editable)
        name.setAccessibleName(self.tr("Name of the project {0}").format(one.name))
        what.setAccessibleName(self.tr("What {0} is about").format(one.name))
        what.setPlaceholderText(self.tr("What it is about"))
        name.editingFinished.connect(lambda: self._presenter.save_project(one, name=" ".join(name.text().split())))
        what.editingFinished.connect(lambda: self._presenter.save_project(one, description=what.text().strip()))
        listed = Button(self.tr("{0} live").format(shown_count(one.live)), icon="list", height=28)
        listed.setAccessibleName(self.tr("List the cases of {0}").format(one.name))
        listed.clicked.connect(lambda: self._presenter.open(one))
        listed.setFixedWidth(theme().px(124))
        away = Check(self.tr("archived"))
        away.setAccessibleName(self.tr("{0} is archived").format(one.name))
        away.setChecked(one.archived)
        away.setEnabled(editable)
        away.clicked.connect(lambda on: self._presenter.save_project(one, archived=on))
        line = QWidget()
        layout = row(name, what, listed, away, gap=8)
        layout.setStretch(0, 2)
        layout.setStretch(1, 3)
        line.setLayout(layout)
        return line

    def _tag(self, one: Tag, *, editable: bool) -> QWidget:
        name = self._line(one.name, 60, editable)
        name.setAccessibleName(self.tr("Tag {0}").format(one.name))
        name.editingFinished.connect(lambda: self._presenter.save_tag(one, name=" ".join(name.text().split())))
        offered = Check(self.tr("offered"))
        offered.setAccessibleName(self.tr("{0} is offered").format(one.name))
        offered.setChecked(not one.hidden)
        offered.setEnabled(editable)
        offered.clicked.connect(lambda on: self._presenter.save_tag(one, hidden=not on))
        line = QWidget()
        layout = row(name, offered, gap=8)
        layout.setStretch(0, 1)
        line.setLayout(layout)
        return line

    def _way(self, one: Way) -> QWidget:
        if one.outward:
            words = self.tr("to {0}, {1}").format(one.organisation, one.team)
        elif one.open:
            words = self.tr("from {0} to {1}").format(one.organisation, one.team)
        else:
            words = self.tr("to {0}, not taken yet: {1}").format(one.team, one.code)
        away = IconButton(self.tr("Close the way {0}").format(words), "x", size=28)
        away.clicked.connect(lambda: self._presenter.close_way(one.id))
        line = QWidget()
        layout = row(Elided(words, Type.MEDIUM), away, gap=8)
        layout.setStretch(0, 1)
        line.setLayout(layout)
        return line

    def _line(self, text: str, longest: int, editable: bool) -> LineEdit:
        line = LineEdit(longest=longest)
        line.show_text(text)
        line.setEnabled(editable)
        return line


class _AddLine(QWidget):
    """A line and the button that adds what it says."""

    added = Signal(str)

    def __init__(self, placeholder: str, act: str) -> None:
        super().__init__()
        self._text = LineEdit(placeholder, longest=100)
        self._text.setAccessibleName(placeholder)
        self._text.returnPressed.connect(self._add)
        button = Button(act, icon="plus")
        button.clicked.connect(self._add)
        layout = row(self._text, button, gap=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _add(self) -> None:
        if self._text.text().strip():
            self.added.emit(self._text.text())
            self._text.clear()
