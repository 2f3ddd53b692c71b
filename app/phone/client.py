"""The desk's side of the phone process: starts it or finds it running, and is the `Phone` port."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import itertools
import json
import logging
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from app.domain.phone import (
    AudioCheck,
    CallState,
    DeviceChoice,
    DeviceUse,
    Header,
    PhoneCall,
    PhoneOptions,
    PhoneRefusedError,
    PhoneSnapshot,
    Refusal,
    Registration,
    RejectCause,
    SipCredentials,
)
from app.domain.phone_events import (
    CallArrived,
    CallChanged,
    DevicesChanged,
    PhoneAttached,
    PhoneLost,
    QualityMeasured,
    RegistrationChanged,
)
from app.phone import messages as say
from app.phone.codec import UnreadableError
from app.phone.messages import LINE_LIMIT, VERSION, Hello, Notice, Refused, Reply, Request, Welcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.domain.phone_events import PhoneEvent
    from app.services.phone import Listener

log = logging.getLogger(__name__)

_ADDRESS_FILE: Final = "phone.json"
_HOST: Final = "127.0.0.1"
_START_S: Final = 15.0
_LOOK_S: Final = 0.02
_ANSWER_S: Final = 10.0
_END_S: Final = 5.0
_LOG_LIMIT: Final = 2_000_000

NOTHING: Final = PhoneSnapshot(Registration(), (), (), DeviceChoice(), DeviceUse(), PhoneOptions())


class PhoneProcess:
    """The phone in a process of its own; `attach` first, then it is a `Phone`."""

    def __init__(self, folder: Path, *, idle_s: float = 60.0, python: str = sys.executable) -> None:
        self._folder = folder.absolute()
        self._idle_s = idle_s
        self._python = python
        self._snapshot = NOTHING
        self._listeners: list[Listener] = []
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Reply]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._sequence = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._standing: dict[type[say.Command], say.Command] = {}
        self.pid: int | None = None
        """The process id of the phone we are attached to."""

    @property
    def snapshot(self) -> PhoneSnapshot:
        """See `Phone.snapshot`."""
        return self._snapshot

    def listen(self, listener: Listener) -> Callable[[], None]:
        """See `Phone.listen`."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    async def attach(self) -> PhoneSnapshot:
        """Find the phone of our folder, or start one, and take over what it is doing (about 0.3 s to start).

        Raises `PhoneRefusedError` when there is none to be had; its log is `phone.log` in the folder.
        """
        if self._writer is not None:
            return self._snapshot
        if not await self._knock():
            self._release_process()
            process = self._process = self._start_process()
            deadline = asyncio.get_running_loop().time() + _START_S
            while not await self._knock():
                if process.poll() not in {None, 0} or asyncio.get_running_loop().time() > deadline:
                    raise PhoneRefusedError(Refusal.NO_PHONE, f"The phone does not start: {self._last_words()}")
                await asyncio.sleep(_LOOK_S)
        return self._snapshot

    async def revive(self) -> None:
        """Attach to a phone that died, started anew, and tell it what the dead one was told: sign-in and wishes."""
        await self.attach()
        for command in tuple(self._standing.values()):
            await self._ask(command)

    async def detach(self) -> None:
        """Leave the phone to itself: calls go on, another desk may attach."""
        if self._reading is not None:
            self._reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reading
        self._let_go("the desk left")
        self._release_process()

    async def shut_down(self) -> None:
        """End the phone with its calls."""
        if self._writer is not None:
            with contextlib.suppress(PhoneRefusedError):  # it may be gone before its answer is read
                await self._ask(say.ShutDown())
            if self._process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    await asyncio.to_thread(self._process.wait, _END_S)
            await self.detach()
        else:
            self._release_process()

    # The commands of the port

    async def register(self, credentials: SipCredentials) -> None:
        """See `Phone.register`."""
        await self._ask(say.Register(credentials))

    async def unregister(self) -> None:
        """See `Phone.unregister`."""
        await self._ask(say.Unregister())

    async def dial(self, target: str, headers: tuple[Header, ...] = ()) -> str:
        """See `Phone.dial`."""
        key = await self._ask(say.Dial(target, headers))
        assert isinstance(key, str)
        return key

    async def answer(self, key: str) -> None:
        """See `Phone.answer`."""
        await self._ask(say.Answer(key))

    async def reject(self, key: str, cause: RejectCause, reason: str = "") -> None:
        """See `Phone.reject`."""
        await self._ask(say.Reject(key, cause, reason))

    async def hang_up(self, key: str) -> None:
        """See `Phone.hang_up`."""
        await self._ask(say.HangUp(key))

    async def hold(self, key: str) -> None:
        """See `Phone.hold`."""
        await self._ask(say.Hold(key))

    async def resume(self, key: str) -> None:
        """See `Phone.resume`."""
        await self._ask(say.Resume(key))

    async def mute(self, key: str, *, muted: bool) -> None:
        """See `Phone.mute`."""
        await self._ask(say.Mute(key, muted))

    async def send_digits(self, key: str, digits: str) -> None:
        """See `Phone.send_digits`."""
        await self._ask(say.SendDigits(key, digits))

    async def choose_devices(self, choice: DeviceChoice) -> DeviceUse:
        """See `Phone.choose_devices`."""
        use = await self._ask(say.ChooseDevices(choice))
        assert isinstance(use, DeviceUse)
        return use

    async def set_options(self, options: PhoneOptions) -> None:
        """See `Phone.set_options`."""
        await self._ask(say.SetOptions(options))
        self._snapshot = dataclasses.replace(self._snapshot, options=options)

    async def watch_levels(self, *, watching: bool) -> None:
        """See `Phone.watch_levels`."""
        await self._ask(say.WatchLevels(watching))

    async def play_sample(self, *, on_ringer: bool) -> None:
        """See `Phone.play_sample`."""
        await self._ask(say.PlaySample(on_ringer))

    async def check_audio(self, target: str, seconds: float = 5.0) -> AudioCheck:
        """See `Phone.check_audio`."""
        check = await self._ask(say.CheckAudio(target, seconds), patience_s=seconds + _ANSWER_S)
        assert isinstance(check, AudioCheck)
        return check

    # Within

    async def _ask(self, command: say.Command, patience_s: float = _ANSWER_S) -> say.Result:
        if self._writer is None:
            raise PhoneRefusedError(Refusal.NO_PHONE, "The phone is not there.")
        number = next(self._numbers)
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            self._writer.write(say.write_line(Request(number, command)))
            async with asyncio.timeout(patience_s):
                reply = await answer
        except TimeoutError as error:
            raise PhoneRefusedError(Refusal.NO_PHONE, "The phone does not answer.") from error
        finally:
            self._waiting.pop(number, None)
        if reply.refusal is not None:
            raise PhoneRefusedError(reply.refusal, reply.sentence)
        if isinstance(command, say.Register | say.SetOptions | say.ChooseDevices):
            self._standing[type(command)] = command
        elif isinstance(command, say.Unregister):
            self._standing.pop(say.Register, None)
        return reply.result

    async def _knock(self) -> bool:
        """Try the address that the phone left; False when nobody is there."""
        try:
            address = json.loads((self._folder / _ADDRESS_FILE).read_text())
            reader, writer = await asyncio.open_connection(_HOST, address["port"], limit=LINE_LIMIT)
        except (OSError, ValueError, KeyError):
            return False
        try:
            writer.write(say.write_line(Hello(VERSION, address["token"], self._sequence)))
            async with asyncio.timeout(_ANSWER_S):
                welcome = say.read_from_phone(await reader.readline())
        except (OSError, TimeoutError, UnreadableError) as error:
            log.warning("the phone does not greet: %s", error)
            writer.close()
            return False
        if not isinstance(welcome, Welcome):
            writer.close()
            sentence = welcome.sentence if isinstance(welcome, Refused) else "The phone speaks out of turn."
            raise PhoneRefusedError(Refusal.NO_PHONE, sentence)
        if self.pid != welcome.pid:
            self._sequence = welcome.sequence
        self.pid, self._writer, self._snapshot = welcome.pid, writer, welcome.snapshot
        self._reading = asyncio.create_task(self._read(reader), name="phone events")
        self._tell(PhoneAttached(welcome.snapshot))
        return True

    async def _read(self, reader: asyncio.StreamReader) -> None:
        reason = "the phone closed the connection"
        try:
            while line := await reader.readline():
                self._receive(line)
        except (OSError, ValueError) as error:
            reason = str(error)
        self._let_go(reason)
        self._tell(PhoneLost(reason))

    def _receive(self, line: bytes) -> None:
        try:
            message = say.read_from_phone(line)
        except UnreadableError:
            log.exception("unreadable message of the phone: %.200s", line)
            return
        if isinstance(message, Reply):
            waiting = self._waiting.get(message.id)
            if waiting is not None and not waiting.done():
                waiting.set_result(message)
        elif isinstance(message, Notice):
            self._sequence = message.sequence
            self._snapshot = after(self._snapshot, message.event)
            self._tell(message.event)

    def _tell(self, event: PhoneEvent) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:
                log.exception("a listener of the phone failed on %s", type(event).__name__)

    def _let_go(self, reason: str) -> None:
        if self._writer is not None:
            self._writer.close()
        self._writer = None
        self._reading = None
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(Reply(0, None, Refusal.NO_PHONE, f"The phone is gone: {reason}."))

    def _release_process(self) -> None:
        if self._process is not None and self._process.poll() is None:
            # Popen complains when its child outlives it, which is what this one is for.
            self._process.returncode = 0
        self._process = None

    def _start_process(self) -> subprocess.Popen[bytes]:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        command = [
            self._python,
            "-m",
            "app.phone",
            "--folder",
            str(self._folder),
            "--idle",
            str(self._idle_s),
        ]
        log_file = self._folder / "phone.log"
        if log_file.exists() and log_file.stat().st_size > _LOG_LIMIT:
            log_file.replace(log_file.with_suffix(".old"))
        with log_file.open("ab") as output:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            return "\n".join((self._folder / "phone.log").read_text(errors="replace").splitlines()[-5:])
        return "it left no log"


def after(snapshot: PhoneSnapshot, event: PhoneEvent) -> PhoneSnapshot:
    """The state of a phone after an event; a call that ended is no longer part of it."""
    changes: dict[str, Any] = {}
    if isinstance(event, RegistrationChanged):
        changes["registration"] = event.registration
    elif isinstance(event, CallArrived | CallChanged):
        changes["calls"] = _with_call(snapshot.calls, event.call)
    elif isinstance(event, QualityMeasured):
        changes["calls"] = tuple(
            dataclasses.replace(call, quality=event.quality) if call.key == event.key else call
            for call in snapshot.calls
        )
    elif isinstance(event, DevicesChanged):
        changes.update(devices=event.devices, choice=event.choice, use=event.use)
    elif isinstance(event, PhoneLost):
        return NOTHING
    return dataclasses.replace(snapshot, **changes)


def _with_call(calls: tuple[PhoneCall, ...], changed: PhoneCall) -> tuple[PhoneCall, ...]:
    if changed.state is CallState.ENDED:
        return tuple(call for call in calls if call.key != changed.key)
    if any(call.key == changed.key for call in calls):
        return tuple(changed if call.key == changed.key else call for call in calls)
    return (*calls, changed)
