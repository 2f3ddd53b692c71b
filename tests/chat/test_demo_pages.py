"""The demo's pages: a port of its own beside another hub, kept while it is free or its own hub has it."""

import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.bootstrap import demo_pages
from app.settings.web import read_web_choice
from tests.chat.visitor import ChatWorld, chat_hub


@pytest.fixture
def folder(chatting: ChatWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    admin = chatting.vallon.admin
    monkeypatch.setattr(demo_pages, "administrator_url", lambda _: "")
    monkeypatch.setattr(demo_pages, "access_of", lambda _: admin)
    monkeypatch.setattr(demo_pages, "profile_paths", lambda _: SimpleNamespace(data=tmp_path))
    monkeypatch.setattr(demo_pages, "PORT", chatting.port)
    return tmp_path


async def address(world: ChatWorld) -> str:
    (row,) = await world.rows("SELECT public_url FROM web_settings")
    return str(row["public_url"])


async def test_the_port_of_another_hub_is_left_to_it(chatting: ChatWorld, folder: Path) -> None:
    await chatting.rows("UPDATE web_settings SET public_url = 'http://127.0.0.1:8466'")
    await demo_pages.settle_pages("demo")
    assert read_web_choice(folder).port == chatting.port
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", chatting.port))
        stranger.listen()
        await demo_pages.settle_pages("demo")
        other = read_web_choice(folder).port
        assert other != chatting.port
        assert await address(chatting) == f"http://127.0.0.1:{other}"
    await demo_pages.settle_pages("demo")
    assert read_web_choice(folder).port == other, "it does not go back: its pages are known there"


async def test_its_own_hub_keeps_the_port_and_an_address_outside_stays(chatting: ChatWorld, folder: Path) -> None:
    await chatting.rows("UPDATE web_settings SET public_url = 'https://demo.example'")
    async with chat_hub(chatting):
        await demo_pages.settle_pages("demo")
        await demo_pages.settle_pages("demo")
    assert read_web_choice(folder).port == chatting.port
    assert await address(chatting) == "https://demo.example"
