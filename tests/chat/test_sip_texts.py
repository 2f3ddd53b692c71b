"""SIP MESSAGE alone: who may send one, what happens while no hub is there, SIPp at the other end."""

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sms import parts
from app.switch.configuration import AriAddress
from app.switch.instance import AsteriskInstance
from app.switch.text_watch import TextWatch, unpacked
from app.switch.texts import trunk_of, user_of
from tests.chat.counter import JANE, NUMBER, Texting, hub
from tests.chat.sip_operator import SILENT, SipOperator
from tests.chat.ways import SipWay, sip_way
from tests.voice.sipp import answer, expect, script

TEXT = "Le tracteur roule"
MESSAGE = f"""<send><![CDATA[
      MESSAGE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From: "Jane" <sip:{JANE}@[local_ip]>;tag=[call_number]
      To: <sip:[service]@[remote_ip]>
      Call-ID: [call_id]
      CSeq: 1 MESSAGE
      Max-Forwards: 70
      Content-Type: text/plain
      Content-Length: [len]

      {TEXT}
]]></send>
"""


@pytest.fixture
async def way(texting: Texting, instance: AsteriskInstance) -> AsyncIterator[SipWay]:
    async with sip_way(texting, instance) as made:
        yield made


@pytest.mark.row("S4-02")
async def test_only_a_configured_trunk_brings_messages(way: SipWay) -> None:
    async with hub(way.texting, way.switch), contextlib.AsyncExitStack() as stack:
        for host in ("127.0.0.3", "127.0.0.1"):  # nobody's address, and the demo's trunk
            stranger = SipOperator(host)
            await stranger.open()
            stack.callback(stranger.close)
            await stranger.text(way.address.sip_port, JANE, NUMBER, "Pay me.")
        # A number of the organisation that takes no SMS, and one that is nobody's.
        for to in ("+33380123460", "+33999999999", "s"):
            await way.operator.text(way.address.sip_port, JANE, to, "Pay me.")
        assert await way.texts("Hello.")
        await way.texting.settled(1)
    assert await way.texting.rows("SELECT body FROM follow_ups WHERE channel = 'sms'") == [{"body": "Hello."}]


async def test_the_number_may_be_written_as_people_do(way: SipWay) -> None:
    async with hub(way.texting, way.switch):
        assert await way.operator.text(way.address.sip_port, "0639981234", "0380123450", "Hello.") in {200, 202}
        (entry,) = await way.texting.settled(1)
    assert entry["sender"] == JANE


async def test_what_comes_while_no_hub_is_there_is_kept_and_taken_once(way: SipWay) -> None:
    async with hub(way.texting, way.switch):
        assert await way.texts("Hello.")
        await way.texting.settled(1)
    assert await way.texts("Are you, or « vous », there?\n, ${X} 🚜", name="again")
    async with hub(way.texting, way.switch):
        entries = await way.texting.settled(2)
    assert entries[0]["case_id"] == entries[1]["case_id"]
    said = await way.texting.rows("SELECT body FROM follow_ups WHERE channel = 'sms' ORDER BY at")
    assert [row["body"] for row in said] == ["Hello.", "Are you, or « vous », there?\n, ${X} 🚜"]


async def test_a_line_that_does_not_answer_keeps_what_is_written(way: SipWay) -> None:
    async with hub(way.texting, way.switch):
        assert await way.texts("Hello.")
        (entry,) = await way.texting.settled(1)
        way.operator.close()
        await way.texting.sends(entry["case_id"], "Hello.")
        # Asked every second, the switch needs a moment to notice; what is sent meanwhile stays unknown, never lost.
        (row,) = await way.texting.until(
            "SELECT state, reason FROM deliveries WHERE state IN ('temporary', 'unconfirmed')", most_s=45
        )
    assert row["reason"] in {"the line does not answer", "the line did not say", "408 Request Timeout"}


async def test_sipp_sends_one_and_takes_one(way: SipWay, asterisk: Path) -> None:
    way.operator.close()
    port = way.operator.port
    target = f"127.0.0.1:{way.address.sip_port}"
    async with hub(way.texting, way.switch):
        steps = MESSAGE + expect(202)
        async with script(asterisk, steps, "-s", NUMBER, "-i", "127.0.0.2", target) as sender:
            assert await sender.went_well()
        (entry,) = await way.texting.settled(1)
        # The switch asks now and then whether the line is there, and hands the message over.
        takes = '<recv request="OPTIONS|MESSAGE" regexp_match="true"/>\n' + answer("200 OK")
        async with script(asterisk, takes, "-i", "127.0.0.2", "-p", str(port), "-m", "1000"):
            await way.texting.sends(entry["case_id"], "Merci.")
            await way.texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'", most_s=20)
    (case,) = await way.texting.rows("SELECT subject FROM cases")
    assert case["subject"] == TEXT


async def test_an_answer_to_the_try_before_is_no_answer_to_this_one(way: SipWay) -> None:
    async with hub(way.texting, way.switch):
        assert await way.texts("Hello.")
        (entry,) = await way.texting.settled(1)
        way.becomes(503)
        await way.texting.sends(entry["case_id"], "Hello.")
        await way.texting.until("SELECT 1 FROM deliveries WHERE state = 'temporary'")
        way.becomes(SILENT)
        await way.texting.database.write("UPDATE deliveries SET send_at = clock_timestamp() WHERE state = 'temporary'")
        async with asyncio.timeout(8):
            while not way.sent:
                await asyncio.sleep(0.01)
        # The second try is under way when the first one is refused once more.
        way.operator.say_again()
        way.becomes(202)
        await way.texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'")
        assert await way.texting.rows("SELECT attempts FROM deliveries") == [{"attempts": 2}]
    assert [one.text for one in way.sent] == ["Hello."]


async def test_what_is_mirrored_counts_for_the_try_that_it_answers(unused_tcp_port: int) -> None:
    watch = TextWatch(AriAddress(f"http://127.0.0.1:{unused_tcp_port}/ari", "guichet", "key"))
    await watch.open()
    asks, says = mirrored("MESSAGE sip:x@h SIP/2.0", "{0}"), mirrored("SIP/2.0 {1} Said", "{0}")
    for call, status in (("first", 503), ("second", 202)):
        with watch.watch("name") as answers:
            assert answers is not None
            watch.datagram_received(asks(call, status), None)
            watch.datagram_received(says("first", 503), None)
            watch.datagram_received(says(call, status), None)
            watch.datagram_received(says("nobody's", 500), None)
            found = [answers.get_nowait()[0] for _ in range(answers.qsize())]
            assert found == ([503, 503] if call == "first" else [202])
    watch.close()


def mirrored(first: str, call: str) -> Callable[[str, int], bytes]:
    """What makes a HEP 3 packet of a SIP message of our own about a call."""

    def made(name: str, status: int) -> bytes:
        told = (first, f"Call-ID: {call}", "CSeq: 1 MESSAGE", "X-Guichet-Text: name", "", "")
        payload = "\r\n".join(told).replace("{0}", name).replace("{1}", str(status)).encode()
        parts_of = ((14, b"key"), (15, payload))
        chunks = b"".join(struct.pack("!HHH", 0, kind, len(data) + 6) + data for kind, data in parts_of)
        return b"HEP3" + struct.pack("!H", len(chunks) + 6) + chunks

    return made


@given(st.text(min_size=1, max_size=400), st.integers(min_value=8, max_value=120))
def test_parts_are_the_whole_text_and_never_too_long(text: str, most: int) -> None:
    found = parts(text, most)
    assert "".join(found) == text
    assert all(0 < len(part.encode()) <= most for part in found)


@given(st.binary(max_size=300))
def test_what_is_no_mirrored_packet_is_nothing(data: bytes) -> None:
    assert unpacked(data, b"key") is None
    assert unpacked(b"HEP3" + data, b"key") is None


def test_addresses_are_read_and_others_are_nobodys_trunk() -> None:
    assert user_of('"Jane <x>" <sip:+33639981234@1.2.3.4:5060;user=phone>;tag=1') == JANE
    assert user_of("tel:+33639981234") == JANE
    assert user_of("sip:%2B33639981234;phone-context=x@h") == JANE
    assert user_of("pjsip:line-0/sip:x@h") == "line-0/sip:x"
    assert trunk_of("agent-00000000000000000000000000000000") is None
    assert trunk_of("line-00000000000000000000000000000000") is not None
    assert trunk_of("demo") is None
