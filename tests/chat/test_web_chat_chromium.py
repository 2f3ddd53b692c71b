"""The widget in a real Chromium: by keyboard alone, by name to who listens, with real desks at the other end."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from app.domain.ids import new_id
from tests.chat.desks import DeskOf, desks
from tests.chat.visitor import EMAIL, ChatWorld, chat_hub
from tests.helpers.chromium import CHROMIUM, Page, chromium
from tests.helpers.web import serving

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed here")
PICTURES = Path(os.environ.get("PICTURES_FOLDER", "")) if os.environ.get("PICTURES_FOLDER") else None
IN = "document.querySelector('guichet-chat').shadowRoot"


@contextlib.asynccontextmanager
async def site(world: ChatWorld, port: int, *, language: str = "fr") -> AsyncIterator[str]:
    """A page of the customer's own, on another origin than the hub, with the strictest policy that shows a script."""

    async def show(_: web.Request) -> web.Response:
        text = (
            f'<!DOCTYPE html><html lang="{language}"><title>Vallon</title>'
            "<style>*{color:red!important;font-size:40px}</style>"
            f'<body><h1>Vallon</h1><script src="{world.url}/chat.js" data-team="{world.key}" async></script></body>'
        )
        spoken = f"connect-src {world.url} {world.url.replace('http', 'ws')}"
        policy = f"default-src 'none'; script-src {world.url}; style-src 'unsafe-inline'; {spoken}"
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})

    async with serving([web.get("/", show)], port) as url:
        yield url


async def takes(desk: DeskOf, visitor: str) -> None:
    """The card asks for her, F2 takes it, and the composer of the chat stands open with the keyboard in it."""
    asked = await desk.until(lambda seen: visitor in seen["card"])
    assert not asked["composer"]
    await desk.press("F2")
    seen = await desk.until(lambda seen: seen["composer"] and seen["focus"] == "Text for the visitor")
    assert seen["channel"].startswith("Chat")
    assert seen["card"] == ""


async def begin(page: Page, body: str, name: str = "Amélie Fontaine", email: str = EMAIL) -> None:
    """Open the widget and fill its first form in, by keyboard."""
    await page.until("!!document.querySelector('guichet-chat')")
    await page.press("Tab")
    await page.press("Enter")
    await page.until(f"{IN}.activeElement && {IN}.activeElement.id == 'name'")
    for text in (name, email, "", body):
        await page.type(text)
        await page.press("Tab")
    await page.press("Enter")


def said(words: str) -> str:
    return f"[...{IN}.querySelectorAll('.log li')].some(one => one.textContent.includes({words!r}))"


@pytest.mark.row("S5-04")
async def test_two_browsers_chat_with_two_desks_by_keyboard(
    chatting: ChatWorld, unused_tcp_port_factory: object
) -> None:
    port: int = unused_tcp_port_factory()  # type: ignore[operator]
    await chatting.shape(sites=(f"http://127.0.0.1:{port}",), most=1, welcome_fr="Bienvenue chez Vallon.")
    async with (
        chat_hub(chatting) as world, site(world, port) as url,
        desks(world.vallon, "nadia", "camille") as sitting, chromium() as one, chromium(dark=True) as two,
    ):  # fmt: skip
        await one.go(url)
        await begin(one, "Première <img src=x onerror=alert(1)>")
        first = await world.until("SELECT id, ringing FROM chats WHERE ringing <> '{}'")
        names = {world.vallon.agents[name]: name for name in sitting}
        mine = names[first["ringing"][0]]
        await takes(sitting[mine], "Amélie Fontaine")
        await two.go(url)
        await begin(two, "Seconde", "Paul Vernier", "paul@visitor.example")
        other = next(name for name in sitting if name != mine)
        await takes(sitting[other], "Paul Vernier")
        for page, name in ((one, mine), (two, other)):
            desk = sitting[name]
            await desk.type(f"Bonjour, ici {name}.")
            await desk.press("Return")
            await page.until(said(f"Bonjour, ici {name}."))
            await page.until(f"{IN}.activeElement.tagName == 'TEXTAREA'")
            await page.type(f"Merci {name}")
            await page.press("Enter")
            seen = await desk.painted(f"Merci {name}")
            # Nobody sees the other's chat, and what was sent stands in the editor no more.
            assert not any("Merci" in text and name not in text for text in seen["painted"])
            assert seen["typed"] == ""
            # The desk looks at it: her page says that it was read.
            await page.until(f"{IN}.querySelector('.log').textContent.includes('Lu')")
            if PICTURES:
                await desk.do("picture", str(PICTURES / f"desk_{name}.png"))
        assert "Première <img src=x onerror=alert(1)>" in (await sitting[mine].do("look"))["painted"]
        assert await one.says(f"{IN}.querySelectorAll('.log img').length") == 0
        assert "<img src=x" in await one.says(f"{IN}.querySelector('.log li').textContent")
        heard = await one.names()
        assert "Messages" in heard["log"]
        assert all(heard["button"]), "every button has its name"
        assert any(name.startswith("Contact centre") for name in heard["dialog"])
        if PICTURES:
            await one.picture(PICTURES / "chat_fr_light.png")
            await two.picture(PICTURES / "chat_fr_dark.png")
        # The focus stays inside until Escape gives it back to the door.
        for _ in range(12):
            await one.press("Tab")
            assert await one.says("document.activeElement.tagName") == "GUICHET-CHAT"
        await one.call("Input.dispatchKeyEvent", type="keyDown", key="Escape", code="Escape", windowsVirtualKeyCode=27)
        await one.until(f"{IN}.activeElement.className == 'door'")
        await sitting[mine].type("Encore par ici ?")
        await sitting[mine].press("Return")
        await one.until(f"{IN}.querySelector('.door b').textContent == '1'")
    bodies = await chatting.rows(
        "SELECT k.name, array_agg(f.body ORDER BY m.seq) AS said FROM chats k JOIN chat_messages m ON m.chat_id = k.id "
        "JOIN follow_ups f ON f.id = m.follow_up_id GROUP BY k.name ORDER BY k.name"
    )
    assert [len(one["said"]) for one in bodies] == [4, 3]


async def begin_open(page: Page, body: str) -> None:
    """The same where the page opens the widget by itself."""
    for text in ("Amélie Fontaine", EMAIL, "", body):
        await page.type(text)
        await page.press("Tab")
    await page.press("Enter")


async def test_what_is_typed_while_the_hub_is_away_is_said_once_when_it_is_back(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    async with chromium() as page:
        async with chat_hub(chatting) as world:
            await page.go(f"{world.url}/chat/{world.key}?lang=en")
            await page.until(f"{IN}.activeElement && {IN}.activeElement.id == 'name'")
            await begin_open(page, "Hello")
            chat = await world.accepted("nadia")
            await page.until(f"{IN}.querySelector('.state').textContent.includes('Nadia')")
        await page.until(f"{IN}.querySelector('.state').textContent.includes('lost')")
        if PICTURES:
            await page.picture(PICTURES / "chat_en_lost.png")
        await page.says(f"{IN}.querySelector('.bar textarea').focus()")
        await page.type("Are you there?")
        await page.press("Enter")
        await page.until(f"{IN}.querySelector('.log li:last-child .mark').textContent == 'Sending…'")
        await chatting.says("nadia", chat.id, "I am.", new_id())
        async with chat_hub(chatting) as world:
            await world.until("SELECT 1 FROM follow_ups WHERE body = 'Are you there?'")
            await page.until(said("I am."))
            await page.until(f"{IN}.querySelector('.state').textContent.includes('Nadia')")
            await asyncio.sleep(0)
            assert await page.says(f"{IN}.querySelectorAll('.log li').length") == 3
    assert len(await chatting.rows("SELECT 1 FROM follow_ups WHERE body = 'Are you there?'")) == 1


async def test_out_of_hours_the_widget_is_a_form(chatting: ChatWorld) -> None:
    await chatting.rows(
        "INSERT INTO team_voice (team_id, organisation_id, closed_now) VALUES ($1, $2, true) "
        "ON CONFLICT (team_id) DO UPDATE SET closed_now = true",
        chatting.vallon.teams["Contact centre"], chatting.vallon.organisation_id,
    )  # fmt: skip
    async with chat_hub(chatting) as world, chromium() as page:
        await page.go(f"{world.url}/chat/{world.key}?lang=en")
        await page.until(f"{IN}.querySelector('.state').textContent.includes('Nobody is here')")
        await begin_open(page, "Call me back")
        await page.until(f"{IN}.querySelector('.state').textContent.includes('has the number')")
        if PICTURES:
            await page.picture(PICTURES / "chat_en_form.png")
    assert [one["subject"] for one in await chatting.rows("SELECT subject FROM cases")] == ["Call me back"]
