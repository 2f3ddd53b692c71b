"""Broadcasts and SMS lines in Manage: drafted, counted, sent, stopped; a sub-team is told why not."""

import pytest

from app.domain.broadcasts import BroadcastState
from app.domain.message_trees import Goes
from tests.helpers.gallery import settle
from tests.helpers.gallery_mail import store_of
from tests.helpers.gallery_supervision import manage
from ui.administration.broadcast_page import BroadcastPage
from ui.administration.message_tree_page import MessageTreePage
from ui.administration.sms_page import SmsPage
from ui.runtime.application import Application

SIZE = (1640, 980)


@pytest.mark.row("S1-34", "S1-35")
async def test_a_broadcast_is_drafted_sent_and_stopped_and_a_sub_team_is_told_why_not(qapp: Application) -> None:
    desk = await manage(SIZE, "broadcasts")
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
async def test_a_message_tree_is_written_in_lines_and_a_line_to_nobody_is_named(qapp: Application) -> None:
    desk = await manage(SIZE, "message_trees")
    page = desk.window.findChildren(MessageTreePage)[0]
    page._new.click()
    page._named.textEdited.emit("Accueil")
    page._fr.setPlainText("1 Atelier, 2 Horaires")
    page.choices.setPlainText("1, atelier > Nowhere")
    assert page.wrong.isVisible()
    page.choices.setPlainText("1, atelier > atelier beaune\n2 > “Du lundi au samedi.”")
    assert not page.wrong.isVisible()
    page.save()
    await settle(desk)
    (kept,) = store_of(desk).messages.kept_trees.values()
    first, second = kept.menus["start"].choices
    assert (first.words, first.target.goes, second.target.says["fr"]) == (
        ("1", "atelier"),
        Goes.TEAM,
        "Du lundi au samedi.",
    )
    assert page.choices.toPlainText().startswith("1, atelier > Atelier Beaune")
    await desk.close()
