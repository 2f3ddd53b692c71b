"""The tour's scenes of calendars and service levels."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.desk.reports import Behind, Page, Point
from app.desk.shell import Screen
from app.domain.business_hours import Opening
from app.domain.outside import PRESETS, Guide
from ui.desk import Desk
from ui.tour_scenes import Scene, Stage

_NAME = {"en": "Standard", "fr": "Engagement courant"}
_DASHBOARD = {"en": "Global dashboard", "fr": "Tableau de bord mondial"}
_GUIDE = {
    "en": Guide(
        "Working with NetSuite",
        "# Customers\n- Open the customer from the case’s menu.\n- Addresses are kept **there**, calls here.\n\n"
        "# Cases\n- Write the number of our case into the field *Reference*.\n",
    ),
    "fr": Guide(
        "Travailler avec NetSuite",
        "# Clients\n- Ouvrez le client par le menu du dossier.\n- Les adresses sont tenues **là-bas**.\n\n"
        "# Dossiers\n- Reportez le numéro de notre dossier dans le champ *Référence*.\n",
    ),
}
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


async def satisfaction_setup(stage: Stage) -> QWidget:
    return (await _manage(stage, "satisfaction")).window


async def export_feed(stage: Stage) -> QWidget:
    desk = await _manage(stage, "exports")
    assert desk.managing.outside.pages_of is not None
    targets = desk.managing.outside.pages_of.targets
    targets.new()
    targets.edit(
        name=_DASHBOARD[stage.language], url="https://dashboard.example.com/in", sent=48213, failures=2, said="HTTP 503"
    )
    await stage.settle()
    return desk.window


async def external_crm(stage: Stage) -> QWidget:
    desk = await _manage(stage, "outside")
    assert desk.managing.outside.pages_of is not None
    links = desk.managing.outside.pages_of.links
    links.new()
    links.edit(name="NetSuite", template=PRESETS["NetSuite"])
    await stage.settle()
    return desk.window


async def crm_guide(stage: Stage) -> QWidget:
    desk = await stage.desk(stage.administrator)
    desk.cases.outside.guide = _GUIDE[stage.language]
    desk.commands.run("outside.guide")
    await stage.settle()
    return desk.window


async def reports(stage: Stage) -> QWidget:
    return (await _reports(stage)).window


async def reports_behind(stage: Stage) -> QWidget:
    desk = await _reports(stage)
    desk.reports.desk.open_point(Point(Behind.REPLIED))
    await stage.settle()
    return desk.window


async def reports_calls(stage: Stage) -> QWidget:
    return (await _reports(stage, Page.CALLS)).window


async def reports_cases(stage: Stage) -> QWidget:
    return (await _reports(stage, Page.CASES)).window


async def _reports(stage: Stage, page: Page = Page.SERVICE) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.REPORTS)
    await stage.settle()
    desk.reports.desk.choose_page(page)
    await stage.settle()
    return desk


async def _manage(stage: Stage, page: str) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.managing.view.show_page(page)
    await stage.settle()
    return desk


LEVELS: tuple[Scene, ...] = (
    calendars, service_levels_none, service_levels, satisfaction_setup, export_feed, external_crm, crm_guide, reports,
    reports_behind, reports_calls, reports_cases,
)  # fmt: skip
