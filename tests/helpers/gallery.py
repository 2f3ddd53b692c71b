"""Draws every screen over the sample store into out/gallery, for eyes: `python -m tests.helpers.gallery [NAME…]`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.headset import Headset
from app.desk.shell import Screen
from app.desk.sign_in import Remembered, SignIn
from app.domain.calls import Phase
from app.domain.phone import CallState, Direction, PhoneCall, SipCredentials
from app.phone.fake import FakePhone
from app.services.calls import CallView
from tests.helpers import sample, sample_board
from tests.helpers.sample_calls import SampleCalls
from ui.desk import Desk
from ui.runtime.application import Application
from ui.shell.sign_in import SignInView
from ui.softphone.headset_dialog import HeadsetDialog
from ui.theme.theme import Look, theme

NOTE = "Leak is worse: 2 litres since Friday, linkage no longer holds. Drills wheat tomorrow 7:00."
OUT = Path("out/gallery")
SIZES = {"": (1640, 980), "_1280": (1280, 720)}


def make_desk(store: sample.SampleStore | None = None) -> Desk:
    """A desk over the sample store at a fixed hour."""
    kept = store or sample.SampleStore()
    return Desk(sample.signed_in(kept), now=lambda: sample.NOW)


async def open_desk(size: tuple[int, int], *, past_due: bool = False, desk: Desk | None = None) -> Desk:
    desk = desk or make_desk()
    desk.window.resize(*size)
    desk.window.show()
    desk.begin()
    await settle(desk)
    if not past_due:
        desk.tasks.reminders.forget_past_due()
    return desk


def lay_out() -> None:
    """Let layouts come to rest: a label that grew asks its parents, one round of events at a time."""
    for _ in range(6):
        QApplication.processEvents()


def bury() -> None:
    """Delete what was given to deleteLater: without a running Qt loop nobody else does."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def settle(desk: Desk) -> None:
    for _ in range(3):
        await desk.settle()
        lay_out()


def application() -> Application:
    """The running application."""
    found = QApplication.instance()
    assert isinstance(found, Application)
    return found


Scene = Callable[[tuple[int, int]], Awaitable[tuple[QWidget, Callable[[], Awaitable[None]]]]]


async def sign_in(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    presenter = SignIn(sample.SampleDoor(Remembered("camille.roy", "secret secret")), lambda _: None)
    view = SignInView(presenter, lambda _: None, lambda _: None, application().language)
    view.resize(*size)
    presenter.choose_profile("away")
    view.show()
    await presenter.work.settle()
    presenter.retry()
    await presenter.work.settle()
    view.begin()
    lay_out()
    return view, presenter.close


async def shell(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    return desk.window, desk.close


async def note(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.commands.run("case.note")
    desk.case.show(note="Leak is worse: 2 litres since Friday, linkage no longer holds.")
    await settle(desk)
    return desk.window, desk.close


async def new_case(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    hit = (await sample.SampleStore().find_customers("fontaine", 1))[0]
    dialog = desk.beginnings.new_case(hit)
    assert dialog is not None
    form = dialog._presenter
    form.choose_team(sample.key("Atelier Beaune"))
    form.type_subject("Hydraulic leak, 6R 155")
    dialog._subject.setText("Hydraulic leak, 6R 155")
    await form.work.settle()
    dialog._number.setFocus()
    await settle(desk)
    return desk.window, desk.close


async def new_case_missing(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    dialog = desk.beginnings.new_case()
    assert dialog is not None
    dialog._presenter.create()
    await settle(desk)
    return desk.window, desk.close


async def teams(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.shell.go(Screen.MANAGE)
    desk.managing.teams.open(sample.key("Atelier Beaune"))
    desk.managing.teams.edit(display_name="Concession Vallon – Atelier de Beaune")
    await settle(desk)
    return desk.window, desk.close


async def team_members(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    from ui.administration.team_page import TeamPage

    desk = await open_desk(size)
    desk.shell.go(Screen.MANAGE)
    page = desk.window.findChildren(TeamPage)[0]
    page._tabs.picked.emit("members")
    page._tabs.show_choice("members")
    await settle(desk)
    return desk.window, desk.close


async def team_list_open(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    from ui.administration.team_page import TeamPage

    desk = await open_desk(size)
    desk.shell.go(Screen.MANAGE)
    desk.managing.teams.open(sample.key("Atelier Beaune"))
    await settle(desk)
    page = desk.window.findChildren(TeamPage)[0]
    page._through.setFocus()
    page._through.showPopup()
    await settle(desk)
    return desk.window, desk.close


async def create_team(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.shell.go(Screen.MANAGE)
    await settle(desk)
    dialog = desk.managing.create_team()
    assert dialog is not None
    dialog._presenter.fill(name="Atelier Beaune", lead_id=sample.key("Julie Marchand"))
    dialog._name.setText("Atelier Beaune")
    dialog._presenter.answer(own_number=False)
    dialog._presenter.fill(communication_team_id=sample.key("Contact centre"))
    await settle(desk)
    return desk.window, desk.close


async def palette(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.commands.run("palette")
    desk.palette.type("re")
    await settle(desk)
    return desk.window, desk.close


async def help_page(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.commands.run("help")
    await settle(desk)
    return desk.window, desk.close


async def incoming_call(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.calls.live.show(calls=(sample_call(ringing=True),), has_phone=True)
    await settle(desk)
    return desk.window, desk.close


async def talking(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.calls.live.show(calls=(sample_call(ringing=False),), has_phone=True)
    await settle(desk)
    return desk.window, desk.close


async def leaving(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    told = replace(
        sample_call(ringing=False), step="leaving", step_team_id=sample.key("Atelier Beaune"),
        step_until_at=sample.NOW + timedelta(seconds=3),
    )  # fmt: skip
    desk.calls.live.show(calls=(told,), has_phone=True)
    await settle(desk)
    return desk.window, desk.close


async def wrap_up(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    over = replace(
        sample_call(ringing=False), phase=Phase.ENDED, my_part_ended=True, my_part_ended_at=sample.NOW, wrap_up_s=60
    )
    desk.calls.live.show(calls=(over,), note=NOTE, dispositions=sample.RESULTS, has_phone=True, registered=True)
    desk.calls.wrap_up.choose(sample.key("to_call_back"))
    await settle(desk)
    return desk.window, desk.close


async def transfer(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.calls.live.show(calls=(sample_call(ringing=False),), has_phone=True, note=NOTE)
    desk.commands.run("call.transfer")
    await settle(desk)
    return desk.window, desk.close


async def on_its_way(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    away = replace(
        sample_call(ringing=False), phase=Phase.MOVING, agent_id=None, handed_by=sample.key("Camille Roy"),
        step="ring_team", step_team_id=sample.key("Atelier Beaune"), step_until_at=sample.NOW + timedelta(seconds=14),
        next_step="ring_sender", next_agent_id=sample.key("Camille Roy"),
        held_since_at=sample.NOW - timedelta(seconds=6),
    )  # fmt: skip
    desk.calls.live.show(calls=(away,), has_phone=True)
    await settle(desk)
    return desk.window, desk.close


async def consultation(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    asking = replace(
        sample_call(ringing=False), phase=Phase.CONSULTING, consulted=sample.key("Hugo Mercier"), consultation="away",
        held_since_at=sample.NOW - timedelta(seconds=42),
    )  # fmt: skip
    desk.calls.live.show(calls=(asking,), has_phone=True, note=NOTE)
    await settle(desk)
    return desk.window, desk.close


async def unknown_case(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    store = sample.SampleStore()
    call = replace(sample_call(ringing=False), case_id=None, customer_id=None, customer_name="")
    store.calls.calls = {call.id: call}
    found = [(await store.find_customers(name, 1))[0] for name in ("fontaine", "girard", "nolay")]
    store.calls.hits = tuple(found)
    desk = make_desk(store)
    desk.window.resize(*size)
    desk.window.show()
    desk.begin()
    desk.calls.live.show(has_phone=True, registered=True)
    await settle(desk)
    desk.calls.caller.choose(found[0])
    await settle(desk)
    return desk.window, desk.close


async def keypad(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.calls.live.show(calls=(sample_call(ringing=False),), phone=(sample_leg(),), has_phone=True)
    desk.commands.run("call.keypad")
    await settle(desk)
    return desk.window, desk.close


async def dial(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.calls.live.show(has_phone=True)
    desk.calls.screens.dial("06 12 45 78 90")
    await settle(desk)
    return desk.window, desk.close


async def state(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.commands.run("state")
    await settle(desk)
    return desk.window, desk.close


async def board(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_board(size)
    return desk.window, desk.close


async def board_move(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_board(size)
    desk.calls.board.choose(desk.calls.board.state.live[0].id)
    desk.commands.run("call.move")
    await settle(desk)
    return desk.window, desk.close


async def board_empty(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    desk.shell.go(Screen.BOARD)
    await settle(desk)
    return desk.window, desk.close


async def open_board(size: tuple[int, int]) -> Desk:
    """The live board on a busy morning."""
    store = sample.SampleStore()
    store.calls = SampleCalls(sample_board.calls())
    desk = make_desk(store)
    sample_board.fill(desk._services.floor)  # type: ignore[arg-type]
    desk.window.resize(*size)
    desk.window.show()
    desk.shell.go(Screen.BOARD)
    desk.begin()
    await settle(desk)
    desk.tasks.reminders.forget_past_due()
    desk.calls.board.choose_line(desk.calls.board.state.lines[0].target)
    desk.window.activateWindow()
    lay_out()
    return desk


async def headset(size: tuple[int, int]) -> tuple[QWidget, Callable[[], Awaitable[None]]]:
    desk = await open_desk(size)
    phone = FakePhone()
    await phone.register(SipCredentials("camille", "secret", "127.0.0.1", 5060))
    presenter = Headset(phone, lambda _, __: None)
    dialog = HeadsetDialog(desk.window, presenter)
    dialog.open()
    presenter.begin()
    await presenter.work.settle()
    presenter.show(microphone_db=-18.0, loudest_db=-18.0)
    await settle(desk)

    async def close() -> None:
        await presenter.close()
        await desk.close()

    return desk.window, close


def sample_leg() -> PhoneCall:
    """The agent's end of the sample call."""
    return PhoneCall("1", Direction.INCOMING, CallState.TALKING, "+33612457890", "", sample.key("call"), (), sample.NOW)


def sample_call(*, ringing: bool) -> CallView:
    """A call of Amélie Fontaine about her hydraulic leak, handed over by Nadia when it rings."""
    me = sample.key("Camille Roy")
    call = CallView(
        sample.key("call"), "in", Phase.TALKING, "+33612457890", "+33380123450", sample.key("Contact centre"),
        "Contact centre", sample.NOW - timedelta(seconds=42), customer_name="Amélie Fontaine",
        organisation="GAEC des Tilleuls", case_id=sample.key("48213"), case_number=48213,
        case_subject="Hydraulic leak, 6R 155",
        promise="call with the fitting date", promise_at=sample.NOW + timedelta(days=3), agent_id=me,
    )  # fmt: skip
    if not ringing:
        return call
    note = "Leak is worse: 2 litres since Friday."
    by = sample.key("Nadia Benali")
    moved = replace(call, phase=Phase.MOVING, agent_id=None, ringing=(me,))
    until = sample.NOW + timedelta(seconds=14)
    return replace(
        moved, handed_by=by, handed_by_name="Nadia Benali", hand_over_note=note, step_until_at=until,
        next_step="ring_sender", next_agent_id=by,
    )  # fmt: skip


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        sign_in,
        shell,
        note,
        new_case,
        new_case_missing,
        teams,
        team_members,
        team_list_open,
        create_team,
        palette,
        help_page,
        incoming_call,
        talking,
        transfer,
        on_its_way,
        consultation,
        keypad,
        dial,
        state,
        unknown_case,
        headset,
        wrap_up,
        leaving,
        board,
        board_move,
        board_empty,
    )
}


async def draw(name: str, look: Look, language: str, suffix: str) -> None:
    application().speak(language)
    theme().choose(look)
    widget, close = await SCENES[name](SIZES[suffix])
    QApplication.processEvents()
    widget.grab().save(str(OUT / f"{name}_{look.value}_{language}{suffix}.png"))
    await close()
    widget.close()
    widget.deleteLater()
    bury()


async def main(names: list[str]) -> int:
    from tests.helpers.gallery_automations import AUTOMATIONS
    from tests.helpers.gallery_mail import MAIL
    from tests.helpers.gallery_mail_hub import MAIL as MAIL_HUB
    from tests.helpers.gallery_objects import OBJECTS
    from tests.helpers.gallery_supervision import SUPERVISION

    SCENES.update(OBJECTS | SUPERVISION | MAIL | MAIL_HUB | AUTOMATIONS)
    every = "--all" in names
    chosen = [name for name in names if name in SCENES] or list(SCENES)
    combinations = [(Look.LIGHT, "en", ""), (Look.DARK, "fr", ""), (Look.LIGHT, "fr", "_1280")]
    if every:
        combinations = [
            (look, lang, size) for look in (Look.LIGHT, Look.DARK) for lang in ("en", "fr") for size in SIZES
        ]
    for name in chosen:
        for look, language, suffix in combinations:
            await draw(name, look, language, suffix)
    return 0


if __name__ == "__main__":
    # A plain loop: under qasync, letting Qt's events run inside a task would enter other tasks from within it.
    OUT.mkdir(parents=True, exist_ok=True)
    running = Application(sys.argv[:1])
    sys.exit(asyncio.run(main(sys.argv[1:])))
