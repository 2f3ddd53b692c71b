"""Chats on the board: their order, those of one team, the chosen one taken over and opened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from app.desk import floor_chats
from app.desk.floor_chats import FloorChats
from app.domain.chats import ChatState
from app.services.web_chat import MOST_ON_FLOOR, Chats, ChatView
from tests.unit.desk.test_chats import FakeChats, Feed, a_chat

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)
ME, CENTRE, PARTS = uuid4(), uuid4(), uuid4()


def talks(name: str, minutes: int, **more: object) -> ChatView:
    began = NOW - timedelta(minutes=minutes + 1)
    chat = a_chat(uuid4(), agent_id=uuid4(), name=name, team_id=CENTRE, started_at=began)
    return replace(chat, answered_at=began + timedelta(minutes=1), **more)  # type: ignore[arg-type]


def waits(name: str, minutes: int, **more: object) -> ChatView:
    at = NOW - timedelta(minutes=minutes)
    return talks(name, 90, state=ChatState.WAITING, agent_id=None, waiting_since_at=at, **more)


def made(*chats: ChatView, taken: list[UUID] | None = None) -> tuple[FloorChats, FakeChats, Feed]:
    store, feed = FakeChats(floor=chats), Feed()
    told = taken if taken is not None else []
    return FloorChats(Chats(store), feed, ME, told.append), store, feed


def names(floor: FloorChats) -> list[str]:
    return [one.name for one in floor.state.chats]


async def test_who_waits_stands_first_and_longest_and_a_team_shows_its_own() -> None:
    floor, _, _ = made(talks("b", 3), waits("w1", 1), talks("a", 9), waits("w2", 5, team_id=PARTS))
    floor.open(shown=True)
    await floor.work.settle()
    assert [one.name for one in floor.state.of(None)] == ["w2", "w1", "a", "b"]
    assert [one.name for one in floor.state.of(PARTS)] == ["w2"]
    since = [one.since_at for one in floor.state.of(None)]
    assert since == [NOW - timedelta(minutes=minutes) for minutes in (5, 1, 9, 3)]
    assert not floor.state.more
    await floor.close()


async def test_it_is_read_while_it_is_shown_and_when_somebody_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor_chats, "PAUSE_S", 0)
    floor, store, feed = made()
    feed.tell("chat_state", uuid4(), uuid4())
    await floor.work.settle()
    assert names(floor) == []
    floor.open(shown=True)
    await floor.work.settle()
    store.floor = (waits("w", 1),)
    feed.tell("chat_seen", uuid4(), uuid4())
    await floor.work.settle()
    assert names(floor) == []
    feed.tell("chat_state", uuid4(), uuid4())
    await floor.work.settle()
    assert names(floor) == ["w"]
    store.floor = tuple(talks(str(at), at) for at in range(MOST_ON_FLOOR))
    feed.tell("presence")
    await floor.work.settle()
    assert floor.state.more
    floor.open(shown=False)
    store.floor = ()
    feed.tell("chat_state", uuid4(), uuid4())
    await floor.work.settle()
    assert len(floor.state.chats) == MOST_ON_FLOOR
    await floor.close()


async def test_the_chosen_one_is_taken_and_its_case_opened_and_a_refusal_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(floor_chats, "PAUSE_S", 0)
    chat, mine, taken = talks("a", 3), talks("mine", 1, agent_id=ME), list[UUID]()
    floor, store, _ = made(chat, mine, taken=taken)
    floor.open(shown=True)
    await floor.work.settle()
    floor.take()
    allowed = [floor.state.may_take]
    for one in (mine, chat):
        floor.choose(one.id)
        allowed.append(floor.state.may_take)
    assert allowed == [False, False, True]
    floor.take()  # the store refuses: a colleague was quicker
    await floor.work.settle()
    errors = [floor.state.error]
    assert taken == []

    async def take(chat_id: UUID) -> None:
        store.did.append(("take", chat_id))

    monkeypatch.setattr(store, "take", take)
    floor.take()
    await floor.work.settle()
    assert store.did == [("take", chat.id)]
    errors.append(floor.state.error)
    assert [one is None for one in errors] == [False, True]
    assert taken == [chat.case_id]
    await floor.close()
