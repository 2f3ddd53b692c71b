"""Scenes of what happens by itself: automations with the time machine, replies, macros."""

from tests.helpers.gallery import Scene, settle
from tests.helpers.gallery_supervision import Shown, manage
from tests.helpers.sample_automations import REMINDER
from tests.helpers.sample_data import key


async def automation(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "automations")
    presenter = desk.managing.automation.automations
    assert presenter is not None
    presenter.open(key("remind"))
    presenter.run_replay()
    await settle(desk)
    return desk.window, desk.close


async def automation_shipped(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "automations")
    return desk.window, desk.close


async def automation_in_trouble(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "automations")
    presenter = desk.managing.automation.automations
    assert presenter is not None
    presenter.open(key("hook"))
    await settle(desk)
    presenter.undo()
    await settle(desk)
    return desk.window, desk.close


async def replies(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "replies")
    assert desk.managing.automation.replies is not None
    desk.managing.automation.replies.open(REMINDER.id)
    await settle(desk)
    return desk.window, desk.close


async def macros(size: tuple[int, int]) -> Shown:
    desk = await manage(size, "macros")
    return desk.window, desk.close


AUTOMATIONS: dict[str, Scene] = {
    "automation": automation,
    "automation_shipped": automation_shipped,
    "automation_in_trouble": automation_in_trouble,
    "replies": replies,
    "macros": macros,
}
