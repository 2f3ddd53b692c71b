"""Reports at the desk: figures by keyboard, what is behind one, files to take along, and the pages behind it all."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QTextBrowser

from app.desk.shell import Screen
from app.domain.agents import Role
from app.domain.ids import new_id
from app.domain.outside import OutsideLink, Subject
from app.domain.permissions import Permission
from app.domain.reports import AgentLine, Behind, Page
from app.domain.service_levels import Metric
from app.services.export_feed import ExportTargets
from app.services.levels import Levels
from app.services.outside import Outside
from app.services.reports import Reports
from app.services.satisfaction import Surveys
from tests.helpers import sample
from tests.helpers.clipped import clipped, nameless, too_small
from tests.helpers.gallery import bury, lay_out, settle
from tests.helpers.sample_reports import SampleLevels, SampleOutside, SampleReports, key
from ui.administration.calendar_page import CalendarPage
from ui.administration.level_page import LevelPage
from ui.desk import Desk
from ui.reports.line_plot import LinePlot
from ui.reports.paper import as_pdf
from ui.runtime.application import Application
from ui.theme.theme import Look, theme
from ui.widgets.dialog import Dialog
from ui.widgets.hours_line import OpeningsLine, SpanLine, read_openings, read_span
from ui.widgets.pill import Pill
from ui.widgets.table import Cells, Table


class World:
    """A desk over the sample store, with figures."""

    def __init__(self) -> None:
        store = sample.SampleStore()
        self.figures, self.levels, self.outside = SampleReports(), SampleLevels(), SampleOutside()
        services = sample.signed_in(store)
        me = replace(services.directory.me, role=Role.ADMINISTRATOR)
        directory = replace(services.directory, me=me, permissions=frozenset(Permission))
        store.kept = directory
        setup = replace(
            services.setup,
            reports=Reports(self.figures),
            surveys=Surveys(self.outside),
            export_targets=ExportTargets(self.outside),
        )
        self.desk = Desk(
            replace(
                services,
                directory=directory,
                make_setup=lambda: setup,
                levels=Levels(self.levels),
                outside=Outside(self.outside),
            ),
            now=lambda: sample.NOW,
        )

    async def settle(self) -> None:
        await settle(self.desk)

    async def show(self, page: Page = Page.SERVICE, size: tuple[int, int] = (1640, 980)) -> None:
        desk = self.desk
        desk.window.resize(*size)
        desk.window.show()
        desk.begin()
        desk.shell.go(Screen.REPORTS)
        await self.settle()
        desk.reports.desk.choose_page(page)
        await self.settle()

    async def manage(self, page: str) -> None:
        self.desk.window.resize(1280, 720)
        self.desk.window.show()
        self.desk.begin()
        self.desk.shell.go(Screen.MANAGE)
        await self.settle()
        self.desk.managing.view.show_page(page)
        await self.settle()


@pytest.fixture
async def world(qapp: Application) -> AsyncIterator[World]:
    made = World()
    yield made
    await made.desk.close()
    made.desk.window.close()
    made.desk.window.deleteLater()
    bury()


async def test_arrows_go_along_a_line_and_enter_opens_what_is_behind_the_day(world: World) -> None:
    await world.show()
    view = world.desk.reports.view
    assert view is not None
    plot = view.findChildren(LinePlot)[0]
    plot.setFocus()
    for _ in range(3):
        QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.accessibleDescription() == plot.words(2)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    await world.settle()
    first = world.figures.asked[-1].first
    assert [(point.kind, point.day) for point in world.figures.points] == [(Behind.REPLIED, first + timedelta(days=2))]
    assert view.behind.isVisible()
    opened: list[object] = []
    view.case_opened.connect(opened.append)
    QTest.keyClick(view.behind.table.list, Qt.Key.Key_Home)
    QTest.keyClick(view.behind.table.list, Qt.Key.Key_Return)
    assert opened == [key("Camille Roy")]
    QTest.keyClick(view.behind, Qt.Key.Key_Escape)
    assert not view.behind.isVisible()


async def test_what_is_asked_for_reaches_the_store(world: World) -> None:
    await world.show()
    desk = world.desk.reports.desk
    assert world.figures.asked[-1].calendar_id == key("office"), "business hours are where one begins"
    desk.choose_days(first=date(2026, 1, 1), last=date(2026, 1, 31))
    await world.settle()
    team = desk.state.directory.teams[0].id
    desk.choose_teams((team,))
    desk.choose_calendar(None)
    await world.settle()
    asked = world.figures.asked[-1]
    assert (asked.first, asked.last, asked.team_ids, asked.calendar_id) == (
        date(2026, 1, 1), date(2026, 1, 31), (team,), None,
    )  # fmt: skip
    desk.choose_days(first=date(2026, 3, 1))
    await world.settle()
    assert desk.state.asked.last >= desk.state.asked.first
    desk.mail()
    await world.settle()
    assert world.figures.mailed == {Page.SERVICE}
    desk.mail()
    await world.settle()
    assert world.figures.mailed == frozenset()


@pytest.mark.parametrize("page", list(Page))
async def test_figures_are_taken_along_as_tables_and_on_paper(world: World, page: Page, tmp_path: Path) -> None:
    await world.show(page)
    for kind, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        file = tmp_path / f"figures.{kind}"
        await world.desk.reports.keep(kind, file)
        assert file.read_bytes().startswith(begins)
        assert file.stat().st_size > 300
    await world.desk.reports.keep("csv", tmp_path / "nowhere" / "figures.csv")


@pytest.mark.parametrize("page", [Page.SERVICE, Page.CALLS])
async def test_paper_has_every_agent_and_the_window_stays_as_it_was(
    world: World, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [f"Agent {number:02}" for number in range(60)]
    world.figures.names = people
    await world.show(page)
    assert world.desk.reports.view is not None
    sheet = world.desk.reports.view.page
    (table,) = (one for one in sheet.findChildren(Table) if one.list.model().rowCount() == len(people))
    height, painted = table.height(), list[str]()
    delegate: Any = table.list.itemDelegate()
    cells = delegate.cells

    def noted(line: AgentLine) -> Cells:
        painted.append(line.name)
        assert not theme().dark, "paper is white"
        shown: Cells = cells(line)
        return shown

    monkeypatch.setattr(delegate, "cells", noted)
    theme().choose(Look.DARK)
    data = as_pdf(sheet, "Reports", "March")
    assert theme().dark
    theme().choose(Look.LIGHT)
    assert set(painted) == set(people)
    assert data.count(b"/Type /Page\n") > 2
    assert table.height() == height


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_nothing_is_clipped_and_everything_has_a_name(qapp: Application, language: str) -> None:
    qapp.speak(language)
    world = World()
    for page in Page:
        await world.show(page, (1280, 720))
        lay_out()
        assert clipped(world.desk.window) == []
        assert nameless(world.desk.window) == []
        assert too_small(world.desk.window) == []
    for name in ("calendars", "levels", "satisfaction", "exports", "outside", "guide"):
        await world.manage(name)
        lay_out()
        assert clipped(world.desk.window) == [], name
        assert nameless(world.desk.window) == [], name
        assert world.desk.window.height() == 720, "the window keeps its size"
    await world.desk.close()
    world.desk.window.close()
    world.desk.window.deleteLater()
    bury()
    qapp.speak("en")


async def test_a_calendar_is_edited_by_typing_its_hours_and_says_when_it_never_opens(world: World) -> None:
    await world.manage("calendars")
    page = world.desk.window.findChildren(CalendarPage)[0]
    lines = page.findChildren(OpeningsLine)
    lines[0].setText("9:00-12:00, 14-18")
    lines[0].textEdited.emit(lines[0].text())
    records = world.desk.managing.levels.setup.calendars  # type: ignore[union-attr]
    records.save()
    await world.settle()
    week = world.levels.calendars[key("office")].hours.week
    assert [(one.opens, one.closes) for one in week[1]] == [(540, 720), (840, 1080)]
    for line in lines[:7]:
        line.setText("")
        line.textEdited.emit("")
    page._except(date(2026, 12, 24), None)
    assert "no open hour" in page._never._notice.text.text()


async def test_a_service_level_is_made_with_what_it_promises(world: World) -> None:
    await world.manage("levels")
    setup = world.desk.managing.levels.setup
    assert setup is not None
    setup.policies.new()
    setup.policies.edit(name="Gold")
    await world.settle()
    page = world.desk.window.findChildren(LevelPage)[0]
    line = page.findChildren(SpanLine)[0]
    line.setText("0:30")
    line.textEdited.emit("0:30")
    setup.policies.save()
    await world.settle()
    policy = next(iter(world.levels.policies.values()))
    assert (policy.name, policy.calendar_id) == ("Gold", key("office"))
    assert timedelta(minutes=30) in {by_metric[Metric.FIRST_REPLY] for by_metric in policy.targets.values()}


@pytest.mark.row("S5-26", "S5-27")
async def test_the_menu_of_a_case_opens_the_other_system_and_its_guide(world: World) -> None:
    link = OutsideLink(new_id(), "Salesforce", Subject.CASE, "https://x.example/c?n={number}")
    world.outside.kept_links = {link.id: link}
    desk = world.desk
    desk.window.resize(1640, 980)
    desk.window.show()
    desk.begin()
    await world.settle()
    desk.list.open(desk.list.state.rows[0].id)
    await world.settle()
    opened: list[str] = []
    desk.cases.outside.open_url = opened.append
    menu = QMenu()
    desk.cases.outside.add_to(menu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Open the case in Salesforce", "Working with NetSuite"]
    menu.actions()[1].trigger()
    file = desk.case.state.file
    assert file is not None
    assert opened == [f"https://x.example/c?n={file.case.number}"]
    desk.commands.run("outside.guide")
    assert "Customers" in desk.window.findChildren(QTextBrowser)[-1].toPlainText()


async def test_what_was_promised_for_a_case_is_in_its_menu(world: World) -> None:
    desk = world.desk
    desk.window.resize(1280, 720)
    desk.window.show()
    desk.begin()
    await world.settle()
    desk.list.open(desk.list.state.rows[0].id)
    await world.settle()
    menu = QMenu()
    desk.cases.promised.add_to(menu)
    menu.actions()[0].trigger()
    await world.settle()
    dialog = desk.window.findChildren(Dialog)[-1]
    assert [pill.accessibleName() for pill in dialog.findChildren(Pill)] == ["kept too late", "2 h 00 left"]
    assert clipped(desk.window) == []


def test_hours_and_durations_are_read_as_people_type_them() -> None:
    assert read_openings("") == ()
    assert [(o.opens, o.closes) for o in read_openings("22h–6h") or ()] == [(1320, 1800)]
    assert [(o.opens, o.closes) for o in read_openings("0:00-24:00") or ()] == [(0, 1440)]
    for wrong in ("9", "9-", "9-25", "a-b", "24:00-25:00"):
        assert read_openings(wrong) is None, wrong
    assert read_span("4") == (True, timedelta(hours=4))
    assert read_span("1 h 30") == (True, timedelta(minutes=90))
    assert read_span("") == (True, None)
    assert read_span("0")[0] is False
    assert read_span("1:75")[0] is False
