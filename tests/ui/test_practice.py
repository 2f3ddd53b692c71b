"""Practice in the window: colleagues named in a note, notices, loads, tags completed, views by keys."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desk.shell import Screen
from app.domain.follow_ups import FollowUp
from tests.helpers import sample
from tests.helpers.gallery import make_desk, settle
from ui.composer.note import NoteComposer
from ui.desk import Desk
from ui.objects.away_notices import AwayCard, AwayDialog
from ui.objects.bulk_bar import BulkBar
from ui.objects.customer_panel import CustomerPanel
from ui.objects.split_dialog import SplitDialog
from ui.objects.tag_line import TagLine
from ui.objects.view_dialog import ViewDialog
from ui.objects.views_dialog import ViewsDialog
from ui.runtime.application import Application
from ui.widgets.button import IconButton
from ui.widgets.notice import Toast
from ui.widgets.pick_popup import PickPopup
from ui.widgets.row_button import RowButton

SIZE = (1640, 980)


async def _desk(store: sample.SampleStore | None = None) -> Desk:
    desk = make_desk(store)
    desk.window.resize(*SIZE)
    desk.window.show()
    desk.begin()
    await settle(desk)
    desk.tasks.reminders.forget_past_due()
    desk.window.activateWindow()
    return desk


async def test_a_colleague_is_named_by_an_at_sign_her_first_letters_and_enter(qapp: Application) -> None:
    store = sample.SampleStore()
    desk = await _desk(store)
    note = desk.window.findChildren(NoteComposer)[0]
    note.text.setFocus()
    QTest.keyClicks(note.text, "Please, @")
    popup = desk.window.findChildren(PickPopup)[-1]
    QTest.keyClicks(popup.line, "nad")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    QTest.keyClicks(note.text, "call him")
    assert note.text.toPlainText() == "Please, @Nadia Benali call him"
    QTest.keyClick(note.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await settle(desk)
    (filed,) = store.notes
    assert isinstance(filed, FollowUp)
    assert filed.custom == {"mentions": [str(sample.key("Nadia Benali"))]}
    await desk.close()


async def test_an_address_opens_no_list_of_colleagues(qapp: Application) -> None:
    desk = await _desk()
    note = desk.window.findChildren(NoteComposer)[0]
    note.text.setFocus()
    QTest.keyClicks(note.text, "write to jane@customer.example")
    assert desk.window.findChildren(PickPopup) == []
    await desk.close()


async def test_who_is_named_is_told_wherever_she_is_and_comes_to_the_case(qapp: Application) -> None:
    store = sample.SampleStore()
    desk = await _desk(store)
    desk.shell.go(Screen.TASKS)
    store.practice.mention()
    store.hint("notice", sample.key("notice"), store.kept.me.id)
    await settle(desk)
    toast = desk.window.findChildren(Toast)[-1]
    assert "Nadia Benali names you" in toast.accessibleName()
    toast.undone.emit()
    await settle(desk)
    assert desk.case.state.case_id == store.practice.second.id
    assert store.practice.told == []
    await desk.close()


async def test_what_happened_while_she_was_away_is_told_at_sign_in_and_opens_its_case(qapp: Application) -> None:
    store = sample.SampleStore()
    store.practice.mention()
    desk = await _desk(store)
    card = desk.window.findChildren(AwayCard)[0]
    assert card.isVisible()
    card.asked.emit()
    dialog = desk.window.findChildren(AwayDialog)[-1]
    (line,) = dialog.findChildren(RowButton)
    assert "Nadia Benali names you" in line.accessibleName()
    line.click()
    await settle(desk)
    assert desk.case.state.case_id == store.practice.second.id
    assert (store.practice.told, card.isVisible()) == ([], False)
    await desk.close()


async def test_what_is_put_off_waits_for_the_next_sign_in(qapp: Application) -> None:
    store = sample.SampleStore()
    store.practice.mention()
    desk = await _desk(store)
    assert desk.practice.ties is not None
    desk.practice.ties.put_off_away()
    await settle(desk)
    assert len(store.practice.told) == 1
    await desk.close()
    again = await _desk(store)
    assert again.window.findChildren(AwayCard)[0].isVisible()
    await again.close()


async def test_a_link_is_taken_away_beside_it_and_put_back_from_the_toast(qapp: Application) -> None:
    store = sample.SampleStore()
    other = store.list[3]
    await store.practice.link(store.practice.first.id, other.id)
    desk = await _desk(store)
    desk.case.open(store.practice.first.id)
    await settle(desk)
    panel = desk.window.findChildren(CustomerPanel)[0]
    (button,) = [one for one in panel.findChildren(IconButton) if str(other.number) in one.accessibleName()]
    button.click()
    await settle(desk)
    assert len(store.practice.linked) == 1, "what was split off stays"
    desk.window.findChildren(Toast)[-1].undone.emit()
    await settle(desk)
    assert [one.other_id for one in store.practice.linked][-1] == other.id
    await desk.close()


async def test_several_cases_are_handed_over_from_the_list_and_taken_back(qapp: Application) -> None:
    store = sample.SampleStore()
    desk = await _desk(store)
    ids = tuple(row.id for row in store.list[:2])
    before = [row.team_id for row in store.list[:2]]
    desk.cases.bulk.choose(ids)
    bar = desk.window.findChildren(BulkBar)[0]
    bar._team.click()
    popup = desk.window.findChildren(PickPopup)[-1]
    QTest.keyClicks(popup.line, "atelier")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    await settle(desk)
    there = {row.id: row.team_id for row in store.list}
    assert [there[one] for one in ids] == [sample.key("Atelier Beaune")] * 2
    desk.window.findChildren(Toast)[-1].undone.emit()
    await settle(desk)
    there = {row.id: row.team_id for row in store.list}
    assert [there[one] for one in ids] == before
    await desk.close()


@pytest.mark.row("S4-14")
async def test_who_is_assigned_is_shown_with_her_load_and_a_group_may_be_chosen(qapp: Application) -> None:
    handed: list[UUID] = []

    class Keeping(sample.SampleStore):
        async def hand_over_case(self, case_id: UUID, team_id: UUID, note: str) -> None:
            handed.append(team_id)

    desk = await _desk(Keeping())
    QTest.keyClick(desk.window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    popup = desk.window.findChildren(PickPopup)[-1]
    await settle(desk)
    details = {option.label: option.detail for option in popup._options}
    assert details["Nadia Benali"] == "1 live"
    assert details["Atelier Beaune"] == "13 live"
    QTest.keyClicks(popup.line, "atelier")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    await settle(desk)
    assert handed == [sample.key("Atelier Beaune")]
    await desk.close()


async def test_a_tag_is_completed_from_the_organisations_list(qapp: Application) -> None:
    line = TagLine()
    line.show_tags(("Garantie", "Moisson"))
    line.show()
    line.setFocus()
    said: list[str] = []
    line.textEdited.connect(said.append)
    QTest.keyClicks(line, "presse, gar")
    assert line.offered() == ("Garantie",)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "presse, Garantie"
    assert said[-1] == "presse, Garantie"
    QTest.keyClicks(line, ", gar")
    assert line.offered() == ()  # it is there already
    line.close()
    line.deleteLater()


async def test_all_views_by_key_and_a_new_one_saved_by_keys(qapp: Application) -> None:
    store = sample.SampleStore()
    desk = await _desk(store)
    QTest.keyClick(desk.window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    dialog = desk.window.findChildren(ViewsDialog)[-1]
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    modifiers = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.window, Qt.Key.Key_V, modifiers)
    edit = desk.window.findChildren(ViewDialog)[-1]
    QTest.keyClicks(edit._name, "Everything of mine")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await edit._presenter.work.settle()
    await settle(desk)
    assert store.views.kept[-1].name == "Everything of mine"
    shown = desk.shell.state.view.stored
    assert shown is not None
    assert shown.name == "Everything of mine"
    await desk.close()


async def test_a_part_is_split_off_by_ticks_and_a_subject(qapp: Application) -> None:
    store = sample.SampleStore()
    desk = await _desk(store)
    dialog = desk.practice.split()
    assert isinstance(dialog, SplitDialog)
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()
    next(iter(dialog._checks.values())).click()
    QTest.keyClicks(dialog._subject, "An invoice")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await settle(desk)
    (told,) = store.practice.split_into
    assert (told[0], len(told[1]), told[2]) == (store.practice.first.id, 1, "An invoice")
    await desk.close()
