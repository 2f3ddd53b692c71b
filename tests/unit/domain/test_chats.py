"""Whom a chat is offered to next, when silence ends it, how a tree leads it: pure decisions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from app.domain.agents import AgentState
from app.domain.chats import (
    ChatOnFloor,
    ChatState,
    ChatStep,
    GoTo,
    Missed,
    Offer,
    Room,
    Silence,
    lead_on,
    next_move,
    silence_of,
    subject_of,
)
from app.domain.floor import AgentOnFloor, Floor, Strategy, TeamOnFloor
from app.domain.message_trees import Choice, Goes, MessageMenu, MessageTree, Talk, Target

NOW = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)
A, B, C = (UUID(int=n) for n in (1, 2, 3))
CENTRE, WORKSHOP = UUID(int=10), UUID(int=11)


def room(*, strategy: Strategy = Strategy.ROTATION, loads: dict[UUID, int] | None = None, **states: AgentState) -> Room:
    known = {"a": A, "b": B, "c": C}
    agents = {
        known[name]: AgentOnFloor(known[name], states.get(name, AgentState.AVAILABLE), NOW - timedelta(minutes=place))
        for place, name in enumerate("abc")
    }
    teams = {
        CENTRE: TeamOnFloor(CENTRE, members=(A, B), strategy=strategy),
        WORKSHOP: TeamOnFloor(WORKSHOP, members=(C,), strategy=strategy),
    }
    return Room(Floor(agents=agents, teams=teams), loads or {})


def chat(**more: object) -> ChatOnFloor:
    waiting = ChatOnFloor(uuid4(), CENTRE, ChatState.WAITING, step_since_at=NOW, said_at=NOW)
    return replace(waiting, **more)  # type: ignore[arg-type]


def test_the_teams_strategy_says_who_is_asked() -> None:
    everybody = next_move(chat(), room(strategy=Strategy.RING_ALL), NOW)
    assert isinstance(everybody, Offer)
    assert set(everybody.agents) == {A, B}
    one = next_move(chat(), room(), NOW)
    assert isinstance(one, Offer)
    assert len(one.agents) == 1
    assert next_move(chat(tried=one.agents), room(), NOW) != one


def test_who_has_as_many_as_she_may_is_not_asked_and_who_is_on_a_call_neither() -> None:
    assert next_move(chat(most=6), room(loads={A: 6}), NOW) == Offer((B,), 30)
    assert next_move(chat(), room(a=AgentState.ON_CALL, b=AgentState.NOT_READY), NOW) is None


def test_a_ring_that_is_over_is_missed_and_all_are_asked_again_after_a_while() -> None:
    ringing = chat(ringing=(A,), ring_until=NOW + timedelta(seconds=1))
    assert next_move(ringing, room(), NOW) is None
    assert next_move(ringing, room(), NOW + timedelta(seconds=1)) == Missed()
    tried = chat(tried=(A, B))
    assert next_move(tried, room(), NOW) is None
    assert next_move(tried, room(), NOW + timedelta(seconds=30)) == GoTo(ChatStep.QUEUE)


def test_who_has_the_case_is_asked_first_when_she_is_there() -> None:
    assert next_move(chat(to_agent_id=B), room(strategy=Strategy.RING_ALL), NOW) == Offer((B,), 30)
    away = next_move(chat(to_agent_id=B), room(b=AgentState.OFFLINE), NOW)
    assert away == Offer((A,), 30)


def test_a_hand_over_goes_target_sender_door_and_cannot_fall() -> None:
    handed = chat(team_id=WORKSHOP, step=ChatStep.HANDED, handed_by=A, tried=(A,))
    assert next_move(handed, room(), NOW) == Offer((C,), 30)
    assert next_move(replace(handed, tried=(A, C)), room(), NOW) == GoTo(ChatStep.BACK)
    assert next_move(handed, room(c=AgentState.ON_CALL), NOW) is None
    assert next_move(handed, room(c=AgentState.OFFLINE), NOW) == GoTo(ChatStep.BACK)
    assert next_move(handed, room(c=AgentState.ON_CALL), NOW + timedelta(seconds=60)) == GoTo(ChatStep.BACK)
    back = replace(handed, step=ChatStep.BACK, tried=())
    assert next_move(back, room(), NOW) == Offer((A,), 15)
    assert next_move(replace(back, tried=(A,)), room(), NOW) == GoTo(ChatStep.QUEUE)
    assert next_move(back, room(a=AgentState.ON_CALL), NOW) == GoTo(ChatStep.QUEUE)


def test_to_a_person_falls_to_her_team_and_not_further_than_back() -> None:
    handed = chat(team_id=WORKSHOP, to_agent_id=C, step=ChatStep.HANDED, handed_by=A, tried=(A,))
    assert next_move(handed, room(), NOW) == Offer((C,), 30)
    assert next_move(handed, room(c=AgentState.NOT_READY), NOW) == GoTo(ChatStep.BACK)


def test_silence_is_the_visitors_and_has_a_notice_first() -> None:
    talking = chat(state=ChatState.TALKING, last_by="agent", said_at=NOW, silence_s=600)
    assert silence_of(talking, NOW + timedelta(seconds=479)) is None
    assert silence_of(talking, NOW + timedelta(seconds=480)) is Silence.NOTICE
    noticed = replace(talking, noticed_at=NOW)
    assert silence_of(noticed, NOW + timedelta(seconds=119)) is None
    assert silence_of(noticed, NOW + timedelta(seconds=120)) is Silence.SILENCE
    assert silence_of(replace(talking, last_by="visitor"), NOW + timedelta(hours=1)) is None, "it is our turn"
    assert silence_of(replace(talking, state=ChatState.ENDED), NOW + timedelta(hours=1)) is None


def test_who_waits_is_ended_only_when_she_has_been_gone_for_long() -> None:
    waiting = chat()
    assert silence_of(waiting, NOW + timedelta(hours=5)) is None
    gone = replace(waiting, left_at=NOW)
    assert silence_of(gone, NOW + timedelta(minutes=14)) is None
    assert silence_of(gone, NOW + timedelta(minutes=15)) is Silence.LEFT
    assert silence_of(replace(gone, ringing=(A,)), NOW + timedelta(minutes=15)) is None


def test_a_tree_leads_answers_or_lets_wait() -> None:
    menu = MessageMenu(
        {"fr": "1, 2, 3"},
        (
            Choice(("1",), Target(Goes.TEAM, id=WORKSHOP)),
            Choice(("2",), Target(Goes.ANSWER, says={"fr": "Du lundi au samedi."})),
            Choice(("3",), Target(Goes.STAY, says={"fr": "Un instant."})),
        ),
    )
    tree = MessageTree(uuid4(), CENTRE, "Accueil", "start", {"start": menu})
    at = Talk("start")
    assert (lead_on(tree, at, "1", "fr").state, lead_on(tree, at, "1", "fr").target) == (ChatState.WAITING, WORKSHOP)
    assert lead_on(tree, at, "2", "fr").state is ChatState.IDLE
    assert lead_on(tree, at, "3", "fr").state is ChatState.WAITING
    asked = lead_on(tree, at, "quoi ?", "fr")
    assert (asked.state, asked.talk) == (ChatState.MENU, Talk("start", 1))
    assert lead_on(tree, Talk("start", 1), "quoi ?", "fr").state is ChatState.WAITING
    assert lead_on(tree, Talk("gone"), "1", "fr").state is ChatState.WAITING


def test_a_subject_is_the_first_line_and_no_longer_than_a_list_shows() -> None:
    assert subject_of("\n  Une   fuite \nau relevage") == "Une fuite"
    assert len(subject_of("x" * 500)) == 80
