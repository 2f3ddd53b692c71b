"""A chat that somebody means ill with, or whose hub, database or page dies in the middle."""

import asyncio
import contextlib
import gc
import hashlib
import io
import json
import os
import secrets
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from app.domain.chats import FILE_MOST
from app.domain.ids import new_id
from app.domain.signing import stamp
from app.store.engine import connect
from app.store.private_server import PrivateServer
from app.web.chat_files import PART
from app.web.chat_talk import CASE_PURPOSE
from app.web.doors import Doors
from tests.bench.ground_world import ROOT
from tests.chat.visitor import EMAIL, ChatWorld, Visitor, chat_hub
from tests.helpers.mail_store import hub_access, url_of
from tests.helpers.web import serving

SCRIPT = '"><script>alert(1)</script>'
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 400_000


async def upload(
    world: ChatWorld, secret: str, data: bytes, name: str = "photo.png", origin: str = ""
) -> tuple[int, dict[str, str]]:
    headers = {"Authorization": f"Bearer {secret}", "X-File-Name": name, "Origin": origin or world.url}
    async with (
        aiohttp.ClientSession() as client,
        client.post(f"{world.url}/chat/{world.key}/file", data=io.BytesIO(data), headers=headers) as answer,
    ):
        return answer.status, await answer.json(content_type=None) if answer.status in {200, 413, 422} else {}


async def test_only_the_named_sites_and_our_own_page_may_open_it(chatting: ChatWorld) -> None:
    await chatting.shape(sites=("https://www.vallon.example",))
    async with chat_hub(chatting) as world:
        for origin, status in (("https://evil.example", 403), ("null", 403), ("https://www.vallon.example.evil", 403)):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await Visitor(world.url, world.key, origin=origin).connect()
            assert refused.value.status == status
        async with Visitor(world.url, world.key, origin="https://www.vallon.example") as page:
            await page.hello()
            await page.begin()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await Visitor(world.url, "x" * 20).connect()
        assert refused.value.status == 404
        async with aiohttp.ClientSession(world.url) as client:
            async with client.get("/chat.js") as answer:
                assert answer.headers["Access-Control-Allow-Origin"] == "*"
                assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
            async with client.get(f"/chat/{world.key}?case={SCRIPT}") as answer:
                text = await answer.text()
                assert SCRIPT not in text
                assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
                assert "unsafe" not in answer.headers["Content-Security-Policy"]


async def test_guessed_and_forged_secrets_lead_nowhere(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        await page.say("", *(await _sent(world, page)))
        file = await world.until("SELECT a.id FROM attachments a")
        other = Visitor(world.url, world.key)
        async with other:
            await other.send("hello", lang="fr", secret=other.secret)
            await other.get("gone")
            frames: dict[str, dict[str, Any]] = {
                "say": {"id": str(uuid4()), "body": "x"},
                "seen": {"seq": 1},
                "leave": {},
                "typing": {},
                "mail": {"email": "a@b.example"},
            }
            for frame, told in frames.items():
                await other.send(frame, **told)
                no = await other.get("no", partial(_of, frame))
                assert no["why"] == "not_found"
            # A chat of one's own is no way into another's: neither its files nor its id.
            await other.begin(email="autre@visitor.example")
            async with aiohttp.ClientSession() as client:
                for secret, status in ((page.secret, 200), (other.secret, 404), ("x" * 43, 404), ("x", 404)):
                    async with client.get(
                        f"{world.url}/chat/{world.key}/file/{file['id']}", headers={"Authorization": f"Bearer {secret}"}
                    ) as answer:
                        assert answer.status == status
                        if status == 200:
                            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert (await upload(world, "x" * 43, PNG))[0] in {404, 422}
        assert [one["id"] for one in await world.rows("SELECT id FROM chats WHERE state = 'talking'")] == [chat.id]


def _of(frame: str, one: dict[str, Any]) -> bool:
    return bool(one["of"] == frame)


async def _sent(world: ChatWorld, page: Visitor) -> tuple[str, ...]:
    status, told = await upload(world, page.secret, PNG)
    assert status == 200
    return (told["id"],)


@pytest.mark.row("S5-04")
async def test_a_link_to_a_case_is_believed_only_when_we_signed_it(chatting: ChatWorld) -> None:
    case_id = await chatting.vallon.case()
    await chatting.rows(
        "UPDATE customers SET emails = jsonb_build_array(jsonb_build_object('address', $1::text, 'label', ''))", EMAIL
    )
    (case,) = await chatting.rows("SELECT number FROM cases WHERE id = $1", case_id)
    (widget,) = await chatting.rows("SELECT id FROM chat_widgets")
    (key,) = await chatting.rows("SELECT key FROM signing_keys WHERE name = 'web'")
    good = stamp(key["key"], f"{CASE_PURPOSE} {widget['id']}", case_id, time.time() + 60)
    old = stamp(key["key"], f"{CASE_PURPOSE} {widget['id']}", case_id, time.time() - 60)
    elsewhere = stamp(key["key"], f"{CASE_PURPOSE} {new_id()}", case_id, time.time() + 60)
    forged = stamp(b"x" * 32, f"{CASE_PURPOSE} {widget['id']}", case_id, time.time() + 60)
    async with chat_hub(chatting) as world:
        for token, told, joins in (
            (good, {}, True), (old, {}, False), (elsewhere, {}, False), (forged, {}, False),
            (good[:-2] + "AA", {}, False),
            ("", {"number": str(case["number"])}, True),
            ("", {"number": str(case["number"]), "email": "autre@visitor.example"}, False),
            ("", {"number": "999999"}, False),
        ):  # fmt: skip
            async with Visitor(world.url, world.key) as page:
                about = await page.hello(case=token)
                assert about["case"] is (bool(token) and joins)
                begun = await page.begin(case=token, **told)
                (chat,) = await world.rows("SELECT case_id FROM chats WHERE id = $1::uuid", begun["id"])
                assert (chat["case_id"] == case_id) is joins, (token, told)


async def test_script_stands_in_every_field_as_text_and_nonsense_is_refused(chatting: ChatWorld) -> None:
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin(f"{SCRIPT}\n'; DROP TABLE chats; --", name=SCRIPT, number="<b>1</b>")
        await page.until_said(f"{SCRIPT}\n'; DROP TABLE chats; --")
        (customer,) = await world.rows("SELECT first_name, last_name FROM customers")
        assert SCRIPT in f"{customer['first_name']} {customer['last_name']}"
        assert page.socket is not None
        nul = json.dumps({"t": "say", "id": str(uuid4()), "body": "\0"})
        nonsense = ("", "x", "[]", "{}", '{"t": 1}', '{"t": "say"}', '{"t": "say", "id": "x", "body": "y"}', nul)
        for text in (*nonsense, '{"t": "hello", "seq": 1e99}', '{"t":"hello","secret":"../../"}', "[" * 5000):
            page.frames.clear()
            await page.socket.send_str(text)
            await page.get("no")
        await page.say("x" * 4001)
        assert (await page.get("no", lambda one: one["of"] == "say"))["why"] == "too_long"
        await page.socket.send_str("x" * 100_000)
        async with asyncio.timeout(5):
            await page.closed.wait()
    assert len(await chatting.rows("SELECT 1 FROM chat_messages")) == 1


async def test_files_are_known_by_their_bytes_bounded_and_named_without_tricks(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        assert await upload(world, page.secret, b"MZ" + b"\0" * 100, "photo.png") == (422, {"why": "not_a_choice"})
        assert await upload(world, page.secret, b"\x7fELF\0\0", "notes.txt") == (422, {"why": "not_a_choice"})
        assert await upload(world, page.secret, b"", "empty.txt") == (422, {"why": "not_a_choice"})
        with contextlib.suppress(aiohttp.ClientError):  # hung up on before it was all there
            assert (await upload(world, page.secret, PNG + b"0" * FILE_MOST))[0] == 413
        assert (await upload(world, page.secret, PNG, origin="https://evil.example"))[0] == 403
        names = {
            "..%2F..%2Fetc%2Fpasswd": "passwd.png",
            "photo%E2%80%AEgnp.exe": "photognp.exe.png",
            "a%00b%0d%0aSet-Cookie.png": "abSet-Cookie.png",
            "": "file.png",
            "C%3A%5Cx%5Cphoto.PNG": "photo.PNG",
        }
        for typed in names:
            status, told = await upload(world, page.secret, PNG + typed.encode(), typed)
            assert status == 200
            await page.say("", told["id"])
        await world.until("SELECT 1 FROM attachments HAVING count(*) = $1", len(names))
        kept = await world.rows("SELECT name, content_type FROM attachments")
        assert {one["name"] for one in kept} == set(names.values())
        assert {one["content_type"] for one in kept} == {"image/png"}
        # An agent's file reaches the page that shows its message already.
        message = await world.says("nadia", chat.id, "Voici le plan.")
        await page.until_said("Voici le plan.")
        from app.store.blobs import PostgresBlobs

        await PostgresBlobs(world.database("nadia")).keep(
            message, new_id(), "plan.pdf", "application/pdf", b"%PDF-1.7 x"
        )
        got = await page.get("msg", lambda one: bool(one["files"]) and one["by"] == "agent")
        assert got["files"][0]["name"] == "plan.pdf"
    assert await chatting.rows("SELECT 1 FROM chat_uploads WHERE bytes > $1", FILE_MOST) == []


async def test_a_file_arrives_whole_wherever_its_parts_end(chatting: ChatWorld) -> None:
    head = b"\x89PNG\r\n\x1a\n"
    sizes = (9, 8_192, PART - 1, PART, PART + 1, 3 * PART, FILE_MOST)
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        for size in sizes:
            data = head + os.urandom(size - len(head))
            status, told = await upload(world, page.secret, data)
            assert status == 200, size
            await page.say("", told["id"])
            await world.until("SELECT 1 FROM attachments WHERE blob_id = $1::uuid", told["id"])
            (kept,) = await world.rows(
                "SELECT b.size, b.sha256, sum(length(c.data)) AS held FROM blobs b "
                "JOIN blob_chunks c ON c.blob_id = b.id WHERE b.id = $1::uuid GROUP BY b.id", told["id"],
            )  # fmt: skip
            assert (kept["size"], kept["held"], kept["sha256"]) == (size, size, hashlib.sha256(data).hexdigest())


async def test_who_writes_too_fast_is_told_to_slow_down_and_nothing_is_lost(chatting: ChatWorld) -> None:
    async with chat_hub(chatting, a_minute=5) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        for number in range(8):
            await page.say(f"n{number}")
        assert (await page.get("no", lambda one: one["of"] == "say"))["why"] == "slow_down"
    bodies = await chatting.rows("SELECT body FROM follow_ups WHERE body LIKE 'n%' ORDER BY at")
    assert [one["body"] for one in bodies] == [f"n{number}" for number in range(5)]


async def test_ten_thousand_sockets_of_one_visitor_hurt_nobody_else(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting, each=20) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        refused = 0
        many: list[Visitor] = []
        for _ in range(19):
            many.append(Visitor(world.url, world.key))
            await many[-1].connect()
        limit = asyncio.Semaphore(40)

        async def one_more() -> int:
            async with limit, aiohttp.ClientSession() as client:
                try:
                    socket = await client.ws_connect(
                        f"{world.url}/chat/{world.key}/socket", headers={"Origin": world.url}
                    )
                except aiohttp.WSServerHandshakeError as error:
                    return error.status
                await socket.close()
                return 101

        for status in await asyncio.gather(*(one_more() for _ in range(10_000 // 20))):
            refused += status == 429
        assert refused == 10_000 // 20
        # Meanwhile the chat goes on.
        await world.says("nadia", chat.id, "Toujours là.")
        await page.until_said("Toujours là.")
        for other in many:
            await other.hang_up()


async def test_connections_that_ask_nothing_are_counted_at_the_door(unused_tcp_port: int) -> None:
    from aiohttp import web

    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="here")

    async with serving([web.get("/", answer)], unused_tcp_port, a_sender=50) as url:
        held = []
        for _ in range(10_000 // 25):
            with contextlib.suppress(ConnectionError):
                held.append(await asyncio.open_connection("127.0.0.1", unused_tcp_port))
        for _, writer in held:
            with contextlib.suppress(ConnectionError):
                writer.write(b"GET / HTTP/1.1\r\n")
        alive = 0
        for reader, writer in held:
            with contextlib.suppress(ConnectionError, TimeoutError):
                async with asyncio.timeout(0.05 if alive > 60 else 0.2):
                    if await reader.read(1) == b"":
                        writer.close()
                        continue
            alive += not writer.is_closing()
            if alive > 60:
                break
        assert alive <= 50
        for _, writer in held:
            writer.close()
        async with asyncio.timeout(10):
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    async with aiohttp.ClientSession() as client, client.get(url) as told:
                        assert await told.text() == "here"
                        return
                await asyncio.sleep(0.05)


async def test_who_comes_in_the_last_moment_of_a_server_is_hung_up_on(unused_tcp_port: int) -> None:
    from aiohttp import web

    runner, doors = web.AppRunner(web.Application()), Doors()
    await runner.setup()
    assert runner.server is not None
    doors.guard(runner.server)
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    before = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
    before[1].write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert await before[0].read(8) == b"HTTP/1.1"
    doors.shut()
    late = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
    async with asyncio.timeout(5):
        with contextlib.suppress(ConnectionResetError):
            assert await late[0].read() == b""
    for _, writer in (before, late):
        writer.close()
    await runner.cleanup()


async def test_nobody_is_left_on_the_threshold_when_a_server_ends(unused_tcp_port_factory: Callable[[], int]) -> None:
    async def comes_and_goes(port: int) -> None:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            await writer.wait_closed()

    for steps in range(12):
        port = unused_tcp_port_factory()
        async with serving([], port):
            many = [asyncio.create_task(comes_and_goes(port)) for _ in range(10)]
            for _ in range(steps % 6):
                await asyncio.sleep(0)
        await asyncio.gather(*many)
    gc.collect()  # what is left open is told here, and fails the test


async def test_the_database_dies_in_the_middle_and_nothing_is_lost_or_doubled(
    chatting: ChatWorld, server: PrivateServer
) -> None:
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        await world.says("nadia", chat.id, "avant")
        await page.until_said("avant")
        pid = int((server.cluster / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        while server.is_running():
            await asyncio.sleep(0.01)
        try:
            mine = await page.say("pendant")
            # A backend that outlives its postmaster for a moment may have taken it all the same.
            assert (await page.answer(mine))["t"] in {"no", "said"}
        finally:
            await asyncio.to_thread(server.start)
        # The page says it again until it has its number, as the widget does.
        async with asyncio.timeout(30):
            while not any(one["t"] == "said" and one["id"] == mine for one in page.frames):
                await page.say("pendant", id_=mine)
                await asyncio.sleep(0.3)
        hers = new_id()
        async with asyncio.timeout(30):
            while True:
                with contextlib.suppress(Exception):
                    await world.says("nadia", chat.id, "après", hers)
                    break
                await asyncio.sleep(0.2)
        await page.until_said("après")
        assert page.words() == ["Bonjour", "avant", "pendant", "après"]
    bodies = await chatting.rows("SELECT body FROM follow_ups WHERE channel = 'chat' ORDER BY at")
    assert [one["body"] for one in bodies] == ["Bonjour", "avant", "pendant", "après"]


@contextlib.asynccontextmanager
async def hub_process(world: ChatWorld) -> AsyncIterator[asyncio.subprocess.Process]:
    """The hub's web part as a process of its own, to be killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.web_chat_hub", url_of(hub_access(world.vallon)), str(world.port),
        env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=ROOT,
    )  # fmt: skip
    try:
        async with asyncio.timeout(60):
            while True:
                with contextlib.suppress(OSError):
                    (await asyncio.open_connection("127.0.0.1", world.port))[1].close()
                    break
                await asyncio.sleep(0.05)
        world.url = f"http://127.0.0.1:{world.port}"
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def test_a_hub_killed_with_9_in_the_middle_loses_nothing_and_says_nothing_twice(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    secret = secrets.token_urlsafe(32)
    typed = {str(uuid4()): f"mot {at}" for at in range(30)}
    async with hub_process(chatting) as process:
        page = Visitor(chatting.url, chatting.key, secret)
        await page.connect()
        await page.hello()
        await page.begin()
        chat = await chatting.accepted("nadia")
        for at, (id_, body) in enumerate(typed.items()):
            await page.say(body, id_=id_)
            if at == 15:
                process.kill()
                break
        await page.closed.wait()
        await page.hang_up()
    # What has no number yet is said again, as the widget does; what was committed unheard is numbered, not doubled.
    async with hub_process(chatting):
        again = Visitor(chatting.url, chatting.key, secret)
        async with again:
            await again.hello(known=True)
            for id_, body in typed.items():
                await again.say(body, id_=id_)
            for id_ in typed:
                assert (await again.answer(id_))["t"] == "said"
            await chatting.says("nadia", chat.id, "Tout est là.")
            await again.until_said("Tout est là.")
    bodies = [one["body"] for one in await chatting.rows("SELECT body FROM follow_ups WHERE body LIKE 'mot %'")]
    assert sorted(bodies) == sorted(typed.values())


async def test_a_hub_that_is_gone_leaves_the_chat_where_it_was(chatting: ChatWorld) -> None:
    await chatting.state("nadia")
    secret = secrets.token_urlsafe(32)
    async with chat_hub(chatting) as world, Visitor(world.url, world.key, secret) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
        await page.until_said("Bonjour")
    # Nobody serves: the agent goes on, and what she says waits for the page.
    await chatting.says("nadia", chat.id, "Je suis là.")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key, secret) as page:
        await page.hello(seq=1, known=True)
        await page.until_said("Je suis là.")
        assert page.words() == ["Je suis là."]
        admin = await connect(world.vallon.admin)
        assert await admin.fetchval("SELECT count(*) FROM chat_messages") == 2
        await admin.close()
