"""Files that come with a form: whole on its entry or nowhere, from a page of ours, never too many or too large."""

import asyncio
import io
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator

import aiohttp
import pytest

from app.services.web_front import FORM_BYTES_MOST, FORM_FILES_MOST
from app.web.form_page import LEAST_S
from tests.bench.ground_world import ROOT
from tests.helpers.mail_store import hub_access, url_of
from tests.store.test_web_forms import ADDRESS, World, world

__all__ = ["world"]
TOLD = {"name": "Amélie Perrin", "email": ADDRESS, "subject": "Leak", "body": "It leaks.", "c_serial": "1"}
HEADERS = {"Content-Type": "multipart/form-data; boundary=b"}


async def stamp_of(world: World, client: aiohttp.ClientSession, url: str = "") -> str:
    async with client.get(f"{url}/f/{world.form_key}?lang=en") as answer:
        found = re.search('name="stamp" value="([^"]+)"', await answer.text())
    assert found is not None
    world.clock[0] += LEAST_S
    return found[1]


def form(stamp: str, *files: tuple[str, bytes, str], **more: str) -> aiohttp.FormData:
    made = aiohttp.FormData({"stamp": stamp} | TOLD | more, default_to_multipart=True, quote_fields=False)
    for name, data, kind in files:
        made.add_field("files", io.BytesIO(data), filename=name, content_type=kind)
    return made


async def send(world: World, client: aiohttp.ClientSession, data: object) -> tuple[int, str]:
    async with client.post(f"/f/{world.form_key}?lang=en", data=data) as answer:
        return answer.status, await answer.text()


async def left(world: World) -> tuple[int, int]:
    """Uploads that hang on nothing, and blobs without a hash."""
    return await world.admin.fetchval("SELECT count(*) FROM form_uploads"), await world.admin.fetchval(
        "SELECT count(*) FROM blobs WHERE sha256 IS NULL"
    )


@pytest.mark.row("S3-05")
async def test_files_hang_on_the_entry_with_names_that_lead_nowhere(world: World) -> None:
    files = (
        ("../../etc/passwd", b"one", "text/plain"),
        ("C:\\x\\photo<script>.png", b"\x89PNG two", "image/png"),
        ("evil\u202egnp.exe", b"one", "application/x-msdownload"),
        ("empty.txt", b"", "text/html"),
    )
    async with world.client() as client:
        status, _ = await send(world, client, form(await stamp_of(world, client), *files))
        assert status == 200
    rows = await world.admin.fetch(
        "SELECT a.name, b.size FROM attachments a JOIN blobs b ON b.id = a.blob_id ORDER BY a.name"
    )
    assert sorted((row["name"], row["size"]) for row in rows) == [
        ("empty.txt", 0), ("evilgnp.exe", 3), ("passwd", 3), ("photo<script>.png", 8),
    ]  # fmt: skip
    assert await left(world) == (0, 0)
    assert await world.admin.fetchval("SELECT count(DISTINCT blob_id) FROM attachments") == 3, (
        "the same bytes are kept once"
    )


async def test_no_byte_is_kept_of_a_page_that_is_not_ours(world: World) -> None:
    async with world.client() as client:
        good = await stamp_of(world, client)
        for stamp in ("", "x" + good[1:]):
            status, text = await send(world, client, form(stamp, ("a.txt", b"x" * 100_000, "text/plain")))
            assert status == 422
            assert "too long" in text or "again" in text
        first = (
            b'--b\r\nContent-Disposition: form-data; name="files"; filename="f"\r\n\r\nx\r\n'
            b'--b\r\nContent-Disposition: form-data; name="stamp"\r\n\r\n' + good.encode() + b"\r\n--b--\r\n"
        )
        async with client.post(f"/f/{world.form_key}", data=first, headers=HEADERS) as answer:
            assert answer.status == 422, "a file before the stamp"
    assert await world.admin.fetchval("SELECT count(*) FROM cases") == 0
    assert await left(world) == (0, 0)


async def test_too_many_too_large_and_a_gigabyte_are_cut_off(world: World) -> None:
    async with world.client() as client:
        stamp = await stamp_of(world, client)
        many = tuple((f"{n}.txt", b"x", "text/plain") for n in range(FORM_FILES_MOST + 1))
        status, text = await send(world, client, form(stamp, *many))
        assert (status, "too many files" in text) == (413, True)
        large = tuple((f"{n}.bin", b"x" * (FORM_BYTES_MOST // 2 + 10), "image/png") for n in range(2))
        status, text = await send(world, client, form(stamp, *large))
        assert (status, "too large" in text) == (413, True)
        sent = 0

        async def gigabyte() -> AsyncIterator[bytes]:
            nonlocal sent
            yield b'--b\r\nContent-Disposition: form-data; name="stamp"\r\n\r\n' + stamp.encode() + b"\r\n"
            yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="f"\r\n\r\n'
            for _ in range(10_000):
                sent += 100_000
                yield b"x" * 100_000

        try:
            async with client.post(f"/f/{world.form_key}", data=gigabyte(), headers=HEADERS) as answer:
                assert answer.status == 413
        except aiohttp.ClientConnectionError:
            pass  # cut off while it was still sending
        assert sent < 100_000_000
        assert await left(world) == (0, 0)
        # What was wrong is said, the files are asked for again, and the same page may be sent once more.
        status, text = await send(world, client, form(stamp, ("a.txt", b"x", "text/plain"), email="no"))
        assert (status, "choose your files again" in text) == (422, True)
        assert (await send(world, client, form(stamp, ("a.txt", b"x", "text/plain"))))[0] == 200
    assert await world.admin.fetchval("SELECT count(*) FROM attachments") == 1


async def test_a_body_that_stands_still_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.uploads.PART_WITHIN_S", 0.2)
    async with world.client() as client:
        stamp = await stamp_of(world, client)

        async def slow() -> AsyncIterator[bytes]:
            yield b'--b\r\nContent-Disposition: form-data; name="stamp"\r\n\r\n' + stamp.encode() + b"\r\n"
            yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="f"\r\n\r\n' + b"x" * 600_000
            await asyncio.Event().wait()

        async with asyncio.timeout(10), client.post(f"/f/{world.form_key}", data=slow(), headers=HEADERS) as answer:
            assert answer.status == 408
    assert await left(world) == (0, 0)


async def test_a_hub_killed_in_the_middle_of_an_upload_makes_no_half_case_and_the_page_is_sent_again(
    world: World,
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"

    async def hub() -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bench.web_world", url_of(hub_access(world.vallon)), str(port)),
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        async with asyncio.timeout(60):
            while True:
                try:
                    (await asyncio.open_connection("127.0.0.1", port))[1].close()
                    break
                except OSError:
                    await asyncio.sleep(0.02)
        return process

    first = await hub()
    async with aiohttp.ClientSession() as client:
        stamp = await stamp_of(world, client, url)
        await asyncio.sleep(LEAST_S + 0.5)  # the guard's own clock: a form is not sent at once

        async def half() -> AsyncIterator[bytes]:
            yield b'--b\r\nContent-Disposition: form-data; name="stamp"\r\n\r\n' + stamp.encode() + b"\r\n"
            yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="f"\r\n\r\n' + b"x" * 600_000
            async with asyncio.timeout(20):
                while not await world.admin.fetchval(
                    "SELECT count(*) FROM blob_chunks WHERE blob_id IN (SELECT blob_id FROM form_uploads)"
                ):
                    await asyncio.sleep(0.02)
            first.send_signal(signal.SIGKILL)
            await first.wait()
            yield b"x"

        with pytest.raises(aiohttp.ClientError):
            await client.post(f"{url}/f/{world.form_key}", data=half(), headers=HEADERS)
        assert await world.admin.fetchval("SELECT count(*) FROM cases") == 0
        second = await hub()
        try:
            data = form(stamp, ("a.txt", b"whole", "text/plain"))
            async with client.post(f"{url}/f/{world.form_key}", data=data) as answer:
                assert answer.status == 200
        finally:
            second.kill()
            await second.wait()
    assert await world.admin.fetchval("SELECT count(*) FROM cases") == 1
    assert await world.admin.fetchval("SELECT count(*) FROM attachments") == 1
    # What the killed one began belongs to a page that was sent: it goes with it.
    assert await left(world) == (0, 0)
