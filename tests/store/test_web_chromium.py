"""Form and portal in a real Chromium: by keyboard alone, without a script, with a name for every field."""

import os
from pathlib import Path

import pytest

from app.domain.ids import new_id
from app.web.form_page import LEAST_S
from tests.helpers.chromium import CHROMIUM, chromium
from tests.store.test_web_forms import ADDRESS, World, world

__all__ = ["world"]

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed here")
PICTURES = Path(os.environ.get("PICTURES_FOLDER", "")) if os.environ.get("PICTURES_FOLDER") else None


@pytest.mark.row("S3-05")
async def test_a_form_is_filled_in_and_sent_by_keyboard_alone_without_a_script(world: World) -> None:
    async with chromium() as page:
        await page.call("Emulation.setScriptExecutionDisabled", value=True)
        await page.go(f"{world.url}/f/{world.form_key}?lang=fr")
        if PICTURES:
            await page.picture(PICTURES / "form_fr.png")
        names = await page.names()
        assert any("Votre nom" in name for name in names["textbox"])
        assert all(names["textbox"]), "every field has its name"
        assert not any("vide" in name for name in names["textbox"]), "the trap is no field to who listens"
        world.clock[0] += LEAST_S
        for text in ("Amélie Perrin", ADDRESS, "06 39 98 12 34", "Fuite <script>alert(1)</script>"):
            await page.press("Tab")
            await page.type(text)
        typed = {"c_serial": "TR-204", "body": "Elle fuit."}
        for _ in range(len(typed) + 1):
            await page.press("Tab")
            if (at := await page.says("document.activeElement.id")) in typed:
                await page.type(typed[at])
        await page.press("Tab")
        assert await page.says("document.activeElement.id") == "files"
        await page.press("Tab")
        assert await page.says("document.activeElement.id") == "send"
        await page.press("Enter")
        await page.until("document.querySelector('[role=status]') != null")
        assert "numéro" in await page.says("document.body.innerText")
    subject = await world.admin.fetchval("SELECT subject FROM cases")
    assert subject == "Fuite <script>alert(1)</script>"


@pytest.mark.row("S3-04")
async def test_the_portal_is_entered_and_answered_by_keyboard(world: World) -> None:
    case_id, number = await world.case_of()
    await world.admin.execute(
        "INSERT INTO follow_ups (id, case_id, channel, direction, public, author_name, body) "
        "VALUES ($1, $2, 'email', 'out', true, 'Camille Roy', '<img src=x onerror=alert(1)> We come tomorrow.')",
        new_id(), case_id,
    )  # fmt: skip
    async with chromium(dark=True) as page:
        await page.go(f"{world.url}/portal/{world.portal_key}?lang=en")
        await page.press("Tab")
        await page.type(ADDRESS)
        await page.press("Enter")
        await page.until("document.querySelector('[role=status]') != null")
        await page.go(world.url + await world.link())
        await page.press("Tab")
        await page.press("Enter")
        await page.until("document.querySelector('.cases') != null")
        await page.go(f"{world.url}/portal/{world.portal_key}/{number}?lang=en")
        assert "<img src=x" in await page.says("document.querySelector('.entry').innerText")
        assert await page.says("document.images.length") == 0
        if PICTURES:
            await page.picture(PICTURES / "portal_en_dark.png")
        await page.press("Tab", 2)
        assert await page.says("document.activeElement.id") == "body"
        await page.type("Thank you, see you tomorrow.")
        await page.press("Tab", 2)
        await page.press("Enter")
        await page.until("document.querySelector('[role=status]') != null")
        assert "Your answer has arrived." in await page.says("document.body.innerText")
    bodies = await world.admin.fetch("SELECT body FROM follow_ups WHERE case_id = $1 AND channel = 'web'", case_id)
    assert [row["body"] for row in bodies] == ["Thank you, see you tomorrow."]
