"""Web chat: from a visitor's send to the desk's painted frame, beside a thousand chats that go on at one hub."""

import asyncio
import contextlib
import gzip
import json
import os
import secrets
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import aiohttp

from app.settings.resources import resource
from app.store.engine import connect
from app.web.doors import want_files
from tests.bench.ground_world import ROOT
from tests.helpers.mail_store import hub_access, url_of
from tests.helpers.organisation import Vallon

AGENT = "nadia"
CONNECTING = 50
EVERY_S = 1.1
"""The pause between two measured messages: a visitor may say sixty a minute."""
WARM = 5
"""Measured messages that do not count: a desk's first ones plan its statements."""
BABBLE_S = 60
"""Each of the other visitors writes as often while it is measured: who is in six chats answers each once a minute."""
KEYS: Mapping[str, str] = MappingProxyType(
    {
        "chat_roundtrip_ms_p95": "from a visitor's send to the desk's painted frame; 150 or less",
        "concurrent_chats": "visitors whose sockets stood open and whose words all came back numbered; 1000 or more",
        "hub_rss_mb": "resident memory of the hub with all of them; 400 or less",
        "widget_kb": "the widget as it travels, compressed; 30 or less",
    }
)


@dataclass(eq=False)
class Visitor:
    """One page, from an address of its own."""

    client: aiohttp.ClientSession
    url: str
    key: str
    number: int
    socket: aiohttp.ClientWebSocketResponse | None = None
    case: int = 0
    said: set[str] = field(default_factory=set)
    numbered: set[str] = field(default_factory=set)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    reading: asyncio.Task[None] | None = None

    async def open(self) -> None:
        place = f"10.{self.number // 65536}.{self.number // 256 % 256}.{self.number % 256}"
        self.socket = await self.client.ws_connect(
            f"{self.url}/chat/{self.key}/socket", headers={"Origin": self.url, "X-Forwarded-For": place}
        )
        self.reading = asyncio.create_task(self._read())
        await self.socket.send_json({"t": "hello", "lang": "en"})
        await self.socket.send_json(
            {
                "t": "begin", "id": str(uuid4()), "secret": secrets.token_urlsafe(32), "name": f"Visitor {self.number}",
                "email": f"v{self.number}@visitor.example", "body": f"Question {self.number}", "lang": "en",
            }
        )  # fmt: skip
        async with asyncio.timeout(60):
            await self.begun.wait()

    async def say(self, body: str) -> None:
        assert self.socket is not None
        id_ = str(uuid4())
        self.said.add(id_)
        await self.socket.send_json({"t": "say", "id": id_, "body": body, "files": []})

    async def babble(self, number: int) -> None:
        """Write now and then, not all at once."""
        await asyncio.sleep(BABBLE_S * (self.number % 97) / 97)
        for at in range(number):
            await self.say(f"And {at}")
            await asyncio.sleep(BABBLE_S)

    async def _read(self) -> None:
        assert self.socket is not None
        async for message in self.socket:
            frame = message.json()
            if frame["t"] == "chat":
                self.case = frame["number"]
                self.begun.set()
            elif frame["t"] == "said":
                self.numbered.add(frame["id"])


@asynccontextmanager
async def _hub(vallon: Vallon) -> AsyncIterator[tuple[str, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.web_chat_hub", url_of(hub_access(vallon)), str(port), cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        async with asyncio.timeout(60):
            while True:
                with contextlib.suppress(OSError):
                    (await asyncio.open_connection("127.0.0.1", port))[1].close()
                    break
                await asyncio.sleep(0.1)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        await process.wait()


class PaintedDesk:
    """A desk as a process; what it painted, with the instant."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._painted: dict[str, asyncio.Future[float]] = {}
        self._reading = asyncio.create_task(self._read())

    def wait(self, words: str) -> asyncio.Future[float]:
        return self._painted.setdefault(words, asyncio.get_running_loop().create_future())

    def open(self, case: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{case}\n".encode())

    async def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), 20)
        if self._process.returncode is None:
            self._process.kill()
        self._reading.cancel()

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            told: dict[str, Any] = json.loads(line)
            waiting = self.wait(told["said"])
            if not waiting.done():
                waiting.set_result(told["at"])


@asynccontextmanager
async def _desk(vallon: Vallon) -> AsyncIterator[PaintedDesk]:
    with tempfile.TemporaryDirectory(prefix="guichet-bench-") as home:
        access = vallon.access(AGENT)
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "GUICHET_HOME": home}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.web_chat_desk", url_of(access), AGENT, access.password, cwd=ROOT,
            env=environment, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**24,
        )  # fmt: skip
        desk = PaintedDesk(process)
        try:
            await asyncio.wait_for(desk.wait(""), 60)
            yield desk
        finally:
            await desk.end()


def _rss_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    return 0.0


async def _key(vallon: Vallon) -> str:
    admin = await connect(vallon.admin)
    try:
        await admin.execute(
            "INSERT INTO chat_widgets (id, organisation_id, team_id) VALUES (gen_random_uuid(), $1, $2) "
            "ON CONFLICT DO NOTHING",
            vallon.organisation_id, vallon.teams["Contact centre"],
        )  # fmt: skip
        await admin.execute("UPDATE chat_widgets SET active = true, asks_email = true, most = 6")
        return str(await admin.fetchval("SELECT key FROM chat_widgets"))
    finally:
        await admin.close()


async def _take(vallon: Vallon, visitor: Visitor) -> str:
    """The measured visitor's chat is the agent's; its case's id."""
    admin, agent = await connect(vallon.admin), await connect(vallon.access(AGENT))
    try:
        await agent.execute("SELECT set_my_state('available', '')")
        row = await admin.fetchrow(
            "SELECT k.id, c.id AS of_case FROM chats k JOIN cases c ON c.id = k.case_id WHERE c.number = $1",
            visitor.case,
        )
        assert row is not None
        await agent.execute("SELECT take_chat($1)", row["id"])
        return str(row["of_case"])
    finally:
        await admin.close()
        await agent.close()


async def measure(vallon: Vallon, *, chats: int = 1_000, samples: int = 120) -> dict[str, float]:
    """All four; the desk shows one chat while the other visitors write as well."""
    want_files()
    key = await _key(vallon)
    packed = len(gzip.compress(resource("web", "chat.js").read_bytes(), 9)) / 1000
    connector = aiohttp.TCPConnector(limit=0)
    async with _hub(vallon) as (url, pid), aiohttp.ClientSession(connector=connector) as client:
        visitors = [Visitor(client, url, key, number) for number in range(1, chats + 1)]
        turn = asyncio.Semaphore(CONNECTING)

        async def open_one(visitor: Visitor) -> None:
            async with turn:
                await visitor.open()

        await asyncio.gather(*map(open_one, visitors))
        first, others = visitors[0], visitors[1:]
        async with _desk(vallon) as desk:
            desk.open(await _take(vallon, first))
            await asyncio.wait_for(desk.wait("Question 1"), 30)
            rounds = max(1, int(samples * EVERY_S / BABBLE_S))
            babble = [asyncio.create_task(visitor.babble(rounds)) for visitor in others]
            taken = []
            for at in range(-WARM, samples):
                words = f"Measured {at} {secrets.token_hex(4)}"
                painted, began = desk.wait(words), time.monotonic()
                await first.say(words)
                took = 1000 * (await asyncio.wait_for(painted, 30) - began)
                if at >= 0:
                    taken.append(took)
                await asyncio.sleep(EVERY_S)
            await asyncio.gather(*babble)
            rss = _rss_mb(pid)
            async with asyncio.timeout(60):
                while any(visitor.said != visitor.numbered for visitor in visitors):
                    await asyncio.sleep(0.05)
        kept = sum(visitor.socket is not None and not visitor.socket.closed for visitor in visitors)
        for visitor in visitors:
            if visitor.reading is not None:
                visitor.reading.cancel()
    if os.environ.get("BENCH_SAYS"):
        print(taken)
    taken.sort()
    return {
        "chat_roundtrip_ms_p95": statistics.quantiles(taken, n=20)[-1],
        "concurrent_chats": float(kept),
        "hub_rss_mb": rss,
        "widget_kb": packed,
    }
