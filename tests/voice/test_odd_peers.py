"""Peers that follow the letter of SIP, or not even that: the switch stays up and the hub learns what happened."""

import asyncio
from pathlib import Path

import pytest

from app.switch.ari_events import DialProgressed, LegDestroyed
from app.switch.instance import AsteriskInstance
from tests.voice.parties import Hub, until
from tests.voice.sipp import SDP, answer, call, expect, script, send


@pytest.mark.parametrize(
    "headers",
    [
        "Refer-To: <sip:+33600000000@127.0.0.1>",
        "Refer-To: <sip:+33600000000@127.0.0.1>\nRefer-Sub: false",
        "Refer-To: <sip:+33600000000@127.0.0.1>\nRefer-Sub: false\nSupported: norefersub\nRequire: norefersub",
        "Refer-To: <sip:+33600000000@127.0.0.1?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>\nRefer-Sub: false",
        "Refer-To: sip:%00@example.invalid\nReferred-By: <sip:>",
    ],
)
async def test_refer_is_refused_and_nothing_falls_over(
    hub: Hub, instance: AsteriskInstance, asterisk: Path, headers: str
) -> None:
    process_id = instance.pid
    steps = call() + send("REFER", 2, headers=headers) + expect(603) + send("BYE", 3) + expect(200)
    target = f"127.0.0.1:{hub.address.sip_port}"
    async with script(asterisk, steps, "-s", "+33380123450", target) as caller:
        arrived = await hub.leg("trunk")
        await hub.ari.answer(arrived.leg.id)
        assert await caller.went_well()
    assert instance.pid == process_id
    assert await hub.ari.is_up()


async def test_codecs_that_nobody_speaks_are_refused(hub: Hub, asterisk: Path) -> None:
    offer = send("INVITE", 1, sdp=SDP.format(payload=4, codec="G723/8000"), answered=False)
    steps = offer + expect(100, optional=True) + expect(488) + send("ACK", 1)
    async with script(asterisk, steps, "-s", "+33380123450", f"127.0.0.1:{hub.address.sip_port}") as caller:
        assert await caller.went_well()
    assert not hub.started


async def test_a_caller_who_vanishes_without_a_word_is_ended(hub: Hub, asterisk: Path) -> None:
    steps = call() + '<pause milliseconds="60000"/>\n'
    async with script(asterisk, steps, "-s", "+33380123450", f"127.0.0.1:{hub.address.sip_port}") as caller:
        arrived = await hub.leg("trunk")
        await hub.ari.answer(arrived.leg.id)
        await asyncio.sleep(0.5)
        caller.kill()

        def ended() -> bool:
            return any(isinstance(e, LegDestroyed) and e.leg.id == arrived.leg.id for e in hub.events)

        await until(ended, "the end of a leg without sound", 14)


@pytest.mark.parametrize(
    ("status", "cause"),
    [("486 Busy Here", 17), ("603 Decline", 21), ("404 Not Found", 1), ("503 Service Unavailable", 34)],
)
async def test_the_answers_of_those_we_call(hub: Hub, asterisk: Path, status: str, cause: int) -> None:
    steps = '<recv request="INVITE"/>\n' + answer(status) + '<recv request="ACK"/>\n'
    async with script(asterisk, steps, "-p", str(hub.address.customer_port)) as called:
        await hub.ari.call("PJSIP/+33600000000@demo", leg_id="out", arguments=("ours", "out"))
        assert await called.went_well()

        def destroyed() -> LegDestroyed | None:
            return next((e for e in hub.events if isinstance(e, LegDestroyed) and e.leg.id == "out"), None)

        assert (await until(destroyed, "the end of the call")).cause == cause


async def test_one_who_sends_us_elsewhere_is_not_followed(hub: Hub, asterisk: Path) -> None:
    moved = answer("302 Moved Temporarily", headers="Contact: <sip:+33899000000@127.0.0.1:9>")
    steps = '<recv request="INVITE"/>\n' + moved + '<recv request="ACK"/>\n'
    async with script(asterisk, steps, "-p", str(hub.address.customer_port)) as called:
        await hub.ari.call("PJSIP/+33600000000@demo", leg_id="out", arguments=("ours", "out"))
        assert await called.went_well()
    await until(lambda: any(isinstance(e, LegDestroyed) for e in hub.events), "the end of the call")
    for _ in range(50):
        if not await hub.ari.legs():
            break
        await asyncio.sleep(0.02)
    assert await hub.ari.legs() == (), "a costly number in a Contact is dialled by nobody"


async def test_sound_before_the_answer(hub: Hub, asterisk: Path) -> None:
    sdp = SDP.format(payload=8, codec="PCMA/8000")
    steps = (
        '<recv request="INVITE"/>\n' + answer("183 Session Progress", sdp=sdp) + '<pause milliseconds="300"/>\n'
        + answer("200 OK", sdp=sdp) + '<recv request="ACK"/>\n<recv request="BYE"/>\n' + answer("200 OK")
    )  # fmt: skip
    async with script(asterisk, steps, "-p", str(hub.address.customer_port)) as called:
        await hub.ari.call("PJSIP/+33600000000@demo", leg_id="out", arguments=("ours", "out"))
        await until(
            lambda: [e for e in hub.events if isinstance(e, DialProgressed) and e.status == "PROGRESS"], "early media"
        )
        await hub.leg("ours", "out")
        await hub.ari.hang_up("out")
        assert await called.went_well()


async def test_a_header_of_ten_thousand_letters_is_a_call_like_any_other(hub: Hub, asterisk: Path) -> None:
    offer = send("INVITE", 1, headers=f"X-Long: {'a' * 10_000}", sdp=SDP.format(payload=8, codec="PCMA/8000"),
                 answered=False)  # fmt: skip
    rings = expect(100, optional=True) + expect(180, optional=True) + expect(183, optional=True)
    steps = offer + rings + expect(200) + send("ACK", 1) + send("BYE", 2) + expect(200)
    async with script(asterisk, steps, "-s", "+33380123450", f"127.0.0.1:{hub.address.sip_port}") as caller:
        arrived = await hub.leg("trunk")
        await hub.ari.answer(arrived.leg.id)
        assert await caller.went_well()
    assert await hub.ari.is_up()


async def test_one_who_says_goodbye_and_hears_no_answer(hub: Hub, asterisk: Path) -> None:
    steps = call() + '<pause milliseconds="300"/>\n' + send("BYE", 2)
    async with script(asterisk, steps, "-s", "+33380123450", f"127.0.0.1:{hub.address.sip_port}") as caller:
        arrived = await hub.leg("trunk")
        await hub.ari.answer(arrived.leg.id)

        def ended() -> bool:
            return any(isinstance(e, LegDestroyed) and e.leg.id == arrived.leg.id for e in hub.events)

        await until(ended, "the end of the call")
        caller.kill()


async def test_an_answer_that_is_never_acknowledged_does_not_last(hub: Hub, asterisk: Path) -> None:
    offer = send("INVITE", 1, sdp=SDP.format(payload=8, codec="PCMA/8000"), answered=False)
    rings = expect(100, optional=True) + expect(180, optional=True) + expect(183, optional=True)
    steps = offer + rings + expect(200) + '<pause milliseconds="60000"/>\n'
    target = f"127.0.0.1:{hub.address.sip_port}"
    async with script(asterisk, steps, "-s", "+33380123450", "-default_behaviors", "none", target):
        arrived = await hub.leg("trunk")
        await hub.ari.answer(arrived.leg.id)

        def ended() -> bool:
            return any(isinstance(e, LegDestroyed) and e.leg.id == arrived.leg.id for e in hub.events)

        await until(ended, "the end of a call that nobody took up", 14)
