"""The open case: number, state and subject, what can be done, its timeline and the composer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.desk.case_file import CaseFile, CaseFileState, OpenCase
from app.desk.case_ties import CaseTiesState
from app.desk.commands import CommandRegistry
from app.domain.service_levels import Metric
from ui.objects.customer_panel import CustomerPanel
from ui.objects.timeline import Timeline
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.level_words import metric_words, time_left
from ui.widgets.notice import Banner, EmptyState
from ui.widgets.options import Option
from ui.widgets.pick_popup import PickPopup
from ui.widgets.pill import Pill
from ui.widgets.text import Elided, Text
from ui.widgets.type_words import words_of_state
from ui.widgets.wording import level_words, now_utc, say, state_words

if TYPE_CHECKING:
    from app.desk.shell import Directory

NARROW = 900


class CaseView(Surface):
    """One case, with its customer at the right when the window is wide enough."""

    history_asked = Signal()
    customer_asked = Signal()
    merge_asked = Signal()
    split_asked = Signal()
    link_asked = Signal()
    watch_asked = Signal()
    refer_asked = Signal()
    snooze_asked = Signal(object)
    menu_made = Signal(object)

    def __init__(
        self,
        presenter: OpenCase,
        commands: CommandRegistry,
        directory: Callable[[], Directory | None],
        now: Callable[[], datetime] = now_utc,
    ) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._directory = directory
        self._now = now
        self._ties = CaseTiesState()
        self._with_loads: Callable[[UUID, Callable[[Mapping[UUID, int]], None]], None] | None = None
        self._facts: Callable[[CaseFile], tuple[tuple[str, str], ...]] = lambda _: ()
        self.timeline = Timeline()
        self.panel = CustomerPanel()
        self.panel.hide()  # until the window is known to be wide enough
        self._pills, self._low_pills = row(gap=6), row(gap=6)
        self._crowded = False
        self._subject = Elided("", Type.TITLE)
        self._whose = Elided("", Type.SMALL, "text2")
        self._others = Elided("", Type.SMALL, "warn")
        self._others.hide()
        self._assign = Button(self.tr("Assign"), icon="user-plus", key=commands.key("case.assign"), role=Role.GHOST)
        self._hand_over = Button(
            self.tr("Hand over"), icon="arrow-right-left", key=commands.key("case.hand_over"), role=Role.GHOST
        )
        self._state = Button(self.tr("State"), icon="circle-dot", role=Role.GHOST)
        edit = IconButton(self.tr("Edit the case"), "pencil", key=commands.key("case.edit"), size=28)
        edit.clicked.connect(lambda: commands.run("case.edit"))
        more = IconButton(self.tr("History and merging"), "layers", size=28)
        more.clicked.connect(lambda: self._drop(more, self._more_menu()))
        self._edits = (edit, more)
        self._who = IconButton(self.tr("Customer"), "panel-right")
        self._who.setCheckable(True)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._assign.clicked.connect(self._choose_assignee)
        self._hand_over.clicked.connect(self._choose_team)
        self._state.clicked.connect(self._choose_state)
        self._who.toggled.connect(self._fit)
        commands.bind("case.assign", self._assign.click, self._has_case)
        commands.bind("case.hand_over", self._hand_over.click, self._has_case)
        commands.bind("case.snooze", self._snooze, self._has_case)
        self._composer_place = column(gap=0, margins=(24, 0, 24, 16))
        self.foot = QWidget()
        self.foot.setLayout(self._composer_place)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("ticket", self.tr("No case is open"), self.tr("Choose one in the list.")))
        self._stack.addWidget(self._page())
        self.setLayout(column(self._stack, gap=0))
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def open_panel(self) -> None:
        """Show the customer's side, where there is no room for it by itself."""
        self._who.setChecked(True)

    def put_composer(self, composer: QWidget) -> None:
        """Put the composer under the timeline."""
        self._composer_place.addWidget(composer)

    def put_notice(self, notice: QWidget) -> None:
        """Put what there is to say over the composer."""
        self._composer_place.insertWidget(0, notice)

    def render_state(self, state: CaseFileState) -> None:
        """Show the file that was read, and the sentence of an act that was refused."""
        self._error.show_text(say(state.error) if state.error else "")
        if state.file is None:
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        self._show_head(state.file)
        directory = self._directory()
        region = directory.organisation.region if directory else "FR"
        self.timeline.show_follow_ups(state.file.timeline, self._now(), region)
        self.panel.show_file(state.file, region, self._now(), self._facts(state.file), self._ties.links)

    def join_practice(
        self,
        with_loads: Callable[[UUID, Callable[[Mapping[UUID, int]], None]], None],
        facts: Callable[[CaseFile], tuple[tuple[str, str], ...]],
    ) -> None:
        """Show how much each has who may be assigned, and the fields of the case's form at the side."""
        self._with_loads, self._facts = with_loads, facts

    def show_ties(self, ties: CaseTiesState) -> None:
        """Show what the case hangs together with, and who else looks at it."""
        changed = (ties.links, ties.case_id) != (self._ties.links, self._ties.case_id)
        self._ties = ties
        directory = self._directory()
        names = [one.name for one in directory.agents if one.id in ties.viewers] if directory is not None else []
        self._others.setVisible(bool(names))
        self._others.setText(self.tr("%n other(s) here: {0}", "", len(names)).format(", ".join(names)))
        if changed:
            self.render_state(self._presenter.state)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme().px(NARROW)
        self._who.setVisible(narrow)
        shown = self._who.isChecked() or not narrow
        self.panel.setVisible(shown)
        self._edge.setVisible(shown)
        file = self._presenter.state.file
        if self._crowded != (narrow and shown):
            self._crowded = narrow and shown
            if file is not None:
                self._show_head(file)

    def _page(self) -> QWidget:
        head = Surface("surface")
        top = row(self._pills, STRETCH, self._assign, self._hand_over, self._state, self._who, gap=4)
        title = row(self._subject, *self._edits, gap=4, margins=(0, 0, 2, 0))  # under the wider button above
        title.setStretch(0, 1)
        head.setLayout(
            column(top, title, row(self._low_pills, self._whose, self._others, gap=8), gap=3, margins=(24, 10, 16, 10))
        )
        middle = column(head, hairline("hairline"), gap=0)
        middle.addWidget(self._error)
        middle.addWidget(self.timeline, 1)
        middle.addWidget(self.foot)
        self._edge = hairline("hairline", vertical=True)
        page = QWidget()
        layout = row(gap=0)
        layout.addLayout(middle, 1)
        layout.addWidget(self._edge)
        layout.addWidget(self.panel)
        page.setLayout(layout)
        return page

    def _show_head(self, file: CaseFile) -> None:
        clear(self._pills)
        clear(self._low_pills)
        pills = self._low_pills if self._crowded else self._pills  # beside the buttons there is no room for all
        case, listed = file.case, file.row
        self._pills.addWidget(Text(str(case.number), Type.MEDIUM, "text2", tabular=True))
        words, tone = state_words(case.category, listed.state_name, listed.state_key, listed.state_colour)
        pills.addWidget(Pill(words, tone))
        if case.priority.value in {"high", "urgent"}:
            pills.addWidget(Pill(*level_words(case.priority)))
        if listed.due_at is not None:
            words, tone = time_left(listed.due_at, listed.due_near_at, self._now())
            pills.addWidget(Pill(f"{metric_words(Metric(listed.due_of))} · {words}", tone))
        self._subject.setText(case.subject)
        whose = listed.assignee_name or self.tr("nobody yet")
        self._whose.setText(f"{listed.team_name} · {whose}")

    def _has_case(self) -> bool:
        return self._presenter.state.file is not None

    def _drop(self, button: QWidget, menu: QMenu) -> None:
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def _choose_assignee(self) -> None:
        file, directory = self._presenter.state.file, self._directory()
        if file is None or directory is None:
            return
        offered = self._assignees(file, directory, {})
        popup = PickPopup(self._assign, self.tr("Assign to"), offered, icon="user-plus")
        popup.chosen.connect(self._assign_to)
        popup.open()
        if self._with_loads is not None:  # they are typed for at once; how much each has comes a moment later
            gone: list[bool] = []
            popup.destroyed.connect(lambda: gone.append(True))

            def show(loads: Mapping[UUID, int]) -> None:
                if not gone:
                    popup.replace(self._assignees(file, directory, loads))

            self._with_loads(file.case.team_id, show)

    def _assignees(self, file: CaseFile, directory: Directory, loads: Mapping[UUID, int]) -> tuple[Option, ...]:
        """Agents of the team and the other groups, each with how many live cases it has."""

        def load(who: UUID) -> str:
            return self.tr("%n live", "", loads[who]) if who in loads else ""

        me = Option(directory.me.id, self.tr("Me"), load(directory.me.id) or directory.me.name, "user-plus")
        others = tuple(
            Option(agent.id, agent.name, load(agent.id), "user")
            for agent in directory.members(file.case.team_id)
            if agent.active and agent.id != directory.me.id
        )
        nobody = Option("", self.tr("Nobody"), "", "user-x")
        groups = tuple(
            Option(("team", team.id), team.name, load(team.id), team.icon)
            for team in directory.teams
            if team.id != file.case.team_id
        )
        return (me, *others, nobody, *groups)

    def _assign_to(self, chosen: object) -> None:
        if isinstance(chosen, tuple):
            self._presenter.hand_over(chosen[1])
        else:
            self._presenter.assign(chosen or None)  # type: ignore[arg-type]

    def _choose_team(self) -> None:
        file, directory = self._presenter.state.file, self._directory()
        if file is None or directory is None:
            return
        teams = tuple(
            Option(team.id, team.name, "", team.icon) for team in directory.teams if team.id != file.case.team_id
        )
        popup = PickPopup(self._hand_over, self.tr("Hand over to"), teams, icon="arrow-right-left")
        popup.chosen.connect(self._presenter.hand_over)
        popup.open()

    def _choose_state(self) -> None:
        states = tuple(
            Option(state.id, words_of_state(state)[0], "", "circle-dot") for state in self._presenter.states()
        )
        if states:
            popup = PickPopup(self._state, self.tr("State of the case"), states, icon="circle-dot")
            popup.chosen.connect(self._presenter.set_state)
            popup.open()

    def _snooze(self) -> None:
        self.snooze_asked.emit(self._state)

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("History of the case")).triggered.connect(self.history_asked)
        menu.addAction(self.tr("Open the customer’s page")).triggered.connect(self.customer_asked)
        menu.addAction(self.tr("Merge another case into this one")).triggered.connect(self.merge_asked)
        menu.addAction(self.tr("Put the case aside…")).triggered.connect(self._snooze)
        if self._with_loads is not None:
            menu.addSeparator()
            menu.addAction(self.tr("Split off a part…")).triggered.connect(self.split_asked)
            menu.addAction(self.tr("Link another case…")).triggered.connect(self.link_asked)
            words = self.tr("Watch no more") if self._ties.watched else self.tr("Watch this case")
            menu.addAction(words).triggered.connect(self.watch_asked)
            if any(way.outward for way in self._ties.ways):
                menu.addAction(self.tr("Hand over to another organisation…")).triggered.connect(self.refer_asked)
        self.menu_made.emit(menu)
        return menu
