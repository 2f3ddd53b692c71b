"""The live board by keyboard alone: a call is chosen, taken, moved with its agent told first, and taken back."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desk.shell import Screen
from app.domain.agents import AgentState
from app.domain.calls import Target, TargetKind
from app.domain.hand_over import CommandKind
from app.domain.permissions import Permission
from tests.helpers import sample
from tests.helpers.gallery import lay_out, open_board, settle
from tests.helpers.sample_calls import SampleCalls
from tests.unit.desk.test_floor_chats import NOW, made, talks, waits
from ui.board.board_view import BoardView
from ui.board.floor_panel import FloorPanel
from ui.desk import Desk
from ui.runtime.application import Application
from ui.shell.rail import RailButton
from ui.widgets.dialog import Dialog

SIZE = (1640, 980)


def _calls(desk: Desk) -> SampleCalls:
    calls = desk._services.calls
    assert isinstance(calls, SampleCalls)
    return calls


def _press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk.window.focusWidget() or desk.window, key, modifier)


async def test_a_live_call_is_moved_with_three_keys_and_taken_back_with_one(qapp: Application) -> None:
    desk = await open_board(SIZE)
    view = desk.window.findChildren(BoardView)[0]
    view.live.list.setFocus()
    call = desk.calls.board.state.live[0]
    _press(desk, Qt.Key.Key_Home)
    assert desk.calls.board.state.chosen == call.id
    _press(desk, Qt.Key.Key_F6)
    panel = desk.window.findChildren(FloorPanel)[0]
    assert panel.search.hasFocus()
    _press(desk, Qt.Key.Key_Down)
    _press(desk, Qt.Key.Key_Return)
    await desk.calls.board.work.settle()
    location = Target(TargetKind.TEAM, sample.key("Location"))
    assert _calls(desk).commands == [(call.id, CommandKind.MOVE, location, "")]
    assert view.live.list.hasFocus()
    told = replace(call, step="leaving", step_team_id=location.id, step_until_at=sample.NOW + timedelta(seconds=3))
    desk.calls.board.show(calls=(told, *(other for other in desk.calls.board.state.calls if other.id != call.id)))
    _press(desk, Qt.Key.Key_Escape)
    await desk.calls.board.work.settle()
    assert _calls(desk).commands[-1] == (call.id, CommandKind.KEEP, None, "")
    await desk.close()


async def test_the_keys_of_supervision_act_on_the_chosen_row(qapp: Application) -> None:
    desk = await open_board(SIZE)
    view = desk.window.findChildren(BoardView)[0]
    view.waiting.list.setFocus()
    _press(desk, Qt.Key.Key_End)
    _press(desk, Qt.Key.Key_Up)
    second = desk.calls.board.state.waiting[1]
    assert desk.calls.board.state.chosen == second.id
    _press(desk, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    _press(desk, Qt.Key.Key_F2)
    desk.calls.board.choose(desk.calls.board.state.live[2].id)
    _press(desk, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    _press(desk, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    _press(desk, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    await settle(desk)
    kinds = [kind for _, kind, _, _ in _calls(desk).commands]
    assert kinds == [
        CommandKind.PLACE, CommandKind.TAKE, CommandKind.LISTEN, CommandKind.WHISPER, CommandKind.BARGE,
    ]  # fmt: skip
    assert _calls(desk).places[0] == 1
    await desk.close()


async def test_ending_a_call_asks_first(qapp: Application) -> None:
    desk = await open_board(SIZE)
    call = desk.calls.board.state.live[0]
    desk.calls.board.choose(call.id)
    for agree in (False, True):
        _press(desk, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
        dialog = desk.window.findChildren(Dialog)[-1]
        key, modifier = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier) if agree else (Qt.Key.Key_Escape, None)
        QTest.keyClick(dialog, key, modifier or Qt.KeyboardModifier.NoModifier)
        await settle(desk)
        assert [kind for _, kind, _, _ in _calls(desk).commands] == ([CommandKind.END] if agree else [])
    await desk.close()


async def test_keys_of_the_board_rest_elsewhere_and_it_is_not_read_there(qapp: Application) -> None:
    desk = await open_board(SIZE)
    desk.calls.board.choose(desk.calls.board.state.live[0].id)
    desk.shell.go(Screen.CASES)
    await settle(desk)
    assert not desk.commands.available("call.listen")
    assert not desk.commands.available("call.move")
    _calls(desk).calls.clear()
    desk._services.feed.hint("call", sample.key("call"))  # type: ignore[attr-defined]
    await settle(desk)
    assert desk.calls.board.state.live
    desk.shell.go(Screen.BOARD)
    await settle(desk)
    assert not desk.calls.board.state.live
    await desk.close()


async def test_the_rail_shows_the_board_to_who_supervises(qapp: Application) -> None:
    desk = await open_board(SIZE)
    places = {button.entry.key for button in desk.window.findChildren(RailButton)}
    assert Screen.BOARD in places
    directory = desk.shell.state.directory
    assert directory is not None
    nadia = next(agent for agent in directory.agents if agent.name == "Nadia Benali")
    plain = directory.permissions - {Permission.SUPERVISE_CALLS}
    desk.shell.show(directory=replace(directory, me=nadia, permissions=plain))
    await settle(desk)
    shown = {entry.key for section in desk.window.rail._sections for entry in section.entries}
    assert Screen.BOARD not in shown
    await desk.close()


async def test_a_team_is_closed_and_an_agents_state_changed_from_the_floor(qapp: Application) -> None:
    desk = await open_board(SIZE)
    panel = desk.window.findChildren(FloorPanel)[0]
    desk.calls.board.choose_line(Target(TargetKind.TEAM, sample.key("Location")))
    await settle(desk)
    assert panel._close.isVisible()
    assert not panel._state.isVisible()
    panel._close.click()
    await settle(desk)
    assert [load.name for load in desk.calls.board.state.loads if load.closed_now] == ["Location"]
    assert panel._close.label == "Open again"
    desk.calls.board.choose_line(Target(TargetKind.AGENT, sample.key("Victor Lang")))
    await settle(desk)
    assert panel._state.isVisible()
    line = desk.calls.board.state.chosen_line
    assert line is not None
    assert line.agent is not None
    inner = panel._states(line.agent).actions()[1].menu()
    lunch = next(action for action in inner.actions() if action.text() == "Lunch")  # type: ignore[attr-defined]
    lunch.trigger()
    await settle(desk)
    found = {agent.name: agent for agent in desk.calls.board.state.agents}
    assert (found["Victor Lang"].state, found["Victor Lang"].reason) == (AgentState.NOT_READY, "lunch")
    await desk.close()


async def test_chats_stand_under_the_calls_and_one_is_taken_over_by_key(qapp: Application) -> None:
    desk = await open_board(SIZE)
    opened, taken = list[object](), list[object]()
    went = talks("Amélie Fontaine", 12, agent_name="Nadia Benali", team_name="Contact centre")
    asks = waits("Paul Vernier", 2, team_id=sample.key("Location"), team_name="Location", seq=1)
    floor, store, _ = made(went, asks, taken=taken)  # type: ignore[arg-type]

    async def take(chat_id: object) -> None:
        store.did.append(chat_id)

    store.take = take  # type: ignore[method-assign]
    view = BoardView(desk.calls.board, desk.commands, lambda: NOW, floor)
    assert view.chats is not None
    view.chats.opened.connect(opened.append)
    desk.commands.bind("chat.take", floor.take, lambda: floor.state.may_take)
    view.resize(1280, 720)
    view.show()
    assert view.chats.isHidden()
    floor.open(shown=True)
    await floor.work.settle()
    lay_out()
    assert view.chats.isVisible()
    model = view.chats.table.list.model()
    said = [model.data(model.index(at, 0), Qt.ItemDataRole.AccessibleTextRole) for at in range(model.rowCount())]
    assert said == [
        "Visitor Paul Vernier, Team Location, State In queue, Lasts 02:00",
        "Visitor Amélie Fontaine, Agent Nadia Benali, Team Contact centre, State Chatting, Lasts 12:00",
    ]
    assert not view.chats.take.isEnabled()
    view.chats.table.list.setFocus()
    QTest.keyClick(view.chats.table.list, Qt.Key.Key_End)
    assert floor.state.chosen == went.id
    assert view.chats.take.isEnabled()
    QTest.keyClick(view.chats.table.list, Qt.Key.Key_Return)
    assert opened == [went.case_id]
    assert desk.commands.run("chat.take")
    await floor.work.settle()
    assert (store.did, taken) == ([went.id], [went.case_id])
    desk.calls.board.choose_team(sample.key("Location"))
    assert model.rowCount() == 1
    desk.calls.board.choose_team(sample.key("Atelier Beaune"))
    assert view.chats.isHidden()
    view.close()
    await floor.close()
    await desk.close()
