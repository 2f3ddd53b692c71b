"""Scenes of who supervises and shapes: Manage's voice pages and my calls."""

from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QWidget

from app.desk.shell import Screen
from tests.helpers import sample, sample_board
from tests.helpers.gallery import lay_out, make_desk, open_desk, settle
from tests.helpers.sample_calls import SampleCalls
from ui.administration.call_tree_page import CallTreePage
from ui.desk import Desk

Shown = tuple[QWidget, Callable[[], Awaitable[None]]]


async def manage(size: tuple[int, int], page: str) -> Desk:
    """Manage with one of its pages."""
    desk = await open_desk(size)
    desk.shell.go(Screen.MANAGE)
    await settle(desk)
    desk.managing.view.show_page(page)
    await settle(desk)
    return desk


async def broadcasts(size: tuple[int, int]) -> Desk:
    """The place of the broadcasts."""
    desk = await open_desk(size)
    desk.shell.go(Screen.BROADCASTS)
    await settle(desk)
    return desk


async def calls_of_teams(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "calls")
    return desk.window, desk.close


async def ring_schedules(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "schedules")
    desk.managing.voice.schedules.edit(name="Saturday of the vintage")
    await settle(desk)
    return desk.window, desk.close


async def holiday(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "schedules")
    desk.managing.voice.schedules.open(desk.managing.voice.schedules.state.items[-1].id)
    await settle(desk)
    return desk.window, desk.close


async def routing_rules(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "rules")
    return desk.window, desk.close


async def numbers(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "numbers")
    return desk.window, desk.close


async def trunks(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "trunks")
    return desk.window, desk.close


async def call_tree(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "trees")
    desk.managing.trees.choose(("Accueil", "2"))
    await settle(desk)
    return desk.window, desk.close


async def call_tree_tried(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "trees")
    page = desk.window.findChildren(CallTreePage)[0]
    page.show_side("try")
    page._keys.setText("21")
    page.try_call()
    await settle(desk)
    return desk.window, desk.close


async def open_calls(size: tuple[int, int]) -> Desk:
    """My calls, with those of a morning."""
    store = sample.SampleStore()
    store.calls = SampleCalls(sample_board.past_calls())
    desk = make_desk(store)
    desk.window.resize(*size)
    desk.window.show()
    desk.shell.go(Screen.CALLS)
    desk.begin()
    await settle(desk)
    desk.tasks.reminders.forget_past_due()
    desk.window.activateWindow()
    lay_out()
    return desk


async def my_calls(size: tuple[int, int]) -> Shown:
    desk = await open_calls(size)
    desk.calls.log.choose(desk.calls.log.state.calls[0].id)
    await settle(desk)
    return desk.window, desk.close


async def no_calls(size: tuple[int, int]) -> Shown:
    desk = await open_desk(size)
    desk.shell.go(Screen.CALLS)
    await settle(desk)
    return desk.window, desk.close


SUPERVISION = {
    scene.__name__: scene
    for scene in (
        calls_of_teams,
        ring_schedules,
        holiday,
        routing_rules,
        numbers,
        trunks,
        call_tree,
        call_tree_tried,
        my_calls,
        no_calls,
    )
}
