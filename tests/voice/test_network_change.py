"""The machine wakes up or changes its network in the middle of a call; the engine runs in the test's own process."""

import asyncio
import gc
from pathlib import Path

import pytest

from app.domain.phone import CallState, PhoneOptions, SipCredentials
from app.domain.phone_events import CallChanged, PhoneEvent, RegistrationChanged
from app.phone import messages as say
from app.phone import network
from app.phone.engine import PhoneEngine
from tests.voice.false_switch import HOST, FalseSwitch
from tests.voice.parties import until


async def test_it_registers_and_negotiates_again_within_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asleep_s = 0.0
    monkeypatch.setattr(network, "_time_asleep_s", lambda: asleep_s)
    peer = FalseSwitch()
    await peer.open()
    told: list[PhoneEvent] = []
    engine = PhoneEngine(tmp_path, told.append)
    engine.start()
    try:
        engine.submit(say.SetOptions(PhoneOptions(ring=False, echo_cancellation=False, auto_answer_s=0.0)))
        engine.submit(say.Register(SipCredentials("camille", "any", HOST, peer.port)))
        await until(lambda: peer.phone, "the registration")
        await asyncio.sleep(0.1)
        peer.invite("before-sleep")
        await peer.acknowledge("before-sleep")
        await until(
            lambda: [e for e in told if isinstance(e, CallChanged) and e.call.state is CallState.TALKING], "talk"
        )
        peer.received.clear()

        asleep_s = 600.0
        await peer.answers("REGISTER", 4)
        assert "m=audio" in await peer.answers("INVITE", 4)
        await asyncio.sleep(0.5)
        assert [e.registration.state for e in told if isinstance(e, RegistrationChanged)][-1] == "registered"
        assert not any(isinstance(e, CallChanged) and e.call.state is CallState.ENDED for e in told)
    finally:
        await asyncio.to_thread(engine.stop)
        gc.enable()  # the engine's thread had taken the collector over
        peer.close()
