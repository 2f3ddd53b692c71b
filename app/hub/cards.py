"""The card before the ring: a hand-over's phone is rung when its desk has painted the card, or 40 ms later."""

import asyncio
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from app.domain.calls import LiveCall
from app.domain.effects import Ring

WAIT_S: Final = 0.04


class Cards:
    """Which desks are asked to show which call, and which have done so."""

    def __init__(self) -> None:
        self._expected: dict[tuple[UUID, UUID], asyncio.Event] = {}

    def expect(self, call: LiveCall, rings: Iterable[Ring]) -> tuple[UUID, ...]:
        """Before the commit that their desks hear of: the agents whose card comes before the ring."""
        handed = call.handed_by is not None or call.consultation is not None
        agents = tuple(ring.agent_id for ring in rings if ring.agent_id is not None) if handed else ()
        for agent_id in agents:
            self._expected[call.id, agent_id] = asyncio.Event()
        return agents

    def shown(self, call_id: UUID, agent_id: UUID) -> None:
        """A desk says that its card is painted."""
        if (expected := self._expected.get((call_id, agent_id))) is not None:
            expected.set()

    async def wait(self, call_id: UUID, agents: tuple[UUID, ...]) -> None:
        """Wait for these desks, and for none of them longer than the pause that nobody hears."""
        try:
            async with asyncio.timeout(WAIT_S if agents else None):
                for agent_id in agents:
                    await self._expected[call_id, agent_id].wait()
        except TimeoutError:
            return  # a desk that is slow, or not there: the phone rings anyway
        finally:
            for agent_id in agents:
                self._expected.pop((call_id, agent_id), None)
