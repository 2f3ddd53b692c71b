"""The people of a test: a customer with a telephone, an agent with a phone, and the hub between them."""

import asyncio
import contextlib
import json
import os
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, TypeVar

from app.domain.phone import CallState, PhoneCall, PhoneOptions, RegistrationState, SipCredentials
from app.domain.phone_events import CallArrived, PhoneEvent
from app.phone.client import PhoneProcess
from app.switch.ari import Ari
from app.switch.ari_events import AriConnected, LegStarted, SwitchEvent
from app.switch.ari_stream import switch_events
from app.switch.instance import SwitchAddress
from app.switch.provisioning import AgentEndpoint, Provisioning, new_password
from tests.voice.hearing import AUDIBLE, Samples, heard, loudness, read_wav

T = TypeVar("T")
PATIENCE_S = 8.0
QUIET = PhoneOptions(echo_cancellation=False, ring=False)  # a noise suppressor would remove a test's tones


async def until(condition: Callable[[], T | None], what: str, within_s: float = PATIENCE_S) -> T:
    """Wait for a condition that becomes true, and return what it gave."""
    deadline = asyncio.get_running_loop().time() + within_s
    while not (found := condition()):
        assert asyncio.get_running_loop().time() < deadline, f"waited {within_s} s in vain for {what}"
        await asyncio.sleep(0.005)
    return found


class Hub:
    """The hub of a test: legs come in, the test says who is bridged with whom."""

    def __init__(self, address: SwitchAddress) -> None:
        self.ari = Ari(address.ari)
        self.address = address
        self.events: list[SwitchEvent] = []
        self.started: list[LegStarted] = []
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self._task = asyncio.create_task(self._follow())
        await self.is_connected(1)

    async def is_connected(self, times: int) -> None:
        """Wait until it has been connected so often: the switch hangs up what nobody is there for."""
        await until(lambda: sum(isinstance(e, AriConnected) for e in self.events) >= times, "the event stream", 20)

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        for leg in await self.ari.legs():
            await self.ari.hang_up(leg.id)
        for bridge in await self.ari.bridges():
            await self.ari.end_bridge(bridge.id)
        await self.ari.close()

    async def leg(self, *arguments: str, within_s: float = PATIENCE_S) -> LegStarted:
        """The next leg that enters the application with these first arguments; each is given once."""

        def find() -> LegStarted | None:
            return next((s for s in self.started if s.arguments[: len(arguments)] == arguments), None)

        found = await until(find, f"a leg with {arguments}", within_s)
        self.started.remove(found)
        return found

    async def ring(self, desk: "Desk", *, call_id: uuid.UUID | None = None, caller: str = '"A" <+33380100100>') -> str:
        """Send an INVITE to a desk; returns the leg's id."""
        leg_id = f"leg-{uuid.uuid4().hex[:8]}"
        variables = {"PJSIP_HEADER(add,X-Guichet-Call)": str(call_id)} if call_id else {}
        await self.ari.call(
            f"PJSIP/{desk.name}", leg_id=leg_id, caller=caller, arguments=("ours", leg_id), variables=variables
        )
        return leg_id

    async def put_through(self, desk: "Desk", bridge_id: str, *, call_id: uuid.UUID | None = None) -> str:
        """Ring a desk, let it answer, and join it to a bridge; returns the leg's id."""
        leg_id = await self.ring(desk, call_id=call_id)
        call = await desk.rings()
        await desk.phone.answer(call.key)
        await self.leg("ours", leg_id)
        await self.ari.make_bridge(bridge_id)
        assert await self.ari.join(bridge_id, leg_id)
        return leg_id

    async def _follow(self) -> None:
        async with contextlib.aclosing(switch_events(self.address.ari)) as events:
            async for event in events:
                self.events.append(event)
                if isinstance(event, LegStarted):
                    self.started.append(event)


class Desk:
    """An agent's phone, registered with the switch, and all it told."""

    def __init__(self, name: str, phone: PhoneProcess) -> None:
        self.name = name
        self.phone = phone
        self.events: list[PhoneEvent] = []
        phone.listen(self.events.append)

    def told(self, kind: type[T]) -> list[T]:
        return [event for event in self.events if isinstance(event, kind)]

    async def hears_of(self, kind: type[T], within_s: float = PATIENCE_S) -> T:
        """The first event of a kind, waited for."""
        return (await until(lambda: self.told(kind), kind.__name__, within_s))[0]

    async def rings(self) -> PhoneCall:
        """The call that rings, waited for."""
        call = await until(lambda: self._in(CallState.INCOMING), "a ringing call")
        assert any(arrived.call.key == call.key for arrived in self.told(CallArrived))
        return call

    async def talks(self) -> PhoneCall:
        return await until(self.talking, "a call being talked to")

    def talking(self) -> PhoneCall | None:
        """The call that is talked to now."""
        return self._in(CallState.TALKING)

    async def reaches(self, key: str, state: CallState) -> PhoneCall:
        """A call's value in a state, waited for; an ended one is no longer in the snapshot."""

        def find() -> PhoneCall | None:
            calls = [e.call for e in self.events if hasattr(e, "call") and e.call.key == key]
            return calls[-1] if calls and calls[-1].state is state else None

        return await until(find, f"a call that is {state}")

    def _in(self, state: CallState) -> PhoneCall | None:
        return next((call for call in self.phone.snapshot.calls if call.state is state), None)


@contextlib.asynccontextmanager
async def desk_of(
    hub: Hub, folder: Path, name: str, *, options: PhoneOptions = QUIET, idle_s: float = 20.0
) -> AsyncIterator[Desk]:
    """An agent whose phone is registered, ended by its own process id if need be."""
    password = new_password()
    provisioning = Provisioning(hub.ari)
    await provisioning.push_agent(AgentEndpoint(name, password, name.title()))
    phone = PhoneProcess(folder / name, idle_s=idle_s)
    desk = Desk(name, phone)
    await phone.attach()
    try:
        await phone.set_options(options)
        await phone.register(SipCredentials(name, password, hub.address.sip_host, hub.address.sip_port))
        await until(lambda: phone.snapshot.registration.state is RegistrationState.REGISTERED, f"{name}'s registration")
        yield desk
    finally:
        process_id = phone.pid
        await phone.shut_down()
        assert process_id is not None
        for _ in range(300):
            try:
                os.kill(process_id, 0)
            except ProcessLookupError:
                break
            await asyncio.sleep(0.02)
        else:
            os.kill(process_id, 9)
        await provisioning.remove_agent(name)


class Customer:
    """A telephone outside, driven over its standard input (`app.phone.customer`)."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said: list[dict[str, Any]] = []
        self._task = asyncio.create_task(self._follow())

    def do(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())

    async def says(self, within_s: float = PATIENCE_S, **wanted: object) -> dict[str, Any]:
        """The first thing said with these values, waited for and then forgotten."""

        def find() -> dict[str, Any] | None:
            return next((s for s in self.said if wanted.items() <= s.items()), None)

        found = await until(find, f"the customer to say {wanted}", within_s)
        self.said.remove(found)
        return found

    async def hears(self, tones: tuple[int, ...], seconds: float = 0.6) -> set[int]:
        """Which of the tones the customer hears now."""
        return heard(*await self._listen(seconds), tones)

    async def hears_something(self, within_s: float = PATIENCE_S) -> None:
        """Music, a prompt or somebody: what the customer hears is not silence, waited for."""
        deadline = asyncio.get_running_loop().time() + within_s
        while loudness((await self._listen(0.5))[0]) < AUDIBLE:
            assert asyncio.get_running_loop().time() < deadline, "the customer hears silence"

    async def _listen(self, seconds: float) -> tuple[Samples, int]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "heard.wav"
            self.do(f"listen {seconds} {file}")
            await self.says(heard=str(file))
            return read_wav(file)

    async def end(self) -> None:
        if self._process.returncode is None:
            self.do("end")
            try:
                async with asyncio.timeout(10):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _follow(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            if line.startswith(b"{"):  # pjsua2 says a few words of its own before it is told not to
                self.said.append(json.loads(line))


@contextlib.asynccontextmanager
async def customer_of(
    address: SwitchAddress,
    number: str,
    *,
    name: str = "Sophie Garnier",
    tone: int = 440,
    reachable: bool = False,
    codecs: str = "PCMA,PCMU,G722,opus",
) -> AsyncIterator[Customer]:
    """A customer who hums a tone; `reachable` ones sit where the demo trunk calls back to."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app.phone.customer", "--switch", f"{address.sip_host}:{address.sip_port}",
        "--number", number, "--name", name, "--codecs", codecs,
        "--port", str(address.customer_port if reachable else 0),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    customer = Customer(process)
    try:
        await customer.says(state="ready")
        customer.do(f"tone {tone}")
        yield customer
    finally:
        await customer.end()
