"""A call between the outside, the hub and a desk: answered, held, refused, dialled, ended."""

import asyncio
import uuid

from app.domain.phone import (
    CallState,
    EndedBy,
    Header,
    PhoneOptions,
    RegistrationState,
    RejectCause,
    SipCredentials,
)
from app.domain.phone_events import AudioOneWay, DigitReceived
from app.switch.ari_events import LegDestroyed, LegDigit, LegHeld
from tests.voice.conftest import MakeCustomer, MakeDesk
from tests.voice.parties import Hub, until


async def test_a_caller_is_put_through_with_the_call_named_in_a_header(
    hub: Hub, desk: MakeDesk, customer: MakeCustomer
) -> None:
    camille = await desk("camille")
    sophie = await customer("+33380221417")
    sophie.do("call +33380123450")
    arrived = await hub.leg("trunk")
    assert arrived.arguments == ("trunk", "+33380123450")
    assert (arrived.leg.caller_number, arrived.leg.caller_name) == ("+33380221417", "Sophie Garnier")

    call_id = uuid.uuid4()
    leg_id = await hub.ring(camille, call_id=call_id, caller='"Sophie Garnier" <+33380221417>')
    ringing = await camille.rings()
    assert (ringing.call_id, ringing.number, ringing.name) == (call_id, "+33380221417", "Sophie Garnier")
    await camille.phone.answer(ringing.key)
    await hub.leg("ours", leg_id)
    await hub.ari.answer(arrived.leg.id)
    await hub.ari.make_bridge("talk")
    assert await hub.ari.join("talk", arrived.leg.id, leg_id)
    await sophie.says(state="talking")
    talking = await camille.talks()
    assert talking.answered_at is not None
    assert talking.codec

    sophie.do("hang-up")
    await until(lambda: [e for e in hub.events if isinstance(e, LegDestroyed)], "the customer's leg to end")
    await hub.ari.hang_up(leg_id)
    ended = await camille.reaches(ringing.key, CallState.ENDED)
    assert ended.end is not None
    assert ended.end.by is EndedBy.THEM
    assert camille.phone.snapshot.calls == ()


async def test_a_wrong_password_is_told_and_a_right_one_heals_it(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille")
    where = (hub.address.sip_host, hub.address.sip_port)
    await camille.phone.register(SipCredentials("camille", "wrong", *where))
    failed = await until(
        lambda: r if (r := camille.phone.snapshot.registration).state is RegistrationState.FAILED else None, "a refusal"
    )
    assert failed.code in {401, 403}
    assert not any("wrong" in str(event) for event in camille.events)


async def test_dialling_reaches_the_hub_with_the_number_to_show(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille")
    call_id = uuid.uuid4()
    headers = (Header("X-Guichet-From", "+33380000000"), Header("X-Guichet-Call", str(call_id)))
    key = await camille.phone.dial("tel:+33 (3) 80 12-34.50", headers)
    leg = await hub.leg("agent")
    assert leg.arguments == ("agent", "+333801234" + "50", str(call_id), "+33380000000")
    await hub.ari.ring(leg.leg.id)
    await camille.reaches(key, CallState.ALERTING)
    await hub.ari.answer(leg.leg.id)
    await camille.reaches(key, CallState.TALKING)
    await camille.phone.hang_up(key)
    ended = await camille.reaches(key, CallState.ENDED)
    assert ended.end is not None
    assert ended.end.by is EndedBy.US


async def test_a_refused_call_tells_why(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille")
    for cause, q850 in ((RejectCause.BUSY, 17), (RejectCause.DECLINED, 21), (RejectCause.UNAVAILABLE, 19)):
        leg_id = await hub.ring(camille)
        ringing = await camille.rings()
        await camille.phone.reject(ringing.key, cause, "working on a case")

        def destroyed(leg_id: str = leg_id) -> LegDestroyed | None:
            return next((e for e in hub.events if isinstance(e, LegDestroyed) and e.leg.id == leg_id), None)

        gone = await until(destroyed, f"the leg refused as {cause}")
        assert gone.cause == q850, cause
        await camille.reaches(ringing.key, CallState.ENDED)


async def test_hold_resume_mute_and_digits(hub: Hub, desk: MakeDesk) -> None:
    camille, hugo = await desk("camille"), await desk("hugo")
    first = await hub.put_through(camille, "talk")
    await hub.put_through(hugo, "talk")
    one, other = await camille.talks(), await hugo.talks()

    await camille.phone.hold(one.key)
    await camille.reaches(one.key, CallState.HELD)
    await until(lambda: [e for e in hub.events if isinstance(e, LegHeld) and e.held and e.leg.id == first], "the hold")
    await camille.phone.resume(one.key)
    await camille.reaches(one.key, CallState.TALKING)

    await camille.phone.mute(one.key, muted=True)
    assert (await until(lambda: [c for c in camille.phone.snapshot.calls if c.muted], "the mute"))[0].key == one.key
    before = await hub.ari.rtp_statistics(first)
    await asyncio.sleep(1)
    after = await hub.ari.rtp_statistics(first)
    assert before is not None
    assert after is not None
    assert 45 <= after.received - before.received <= 55, "a muted phone goes on sending"
    await camille.phone.mute(one.key, muted=False)

    await camille.phone.send_digits(one.key, "1*9#")
    received = await until(
        lambda: d if len(d := hugo.told(DigitReceived)) == 4 else None, "the digits at the other phone"
    )
    assert [(e.key, e.digit) for e in received] == [(other.key, d) for d in "1*9#"]


async def test_keys_reach_the_hub_while_nobody_else_is_on_the_line(hub: Hub, desk: MakeDesk) -> None:
    """As in a call tree; two who talk are joined below the application, where keys go from one to the other."""
    camille = await desk("camille")
    key = await camille.phone.dial("tree")
    leg = await hub.leg("agent")
    await hub.ari.answer(leg.leg.id)
    await camille.reaches(key, CallState.TALKING)
    await camille.phone.send_digits(key, "1*9#")
    await until(
        lambda: "".join(e.digit for e in hub.events if isinstance(e, LegDigit)) == "1*9#", "the digits at the hub"
    )


async def test_a_leg_that_is_kept_waiting_is_no_broken_line(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille")
    leg_id = await hub.ring(camille)
    ringing = await camille.rings()
    await camille.phone.answer(ringing.key)
    await hub.leg("ours", leg_id)
    assert await hub.ari.play_silence(leg_id)
    await asyncio.sleep(2)
    assert not camille.told(AudioOneWay)
    assert await hub.ari.play_silence(leg_id, playing=False)
    await camille.hears_of(AudioOneWay)


async def test_a_second_call_holds_the_first(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille")
    await hub.put_through(camille, "one")
    first = await camille.talks()
    await hub.ring(camille, caller='"B" <+33380100200>')
    second = await camille.rings()
    assert second.key != first.key
    await camille.phone.answer(second.key)
    await camille.reaches(second.key, CallState.TALKING)
    await camille.reaches(first.key, CallState.HELD)
    await camille.phone.resume(first.key)
    await camille.reaches(first.key, CallState.TALKING)
    await camille.reaches(second.key, CallState.HELD)


async def test_auto_answer_by_setting_and_by_the_hub(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille", options=PhoneOptions(auto_answer_s=0.3, ring=False))
    await hub.ring(camille)
    await camille.talks()

    hugo = await desk("hugo")
    await hub.ari.call(
        "PJSIP/hugo", leg_id="asked", arguments=("ours", "asked"),
        variables={"PJSIP_HEADER(add,X-Guichet-Answer)": "auto"},
    )  # fmt: skip
    await hub.leg("ours", "asked", within_s=1)
    await hugo.talks()


async def test_an_anonymous_caller_and_a_very_long_name(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille")
    await hub.ring(camille, caller="<anonymous>")
    nobody = await camille.rings()
    assert nobody.number == "anonymous"
    await camille.phone.hang_up(nobody.key)
    await camille.reaches(nobody.key, CallState.ENDED)
    await hub.ring(camille, caller=f'"{"é" * 2000}" <+33380100300>')
    somebody = await camille.rings()
    assert somebody.number == "+33380100300"
    assert len(somebody.name) <= 200


async def test_the_check_before_available(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille")
    check = await camille.phone.check_audio("echo", 1.5)
    assert check.passed, check.sentence
    assert check.sent >= 70
    assert check.returned >= 0.95 * check.sent
    assert check.returned_after_ms is not None
    assert check.returned_after_ms < 150
    absent = await camille.phone.check_audio("nobody-there", 1)
    assert not absent.passed
    assert absent.sentence
    assert not camille.phone.snapshot.calls, "the check is no call of the agent's"
