"""Customers in the window: found in two acts and what is typed, edited, and the case's number changed."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desk.shell import Screen
from app.domain.cases import Case
from app.services.compose import Bounce
from tests.helpers import sample
from tests.helpers.gallery import make_desk, open_desk, settle
from ui.objects.case_dialog import CaseDialog
from ui.objects.customer_dialog import CustomerDialog
from ui.runtime.application import Application
from ui.shell.palette import PaletteView
from ui.widgets.button import Button
from ui.widgets.pick_popup import PickPopup
from ui.widgets.text import Text

SIZE = (1640, 980)


@pytest.mark.row("S5-06")
async def test_a_customer_is_found_by_ctrl_f_her_name_and_enter(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.window.activateWindow()
    QTest.keyClick(desk.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    line = desk.window.findChildren(PaletteView)[-1]._line
    QTest.keyClicks(line, "weber")
    await settle(desk)
    QTest.keyClick(line, Qt.Key.Key_Return)
    await settle(desk)
    assert desk.shell.state.screen is Screen.CUSTOMER
    file = desk.customers.page.state.file
    assert file is not None
    assert file.customer.name == "Jonas Weber"
    await desk.close()


@pytest.mark.row("S5-13", "S5-15", "S1-21")
async def test_a_cases_number_to_communicate_with_is_changed_on_the_case(qapp: Application) -> None:
    saved: list[Case] = []

    class Keeping(sample.SampleStore):
        async def update_case(self, case: Case) -> Case:
            saved.append(case)
            return case

    desk = make_desk(Keeping())
    desk.window.show()
    desk.begin()
    await settle(desk)
    desk.tasks.reminders.forget_past_due()
    desk.window.activateWindow()
    QTest.keyClick(desk.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = desk.window.findChildren(CaseDialog)[-1]
    offered = {option.detail for option in dialog._number._options}
    assert offered == {"Contact centre", "Sales Dijon", "Service Chalon"}
    dialog._number.picked.emit(sample.key("+33385412070"))
    dialog._form.filled.emit("custom.serial", "1L06155")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await dialog._presenter.work.settle()
    await settle(desk)
    assert not desk.window.dialog_open()
    assert saved[0].number_id == sample.key("+33385412070")
    assert saved[0].custom == {"serial": "1L06155"}
    await desk.close()


async def test_a_case_is_assigned_by_typing_how_a_name_begins(qapp: Application) -> None:
    asked: list[object] = []

    class Keeping(sample.SampleStore):
        async def assign_case(self, case_id: UUID, agent_id: UUID | None) -> None:
            asked.append(agent_id)

    desk = make_desk(Keeping())
    desk.window.show()
    desk.begin()
    await settle(desk)
    desk.window.activateWindow()
    QTest.keyClick(desk.window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    line = desk.window.findChildren(PickPopup)[-1].line
    QTest.keyClicks(line, "nad")
    QTest.keyClick(line, Qt.Key.Key_Return)
    await settle(desk)
    assert asked == [sample.key("Nadia Benali")]
    await desk.close()


async def test_typed_text_is_not_thrown_away_without_a_question(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    dialog = desk.customers.edit_customer()
    assert isinstance(dialog, CustomerDialog)
    dialog._presenter.fill(last_name="Perrin")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await settle(desk)
    assert desk.window.dialog_open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not desk.window.dialog_open()
    await desk.close()


async def test_an_address_whose_mail_came_back_says_so_and_is_tried_again(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    store = desk._services.feed
    assert isinstance(store, sample.SampleStore)
    file = desk.case.state.file
    assert file is not None
    address = file.customer.emails[0].address
    store.mail.bounced = [Bounce(address.lower(), True, "550 5.1.1 no such user", 2, sample.NOW)]
    desk.customers.page.open(file.customer.id)
    await settle(desk)
    desk.shell.go(Screen.CUSTOMER)
    await settle(desk)
    (again,) = [one for one in desk.window.findChildren(Button) if one.accessibleName().startswith("Try ")]
    assert any("no such user" in one.text() for one in desk.window.findChildren(Text))
    again.click()
    await settle(desk)
    assert store.mail.bounced == []
    assert desk.customers.page.state.bounces == ()
    await desk.close()
