"""Who calls for help waits for no database: after 0.3 s the switch puts the call through alone."""

import asyncio
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.domain.refusals import Refusal, Refused
from app.hub.exchange import Exchange
from app.hub.journal import TurnJournal
from app.services.switch import AgentDialled

AGENT = uuid4()


class AwayBook:
    """A database that refuses, or that never answers."""

    def __init__(self, *, hangs: bool) -> None:
        self.hangs = hangs

    async def number_shown(self, agent_id: UUID, wished: str) -> None:
        if self.hangs:
            await asyncio.Event().wait()
        raise Refused(Refusal.SERVER_AWAY)


class PutThrough:
    """What the switch was told to do with the leg."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str]] = []

    async def leave_emergency(self, leg_id: str, number: str) -> None:
        self.told.append(("emergency", leg_id, number))

    async def end_leg(self, leg_id: str, reason: str) -> None:
        self.told.append(("ended", leg_id, reason))


@pytest.mark.parametrize("hangs", [False, True])
async def test_an_emergency_number_goes_out_with_the_database_away(hangs: bool, tmp_path: Path) -> None:
    switch, book = PutThrough(), AwayBook(hangs=hangs)
    journal = TurnJournal(tmp_path / "journal", lambda epoch: book)  # type: ignore[arg-type, return-value]
    exchange = Exchange(switch, book, journal, 1)  # type: ignore[arg-type]
    async with asyncio.timeout(2):
        await exchange.hear(AgentDialled("leg", AGENT, "112", ""))
    assert switch.told == [("emergency", "leg", "112")]


async def test_any_other_number_is_not_dialled_blindly(tmp_path: Path) -> None:
    switch, book = PutThrough(), AwayBook(hangs=False)
    journal = TurnJournal(tmp_path / "journal", lambda epoch: book)  # type: ignore[arg-type, return-value]
    await Exchange(switch, book, journal, 1).hear(AgentDialled("leg", AGENT, "06 39 98 12 34", ""))  # type: ignore[arg-type]
    assert switch.told == [("ended", "leg", "unallocated")]
