"""The window by keyboard: dialogs keep the focus and give it back, keys run commands, a list opens its cases."""

import sys
from functools import partial
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.desk.shell import Screen
from app.domain.views import View, ViewKind
from tests.helpers import sample
from tests.helpers.gallery import open_desk, settle
from ui.administration.create_team import CreateTeamDialog
from ui.desk import Desk
from ui.objects.case_list import CaseListView
from ui.objects.new_case import NewCaseDialog
from ui.runtime.application import Application
from ui.shell.help_page import HelpPage
from ui.shell.palette import PaletteView
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.key_button import KeyButton

SIZE = (1640, 980)
CONTROL = Qt.KeyboardModifier.ControlModifier
W = TypeVar("W", bound=QWidget)


def one(desk: Desk, kind: type[W]) -> W:
    return desk.window.findChildren(kind)[-1]


async def test_new_case_by_keyboard_alone(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.window.activateWindow()
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = one(desk, NewCaseDialog)
    dialog._customer.setFocus()
    QTest.keyClicks(dialog._customer, "girard")
    dialog._customer.searched.emit("girard")
    await settle(desk)
    await dialog._presenter.work.settle()
    QTest.keyClick(dialog._customer, Qt.Key.Key_Return)
    QTest.keyClicks(dialog._subject, "Belt of the baler")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await dialog._presenter.work.settle()
    await settle(desk)
    assert desk.case.state.file is not None
    assert desk.case.state.file.case.subject == "Belt of the baler"
    assert not desk.window.dialog_open()
    await desk.close()


@pytest.mark.row("S1-26", "S1-33")
async def test_a_sub_team_is_asked_for_its_number(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    dialog = desk.beginnings.new_case()
    assert dialog is not None
    assert not dialog._fields["number"].isVisible()
    dialog._team.picked.emit(sample.key("Atelier Beaune"))
    await settle(desk)
    assert dialog._fields["number"].isVisible()
    assert dialog._number.choice == sample.key("+33380123450")
    offered = {option.detail for option in dialog._number._options}
    assert offered == {"Contact centre", "Sales Dijon", "Service Chalon"}
    await desk.close()


@pytest.mark.row("S1-16", "S1-17", "S1-18", "S1-20", "S1-23")
async def test_create_team_asks_whether_it_needs_a_number(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.shell.go(Screen.MANAGE)
    dialog = desk.managing.create_team()
    assert dialog is not None
    assert not dialog._fields["communication_team"].isVisible()
    dialog._no.click()
    assert dialog._fields["communication_team"].isVisible()
    assert not dialog._fields["number"].isVisible()
    names = {option.label for option in dialog._through._options}
    assert names == {"Contact centre", "Sales Dijon", "Service Chalon"}
    dialog._name.setText("Atelier Nolay")
    dialog._name.textEdited.emit("Atelier Nolay")
    assert isinstance(dialog.primary, Button)
    dialog.primary.click()
    assert "communication_team" in dialog._presenter.state.errors
    dialog._through.picked.emit(sample.key("Contact centre"))
    dialog.primary.click()
    await dialog._presenter.work.settle()
    await settle(desk)
    team = next(team for team in desk.managing.teams.state.sub_teams() if team.name == "Atelier Nolay")
    assert team.communication_team_id == sample.key("Contact centre")
    assert team.numbers == ()
    await desk.close()


async def test_a_dialog_keeps_tab_inside_and_gives_the_focus_back(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.window.activateWindow()
    before = desk.window.focusWidget()
    dialog = desk.managing.create_team()
    assert isinstance(dialog, CreateTeamDialog)
    for _ in range(12):
        QTest.keyClick(desk.window.focusWidget() or desk.window, Qt.Key.Key_Tab)
        assert dialog.isAncestorOf(desk.window.focusWidget())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.window.focusWidget() is before
    assert not desk.window.dialog_open()
    await desk.close()


async def test_keys_of_the_desk_rest_while_a_dialog_is_open(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.window.activateWindow()
    desk.commands.run("help")
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert len([dialog for dialog in desk.window.findChildren(Dialog) if dialog.isVisible()]) == 1
    await desk.close()


@pytest.mark.qt_log_ignore("keyToAscii", extend=True)  # QTest knows no letter for such a button
async def test_a_headsets_button_answers_and_then_hangs_up(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.window.activateWindow()
    done: list[str] = []
    desk.commands.bind("call.answer", partial(done.append, "answer"), lambda: not done)
    desk.commands.bind("call.hang_up", partial(done.append, "hang up"))
    desk.commands.bind("call.mute", partial(done.append, "mute"))
    for button in (Qt.Key.Key_ToggleCallHangup, Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_MicMute):
        QTest.keyClick(desk.window, button)
    assert done == ["answer", "hang up", "mute"]
    await desk.close()


async def test_a_key_is_changed_on_the_help_page(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.window.activateWindow()
    anew: list[bool] = []
    desk.window.keys_changed = lambda: anew.append(True)
    desk.commands.run("help")
    page = one(desk, HelpPage)
    button = next(key for key in page.findChildren(KeyButton) if "New case" in key.accessibleName())
    for key, modifier in ((Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Y, CONTROL)):
        button.click()
        QTest.keyClick(button, key, modifier)
        said = page._note.text()
        assert ("Answer or take" in said) is (key == Qt.Key.Key_F2)
    assert desk.commands.key("case.new") == "Ctrl+Y"
    button.click()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert page.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert anew == [True]
    QTest.keyClick(desk.window, Qt.Key.Key_Y, CONTROL)
    await settle(desk)
    assert one(desk, NewCaseDialog).isVisible()
    await desk.close()


async def test_the_palette_opens_a_case(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.window.activateWindow()
    QTest.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    line = one(desk, PaletteView)._line
    QTest.keyClicks(line, "#warranty")
    await settle(desk)
    QTest.keyClick(line, Qt.Key.Key_Return)
    await settle(desk)
    assert desk.case.state.file is not None
    assert desk.case.state.file.case.number == 48177
    await desk.close()


async def test_a_note_stays_with_its_case_and_is_filed(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    first = desk.case.state.case_id
    assert first is not None
    desk.case.type_note("Hose ordered.")
    desk.open_case(sample.key("48177"))
    await settle(desk)
    assert desk.case.state.note == ""
    desk.open_case(first)
    await settle(desk)
    assert desk.case.state.note == "Hose ordered."
    desk.case.file_note()
    await settle(desk)
    assert desk.case.state.file is not None
    assert desk.case.state.file.timeline[-1].body == "Hose ordered."
    await desk.close()


async def test_views_are_walked_by_key(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    seen = desk.shell.state.view
    desk.commands.run("view.next")
    await settle(desk)
    assert desk.shell.state.view != seen
    assert {row.assignee_id for row in desk.list.state.rows} == {None}
    desk.commands.run("view.previous")
    assert desk.shell.state.view == seen
    await desk.close()


async def test_a_team_view_bears_the_name_of_its_team(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    team = sample.key("Contact centre")
    desk.shell.choose(View(ViewKind.TEAM, team))
    await settle(desk)
    assert one(desk, CaseListView)._title.text() == "Contact centre"
    desk.shell.choose(View(ViewKind.SOLVED))
    await settle(desk)
    assert one(desk, CaseListView)._title.text() == "Solved"
    await desk.close()


def test_signals_do_not_lose_references(qapp: Application) -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference of True at each emit and aborts."""
    check = Button("x")
    before = sys.getrefcount(True)
    for _ in range(5000):
        check.toggled.emit(True)
    assert abs(sys.getrefcount(True) - before) < 100
