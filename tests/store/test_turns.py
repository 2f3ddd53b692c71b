"""Turns of calls in the book: whole, repeatable, fenced by their epoch, and kept on disk while the database is away."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.agents import AgentState
from app.domain.calls import Direction, LiveCall, Phase
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.turns import AgentSet, CallTurn
from app.hub.journal import TurnJournal
from app.store.call_book import PostgresCallBook
from app.store.database import HUB_ROLE
from app.store.engine import open_engine
from app.store.session import Database
from tests.helpers.organisation import PASSWORD, Vallon

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MakeBook = Callable[[int], PostgresCallBook]


@pytest.fixture
async def make_book(vallon: Vallon) -> AsyncIterator[MakeBook]:
    database = Database(open_engine(replace(vallon.admin, user=HUB_ROLE, password=PASSWORD)))
    yield lambda epoch: PostgresCallBook(database, epoch)
    await database.close()


def turns_of(vallon: Vallon) -> tuple[CallTurn, CallTurn]:
    """Camille talks, and a minute later the caller hangs up."""
    centre, camille = vallon.teams["Contact centre"], vallon.agents["camille"]
    talking = LiveCall(
        new_id(), vallon.organisation_id, Direction.IN, "trunk-1", "+33639981234", None, centre, Phase.TALKING, NOW,
        agent_id=camille, answered_at=NOW,
    )  # fmt: skip
    ended = replace(talking, phase=Phase.ENDED, ended_at=NOW + timedelta(minutes=1))
    return (
        CallTurn(NOW, talking, begun=(camille,), agents=(AgentSet(camille, AgentState.ON_CALL, ""),)),
        CallTurn(
            NOW + timedelta(minutes=1), ended, ended=(camille,), agents=(AgentSet(camille, AgentState.WRAP_UP, ""),)
        ),
    )


async def in_the_book(book: PostgresCallBook) -> list[tuple[object, ...]]:
    found = await book._database.rows(
        "SELECT c.phase, p.began_at, p.ended_at, s.state FROM calls c JOIN call_parts p ON p.call_id = c.id "
        "JOIN agent_states s ON s.agent_id = p.agent_id"
    )
    return [tuple(row.values()) for row in found]


async def test_what_was_kept_is_written_by_the_next_hub_in_order_with_its_own_times(
    vallon: Vallon, make_book: MakeBook, tmp_path: Path
) -> None:
    file = tmp_path / "turns.jsonl"
    dying = TurnJournal(file, make_book)
    for turn in turns_of(vallon):
        dying.keep(1, turn)
    with file.open("a") as torn:
        torn.write('{"epoch": 1, "turn": {"at"')
    successor = TurnJournal(file, make_book)
    assert len(successor) == 2
    assert await successor.write()
    assert not file.exists()
    after = [("ended", NOW, NOW + timedelta(minutes=1), "wrap_up")]
    assert await in_the_book(make_book(2)) == after
    for turn in turns_of(vallon):  # other calls; and the same turns once more
        await make_book(2).write_turn(turn)
        await make_book(2).write_turn(turn)
    assert await in_the_book(make_book(2)) == after * 2


async def test_a_call_that_another_hub_has_gone_on_with_is_left_alone(
    vallon: Vallon, make_book: MakeBook, tmp_path: Path
) -> None:
    talking, ended = turns_of(vallon)
    journal = TurnJournal(tmp_path / "turns.jsonl", make_book)
    journal.keep(1, talking)
    assert await make_book(2).write_turn(talking)
    assert await make_book(2).write_turn(ended)
    assert not await make_book(1).write_turn(talking)
    assert await journal.write()
    assert await in_the_book(make_book(2)) == [("ended", NOW, NOW + timedelta(minutes=1), "wrap_up")]


async def test_a_turn_is_written_whole_or_not_at_all(vallon: Vallon, make_book: MakeBook) -> None:
    talking, _ = turns_of(vallon)
    nobody = AgentSet(new_id(), AgentState.ON_CALL, "")
    broken = replace(talking, begun=(nobody.agent_id,))
    with pytest.raises(Exception, match="foreign key"):
        await make_book(1).write_turn(broken)
    assert await make_book(1).live_calls() == ()


async def test_while_the_database_is_away_nothing_is_left_out(
    vallon: Vallon, make_book: MakeBook, tmp_path: Path
) -> None:
    nowhere = Database(open_engine(replace(vallon.admin, port=9)))
    away = TurnJournal(tmp_path / "turns.jsonl", lambda epoch: PostgresCallBook(nowhere, epoch))
    away.keep(1, turns_of(vallon)[0])
    assert not await away.write()
    assert len(away) == 1
    await nowhere.close()
    with pytest.raises(Refused) as refused:
        await PostgresCallBook(nowhere, 1).floor()
    assert refused.value.reason is Refusal.SERVER_AWAY
    assert await TurnJournal(tmp_path / "turns.jsonl", make_book).write()


async def test_who_left_while_it_rang_at_her_stays_away(vallon: Vallon, make_book: MakeBook) -> None:
    camille, store = vallon.agents["camille"], vallon.as_agent("camille")
    await store.set_my_state(AgentState.AVAILABLE, "")
    talking, ended = turns_of(vallon)
    await make_book(1).write_turn(replace(talking, agents=(AgentSet(camille, AgentState.RINGING, ""),)))
    await store.set_my_state(AgentState.OFFLINE, "")
    await make_book(1).write_turn(replace(ended, agents=(AgentSet(camille, AgentState.AVAILABLE, ""),)))
    assert {p.agent_id: p.state for p in await store.presences()}[camille] is AgentState.OFFLINE
