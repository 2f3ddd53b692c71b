"""What F1 says besides keys: links by screen for who manages, instructions and whom to ask for everybody."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QGuiApplication

from app.desk.shell import Screen
from app.desk.web_pages import Trial, WayTrials, WebPages
from app.desk.wording import desk as desk_words
from app.services.getting_started import GettingStarted, HouseHelp, Start, Way
from tests.helpers.gallery import make_desk, settle
from ui.administration.start_page import StartPage
from ui.runtime.application import Application
from ui.see_also import SeeAlso, help_words
from ui.shell.help_page import HelpPage
from ui.widgets.button import Button
from ui.widgets.text import Elided, Text
from ui.widgets.wording import now_utc


class _Store:
    def __init__(self, told: HouseHelp) -> None:
        self._told = told

    async def start(self) -> Start:
        return Start(self._told)

    async def save_help(self, told: HouseHelp) -> None:
        self._told = told


@pytest.mark.row("S5-28")
async def test_help_links_what_belongs_to_the_screen_and_says_whom_to_ask(qapp: Application) -> None:
    desk = make_desk()
    desk.window.show()
    desk.begin()
    await settle(desk)
    told = HouseHelp("Ask <first>", "Start | https://films.example.com/1", "Camille", "c@v.example", "+33 3")
    went: list[str] = []
    setup = replace(desk._services.setup, start=GettingStarted(_Store(told)))
    also = SeeAlso(replace(desk._services, make_setup=lambda: setup), desk.shell, went.append)
    also._manages = True
    desk.window.see_also = also.fill
    desk.shell.go(Screen.CASES)
    desk.commands.run("help")
    await settle(desk)
    (page,) = desk.window.findChildren(HelpPage)
    labels = [one.label for one in page.findChildren(Button)]
    assert {"Getting started", "Canned replies"} <= set(labels)
    assert "What callers hear" not in labels, "of another screen"
    said = next(one.text() for one in page.findChildren(Text) if "Camille" in one.text())
    assert "Ask &lt;first&gt;" in said
    assert 'href="mailto:c@v.example"' in said
    assert 'href="https://films.example.com/1"' in said
    page.close()
    await desk.close()


async def test_numbers_are_read_as_people_write_them_and_copied_as_telephones_take_them(qapp: Application) -> None:
    class Ways(_Store):
        async def start(self) -> Start:
            form = Way("form", "https://service.example.com/f/abc", 'A "repair"')
            numbers = Way("phone", "+33353010450", "Centre"), Way("sms", "+14155550100", "Centre")
            return Start(self._told, {}, (*numbers, form))

    desk = make_desk()
    front, start = SimpleNamespace(remove_form=None), GettingStarted(Ways(HouseHelp()))
    read, feed = desk._services.administration.directory, desk._services.feed
    pages = WebPages(None, front, start, None, WayTrials(None, None, None, None, now_utc), read, feed)  # type: ignore[arg-type]
    page = StartPage(pages, lambda _: None)
    pages.start.begin()
    await pages.start.work.settle()
    said = [one.text() for one in page.findChildren(Elided)]
    assert {"03 53 01 04 50", "+1 415-555-0100"} <= set(said)
    assert not any("+33" in one for one in said)
    copy = next(one for one in page.findChildren(Button) if one.accessibleName() == "Copy: +33353010450")
    copy.click()
    assert QGuiApplication.clipboard().text() == "+33353010450"
    buttons = {one.accessibleName(): one for one in page.findChildren(Button)}
    assert {"Test: +33353010450", "Test: +14155550100", "Test: https://service.example.com/f/abc"} <= set(buttons)
    buttons["For a page: https://service.example.com/f/abc"].click()
    snippet = QGuiApplication.clipboard().text()
    assert snippet.startswith('<iframe src="https://service.example.com/f/abc?embed=1" title="A &quot;repair&quot;"')
    buttons["Copy: https://service.example.com/f/abc"].click()
    assert QGuiApplication.clipboard().text() == "https://service.example.com/f/abc"
    # What a test found stands under its way, good or bad.
    found = Trial(False, desk_words("The hub has not answered: is it running?"), "silence")
    pages.trials.show(found={("sms", "+14155550100"): found, ("phone", "+33353010450"): None})
    texts = [one.text() for one in page.findChildren(Text) if not one.isHidden()]
    assert "The hub has not answered: is it running? (silence)" in texts
    assert "Being tested…" in texts
    assert not buttons["Test: +33353010450"].isEnabled()
    page.close()
    await desk.close()


def test_nothing_is_said_where_nothing_was_written() -> None:
    assert help_words(HouseHelp()) == ""
