"""What a phone does when its peer falls silent, sends nonsense, or wants to send it elsewhere."""

import asyncio
import socket
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.phone import CallState, RegistrationState, SipCredentials
from app.domain.phone_events import AudioHealed, AudioOneWay, CallArrived, QualityMeasured
from app.domain.quality import QualityCause
from app.phone.client import PhoneProcess
from tests.voice.false_switch import HOST, FalseSwitch
from tests.voice.foreign import torture_messages
from tests.voice.parties import QUIET, Desk, until


@pytest.fixture
async def peer() -> AsyncIterator[FalseSwitch]:
    made = FalseSwitch()
    await made.open()
    yield made
    made.close()


@pytest.fixture
async def camille(peer: FalseSwitch, folder: Path) -> AsyncIterator[Desk]:
    desk = Desk("camille", PhoneProcess(folder, idle_s=10))
    await desk.phone.attach()
    await desk.phone.set_options(QUIET)
    await desk.phone.register(SipCredentials("camille", "any", HOST, peer.port))
    await until(
        lambda: desk.phone.snapshot.registration.state is RegistrationState.REGISTERED, "the false registration"
    )
    yield desk
    await desk.phone.shut_down()


async def talking(peer: FalseSwitch, desk: Desk) -> tuple[str, str, str]:
    """A call in progress: its SIP Call-ID, the phone's tag and the phone's key."""
    call_id = uuid.uuid4().hex
    peer.invite(call_id)
    ringing = await desk.rings()
    await desk.phone.answer(ringing.key)
    tag = await peer.acknowledge(call_id)
    await desk.reaches(ringing.key, CallState.TALKING)
    return call_id, tag, ringing.key


async def test_one_way_audio_is_found_within_two_seconds_and_healed(peer: FalseSwitch, camille: Desk) -> None:
    _, _, key = await talking(peer, camille)
    await asyncio.sleep(0.5)
    assert not camille.told(AudioOneWay)
    loop = asyncio.get_running_loop()
    peer.speaking = False
    silent_at = loop.time()
    one_way = await camille.hears_of(AudioOneWay)
    assert loop.time() - silent_at < 2.0
    assert one_way.key == key
    assert not camille.phone.snapshot.calls[0].audio_both_ways
    assert "m=audio" in await peer.answers("INVITE"), "the sound is negotiated anew"
    peer.speaking = True
    spoke_at = loop.time()
    healed = await camille.hears_of(AudioHealed)
    assert loop.time() - spoke_at < 0.6
    assert healed.after_s >= 1.0
    (call,) = camille.phone.snapshot.calls
    assert call.audio_both_ways
    assert call.state is CallState.TALKING


async def test_hold_where_the_other_side_stops_its_sound_too(peer: FalseSwitch, camille: Desk) -> None:
    _, _, key = await talking(peer, camille)
    await camille.phone.hold(key)
    await camille.reaches(key, CallState.HELD)
    await asyncio.sleep(1.5)
    assert not camille.told(AudioOneWay), "nobody expects sound from a held call"
    await camille.phone.resume(key)
    await camille.reaches(key, CallState.TALKING)
    await asyncio.sleep(1.5)
    assert not camille.told(AudioOneWay)


async def test_a_peer_that_stays_silent_is_not_pestered(peer: FalseSwitch, camille: Desk) -> None:
    peer.speaking = False
    await talking(peer, camille)
    await camille.hears_of(AudioOneWay)
    await asyncio.sleep(3)
    assert sum(message.startswith("INVITE") for message in peer.received) <= 2
    quality = (await camille.hears_of(QualityMeasured)).quality
    assert (quality.mos, quality.cause) == (1.0, QualityCause.NOTHING_RECEIVED)
    assert len(camille.told(AudioOneWay)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        "Refer-To: <sip:+33600000000@127.0.0.1>\r\n",
        "Refer-To: <sip:+33600000000@127.0.0.1>\r\nRefer-Sub: false\r\nSupported: norefersub\r\n",
        "Refer-To: <sip:+33600000000@127.0.0.1?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>\r\n",
        "Refer-To: <sip:+33600000000@127.0.0.1;method=BYE>\r\n",
        "Refer-To: <>\r\n",
        "",
    ],
)
async def test_nobody_sends_the_phone_elsewhere(peer: FalseSwitch, camille: Desk, headers: str) -> None:
    call_id, tag, key = await talking(peer, camille)
    peer.send(peer.request("REFER", call_id, 2, to_tag=tag, headers=headers))
    answer = await peer.final_answer(call_id, "REFER")
    assert answer.split()[1][0] in "456", answer.splitlines()[0]
    assert await peer.is_answered()
    (call,) = camille.phone.snapshot.calls
    assert (call.key, call.state) == (key, CallState.TALKING)


async def test_only_the_switch_makes_it_ring(peer: FalseSwitch, camille: Desk) -> None:
    assert peer.phone is not None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind((HOST, 0))
        stranger.sendto(peer.request("INVITE", "strange", 1, body=peer.sdp()).encode(), peer.phone)
        await asyncio.sleep(0.5)
    assert not camille.told(CallArrived)
    assert await peer.is_answered()


async def test_a_caller_who_gives_up_and_a_header_of_ten_thousand_letters(peer: FalseSwitch, camille: Desk) -> None:
    call_id = uuid.uuid4().hex
    peer.invite(call_id, headers=f"X-Long: {'x' * 10_000}\r\nX-Guichet-Call: not-an-id\r\n")
    ringing = await camille.rings()
    assert ringing.call_id is None
    assert all(len(header.value) <= 200 for header in ringing.headers)
    ring = peer.request("CANCEL", call_id, 1)
    invite_branch = f"branch=z9hG4bK1-{call_id}"
    cancelled = "\r\n".join(
        line if not line.startswith("Via") else f"Via: SIP/2.0/UDP {HOST}:{peer.port};{invite_branch};rport"
        for line in ring.split("\r\n")
    )
    peer.send(cancelled)
    ended = await camille.reaches(ringing.key, CallState.ENDED)
    assert ended.end is not None
    assert ended.end.code == 487


async def test_the_torture_messages_leave_no_trace(peer: FalseSwitch, camille: Desk) -> None:
    """RFC 4475: the phone stays up, answers the next OPTIONS and shows no ghost call."""
    messages = torture_messages()
    process_id = camille.phone.pid
    for name, message in messages.items():
        peer.send(message)
        assert await peer.is_answered(), name
    for call in camille.phone.snapshot.calls:
        assert call.state is CallState.INCOMING, "an INVITE may ring, it never becomes a call by itself"
        await camille.phone.hang_up(call.key)
    await until(lambda: not camille.phone.snapshot.calls, "the ghosts to go")
    assert camille.phone.pid == process_id
    _, _, key = await talking(peer, camille)
    await camille.phone.hang_up(key)
    await camille.reaches(key, CallState.ENDED)


async def test_both_sides_negotiate_anew_at_the_same_moment(peer: FalseSwitch, camille: Desk) -> None:
    """Glare (RFC 3261 §14.2): the phone refuses ours with 491 while its own is open, and the call goes on."""
    call_id, tag, key = await talking(peer, camille)
    peer.negotiating = False
    await camille.phone.hold(key)
    theirs = await peer.answers("INVITE")
    peer.send(peer.request("INVITE", call_id, 2, to_tag=tag, body=peer.sdp()))
    refusal = await peer.answers("SIP/2.0 491")
    assert "2 INVITE" in refusal
    peer.send(peer.request("ACK", call_id, 2, to_tag=tag))
    peer.negotiating = True
    peer.take(theirs)
    await camille.reaches(key, CallState.HELD)
    await camille.phone.resume(key)
    await camille.reaches(key, CallState.TALKING)


async def test_a_call_whose_other_side_is_gone_does_not_keep_the_next_one_waiting(
    peer: FalseSwitch, camille: Desk
) -> None:
    _, _, first = await talking(peer, camille)
    peer.speaking = peer.negotiating = False
    await camille.hears_of(AudioOneWay)
    negotiation = await peer.answers("INVITE")  # unanswered: no other can be sent
    _, _, second = await talking(peer, camille)
    await camille.reaches(second, CallState.TALKING)
    peer.negotiating = True
    peer.take(negotiation)
    await camille.reaches(first, CallState.HELD)
    assert camille.phone.snapshot.calls[-1].state is CallState.TALKING
