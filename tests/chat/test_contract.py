"""What every way of an SMS promises, asked of the provider and of SIP MESSAGE through a real Asterisk."""

import contextlib
from collections.abc import AsyncIterator

import pytest

from app.domain.sms import MOST_CHARACTERS
from app.switch.instance import AsteriskInstance
from tests.chat.counter import JANE, NUMBER, Texting, hub
from tests.chat.ways import HttpWay, Way, sip_way

PIECES = "SELECT 1 FROM deliveries WHERE state = '{0}'"


@pytest.fixture(params=["http", "sip"])
async def way(request: pytest.FixtureRequest, texting: Texting) -> AsyncIterator[Way]:
    async with contextlib.AsyncExitStack() as stack:
        if request.param == "http":
            await texting.add_line()
            yield HttpWay(texting)
        else:
            instance: AsteriskInstance = request.getfixturevalue("instance")
            yield await stack.enter_async_context(sip_way(texting, instance))


@pytest.mark.row("S4-01")
@pytest.mark.row("S4-02")
async def test_a_message_becomes_a_case_and_its_answer_and_the_next_one_stay_with_it(way: Way) -> None:
    texting = way.texting
    async with hub(texting, way.switch):
        assert await way.texts("Où est mon tracteur ? 🚜")
        (entry,) = await texting.settled(1)
        await texting.sends(entry["case_id"], "Ici, à l’œil nu : « réparé » 🚜")
        await texting.until(PIECES.format("delivered"))
        (sent,) = way.sent
        assert (sent.sender, sent.to, sent.text) == (NUMBER, JANE, "Ici, à l’œil nu : « réparé » 🚜")
        assert await way.texts("Merci !")
        entries = await texting.settled(2)
    assert {one["case_id"] for one in entries} == {entry["case_id"]}
    file = await texting.vallon.as_agent("nadia").case_file(entry["case_id"])
    assert [one.body for one in file.timeline if one.channel == "sms" and one.direction == "in"] == [
        "Où est mon tracteur ? 🚜",
        "Merci !",
    ]


async def test_a_message_that_comes_twice_is_taken_once(way: Way) -> None:
    async with hub(way.texting, way.switch):
        assert await way.texts("Hello.", name="SM-twice")
        assert await way.texts("Hello.", name="SM-twice")
        assert await way.texts("And another.", name="SM-other")
        await way.texting.settled(2)
    assert await way.texting.rows("SELECT count(*) AS n FROM follow_ups WHERE channel = 'sms'") == [{"n": 2}]


@pytest.mark.parametrize("letter", ["é", "中", "x"])
async def test_the_longest_text_arrives_whole(way: Way, letter: str) -> None:
    text = " ".join([letter * 8] * 170)[:MOST_CHARACTERS]
    text = text[: {"é": MOST_CHARACTERS, "中": 670, "x": MOST_CHARACTERS}[letter]].strip()
    async with hub(way.texting, way.switch):
        assert await way.texts("Hello.")
        (entry,) = await way.texting.settled(1)
        await way.texting.sends(entry["case_id"], text)
        await way.texting.until(PIECES.format("delivered"))
    assert "".join(one.text for one in way.sent) == text


async def test_a_number_that_is_refused_is_said_and_not_tried_again(way: Way) -> None:
    async with hub(way.texting, way.switch):
        assert await way.texts("Hello.")
        (entry,) = await way.texting.settled(1)
        way.becomes(404)
        await way.texting.sends(entry["case_id"], "Hello.")
        (failed,) = await way.texting.until("SELECT reason, attempts FROM deliveries WHERE state = 'permanent'")
    assert "404" in failed["reason"]
    assert failed["attempts"] == 1


async def test_who_is_busy_gets_it_later_and_once(way: Way) -> None:
    async with hub(way.texting, way.switch):
        assert await way.texts("Hello.")
        (entry,) = await way.texting.settled(1)
        way.becomes(503)
        await way.texting.sends(entry["case_id"], "Hello.")
        await way.texting.until(PIECES.format("temporary"))
        way.becomes(200)
        await way.texting.database.write("UPDATE deliveries SET send_at = clock_timestamp() WHERE state = 'temporary'")
        await way.texting.until(PIECES.format("delivered"))
    assert [one.text for one in way.sent] == ["Hello."]


async def test_who_says_nothing_may_have_it_and_gets_it_never_again(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.switch.texts.ANSWER_S", 0.5)
    async with hub(way.texting, way.switch):
        assert await way.texts("Hello.")
        (entry,) = await way.texting.settled(1)
        way.becomes(0)
        await way.texting.sends(entry["case_id"], "Hello.")
        await way.texting.until(PIECES.format("unconfirmed"))
        way.becomes(200)
        assert await way.texts("Well?")
        await way.texting.settled(2)
        assert await way.texting.rows("SELECT state, attempts FROM deliveries") == [
            {"state": "unconfirmed", "attempts": 1}
        ]
