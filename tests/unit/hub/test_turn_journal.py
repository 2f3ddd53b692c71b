"""Turns that were left are each written once and in their order, whoever asks for it and at whatever moment."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from app.domain.calls import Direction, LiveCall, Phase
from app.domain.refusals import Refusal, Refused
from app.domain.turns import CallTurn, CaseGiven
from app.hub.journal import TurnJournal

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CALL = LiveCall(uuid4(), uuid4(), Direction.IN, "leg", "", None, uuid4(), Phase.WAITING, NOW)


class SlowBook:
    """Takes a moment for each turn."""

    def __init__(self) -> None:
        self.written: list[int] = []

    async def write_turn(self, turn: CallTurn) -> bool:
        await asyncio.sleep(0.001 * (5 - turn.call.said))
        self.written.append(turn.call.said)
        return True


class SolvedCase(SlowBook):
    """Refuses to move a case that is solved."""

    async def write_turn(self, turn: CallTurn) -> bool:
        if turn.cases:
            raise Refused(Refusal.SOLVED_NEEDS_ASSIGNEE)
        return await super().write_turn(turn)


async def test_a_case_that_may_not_go_along_does_not_keep_the_turn_from_the_book(tmp_path: Path) -> None:
    book = SolvedCase()
    journal = TurnJournal(tmp_path / "turns.jsonl", lambda epoch: book)  # type: ignore[arg-type, return-value]
    turn = CallTurn(NOW, replace(CALL, said=1), cases=(CaseGiven(uuid4(), moved=True),))
    await journal.take(turn, book, 1)  # type: ignore[arg-type]
    journal.keep(1, turn)
    assert await journal.write()
    assert book.written == [1, 1]


async def test_two_who_write_what_is_left_at_once_leave_no_turn_out(tmp_path: Path) -> None:
    book = SlowBook()
    journal = TurnJournal(tmp_path / "turns.jsonl", lambda epoch: book)  # type: ignore[arg-type, return-value]
    for said in range(5):
        journal.keep(1, CallTurn(NOW, replace(CALL, said=said)))
    assert all(await asyncio.gather(journal.write(), journal.write()))
    assert book.written == [0, 1, 2, 3, 4]
    assert not (tmp_path / "turns.jsonl").exists()
