"""The window of the desk: rail, top bar and one screen at a time; cards and dialogs come over it.

It is painted while the agent is being signed in: only her views are in it then, and a page that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from app.desk.commands import CommandRegistry
from app.desk.shell import MANAGING, Screen, Shell, ShellState, views_of
from app.domain.views import View, ViewKind, shown_count
from ui.shell.rail import Entry, Rail, Section
from ui.shell.shortcuts import Shortcuts
from ui.shell.top_bar import TopBar
from ui.theme.fonts import Type
from ui.theme.theme import Look, theme
from ui.widgets.card import hairline
from ui.widgets.dialog import Dialog, Scrim
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Toast
from ui.widgets.text import Text
from ui.widgets.wording import role_words, view_words

if TYPE_CHECKING:
    from app.desk.shell import Directory

DEMO = ("demo.customer", "demo.writes", "demo.texts", "demo.chats", "demo.colleague")
FOLDS_BELOW = 1400
LEAST_WORK = 480


class MainWindow(QMainWindow):
    """Shows the shell's state; the desk gives it the screens."""

    def __init__(self, shell: Shell, commands: CommandRegistry, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setWindowTitle("Guichet")
        self.shell, self.commands = shell, commands
        self.rail = Rail()
        self.top_bar = TopBar(commands, now)
        self._stack = QStackedWidget()
        self._stack.addWidget(_Opening())
        self._screens: dict[Screen, QWidget] = {}
        self._offered: dict[Screen, Callable[[], QWidget]] = {}
        self._furnishing = False
        self.look_chosen: Callable[[Look], None] = theme().choose
        self.language_chosen: Callable[[str], None] | None = None
        self.keys_changed: Callable[[], None] | None = None
        self._chats = (0, 0)
        self.written_in: QWidget | None = None  # what a toast must not cover
        self.see_also: Callable[[Dialog], None] | None = None
        right = column(self.top_bar, hairline("hairline"), gap=0)
        self._stack.setMinimumWidth(theme().px(LEAST_WORK))  # a screen gives way, the window does not grow
        self._work = row(gap=0)
        self._work.addWidget(self._stack, 1)
        right.addLayout(self._work, 1)
        whole = row(self.rail, gap=0)
        whole.addWidget(hairline("hairline", vertical=True))
        whole.addLayout(right, 1)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        self.rail.chosen.connect(self._choose)
        self.rail.settings_opened.connect(self._settings_menu)
        self.top_bar.state.picked.connect(shell.set_state)
        commands.bind("help", self._help)
        commands.bind("look", self._next_look)
        commands.bind("view.next", lambda: shell.step(1))
        commands.bind("view.previous", lambda: shell.step(-1))
        commands.bind("state", self.top_bar.state.drop)
        self._shortcuts = Shortcuts(self, commands, self.dialog_open)
        self.destroyed.connect(shell.subscribe(self.render_state))

    def add_screen(self, screen: Screen, view: QWidget) -> None:
        """Take a screen, in the place of what stood there before; the rail offers only screens that are there."""
        if (before := self._screens.get(screen)) is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        self._screens[screen] = view
        self._stack.addWidget(view)
        if not self._furnishing:
            self.render_state(self.shell.state)

    def put_beside(self, panel: QWidget) -> None:
        """Put a panel at the right of every screen; while it is shown the screen has less room."""
        self._work.addWidget(panel)

    def offer_screen(self, screen: Screen, make: Callable[[], QWidget]) -> None:
        """Take a screen that is made when it is first shown, so that it does not hold up the first paint."""
        self._offered[screen] = make
        if not self._furnishing:
            self.render_state(self.shell.state)

    @contextmanager
    def furnishing(self) -> Iterator[None]:
        """Take what comes within together: rail and screens are rendered once, at its end."""
        self._furnishing = True
        try:
            yield
        finally:
            self._furnishing = False
        self.render_state(self.shell.state)

    def dialog_open(self) -> bool:
        """Whether a dialog or the palette is over the window."""
        scrims = self.findChildren(Scrim, options=Qt.FindChildOption.FindDirectChildrenOnly)  # every key asks
        return any(scrim.isVisible() for scrim in scrims)

    def toast(self, text: str, undo: str = "", undone: Callable[[], None] | None = None) -> None:
        """Say what was done, with the way back."""
        toast = Toast(self, text, undo)
        if undone is not None:
            toast.undone.connect(undone)
        toast.place(self.written_in)

    def show_chats(self, unread: int, waiting: int) -> None:
        """How much in my chats I have not read, and how many wait."""
        if (unread, waiting) != self._chats:
            self._chats = (unread, waiting)
            self.render_state(self.shell.state)

    def render_state(self, state: ShellState) -> None:
        """Show the rail, the state and the screen."""
        directory = state.directory
        current: Hashable = state.view if state.screen is Screen.CASES else state.screen
        self.rail.show_sections(self._sections(directory, state), current)
        if directory is not None:
            self.rail.show_person(directory.me.name, *_place(directory))
        self.top_bar.state.show_presence(state.presence)
        self.top_bar.state.show_reasons(state.reasons)
        self.top_bar.show_connected(state.connected)
        if state.screen in self._offered:
            self.add_screen(state.screen, self._offered.pop(state.screen)())
        if state.screen in self._screens:
            self._stack.setCurrentWidget(self._screens[state.screen])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.fold(folded=self.width() < theme().px(FOLDS_BELOW))

    def _sections(self, directory: Directory | None, state: ShellState) -> tuple[Section, ...]:
        there = {*self._screens, *self._offered}
        mine: list[Entry] = []
        teams: list[Entry] = []
        for view in views_of(state):
            count = shown_count(state.counts[view]) if view in state.counts else ""
            name, _, icon = view_words(view)
            if view.kind is ViewKind.TEAM and view.team_id is not None and directory is not None:
                team = directory.team(view.team_id)
                teams.append(Entry(view, team.name, team.icon, count))
            else:
                mine.append(Entry(view, name, icon, count, _is_urgent(view) and count not in {"", "0"}))
        if self.commands.available("view.list"):
            mine.append(Entry("view.list", self.tr("All views"), "list"))
        if Screen.TASKS in there:
            mine.append(Entry(Screen.TASKS, self.tr("Tasks"), "circle-check"))
        if self.commands.available("chat.list"):
            unread, waiting = self._chats
            count = str(unread + waiting) if unread or waiting else ""
            mine.append(Entry("chat.list", self.tr("Chats"), "message-circle", count, bool(count)))
        if Screen.CALLS in there:
            mine.append(Entry(Screen.CALLS, self.tr("My calls"), "phone"))
        places = self._places(directory, there) if directory is not None else []
        sections = (
            Section(self.tr("My work"), tuple(mine)),
            Section(self.tr("Teams"), tuple(teams)),
            Section(self.tr("Organisation"), tuple(places)),
            Section(self.tr("Demo"), self._demo()),
        )
        return tuple(section for section in sections if section.entries)

    def _places(self, directory: Directory, there: set[Screen]) -> list[Entry]:
        from app.desk.floor_lines import supervised  # the floor is not needed for the first paint

        places: list[Entry] = []
        if Screen.BOARD in there and supervised(directory):
            places.append(Entry(Screen.BOARD, self.tr("Live board"), "layout-dashboard"))
        if Screen.BROADCASTS in there:
            places.append(Entry(Screen.BROADCASTS, self.tr("Broadcasts"), "send"))
        if Screen.REPORTS in there:
            places.append(Entry(Screen.REPORTS, self.tr("Reports"), "chart-column"))
        if Screen.MANAGE in there and directory.permissions & MANAGING:
            places.append(Entry(Screen.MANAGE, self.tr("Manage"), "sliders-horizontal"))
        return places

    def _demo(self) -> tuple[Entry, ...]:
        """What the demo can play: a customer who calls or writes, a colleague to hand the call over to."""
        commands = [self.commands.command(id_) for id_ in DEMO if self.commands.available(id_)]
        translate = QCoreApplication.translate
        return tuple(Entry(command.id, translate("Command", command.title), command.icon) for command in commands)

    def _choose(self, key: Hashable) -> None:
        if isinstance(key, View):
            self.shell.choose(key)
        elif isinstance(key, Screen):
            self.shell.go(key)
        elif isinstance(key, str):
            self.commands.run(key)
            self.render_state(self.shell.state)  # a press is no place: the mark stays where it was

    def _help(self) -> None:
        from ui.shell.help_page import HelpPage

        page = HelpPage(self, self.commands, self._keys_changed)
        if self.see_also is not None:
            self.see_also(page)
        page.open()

    def _keys_changed(self) -> None:
        if self.keys_changed is not None:
            self.keys_changed()

    def _next_look(self) -> None:
        self.look_chosen(Look.LIGHT if theme().dark else Look.DARK)

    def _settings_menu(self, beside: QWidget) -> None:
        menu = QMenu(self)
        looks = {
            Look.SYSTEM: self.tr("Look as the system"),
            Look.LIGHT: self.tr("Light"),
            Look.DARK: self.tr("Dark"),
        }
        for look, words in looks.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(theme().look is look)
            action.triggered.connect(lambda _=False, look=look: self.look_chosen(look))
        if self.language_chosen is not None:
            menu.addSeparator()
            for code, name in (("en", "English"), ("fr", "Français")):
                action = menu.addAction(name)
                action.triggered.connect(lambda _=False, code=code: self._speak(code))
        if self.commands.available("profile"):
            menu.addSeparator()
            menu.addAction(self.tr("My profile…")).triggered.connect(lambda: self.commands.run("profile"))
        if self.commands.available("call.headset"):
            menu.addSeparator()
            menu.addAction(self.tr("Check the headset")).triggered.connect(lambda: self.commands.run("call.headset"))
        if self.commands.available("sign_out"):
            menu.addSeparator()
            menu.addAction(self.tr("Sign out")).triggered.connect(lambda: self.commands.run("sign_out"))
        menu.popup(beside.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _speak(self, language: str) -> None:
        if self.language_chosen is not None:
            self.language_chosen(language)


def _is_urgent(view: View) -> bool:
    key = view.stored.key if view.stored is not None else view.kind.value
    return key in {ViewKind.UNASSIGNED.value, ViewKind.WAITING_AGENT.value, "overdue"}


class _Opening(QWidget):
    """What stands where the first screen will, while the agent is being signed in."""

    def __init__(self) -> None:
        super().__init__()
        words = Text(self.tr("Signing you in…"), Type.BODY, "text3")
        self.setLayout(column(STRETCH, row(STRETCH, words, STRETCH, gap=0), STRETCH, gap=0))


def _place(directory: Directory) -> tuple[str, str]:
    team = next((team.name for team in directory.teams if team.id == directory.me.default_team_id), "")
    role = role_words(directory.me.role)
    return team or role, role
