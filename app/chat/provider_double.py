"""A provider of SMS on this machine, for demo and tests: takes messages, tells what became of them, brings answers.

What leaves to a number ends in a list that anybody may look at; a customer who answers does so once.
"""

import asyncio
import base64
import json
import logging
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from app.domain.ids import new_id
from app.domain.sms import hook_signature

HOST = "127.0.0.1"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where the provider is reached, and its account's secret."""

    port: int
    account: str = "demo"
    secret: str = field(default="", repr=False)

    @property
    def url(self) -> str:
        """Where messages are handed over."""
        return f"http://{HOST}:{self.port}/messages.json"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was handed over."""

    id: str
    sender: str
    to: str
    text: str


class ProviderDouble:
    """Serves until it is closed. `answers` gives what a number writes back; `becomes` what becomes of a message."""

    def __init__(
        self,
        secret: str,
        answers: Callable[[Sent], str] = lambda _: "",
        becomes: Callable[[str], str] = lambda _: "delivered",
        thinks_s: float = 5.0,
    ) -> None:
        self._secret, self._answers, self._becomes, self._thinks_s = secret, answers, becomes, thinks_s
        self.counter = Counter(0, secret=secret)
        self.sent: list[Sent] = []
        self.fails_with: int = 0
        self.hangs_up = False
        """Cut the connection in the middle of a request: nobody knows whether it was taken."""
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self._working: set[asyncio.Task[None]] = set()

    async def open(self, port: int = 0) -> Counter:
        """Listen on loopback, on a port that is free."""
        application = web.Application()
        application.add_routes(
            [
                web.post("/messages.json", self._take),
                web.get("/messages.json", self._list),
                web.post("/write", self._write),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        self.counter = Counter(int(self._runner.addresses[0][1]), secret=self._secret)
        return self.counter

    async def close(self) -> None:
        """Close the counter."""
        for task in self._working:
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _knows(self, request: web.Request) -> bool:
        known = base64.b64encode(f"{self.counter.account}:{self._secret}".encode()).decode()
        return request.headers.get("Authorization") == f"Basic {known}"

    async def _list(self, request: web.Request) -> web.Response:
        if not self._knows(request):
            return web.json_response({"code": 20003, "message": "Authenticate"}, status=401)
        return web.json_response({"messages": [{"sid": one.id} for one in self.sent[-1:]]})

    async def _take(self, request: web.Request) -> web.Response:
        if not self._knows(request):
            return web.json_response({"code": 20003, "message": "Authenticate"}, status=401)
        if self.hangs_up and request.transport is not None:
            request.transport.abort()
            raise web.HTTPServiceUnavailable
        if self.fails_with:
            return web.json_response({"code": self.fails_with, "message": "not now"}, status=self.fails_with)
        form = await request.post()
        sent = Sent(f"SM{new_id().hex}", str(form["From"]), str(form["To"]), str(form["Body"]))
        self.sent.append(sent)
        if callback := str(form.get("StatusCallback", "")):
            self._begin(self._tell(callback, sent))
        return web.json_response({"sid": sent.id, "status": "queued"}, status=201)

    async def _tell(self, callback: str, sent: Sent) -> None:
        for status in ("sent", self._becomes(sent.to)):
            told = {"MessageSid": sent.id, "MessageStatus": status}
            await call(self._secret, callback, told, session=self._opened())
        if answer := self._answers(sent):
            await asyncio.sleep(self._thinks_s)
            await call(self._secret, f"{callback.partition('/status/')[0]}/in", a_message(sent.to, sent.sender, answer))

    async def _write(self, request: web.Request) -> web.Response:
        form = await request.post()
        message = a_message(str(form["From"]), str(form["To"]), str(form["Body"]))
        return web.Response(status=await call(self._secret, str(form["Hook"]), message))

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=8))
        return self._session

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)


def a_message(sender: str, to: str, text: str, name: str = "") -> dict[str, str]:
    """The fields of a message that comes in."""
    return {"MessageSid": name or f"SM{new_id().hex}", "From": sender, "To": to, "Body": text, "NumMedia": "0"}


async def call(
    secret: str, address: str, form: dict[str, str], signature: str = "", session: aiohttp.ClientSession | None = None
) -> int:
    """Call a web hook, signed; the status that came back, 0 when nobody is there."""
    if session is None:
        async with aiohttp.ClientSession() as made:
            return await call(secret, address, form, signature, made)
    headers = {
        "X-Twilio-Signature": signature or hook_signature(secret, address, form),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        async with session.post(address, data=urlencode(form).encode(), headers=headers) as answer:
            return answer.status
    except aiohttp.ClientError as error:
        log.info("the hub's web hook does not answer: %s", error)
        return 0


def keep_counter(file: Path, counter: Counter) -> None:
    """Say on this machine where the provider is, to its user alone."""
    file.touch(mode=0o600)
    file.write_text(json.dumps(asdict(counter)), "utf-8")


def find_counter(file: Path) -> Counter | None:
    """Where the provider is, if one was opened."""
    return Counter(**json.loads(file.read_text("utf-8"))) if file.exists() else None
