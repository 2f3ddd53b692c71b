"""A browser, a desk, the database killed with -9 in the middle of a chat or a file: nothing lost, nothing twice."""

import asyncio
import contextlib
import hashlib
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.services.attachments import new_file
from app.settings.paths import profile_paths
from app.store.database import HUB_ROLE
from app.store.engine import connect
from app.store.private_server import PrivateServer
from app.web import chat_files
from tests.chat.desks import desks
from tests.chat.test_web_chat_chromium import IN, begin_open, said
from tests.chat.visitor import ChatWorld, Visitor, chat_hub
from tests.helpers.chromium import CHROMIUM, Page, chromium
from tests.helpers.folders import service_folder

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8_000
_KEPT = """
SELECT a.name, b.size, b.sha256,
  (SELECT string_agg(c.data, '' ORDER BY c.position) FROM blob_chunks c WHERE c.blob_id = b.id) AS raw
FROM attachments a JOIN blobs b ON b.id = a.blob_id"""
_BODIES = "SELECT f.body FROM chat_messages m JOIN follow_ups f ON f.id = m.follow_up_id ORDER BY m.seq"
_TALKS = f"{IN}.querySelector('.state').textContent.includes('Nadia')"


@contextlib.asynccontextmanager
async def returned(world: ChatWorld, profile: Path) -> AsyncIterator[Page]:
    """The visitor's browser begun again with what it had, at the same page."""
    async with chromium(profile=profile) as page:
        await page.go(f"{world.url}/chat/{world.key}?lang=fr")
        await page.until(f"!!document.querySelector('guichet-chat') && {_TALKS}")
        yield page


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed here")
async def test_a_browser_killed_with_9_comes_back_to_its_chat_with_everything_once(
    chatting: ChatWorld, tmp_path: Path
) -> None:
    await chatting.state("nadia")
    photo = tmp_path / "fuite.png"
    photo.write_bytes(PNG)
    with service_folder() as profile:
        async with contextlib.AsyncExitStack() as hub:
            world = await hub.enter_async_context(chat_hub(chatting))
            async with chromium(profile=profile) as page:
                await page.go(f"{world.url}/chat/{world.key}?lang=fr")
                await page.until(f"{IN}.activeElement && {IN}.activeElement.id == 'name'")
                await begin_open(page, "Bonjour")
                # The moment the house knows of it, her browser is gone.
                chat = await world.offered("nadia")
                await page.kill()
            await world.chats("nadia").store.accept(chat.id)
            await world.says("nadia", chat.id, "Envoyez une photo.")
            async with returned(world, profile) as page:
                await page.until(said("Envoyez une photo."))
                await page.slow_down(300_000)
                await page.choose_file(f"{IN}.querySelector('input[type=file]')", photo)
                await world.until("SELECT 1 FROM chat_uploads WHERE bytes > 0")
                assert await world.rows("SELECT 1 FROM chat_uploads WHERE bytes = $1", len(PNG)) == []
                await page.kill()
            assert await world.rows(_KEPT) == []
            async with returned(world, profile) as page:
                await page.until(f"!!{IN}.querySelector('.log li.visitor button')")
                (kept,) = await world.rows(_KEPT)
                assert (kept["name"], kept["size"], kept["raw"]) == ("fuite.png", len(PNG), PNG)
                assert kept["sha256"] == hashlib.sha256(PNG).hexdigest()
                # Nobody serves: what she types now is in her browser alone, and that is killed as well.
                await hub.aclose()
                await page.until(f"{IN}.querySelector('.state').textContent.includes('coup')")
                await page.says(f"{IN}.querySelector('.bar textarea').focus()")
                await page.type("Vous l’avez ?")
                await page.press("Enter")
                await page.until(said("Vous l’avez ?"))
                await page.kill()
        async with chat_hub(chatting) as world, returned(world, profile) as page:
            await world.until("SELECT 1 FROM follow_ups WHERE body = 'Vous l’avez ?'")
            await page.until(f"{IN}.querySelectorAll('.log li').length == 4")
            await world.says("nadia", chat.id, "Oui, merci.")
            await page.until(said("Oui, merci."))
            assert await page.says(f"{IN}.querySelectorAll('.log li').length") == 5
    bodies = [one["body"] for one in await chatting.rows(_BODIES)]
    assert bodies == ["Bonjour", "Envoyez une photo.", "", "Vous l’avez ?", "Oui, merci."]
    assert len(await chatting.rows(_KEPT)) == 1
    assert len(await chatting.rows("SELECT 1 FROM chats")) == len(await chatting.rows("SELECT 1 FROM cases")) == 1


class Sending:
    """A file on its way whose second half waits for a word."""

    def __init__(self, world: ChatWorld, page: Visitor) -> None:
        self._world, self._page, self._go_on = world, page, asyncio.Event()

    async def send(self, first: int = len(PNG) // 2) -> tuple[int, str]:
        """The status and the file's name; 0 for a connection that was cut."""

        async def body() -> AsyncIterator[bytes]:
            yield PNG[:first]
            await self._go_on.wait()
            yield PNG[first:]

        world = self._world
        headers = {
            "Authorization": f"Bearer {self._page.secret}", "X-File-Name": "fuite.png", "Origin": world.url,
        }  # fmt: skip
        here = f"{world.url}/chat/{world.key}/file"
        try:
            async with aiohttp.ClientSession() as client, client.post(here, data=body(), headers=headers) as answer:
                told = await answer.json(content_type=None) if answer.status == 200 else {}
                return answer.status, str(told.get("id", ""))
        except aiohttp.ClientError:
            return 0, ""

    def go_on(self) -> None:
        self._go_on.set()


@pytest.mark.parametrize("whom", ["postmaster", "backend"])
async def test_the_database_killed_with_9_in_the_middle_of_a_file_leaves_no_half_of_it(
    chatting: ChatWorld, server: PrivateServer, whom: str
) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        await world.accepted("nadia")
        half = Sending(world, page)
        sending = asyncio.create_task(half.send())
        await world.until("SELECT 1 FROM chat_uploads WHERE bytes > 0")
        if whom == "postmaster":
            os.kill(int((server.cluster / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
            while server.is_running():
                await asyncio.sleep(0.01)
        else:
            # The postmaster ends all others then and recovers.
            (hub, *_) = await world.rows(
                "SELECT pid FROM pg_stat_activity WHERE usename = $1 AND datname = current_database()", HUB_ROLE
            )
            os.kill(hub["pid"], signal.SIGKILL)
        half.go_on()
        status, blob = await sending
        assert status in {0, 200, 503}
        if whom == "postmaster":
            assert status != 200
            await asyncio.to_thread(server.start)
        # Sent again from its beginning, as the widget does, until the server has it.
        async with asyncio.timeout(30):
            while status != 200:
                await asyncio.sleep(0.1)
                again = Sending(world, page)
                again.go_on()
                status, blob = await again.send()
        assert await world.rows(_KEPT) == []
        message = await page.say("", blob)
        async with asyncio.timeout(30):
            while (await page.answer(message))["t"] != "said":
                page.frames.clear()
                await page.say("", blob, id_=message)
        await page.say("", blob, id_=message)
        await page.say("Voilà.")
        await world.until("SELECT 1 FROM follow_ups WHERE body = 'Voilà.'")
    (kept,) = await chatting.rows(_KEPT)
    assert (kept["raw"], kept["size"], kept["sha256"]) == (PNG, len(PNG), hashlib.sha256(PNG).hexdigest())
    assert [one["body"] for one in await chatting.rows(_BODIES)] == ["Bonjour", "", "Voilà."]
    left = await chatting.rows(
        "SELECT u.bytes, coalesce(sum(length(c.data)), 0) AS held FROM chat_uploads u "
        "LEFT JOIN blob_chunks c ON c.blob_id = u.blob_id GROUP BY u.blob_id"
    )
    assert all(one["bytes"] == one["held"] < len(PNG) for one in left), "what is left is what is swept"


@pytest.mark.parametrize("trickles", [False, True])
async def test_a_file_that_stops_or_trickles_is_cut_off_and_gives_its_seat_back(
    chatting: ChatWorld, monkeypatch: pytest.MonkeyPatch, trickles: bool
) -> None:
    monkeypatch.setattr(chat_files, "PART_WITHIN_S", 0.5)
    monkeypatch.setattr(chat_files, "ALL_WITHIN_S", 1.0)
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        head = (
            f"POST /chat/{world.key}/file HTTP/1.1\r\nHost: 127.0.0.1:{world.port}\r\nOrigin: {world.url}\r\n"
            f"Authorization: Bearer {page.secret}\r\nX-File-Name: x.png\r\nContent-Length: 4000000\r\n\r\n"
        ).encode()

        async def trickle(writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(ConnectionError):
                while True:
                    writer.write(b"0")
                    await writer.drain()
                    await asyncio.sleep(0.05)

        held = []
        for _ in range(2):  # as many as one address may have
            reader, writer = await asyncio.open_connection("127.0.0.1", world.port)
            writer.write(head + PNG[:20_000])
            held.append((reader, writer, asyncio.create_task(trickle(writer)) if trickles else None))
        await world.until("SELECT 1 FROM chat_uploads")
        async with asyncio.timeout(10):
            for reader, _, _ in held:
                assert (await reader.readline()).startswith(b"HTTP/1.1 408 ")
        whole = Sending(world, page)
        whole.go_on()
        status, blob = await whole.send()
        assert status == 200
        await page.say("", blob)
        await world.until("SELECT 1 FROM attachments")
        for _, writer, more in held:
            if more is not None:
                more.cancel()
            writer.close()
    (kept,) = await chatting.rows(_KEPT)
    assert kept["raw"] == PNG


async def test_a_desk_killed_with_9_while_its_file_travels_sends_it_when_it_is_back(
    chatting: ChatWorld, tmp_path: Path
) -> None:
    photo = tmp_path / "plan.png"
    photo.write_bytes(PNG)
    kept = profile_paths("chat-nadia").data / "desk" / "nadia" / "journal.files"
    admin = await connect(chatting.vallon.admin)
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        async with desks(chatting.vallon, "nadia") as at:
            await page.hello()
            await page.begin("Avez-vous un plan ?")
            await at["nadia"].until(lambda seen: seen["card"])
            await at["nadia"].press("F2")
            await at["nadia"].until(lambda seen: seen["focus"] == "Text for the visitor")
            # Somebody else holds the chat: the file has reached the server, and its words wait.
            held = admin.transaction()
            await held.start()
            await admin.fetch("SELECT FROM chats FOR UPDATE")
            await at["nadia"].type("Voici le plan.")
            await at["nadia"].do("file", str(photo))
            await world.until(
                "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%say_chat%'"
            )
            await at["nadia"].kill()
        # The computer that it was taken from has it no more.
        photo.unlink()
        await held.rollback()
        await world.until("SELECT 1 FROM chats WHERE seq = 1")
        assert await world.rows(_KEPT) == []
        assert "Voici le plan." not in page.words()
        sealed = [one.read_bytes() for one in kept.iterdir()]
        assert len(sealed) == 1
        assert PNG[:64] not in sealed[0]
        async with desks(chatting.vallon, "nadia"):
            await page.until_said("Voici le plan.")
            shown = [one for one in page.frames if one["t"] == "msg" and one["body"] == "Voici le plan."]
            assert all([file["name"] for file in one["files"]] == ["plan.png"] for one in shown), (
                "never without its file"
            )
            async with asyncio.timeout(10):
                while list(kept.iterdir()):
                    await asyncio.sleep(0.02)
    await admin.close()
    (one,) = await chatting.rows(_KEPT)
    assert (one["name"], one["raw"]) == ("plan.png", PNG)
    assert [one["body"] for one in await chatting.rows(_BODIES)] == ["Avez-vous un plan ?", "Voici le plan."]


async def test_a_file_that_is_said_again_is_there_once_and_one_that_is_refused_says_nothing(
    chatting: ChatWorld,
) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        files, message = (new_file(new_id(), "plan.png", PNG), new_file(new_id(), "prix.pdf", b"%PDF-1.7")), new_id()
        # Its desk did not hear that it was said, twice at the same time.
        await asyncio.gather(*(world.says("nadia", chat.id, "Voici.", message, files) for _ in range(3)))
        await page.until_said("Voici.")
        assert [one["name"] for one in await world.rows(f"{_KEPT} ORDER BY a.name")] == ["plan.png", "prix.pdf"]
        await world.chats("nadia").store.end(chat.id, "wait")
        with pytest.raises(Refused) as refused:
            await world.says("nadia", chat.id, "Trop tard.", None, (new_file(new_id(), "x.png", PNG + b"x"),))
        assert refused.value.reason is Refusal.CHAT_IS_OVER
    assert len(await chatting.rows(_KEPT)) == 2
    assert await chatting.rows("SELECT 1 FROM blobs WHERE sha256 IS NULL") == []
