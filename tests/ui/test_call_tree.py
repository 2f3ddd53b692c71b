"""The call-tree editor by keyboard: keys are added, set and led elsewhere, and calls are tried before all is saved."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.call_trees import Destination, Leads
from tests.helpers import sample
from tests.helpers.gallery import lay_out, settle
from tests.helpers.gallery_supervision import manage
from ui.administration.call_tree_page import CallTreePage
from ui.desk import Desk
from ui.runtime.application import Application

SIZE = (1640, 980)


async def opened() -> tuple[Desk, CallTreePage]:
    desk = await manage(SIZE, "trees")
    desk.window.activateWindow()
    lay_out()
    page = desk.window.findChildren(CallTreePage)[0]
    page.outline.setFocus()
    return desk, page


async def test_keys_are_added_set_and_taken_away_by_keyboard(qapp: Application) -> None:
    desk, page = await opened()
    QTest.keyClick(page.outline, Qt.Key.Key_Insert)
    assert desk.managing.trees.state.chosen == ("Accueil", "5")
    QTest.keyClick(page.outline, Qt.Key.Key_9)
    assert desk.managing.trees.state.chosen == ("Accueil", "9")
    page._step._leads.picked.emit(Leads.TEAM)
    assert desk.managing.trees.state.line is not None
    assert desk.managing.trees.state.line.destination.leads is Leads.TEAM
    page._step._target.picked.emit(sample.key("Sales Dijon"))
    QTest.keyClick(page.outline, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await settle(desk)
    kept = desk.managing.voice.trees.state.items[0].menus["Accueil"].keys["9"]
    assert kept == Destination(Leads.TEAM, id=sample.key("Sales Dijon"))
    QTest.keyClick(page.outline, Qt.Key.Key_Delete)
    assert desk.managing.trees.state.tree is not None
    assert "9" not in desk.managing.trees.state.tree.menus["Accueil"].keys
    await desk.close()


async def test_arrows_walk_the_outline_and_the_fields_follow(qapp: Application) -> None:
    desk, page = await opened()
    for _ in range(2):
        QTest.keyClick(page.outline, Qt.Key.Key_Down)
    assert desk.managing.trees.state.chosen == ("Accueil", "2")
    assert desk.managing.trees.state.menu is not None
    assert (page._step._name.text(), desk.managing.trees.state.menu[0]) == ("Pièces", "Pièces")
    page._step._words.setPlainText("Pour une pièce, tapez 1.")
    page._step._name.setText("Magasin")
    page._step._name.editingFinished.emit()
    tree = desk.managing.trees.state.tree
    assert tree is not None
    assert tree.menus["Magasin"].says[0].words == "Pour une pièce, tapez 1."
    assert tree.menus["Accueil"].keys["2"].menu == "Magasin"
    await desk.close()


async def test_a_call_is_tried_with_what_is_not_saved_and_its_way_is_marked(qapp: Application) -> None:
    desk, page = await opened()
    desk.managing.trees.choose(("Accueil", "3"))
    desk.managing.trees.lead(Destination(Leads.TEAM, id=sample.key("Service Chalon")))
    page.show_side("try")
    page._keys.setText("3")
    page.try_call()
    await settle(desk)
    tried = desk.managing.trees.state.tried
    assert tried is not None
    assert tried.places == (("Accueil", None), ("Accueil", "3"))
    assert sample.key("Service Chalon") in {entry.team_id for entry in tried.trace}
    desk.managing.trees.choose(("Accueil", None))
    desk.managing.trees.say("Autre chose")
    assert desk.managing.trees.state.tried is None
    await desk.close()


async def test_a_tree_that_leads_astray_is_marked_and_not_saved(qapp: Application) -> None:
    desk, _ = await opened()
    desk.managing.trees.choose(("Accueil", "1"))
    desk.managing.trees.lead(Destination(Leads.AGENT))
    desk.managing.voice.trees.save()
    await settle(desk)
    assert desk.managing.trees.state.error is not None
    assert "astray" in desk.managing.trees.state.error.text
    assert desk.managing.trees.state.changed
    assert desk.managing.trees.state.lines[0].flaws
    await desk.close()
