"""The pages over TLS and behind a proxy: cookies that stay off the clear, senders that nobody can invent."""

import ssl
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from app.settings.web import WebChoice
from app.web.portal_page import BROWSER
from app.web.proxies import Proxies
from tests.chat.visitor import EMAIL, ChatWorld, Visitor, chat_hub
from tests.helpers.mail_store import make_mailbox
from tests.helpers.tls_proxy import tls_pair, tls_proxy

PROXIES = Proxies(["127.0.0.1"])
LIE = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https"}


async def portal_of(world: ChatWorld) -> str:
    """The portal's path; its address says nothing of TLS."""
    await make_mailbox(world.vallon)
    await world.rows("UPDATE web_settings SET portal = true, public_url = 'http://127.0.0.1'")
    (row,) = await world.rows("SELECT portal_key FROM web_settings")
    return f"/portal/{row['portal_key']}"


async def cookie_of(url: str, place: str, **more: Any) -> str:
    """The cookie that whoever asks for a link is given."""
    async with (
        aiohttp.ClientSession(connector=client_from("127.0.0.1", more.pop("ssl", None))) as client,
        client.post(f"{url}{place}", data={"email": EMAIL}, **more) as answer,
    ):
        assert answer.status == 200
        return next(one for one in answer.headers.getall("Set-Cookie") if one.startswith(BROWSER))


def client_from(address: str, trust: ssl.SSLContext | None = None) -> aiohttp.TCPConnector:
    """Connections of one request each, from an address of this machine."""
    return aiohttp.TCPConnector(local_addr=(address, 0), force_close=True, ssl=trust or True)


async def status_of_socket(world: ChatWorld, url: str, address: str, **more: Any) -> int:
    """What somebody at an address gets who opens a chat's socket, beside one that stands open."""
    headers = {"Origin": url, **more.pop("headers", {})}
    async with aiohttp.ClientSession(connector=client_from(address, more.get("ssl"))) as client:
        try:
            async with client.ws_connect(f"{url}/chat/{world.key}/socket", headers=headers):
                return 101
        except aiohttp.WSServerHandshakeError as refused:
            return refused.status


async def test_over_tls_cookies_are_secure_a_chat_works_and_nothing_is_said_in_the_clear(
    chatting: ChatWorld, tmp_path: Path
) -> None:
    certificate, key, trust = tls_pair(tmp_path)
    place = await portal_of(chatting)
    tls = WebChoice(port=chatting.port, certificate=certificate, key=key).tls()
    async with chat_hub(chatting, serving={"tls": tls}) as world:
        url = f"https://localhost:{world.port}"
        cookie = await cookie_of(url, place, ssl=trust)
        assert "; Secure" in cookie
        assert "; HttpOnly" in cookie
        async with Visitor(url, world.key, trust=trust) as page:
            await page.hello()
            await page.begin("Sous TLS")
            await page.until_said("Sous TLS")
        async with aiohttp.ClientSession() as client:
            with pytest.raises(aiohttp.ClientError):
                await client.get(f"http://127.0.0.1:{world.port}{place}")
            with pytest.raises(aiohttp.ClientConnectorCertificateError):
                await client.get(f"{url}{place}")


async def test_behind_a_proxy_each_visitor_counts_for_herself_and_cookies_are_secure(
    chatting: ChatWorld, tmp_path: Path
) -> None:
    certificate, key, trust = tls_pair(tmp_path)
    place = await portal_of(chatting)
    tls = WebChoice(certificate=certificate, key=key).tls()
    assert tls is not None
    async with (
        chat_hub(chatting, each=1, serving={"proxies": PROXIES, "a_sender": 2}) as world,
        tls_proxy(world.port, tls) as url,
    ):
        assert "; Secure" in await cookie_of(url, place, ssl=trust)
        async with Visitor(url, world.key, trust=trust, address="127.0.0.2") as page:
            await page.hello()
            await page.begin("Par le mandataire")
            await page.until_said("Par le mandataire")
            assert await status_of_socket(world, url, "127.0.0.2", ssl=trust) == 429
            assert await status_of_socket(world, url, "127.0.0.2", ssl=trust, headers=LIE) == 429, "she invents one"
            async with Visitor(url, world.key, trust=trust, address="127.0.0.3") as third:
                await third.hello()
                assert await status_of_socket(world, url, "127.0.0.4", ssl=trust) == 101, "a proxy has more than two"


async def test_nobody_but_the_proxy_says_who_asks_and_how(chatting: ChatWorld) -> None:
    place = await portal_of(chatting)
    async with chat_hub(chatting, each=1, serving={"proxies": Proxies(["127.0.0.9", "10.0.0.0/8"])}) as world:
        assert "; Secure" not in await cookie_of(world.url, place, headers=LIE)
        async with Visitor(world.url, world.key, address="127.0.0.2") as page:
            await page.hello()
            assert await status_of_socket(world, world.url, "127.0.0.2", headers=LIE) == 429
            assert await status_of_socket(world, world.url, "127.0.0.3", headers=LIE) == 101
            # Two proxies in a row: the nearer one says whose request the farther one had.
            chain = {"X-Forwarded-For": "203.0.113.5, 127.0.0.2, 10.1.2.3"}
            assert await status_of_socket(world, world.url, "127.0.0.9", headers=chain) == 429
            assert await status_of_socket(world, world.url, "127.0.0.9", headers=LIE) == 101
            assert await status_of_socket(world, world.url, "127.0.0.9", headers={"X-Forwarded-For": "x"}) == 101
