"""What F1 says besides keys: links by screen for who manages, instructions and whom to ask for everybody."""

from dataclasses import replace

import pytest

from app.desk.shell import Screen
from app.services.getting_started import GettingStarted, HouseHelp, Start
from tests.helpers.gallery import make_desk, settle
from ui.runtime.application import Application
from ui.see_also import SeeAlso, help_words
from ui.shell.help_page import HelpPage
from ui.widgets.button import Button
from ui.widgets.text import Text


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


def test_nothing_is_said_where_nothing_was_written() -> None:
    assert help_words(HouseHelp()) == ""
