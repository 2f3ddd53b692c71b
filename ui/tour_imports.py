"""The tour's pictures of Manage › Import: a file as it is previewed, and what became of its lines."""

from PySide6.QtWidgets import QWidget

from app.desk.shell import Screen
from ui.desk import Desk
from ui.tour_scenes import Scene, Stage

TABLE = (
    "Nom;Prénom;Société;Téléphone;E-mail;Langue;Remise\n"
    "Charpentier;Luc;EARL Charpentier;06 39 98 41 20;l.charpentier@earl.example;fr;5\n"
    "Okafor;Ada;;06 39 98 41 21;ada@okafor.example;en;\n"
    "Simonin;Paul;;12;p.simonin@exemple.example;fr;\n"
    ";Jeanne;;;;fr;\n"
    "Tissot;Marc;GAEC du Crêt;03 53 01 44 10;gaec-du-cret;fr;10\n"
)


async def _previewed(stage: Stage) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.managing.view.show_page("import")
    assert desk.managing.imports is not None
    desk.managing.imports.read("clients-2026.csv", TABLE.encode("cp1252"))
    await stage.settle()
    return desk


async def import_preview(stage: Stage) -> QWidget:
    """A file was chosen: what its columns become, and which lines are wrong."""
    return (await _previewed(stage)).window


async def import_done(stage: Stage) -> QWidget:
    """The good lines went in; the others can be saved with their reasons."""
    desk = await _previewed(stage)
    assert desk.managing.imports is not None
    desk.managing.imports.begin()
    await stage.settle()
    return desk.window


IMPORTS: tuple[Scene, ...] = (import_preview, import_done)
