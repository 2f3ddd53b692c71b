"""The phone process: the engine behind a loopback port; it outlives its desk and ends when unused."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import functools
import hmac
import json
import logging
import os
import secrets
import signal
import sys
from typing import TYPE_CHECKING, Final

from app.domain.phone import LIVE_STATES
from app.domain.phone_events import CallArrived, CallChanged, LevelsMeasured
from app.phone.codec import UnreadableError
from app.phone.messages import (
    LINE_LIMIT,
    VERSION,
    Hello,
    Notice,
    Refused,
    Reply,
    Request,
    ShutDown,
    Welcome,
    read_from_desk,
    write_line,
)
from app.settings.errors import MendableError
from app.settings.file_lock import file_lock

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from app.domain.phone import PhoneSnapshot
    from app.domain.phone_events import PhoneEvent
    from app.phone.engine import Outcome, PhoneEngine

log = logging.getLogger(__name__)

ADDRESS_FILE: Final = "phone.json"
"""In the phone's folder, for its owner only (0600): where it listens and the token to say."""

LOCK_FILE: Final = "phone.lock"
_HOST: Final = "127.0.0.1"
_RECENT: Final = 500
_HELLO_S: Final = 5.0
_LOOK_IDLE_S: Final = 1.0
_OTHER_ENDS_S: Final = 10.0
_MOST_UNSENT: Final = 8 * 1024 * 1024


class PhoneServer:
    """Lets desks in, carries their commands to the engine and tells every desk what happened."""

    def __init__(self, folder: Path, *, idle_s: float) -> None:
        self._folder = folder
        self._idle_s = idle_s
        self._token = secrets.token_urlsafe(32)
        self._recent: collections.deque[Notice] = collections.deque(maxlen=_RECENT)
        self._sequence = 0
        self._desks: set[asyncio.StreamWriter] = set()
        self._live_calls: set[str] = set()
        self._over = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, engine: PhoneEngine) -> None:
        """Run until a desk says so, or until there has been neither desk nor call for the idle time."""
        self._engine = engine
        server = await asyncio.start_server(self._meet, _HOST, 0, limit=LINE_LIMIT)
        self._write_address(server.sockets[0].getsockname()[1])
        loop = asyncio.get_running_loop()
        for ending in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):  # Windows
                loop.add_signal_handler(ending, self._over.set)
        idle = asyncio.create_task(self._end_when_idle())
        try:
            await self._over.wait()
        finally:
            idle.cancel()
            (self._folder / ADDRESS_FILE).unlink(missing_ok=True)
            server.close()
            for desk in tuple(self._desks):
                desk.close()

    def tell(self, event: PhoneEvent) -> None:
        """Number an event, remember it and send it to every desk; on the server's loop."""
        if isinstance(event, CallArrived | CallChanged):
            if event.call.state in LIVE_STATES:
                self._live_calls.add(event.call.key)
            else:
                self._live_calls.discard(event.call.key)
        self._sequence += 1
        notice = Notice(self._sequence, event)
        if not isinstance(event, LevelsMeasured):
            self._recent.append(notice)
        for desk in tuple(self._desks):
            self._send(desk, write_line(notice))

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            if await self._let_in(reader, writer):
                await self._listen_to(reader, writer)
        except (ConnectionError, asyncio.LimitOverrunError, ValueError) as error:
            log.warning("lost a desk: %s", error)
        finally:
            self._desks.discard(writer)
            writer.close()

    async def _let_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Read the desk's hello; answer with the state it finds and the notices it missed."""
        try:
            async with asyncio.timeout(_HELLO_S):
                hello = read_from_desk(await reader.readline())
        except (UnreadableError, TimeoutError) as error:
            log.warning("somebody who is no desk knocked: %s", error)
            return False
        if not isinstance(hello, Hello) or not hmac.compare_digest(hello.token.encode(), self._token.encode()):
            writer.write(write_line(Refused("The token is wrong.")))
            return False
        if hello.version != VERSION:
            writer.write(write_line(Refused(f"The phone speaks version {VERSION}, not {hello.version}.")))
            return False
        attached: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        loop = asyncio.get_running_loop()

        def attach(snapshot: PhoneSnapshot) -> None:
            # Runs on the loop behind every event that the snapshot includes, and before all later ones.
            self._send(writer, write_line(Welcome(VERSION, os.getpid(), self._sequence, snapshot)))
            if hello.after:
                for notice in self._recent:
                    if notice.sequence > hello.after:
                        self._send(writer, write_line(notice))
            self._desks.add(writer)
            attached.set_result(None)

        self._engine.ask_snapshot(lambda snapshot: _on(loop, attach, snapshot))
        await attached
        log.info("a desk is attached")
        return True

    async def _listen_to(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        while line := await reader.readline():
            try:
                request = read_from_desk(line)
            except UnreadableError as error:
                log.warning("unreadable request: %s", error)
                continue
            if not isinstance(request, Request):
                continue
            if isinstance(request.command, ShutDown):
                self._send(writer, write_line(Reply(request.id)))
                self._over.set()
                return
            reply = functools.partial(_on, loop, self._reply, writer, request.id)
            self._engine.submit(request.command).add_done_callback(reply)

    def _reply(self, writer: asyncio.StreamWriter, number: int, done: Future[Outcome]) -> None:
        outcome = done.result()
        self._send(writer, write_line(Reply(number, outcome.result, outcome.refusal, outcome.sentence)))

    def _send(self, writer: asyncio.StreamWriter, line: bytes) -> None:
        if writer.is_closing():
            return
        if writer.transport.get_write_buffer_size() > _MOST_UNSENT:
            # A frozen desk must not fill this process's memory; it attaches again when it thaws.
            log.warning("a desk does not read, and is let go")
            writer.transport.abort()
            return
        writer.write(line)

    async def _end_when_idle(self) -> None:
        idle_since: float | None = None
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_LOOK_IDLE_S)
            if self._desks or self._live_calls:
                idle_since = None
            elif idle_since is None:
                idle_since = loop.time()
            elif loop.time() - idle_since >= self._idle_s:
                log.info("no desk and no call for %.0f s: the phone ends", self._idle_s)
                self._over.set()
                return

    def _write_address(self, port: int) -> None:
        fresh = self._folder / f"{ADDRESS_FILE}.new"
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps({"port": port, "token": self._token, "pid": os.getpid()}))
        fresh.replace(self._folder / ADDRESS_FILE)


def run(folder: Path, *, idle_s: float) -> int:
    """Be the phone process of `folder`; returns its exit status, 1 when another one is there and stays."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with file_lock(folder / LOCK_FILE, "being the phone of this desk", within_s=_OTHER_ENDS_S):
            asyncio.run(_serve(folder, idle_s))
    except MendableError as error:
        log.error("%s", error)  # noqa: TRY400 - a sentence for people, the traceback says nothing more
        return 1
    return 0


async def _serve(folder: Path, idle_s: float) -> None:
    from app.phone.engine import PhoneEngine

    loop = asyncio.get_running_loop()
    server = PhoneServer(folder, idle_s=idle_s)
    engine = PhoneEngine(folder, lambda event: _on(loop, server.tell, event))
    engine.start()
    try:
        await server.serve(engine)
    finally:
        await asyncio.to_thread(engine.stop)
    sys.stdout.flush()


def _on(loop: asyncio.AbstractEventLoop, what: object, *arguments: object) -> None:
    """Run `what` on the loop; events that come after its end have nobody to go to."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(what, *arguments)  # type: ignore[arg-type]
