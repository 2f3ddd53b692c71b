"""The five figures over the board, for the teams that it shows."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from app.desk.board import BoardState
from app.desk.floor_lines import abandoned_share, service_level
from app.domain.agents import AgentState
from ui.board.tile import Tile
from ui.board.words import longest_wait
from ui.theme.tokens import Tone
from ui.widgets.layout import row
from ui.widgets.wording import duration

TARGET_S, GOOD, FAIR, LOST = 20, 0.8, 0.6, 0.05


class Tiles(QWidget):
    """Waiting now, longest wait, service level, abandoned, agents on call."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._longest_at: datetime | None = None
        self._target_s = TARGET_S
        self._waiting, self._longest = Tile(self.tr("Waiting now")), Tile(self.tr("Longest wait"))
        self._level, self._lost = Tile(self.tr("Service level today")), Tile(self.tr("Abandoned today"))
        self._agents = Tile(self.tr("Agents on call"))
        tiles = row(gap=12)
        for tile in (self._waiting, self._longest, self._level, self._lost, self._agents):
            tiles.addWidget(tile, 1)
        self.setLayout(tiles)

    def render_state(self, state: BoardState) -> None:
        """Show the figures of what the board shows."""
        waiting = state.waiting
        rung = sum(bool(call.ringing) for call in waiting)
        self._waiting.show_figure(str(len(waiting)), self.tr("%n ringing", "", rung) if rung else "", Tone.ACCENT)
        day = state.day
        self._target_s = day.target_s if day is not None else TARGET_S
        level = service_level(day) if day is not None else None
        within = self.tr("in {0} s").replace("{0}", str(self._target_s))
        tone = Tone.NEUTRAL if level is None else Tone.OK if level >= GOOD else Tone.WARN if level >= FAIR else Tone.BAD
        self._level.show_figure(self._percent(level, 0), within, tone)
        lost = abandoned_share(day) if day is not None else None
        of = f"{day.abandoned} / {day.offered}" if day is not None else ""
        tone = Tone.NEUTRAL if lost is None else Tone.OK if lost <= LOST else Tone.BAD
        self._lost.show_figure(self._percent(lost, 1), of, tone)
        there = state.there
        talking = sum(agent.state is AgentState.ON_CALL for agent in there)
        free = sum(agent.state is AgentState.AVAILABLE for agent in there)
        tone = Tone.ACCENT if free else Tone.WARN
        self._agents.show_figure(f"{talking} / {len(there)}", self.tr("%n free", "", free), tone)
        self._longest_at = longest_wait(state)
        self.tick()

    def tick(self) -> None:
        """Count the longest wait on."""
        if self._longest_at is None:
            self._longest.show_figure("–")
            return
        waited = (self._now() - self._longest_at).total_seconds()
        late = waited > self._target_s
        target = self.tr("target {0}").replace("{0}", duration(self._target_s))
        self._longest.show_figure(duration(waited), target, Tone.BAD if late else Tone.OK)

    def _percent(self, share: float | None, digits: int) -> str:
        if share is None:
            return "–"
        return self.tr("{0}%").replace("{0}", QLocale().toString(100 * share, "f", digits))
