"""The tour's scenes of the web: getting started, forms, portal, API, what F1 says besides keys."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.desk.shell import Screen
from app.desk.web_pages import HouseHelp, WebPages
from ui.desk import Desk
from ui.tour_scenes import Scene, Stage

_HELP = {
    "en": HouseHelp(
        "Ask for the serial number first.\nEmergencies in harvest time go to Atelier Beaune.",
        "The first ten minutes | https://films.example.com/start",
        "Camille Roy", "camille@vallon.example", "+33 3 80 12 34 50",
    ),
    "fr": HouseHelp(
        "Demandez d’abord le numéro de série.\nEn période de moisson, les urgences vont à l’Atelier Beaune.",
        "Les dix premières minutes | https://films.example.com/debut",
        "Camille Roy", "camille@vallon.example", "+33 3 80 12 34 50",
    ),
}  # fmt: skip
_FORM = {
    "title_en": "Ask for a repair", "title_fr": "Demander une réparation", "intro_en": "We answer within a day.",
    "intro_fr": "Nous répondons sous un jour.", "sites": ("https://www.vallon.example",),
}  # fmt: skip
_NAME = {"en": "Machine monitoring", "fr": "Surveillance des machines"}


async def getting_started(stage: Stage) -> QWidget:
    desk, pages = await _manage(stage, "start")
    start = pages.start.state.edited
    if start is not None:
        pages.start.put(replace(start, help=_HELP[stage.language]))
    await stage.settle()
    return desk.window


async def web_forms_none(stage: Stage) -> QWidget:
    return (await _manage(stage, "web_forms"))[0].window


async def web_forms(stage: Stage) -> QWidget:
    desk, pages = await _manage(stage, "web_forms")
    pages.forms.new()
    pages.forms.edit(**_FORM)
    await stage.settle()
    return desk.window


async def portal_settings(stage: Stage) -> QWidget:
    return (await _manage(stage, "portal"))[0].window


async def api_none(stage: Stage) -> QWidget:
    return (await _manage(stage, "api"))[0].window


async def api_token(stage: Stage) -> QWidget:
    desk, pages = await _manage(stage, "api")
    pages.tokens.new()
    pages.tokens.edit(name=_NAME[stage.language], scopes=("events:write",))
    edited = pages.tokens.state.edited
    assert edited is not None
    pages.secrets = {edited.id: "gu_" + "x" * 43}
    pages.tokens.edit(shown="gu_xxxxxx")
    await stage.settle()
    return desk.window


async def see_also(stage: Stage) -> QWidget:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.CALLS)
    await stage.settle()
    desk.commands.run("help")
    await stage.settle()
    return desk.window


async def _manage(stage: Stage, page: str) -> tuple[Desk, WebPages]:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.managing.view.show_page(page)
    await stage.settle()
    assert desk.managing.web.pages_of is not None
    return desk, desk.managing.web.pages_of


WEB: tuple[Scene, ...] = (getting_started, web_forms_none, web_forms, portal_settings, api_none, api_token, see_also)
