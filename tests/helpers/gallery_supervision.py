"""Scenes of who supervises and shapes: Manage's voice pages and my calls."""

from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QWidget

from app.desk.shell import Screen
from tests.helpers.gallery import open_desk, settle
from ui.desk import Desk

Shown = tuple[QWidget, Callable[[], Awaitable[None]]]


async def manage(size: tuple[int, int], page: str) -> Desk:
    """Manage with one of its pages."""
    desk = await open_desk(size)
    desk.shell.go(Screen.MANAGE)
    await settle(desk)
    desk.manage.show_page(page)
    await settle(desk)
    return desk


async def calls_of_teams(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "calls")
    return desk.window, desk.close


async def ring_schedules(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "schedules")
    desk.voice.schedules.edit(name="Saturday of the vintage")
    await settle(desk)
    return desk.window, desk.close


async def holiday(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "schedules")
    desk.voice.schedules.open(desk.voice.schedules.state.items[-1].id)
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


SUPERVISION = {
    scene.__name__: scene for scene in (calls_of_teams, ring_schedules, holiday, routing_rules, numbers, trunks)
}
