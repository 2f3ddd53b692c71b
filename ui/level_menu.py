"""What was promised for the open case, and how much time is left of it: from the menu of the case."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QMenu

from app.desk.case_file import OpenCase
from app.desk.shell import Shell
from app.domain.service_levels import ClockState
from app.services.desk import SignedIn
from app.services.levels import CaseClock
from ui.shell.main_window import MainWindow
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.dialog import Dialog
from ui.widgets.hours_line import written_span
from ui.widgets.level_words import metric_words, time_left
from ui.widgets.pill import Pill
from ui.widgets.text import Text


class LevelMenu:
    """Adds its line to the menu; reads the clocks when somebody asks."""

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        case: OpenCase,
        window: Callable[[], MainWindow],
        now: Callable[[], datetime],
    ) -> None:
        self._levels, self._shell, self._case, self._window, self._now = services.levels, shell, case, window, now

    def add_to(self, menu: QMenu) -> None:
        """Put the line below what the menu of a case offers."""
        if self._levels is not None:
            title = QCoreApplication.translate("Level", "Service levels of the case")
            menu.addAction(title).triggered.connect(lambda: self._shell.work.start(self.show(), "service levels"))

    async def show(self) -> None:
        """Show the clocks of the open case."""
        file = self._case.state.file
        if self._levels is None or file is None:
            return
        clocks = await self._levels.case_clocks(file.case.id)
        title = QCoreApplication.translate("Level", "Service levels of the case")
        dialog = Dialog(self._window(), title, width=520)
        if not clocks:
            said = QCoreApplication.translate("Level", "Nothing was promised for this case.")
            dialog.content.addWidget(Text(said, Type.BODY, "text2"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for at, clock in enumerate(clocks):
            promised = QCoreApplication.translate("Level", "{policy}: {time} h").replace("{policy}", clock.policy)
            grid.addWidget(Text(metric_words(clock.metric), Type.STRONG), at, 0)
            grid.addWidget(Text(promised.replace("{time}", written_span(clock.target)), Type.BODY, "text2"), at, 1)
            grid.addWidget(Pill(*self._state(clock)), at, 2)
        dialog.content.addLayout(grid)
        dialog.open()

    def _state(self, clock: CaseClock) -> tuple[str, Tone]:
        translate = QCoreApplication.translate
        if clock.never_opens:
            return translate("Level", "its calendar never opens"), Tone.WARN
        if clock.state is ClockState.MET:
            kept = (translate("Level", "kept"), Tone.OK)
            return (translate("Level", "kept too late"), Tone.BAD) if clock.broken else kept
        if clock.state is ClockState.PAUSED:
            return translate("Level", "waits on the customer"), Tone.NEUTRAL
        if clock.state is ClockState.STOPPED or clock.due_at is None:
            return translate("Level", "given up"), Tone.NEUTRAL
        return time_left(clock.due_at, clock.near_at, self._now())
