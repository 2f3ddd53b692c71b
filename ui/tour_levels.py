"""The tour's scenes of calendars and service levels."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.desk.shell import Screen
from app.domain.business_hours import Opening
from ui.desk import Desk
from ui.tour_scenes import Scene, Stage

_NAME = {"en": "Standard", "fr": "Engagement courant"}
_SHORT_DAY = (Opening(9 * 60, 12 * 60),)


async def calendars(stage: Stage) -> QWidget:
    desk = await _manage(stage, "calendars")
    assert desk.managing.levels.setup is not None
    records = desk.managing.levels.setup.calendars
    edited = records.state.edited
    if edited is not None:
        hours = edited.hours
        fresh = {date(2026, 12, 24): _SHORT_DAY, date(2026, 12, 31): ()}
        records.edit(hours=type(hours)(hours.zone, hours.week, hours.country, exceptions=fresh))
    await stage.settle()
    return desk.window


async def service_levels_none(stage: Stage) -> QWidget:
    return (await _manage(stage, "levels")).window


async def service_levels(stage: Stage) -> QWidget:
    desk = await _manage(stage, "levels")
    assert desk.managing.levels.setup is not None
    records = desk.managing.levels.setup.policies
    records.new()
    records.edit(name=_NAME[stage.language])
    await stage.settle()
    return desk.window


async def _manage(stage: Stage, page: str) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.managing.view.show_page(page)
    await stage.settle()
    return desk


LEVELS: tuple[Scene, ...] = (calendars, service_levels_none, service_levels)
