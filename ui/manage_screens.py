"""Manage's voice pages joined to the desk: which there are, in which order, and what Ctrl+S saves."""

from collections.abc import Callable, Hashable
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.call_tree_editor import CallTreeEditor
from app.desk.imports import TableImport
from app.desk.voice_pages import VoicePages
from ui.administration.call_tree_page import CallTreePage
from ui.administration.import_page import ImportPage
from ui.administration.number_page import NumberPage
from ui.administration.rule_page import RulePage
from ui.administration.schedule_page import SchedulePage
from ui.administration.team_voice_page import TeamVoicePage
from ui.administration.trunk_page import TrunkPage

Page = tuple[Hashable, str, str, QWidget]


def make_voice_pages(pages: VoicePages, trees: CallTreeEditor, now: Callable[[], datetime]) -> tuple[Page, ...]:
    """Make the pages and read what they show."""
    for presenter in pages.all():
        presenter.begin()

    return (
        ("calls", QCoreApplication.translate("Manage", "Calls of teams"), "headphones",
         TeamVoicePage(pages.teams, pages.trees)),
        ("schedules", QCoreApplication.translate("Manage", "Ring schedules"), "clock",
         SchedulePage(pages.schedules, pages.trees, now)),
        ("trees", QCoreApplication.translate("Manage", "Call trees"), "layers", CallTreePage(trees)),
        ("rules", QCoreApplication.translate("Manage", "Routing rules"), "arrow-right-left", RulePage(pages.rules)),
        ("numbers", QCoreApplication.translate("Manage", "Numbers"), "phone", NumberPage(pages.numbers)),
        ("trunks", QCoreApplication.translate("Manage", "Trunks"), "unplug",
         TrunkPage(pages.trunks, pages.look_at_trunk, now)),
    )  # fmt: skip


def make_import_page(presenter: TableImport | None) -> tuple[Page, ...]:
    """The page for tables, where the store takes them."""
    if presenter is None:
        return ()
    return (("import", QCoreApplication.translate("Manage", "Import"), "file", ImportPage(presenter)),)
