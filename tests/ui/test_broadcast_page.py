"""Broadcasts, lines of SMS and message trees: drafted, counted, sent, stopped; a sub-team is told why not."""

import pytest

from app.domain.broadcasts import BroadcastBy, BroadcastState
from app.domain.message_tree_edits import HEAD
from app.domain.message_trees import Goes, TreeFlaw
from tests.helpers.gallery import settle
from tests.helpers.gallery_mail import store_of
from tests.helpers.gallery_supervision import broadcasts, manage
from ui.administration.broadcast_page import BroadcastPage
from ui.administration.message_tree_page import MessageTreePage
from ui.administration.sms_page import SmsPage
from ui.runtime.application import Application

SIZE = (1640, 980)


@pytest.mark.row("S1-34", "S1-35")
async def test_a_broadcast_is_drafted_sent_and_stopped_and_a_sub_team_is_told_why_not(qapp: Application) -> None:
    desk = await broadcasts(SIZE)
    page = desk.window.findChildren(BroadcastPage)[0]
    pages = desk.managing.messages.pages_of
    assert pages is not None
    page._new.click()
    edited = pages.broadcasts.state.edited
    assert edited is not None
    directory = pages.broadcasts.state.directory
    assert directory is not None
    sub_team = next(team for team in directory.teams if team.is_sub_team)
    pages.broadcasts.edit(team_id=sub_team.id, name="Salon", text_fr="Venez au salon.")
    assert page.refused.isVisible()
    assert not page.ask.isEnabled()
    pages.broadcasts.edit(team_id=edited.team_id)
    assert not page.refused.isVisible()
    page.save()
    await settle(desk)
    page.ask.click()
    await settle(desk)
    (kept,) = store_of(desk).messages.kept.values()
    assert (kept.state, kept.name) == (BroadcastState.ASKED, "Salon")
    pages.count()
    await settle(desk)
    assert "142" in page.counted.text()
    page.send.click()
    await settle(desk)
    assert len(store_of(desk).messages.approved) == 1
    assert page.halt.isVisible()
    page.halt.click()
    await settle(desk)
    (kept,) = store_of(desk).messages.kept.values()
    assert kept.state is BroadcastState.STOPPED
    assert not page.send.isVisible()
    await desk.close()


async def test_a_line_is_set_up_and_says_what_the_provider_is_told(qapp: Application) -> None:
    desk = await manage(SIZE, "sms")
    page = desk.window.findChildren(SmsPage)[0]
    page._url.setText("ftp://x")
    page._url.textEdited.emit("ftp://x")
    page.save()
    await settle(desk)
    pages = desk.managing.messages.pages_of
    assert pages is not None
    assert pages.lines.state.errors
    page._url.textEdited.emit("https://provider.example/Messages.json")
    page._hooks_at.textEdited.emit("https://hub.example/")
    page.save()
    await settle(desk)
    assert "https://hub.example/sms/" in page._hook.text()
    await desk.close()


@pytest.mark.row("S1-07")
async def test_a_message_tree_is_built_with_a_menu_in_a_menu_and_tried(qapp: Application) -> None:
    desk = await manage(SIZE, "message_trees")
    page = desk.window.findChildren(MessageTreePage)[0]
    editor, step = page.editor, page.step
    editor.records.new()
    page.named.textEdited.emit("Accueil")
    step.asks["fr"].setPlainText("1 Atelier, 2 Autre")
    page.add.click()
    step.words.textEdited.emit("1, atelier")
    directory = editor.state.directory
    assert directory is not None
    workshop = next(team for team in directory.teams if team.is_sub_team)
    step.goes.picked.emit(Goes.TEAM)
    step.target.picked.emit(workshop.id)
    editor.choose(("start", HEAD))
    page.add.click()
    step.goes.picked.emit(Goes.MENU)
    inner = editor.state.menu
    assert inner is not None
    assert any(line.opens == inner[0] for line in editor.state.lines)
    assert TreeFlaw.SAYS_NOTHING in editor.state.line.flaws  # type: ignore[union-attr]
    step.asks["fr"].setPlainText("1 Horaires")
    page.add.click()
    step.goes.picked.emit(Goes.ANSWER)
    step.says["fr"].setPlainText("Du lundi au samedi.")
    for text in ("Bonjour", "2", "1"):
        editor.try_text(text)
    assert [said.text for said in editor.state.tried if not said.by_customer] == [
        "1 Atelier, 2 Autre", "1 Horaires", "Du lundi au samedi.",
    ]  # fmt: skip
    for text in ("Bonjour", "l’atelier svp"):
        editor.try_text(text)
    last = editor.state.tried[-1].target
    assert last is not None
    assert last.id == workshop.id
    page.save()
    await settle(desk)
    (kept,) = store_of(desk).messages.kept_trees.values()
    assert [choice.words for choice in kept.menus["start"].choices] == [("1", "atelier"), ("2",)]
    assert len(kept.menus) == 2
    # The menu that nothing leads to any more goes with its choice.
    editor.choose(("start", 1))
    editor.remove()
    assert editor.state.tree is not None
    assert set(editor.state.tree.menus) == {"start"}
    await desk.close()


async def test_a_mail_to_many_has_a_subject_and_an_sms_has_segments(qapp: Application) -> None:
    desk = await broadcasts(SIZE)
    page = desk.window.findChildren(BroadcastPage)[0]
    page._new.click()
    assert page._takes.isVisible()
    page.by.picked.emit(BroadcastBy.EMAIL)
    assert page._subjects[0].isVisible()
    assert not page._takes.isVisible()
    page._named.textEdited.emit("Salon")
    page._fr.setPlainText("Venez.")
    page.save()
    await settle(desk)
    page.ask.click()
    await settle(desk)
    pages = desk.managing.messages.pages_of
    assert pages is not None
    assert pages.broadcasts.state.error is not None  # without a subject nobody is asked
    page._subjects[0].textEdited.emit("Le salon")
    page.save()
    await settle(desk)
    page.ask.click()
    await settle(desk)
    (kept,) = store_of(desk).messages.kept.values()
    assert (kept.state, kept.channel, kept.subject_fr) == (BroadcastState.ASKED, BroadcastBy.EMAIL, "Le salon")
    await desk.close()
