"""The floor as the hub keeps it: what was read of who is there, and what its own turns have decided since."""

import asyncio
import logging
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.domain import effects, waiting
from app.domain.agents import AgentState
from app.domain.call_trees import CallTree
from app.domain.calls import LiveCall
from app.domain.floor import AgentOnFloor, Floor
from app.domain.refusals import Refused
from app.hub.carrying_out import CarryingOut
from app.hub.journal import TurnJournal
from app.hub.phones import Phones
from app.services.call_book import CallBook
from app.services.switch import PhoneCameOrWent

log = logging.getLogger(__name__)

MISSES_UNTIL_NOT_READY = 2
AWAY_STATES = frozenset({AgentState.OFFLINE, AgentState.NOT_READY})
CALL_STATES = frozenset({AgentState.RINGING, AgentState.ON_CALL})
FLOOR_PAUSE_S = 0.05
LOOK_AGAIN = timedelta(seconds=1)


class FloorKeeper:
    """`now` is the snapshot that decisions read; what is decided while a reading runs is newer than what it finds."""

    def __init__(
        self,
        book: CallBook,
        journal: TurnJournal,
        carrying_out: CarryingOut,
        live: Callable[[], tuple[LiveCall, ...]],
        clock: Callable[[], datetime],
    ) -> None:
        self._book, self._journal, self._carrying_out = book, journal, carrying_out
        self._live, self._clock = live, clock
        self.now = Floor({}, {})
        self._phones = Phones()
        self._decided: dict[UUID, float] = {}
        self._misses: dict[UUID, int] = defaultdict(int)
        self._reading = asyncio.Lock()
        self._soon = False
        self._look_again_at = clock()

    # Reading --------------------------------------------------------------------------------------------------

    async def read(self) -> None:
        """Read who is there, one reading after the other: an older one must not overtake a newer."""
        async with self._reading:
            await self._read()

    async def read_soon(self) -> None:
        """Read who is there in a moment, once for all who ask until then."""
        if self._soon:
            return
        self._soon = True
        await asyncio.sleep(FLOOR_PAUSE_S)
        self._soon = False  # what happens from now on may be missed by this reading: it asks for another
        await self.read()

    async def read_figures(self) -> None:
        """What changes slowly: how long calls take."""
        self.now = replace(self.now, handled_s=await self._book.handled_s())

    async def ask_who_is_there(self) -> None:
        """Ask the switch itself whose phones it reaches (an event may have been missed), then read the floor."""
        self._phones.found(await self._carrying_out.phones_online(self.now))
        await self.read()

    async def look_again(self) -> None:
        """Somebody waits and nobody rings: ask once a second."""
        if self._clock() >= self._look_again_at:
            self._look_again_at = self._clock() + LOOK_AGAIN
            await self.ask_who_is_there()

    async def hear_phone(self, phone: PhoneCameOrWent) -> bool:
        """A phone came or went; True when it died and came back, so that what it had is lost."""
        lost = self._phones.hear(phone)
        await self.read()
        return lost

    # Deciding -------------------------------------------------------------------------------------------------

    def know_trees(self, trees: Mapping[UUID, CallTree]) -> None:
        """Call trees of a number that was just called."""
        if trees:
            self.now = replace(self.now, trees={**self.now.trees, **trees})

    def know_queues(self, in_order: list[LiveCall]) -> None:
        """Who waits where, the one who waits longest first."""
        self.now = replace(self.now, queues=waiting.queues(in_order))

    def decide(self, wanted: Iterable[effects.Effect]) -> dict[UUID, tuple[AgentState, str]]:
        """The agents' new states, decided before anything is awaited: no second call is offered to the same agent."""
        states: dict[UUID, tuple[AgentState, str]] = {}
        for effect in wanted:
            if isinstance(effect, effects.SetAgent):
                if effect.state is AgentState.AVAILABLE and self._is_away(effect.agent_id):
                    continue
                state = self._beside_her_calls(effect.agent_id, effect.state)
                states[effect.agent_id] = (state, effect.reason if state is effect.state else "")
                if effect.state is AgentState.ON_CALL:
                    self._misses.pop(effect.agent_id, None)
            elif isinstance(effect, effects.Missed) and not self._is_on_call(effect.agent_id):
                self._misses[effect.agent_id] += 1
                if self._misses[effect.agent_id] >= MISSES_UNTIL_NOT_READY:
                    states[effect.agent_id] = (AgentState.NOT_READY, "missed")
        self._decided |= dict.fromkeys(states, math.inf)
        now = self._clock()
        agents = dict(self.now.agents)
        for agent_id, (state, _) in states.items():
            known = agents.get(agent_id, AgentOnFloor(agent_id, state, now))
            offered = now if state is AgentState.RINGING else known.offered_at
            agents[agent_id] = replace(known, state=state, since_at=now, offered_at=offered)
        self.now = replace(self.now, agents=agents)
        return states

    def committed(self, agents: Iterable[UUID]) -> None:
        """What was decided of these agents is stored: a reading that begins from here on finds it."""
        self._decided |= dict.fromkeys(agents, asyncio.get_running_loop().time())

    async def _read(self) -> None:
        began = asyncio.get_running_loop().time()
        try:
            if not await self._journal.write():
                return  # what is stored is older than what we hold
            read = await self._book.floor()
        except Refused as refused:
            log.warning("the floor stays as it was known: %s", refused)
            return
        busy = {a: s for a, s in self.now.agents.items() if s.state in CALL_STATES}
        agents = {a: self._with_what_we_know(s, self.now.agent(a)) for a, s in read.agents.items()}
        calls = self._live()
        live = {call.agent_id for call in calls} | {offer.agent_id for call in calls for offer in call.offers}
        live |= {call.consultation.answered_by for call in calls if call.consultation is not None}
        live |= {listener for call in calls for listener in call.listeners}
        # Who says herself that she is away is away, whatever still rings at her.
        kept = {a: s for a, s in busy.items() if a in live and a in agents and agents[a].state not in AWAY_STATES}
        # What was decided since this reading began may not have been committed when it was made.
        decided = {a for a, at in self._decided.items() if at > began}
        agents |= kept | {a: s for a, s in self.now.agents.items() if a in decided and a in agents}
        self.now = replace(self.now, agents=agents, teams=read.teams)

    def _with_what_we_know(self, read: AgentOnFloor, known: AgentOnFloor | None) -> AgentOnFloor:
        offered = known.offered_at if known is not None else None
        return replace(read, offered_at=offered, reachable=read.id in self._phones)

    def _beside_her_calls(self, agent_id: UUID, state: AgentState) -> AgentState:
        """Who has two calls, one of them on hold, is not free when one of them ends."""
        others = {call.state_of(agent_id) for call in self._live()}
        if AgentState.ON_CALL in others:
            return AgentState.ON_CALL
        return AgentState.RINGING if AgentState.RINGING in others else state

    def _is_on_call(self, agent_id: UUID) -> bool:
        return self._beside_her_calls(agent_id, AgentState.AVAILABLE) is AgentState.ON_CALL

    def _is_away(self, agent_id: UUID) -> bool:
        agent = self.now.agent(agent_id)
        return agent is not None and agent.state in AWAY_STATES
