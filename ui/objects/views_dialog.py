"""All views in one list: opened, put at the left, ordered, edited, removed, brought back."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.desk.view_book import StoredView, ViewBook, ViewBookState
from app.domain.views import shown_count
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import SectionHeader
from ui.widgets.choice import Check
from ui.widgets.dialog import Dialog
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Notice
from ui.widgets.text import Elided, Text
from ui.widgets.wording import say, stored_view_name

WIDTH = 680


class ViewsDialog(Dialog):
    """The shared views, then mine; Enter on a name opens it."""

    edit_asked = Signal(object)
    new_asked = Signal()

    def __init__(self, window: QWidget, presenter: ViewBook) -> None:
        super().__init__(window, "", width=WIDTH)
        self.set_title(self.tr("All views"))
        self._presenter = presenter
        new = Button(self.tr("New view"), icon="plus", role=Role.PRIMARY)
        new.clicked.connect(self.new_asked)
        self._restore = Button(self.tr("Bring back what ships"), icon="undo-2")
        self._restore.clicked.connect(presenter.restore)
        back = Button(self.tr("Undo"), role=Role.LINK)
        back.clicked.connect(presenter.undo)
        self._removed = Notice("", Tone.WARN, "info", back)
        self._error = Notice("", Tone.BAD, "triangle-alert")
        self._lines = column(gap=2)
        self.content.addLayout(row(new, self._restore, STRETCH))
        for part in (self._removed, self._error):
            self.content.addWidget(part)
        self.content.addLayout(self._lines)
        self._shown: object = None
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)

    def render_state(self, state: ViewBookState) -> None:
        """Show the views; the lines are made anew when they change."""
        self._restore.setVisible(state.may_share)
        self._error.setVisible(state.error is not None)
        self._error.text.setText(escape(say(state.error)) if state.error else "")
        self._removed.setVisible(state.removed is not None)
        if state.removed is not None:
            name = escape(stored_view_name(state.removed))
            self._removed.text.setText(self.tr("“{0}” was removed.").format(name))
        shown = (state.views, tuple(state.counts.items()), state.may_share)
        if shown == self._shown:
            return
        self._shown = shown
        focus = self.focusWidget()
        before = focus.accessibleName() if focus is not None and self._lines.count() else ""
        clear(self._lines)
        shared = [one for one in state.views if one.owner_id is None]
        mine = [one for one in state.views if one.owner_id is not None]
        for title, views in ((self.tr("Shared"), shared), (self.tr("Mine"), mine)):
            if views:
                self._lines.addWidget(SectionHeader(title))
            for one in views:
                self._lines.addWidget(self._line(one, state))
        self._keep_keyboard(before)
        self.place()

    def _line(self, one: StoredView, state: ViewBookState) -> QWidget:
        name = stored_view_name(one)
        opened = Button(name, icon=one.icon, role=Role.GHOST)
        opened.clicked.connect(lambda: self._open(one))
        parts: list[QWidget] = []
        if one.troubles:
            broken = Icon("triangle-alert", "bad")
            broken.setToolTip(self.tr("It asks for something that is not there any more."))
            parts.append(broken)
        team = self._team(one, state)
        if team:
            parts.append(Text(team, Type.SMALL, "text2"))
        count = shown_count(state.counts[one.id]) if one.id in state.counts else ""
        said = Elided(count, Type.SMALL, "text2")
        left = Check(self.tr("left"))
        left.setAccessibleName(self.tr("{0}: at the left of the desk").format(name))
        left.setChecked(one.at_left)
        may = state.may_edit(one)
        left.setEnabled(may)
        left.clicked.connect(lambda on: self._presenter.keep_at_left(one.id, at_left=on))
        acts: list[QWidget] = []
        if may:
            acts = [
                self._act(self.tr("Move up: {0}"), "chevron-up", name, lambda: self._presenter.move(one.id, -1)),
                self._act(self.tr("Move down: {0}"), "chevron-down", name, lambda: self._presenter.move(one.id, 1)),
                self._act(self.tr("Edit: {0}"), "pencil", name, lambda: self.edit_asked.emit(one)),
                self._act(self.tr("Remove: {0}"), "x", name, lambda: self._presenter.remove(one.id)),
            ]
        line = QWidget()
        line.setLayout(row(opened, *parts, STRETCH, said, left, *acts, gap=6))
        return line

    def _act(self, words: str, icon: str, name: str, act: object) -> IconButton:
        button = IconButton(words.format(name), icon, size=28)
        button.clicked.connect(act)
        return button

    def _team(self, one: StoredView, state: ViewBookState) -> str:
        if one.team_id is None or state.directory is None:
            return ""
        return next((team.name for team in state.directory.teams if team.id == one.team_id), "")

    def _open(self, one: StoredView) -> None:
        self.accept()
        self._presenter.open(one.id)

    def _keep_keyboard(self, before: str) -> None:
        for button in self.findChildren(QWidget):
            if before and button.accessibleName() == before and button.isVisibleTo(self):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
