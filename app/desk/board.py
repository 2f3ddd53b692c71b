"""The live board: what waits, who talks, who is there, and what a supervisor does about it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID

from app.desk.board_state import LEAVING, BoardState, Leaving, reasons_for
from app.desk.floor_lines import FloorLine, supervised
from app.desk.presenter import Presenter
from app.desk.wording import of_refusal
from app.domain.agents import AgentState
from app.domain.calls import Target
from app.domain.hand_over import CommandKind
from app.domain.history import Hint
from app.domain.refusals import Refused
from app.services.calls import CallStore, CallView
from app.services.feed import Feed
from app.services.floor import AgentOnDuty, Code, FloorStore, TeamLoad
from app.services.organisation import Directory

__all__ = [
    "LEAVING", "AgentOnDuty", "Board", "BoardState", "CallView", "Code", "FloorLine", "Leaving", "TeamLoad",
    "reasons_for", "supervised",
]  # fmt: skip

PAUSE_S = 0.2
"""Between two readings: a busy floor tells of hundreds of changes a minute."""
RINGS_ME = frozenset({CommandKind.LISTEN, CommandKind.WHISPER, CommandKind.BARGE, CommandKind.TAKE})
HEARD = frozenset({"call", "offer", "presence", "team", "all"})


class Board(Presenter[BoardState]):
    """Reads the floor while it is shown, and asks for what supervisors do; the store decides what they may.

    `expect` is told of a call that my phone will ring for because I asked to hear or to take it.
    """

    def __init__(
        self,
        calls: CallStore,
        floor: FloorStore,
        feed: Feed,
        directory: Callable[[], Directory | None],
        me: UUID,
        expect: Callable[[UUID], None],
        region: str = "FR",
    ) -> None:
        super().__init__(BoardState(me, region))
        self._calls, self._floor, self._directory, self._expect = calls, floor, directory, expect
        self._open = self._stale = self._keeping = False
        self._unsubscribe = feed.subscribe(self._hear)

    def open(self, *, shown: bool) -> None:
        """Read as long as the board is shown."""
        came, self._open = shown and not self._open, shown
        if came:
            self.work.latest("reasons", self._read_reasons())
            self._refresh()

    def choose_team(self, team_id: UUID | None) -> None:
        """Show one team, or all of them."""
        self.show(team=team_id)

    def choose(self, call_id: UUID) -> None:
        """Choose the call that keys act on."""
        self.show(chosen=call_id)

    def choose_line(self, target: Target) -> None:
        """Choose a team or an agent."""
        self.show(line=target)

    def listen(self) -> None:
        """Hear the chosen call."""
        self._command(CommandKind.LISTEN)

    def whisper(self) -> None:
        """Be heard by the agent of the chosen call only."""
        self._command(CommandKind.WHISPER)

    def barge(self) -> None:
        """Speak with both."""
        self._command(CommandKind.BARGE)

    def leave(self) -> None:
        """Leave the call that I listen to; it goes on."""
        if self.state.heard is not None:
            self._do(self._calls.command_call(self.state.heard.id, CommandKind.LEAVE))

    def end(self) -> None:
        """End the chosen call."""
        self._command(CommandKind.END)

    def take(self) -> None:
        """Have the waiting caller myself."""
        self._command(CommandKind.TAKE)

    def put(self, by: int) -> None:
        """Serve the waiting caller sooner or later by some places."""
        call = self.state.call
        if call is not None and self.state.waits:
            place = max(1, self.state.place(call) + by)
            self._do(self._calls.command_call(call.id, CommandKind.PLACE, place=place))

    def open_move(self) -> None:
        """Offer everybody the chosen call can go to, the first free team chosen."""
        if self.state.moves:
            self.show(moving=True, typed="", error=None)
            self._propose()

    def shut_move(self) -> None:
        """Leave the call where it is."""
        self.show(moving=False, typed="")

    def type(self, text: str) -> None:
        """Offer those whose name begins so."""
        self.show(typed=text)
        self._propose()

    def step(self, by: int) -> None:
        """Choose the line below or above."""
        targets = [line.target for line in self.state.lines]
        if targets:
            now = targets.index(self.state.line) if self.state.line in targets else -1
            self.show(line=targets[min(len(targets) - 1, max(0, now + by))])

    def move(self) -> None:
        """Move the chosen call to the chosen line: the hub tells the agent of a live one first."""
        call, line = self.state.call, self.state.chosen_line
        if call is not None and line is not None and self.state.leaving is None:
            self._do(self._calls.command_call(call.id, CommandKind.MOVE, line.target))
            self.shut_move()

    def take_back(self) -> None:
        """Do not move the call after all."""
        leaving = self.state.leaving
        if leaving is not None:
            self._do(self._calls.command_call(leaving.call_id, CommandKind.KEEP))

    def set_state(self, agent_id: UUID, state: AgentState, reason: str = "") -> None:
        """Change what an agent is doing."""
        self._do(self._floor.set_agent_state(agent_id, state, reason))

    def close_team(self, team_id: UUID, *, closed: bool) -> None:
        """Close a team's lines now, or open them again."""
        self._do(self._floor.close_team(team_id, closed=closed))

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        self._open = False
        await super().close()

    def _propose(self) -> None:
        lines = self.state.lines
        if self.state.line not in {line.target for line in lines} or self.state.typed:
            free = (line for line in lines if line.load is not None and line.load.free and line.load.is_open)
            first = lines[0] if self.state.typed and lines else next(free, lines[0] if lines else None)
            self.show(line=first.target if first is not None else None)

    def _hear(self, hint: Hint) -> None:
        if hint.kind in HEARD:
            self._refresh()

    def _refresh(self) -> None:
        self._stale = True
        if self._open and not self._keeping:
            self._keeping = True
            self.work.start(self._keep_up(), "board")

    async def _keep_up(self) -> None:
        """Read until nothing new was told; a reading is never given up for the next one, or a busy floor shows none."""
        try:
            while self._stale and self._open:
                self._stale = False
                await self._read()
                await asyncio.sleep(PAUSE_S)
        finally:
            self._keeping = False

    async def _read(self) -> None:
        directory = self._directory()
        try:
            calls = await self._calls.live_calls()
            loads, agents = await self._floor.loads(), await self._floor.agents_on_duty()
            days = await self._floor.today()
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        teams = supervised(directory) if directory is not None else frozenset()
        chosen = self.state.chosen if any(call.id == self.state.chosen for call in calls) else None
        moving = self.state.moving and chosen is not None
        self.show(
            teams=teams, calls=calls, loads=loads, agents=agents, days=days, chosen=chosen, moving=moving, read=True
        )

    async def _read_reasons(self) -> None:
        self.show(reasons=await self._floor.codes("not_ready"))

    def _command(self, kind: CommandKind) -> None:
        if self.state.call is not None:
            if kind in RINGS_ME:
                self._expect(self.state.call.id)
            self._do(self._calls.command_call(self.state.call.id, kind))

    def _do(self, act: Coroutine[Any, Any, None]) -> None:
        self.work.start(self._attempt(act), "board act")

    async def _attempt(self, act: Coroutine[Any, Any, None]) -> None:
        try:
            await act
        except Refused as refused:
            self.show(error=of_refusal(refused))
        else:
            self.show(error=None)
            self._refresh()
