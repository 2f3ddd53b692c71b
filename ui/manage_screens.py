"""Manage's voice pages joined to the desk: which there are, in which order, and what Ctrl+S saves."""

from collections.abc import Callable, Hashable
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.voice_pages import VoicePages
from ui.administration.number_page import NumberPage
from ui.administration.rule_page import RulePage
from ui.administration.schedule_page import SchedulePage
from ui.administration.team_voice_page import TeamVoicePage
from ui.administration.trunk_page import TrunkPage

Page = tuple[Hashable, str, str, QWidget]


def make_voice_pages(pages: VoicePages, now: Callable[[], datetime]) -> tuple[Page, ...]:
    """Make the pages and read what they show."""
    for presenter in pages.all():
        presenter.begin()

    return (
        ("calls", QCoreApplication.translate("Manage", "Calls of teams"), "headphones",
         TeamVoicePage(pages.teams, pages.trees)),
        ("schedules", QCoreApplication.translate("Manage", "Ring schedules"), "clock",
         SchedulePage(pages.schedules, pages.trees, now)),
        ("rules", QCoreApplication.translate("Manage", "Routing rules"), "arrow-right-left", RulePage(pages.rules)),
        ("numbers", QCoreApplication.translate("Manage", "Numbers"), "phone", NumberPage(pages.numbers)),
        ("trunks", QCoreApplication.translate("Manage", "Trunks"), "unplug",
         TrunkPage(pages.trunks, pages.look_at_trunk, now)),
    )  # fmt: skip
