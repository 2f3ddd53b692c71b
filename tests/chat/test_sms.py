"""An SMS from the provider's web hook to a case and back: the hub's workers on PostgreSQL and a provider's double."""

import asyncio

import asyncpg
import pytest

from app.chat.provider_double import a_message, call
from app.domain.composing import Ending
from app.domain.refusals import Refusal, Refused
from app.domain.sms import hook_signature
from app.store.engine import connect
from tests.chat.counter import JANE, NUMBER, SECRET, Texting, hub
from tests.helpers.web import answer_to_slow


@pytest.mark.row("S4-01")
@pytest.mark.row("S4-02")
async def test_an_sms_becomes_a_case_its_answer_leaves_by_sms_and_the_next_one_comes_back_to_it(
    texting: Texting,
) -> None:
    await texting.add_line()
    async with hub(texting):
        assert await texting.texts("My tractor does not start.") == 200
        (entry,) = await texting.settled(1)
        file = await texting.vallon.as_agent("nadia").case_file(entry["case_id"])
        assert (entry["fate"], file.case.subject) == ("case", "My tractor does not start.")
        assert [one.e164 for one in file.customer.phones] == [JANE]
        assert file.customer.preferred_channel == "sms"
        assert [(one.channel, one.body) for one in file.timeline if one.channel != "system"] == [
            ("sms", "My tractor does not start.")
        ]
        await texting.sends(entry["case_id"], "We are coming.")
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered' AND reason = 'received'")
        (sent,) = texting.provider.sent
        assert (sent.sender, sent.to, sent.text) == (NUMBER, JANE, "We are coming.")
        assert await texting.texts("Thank you.") == 200
        entries = await texting.settled(2)
    assert (entries[1]["fate"], entries[1]["case_id"]) == ("follow_up", entry["case_id"])
    (case,) = await texting.rows("SELECT category, assignee_id FROM cases")
    assert case == {"category": "waiting_agent", "assignee_id": texting.vallon.agents["nadia"]}


@pytest.mark.row("S4-05")
@pytest.mark.row("S4-07")
async def test_sent_and_solved_leaves_the_open_view_and_her_next_message_opens_it_again(texting: Texting) -> None:
    await texting.add_line()
    async with hub(texting):
        await texting.texts("Where is my part?")
        (entry,) = await texting.settled(1)
        await texting.sends(entry["case_id"], "It is here.", ending=Ending.SOLVE)
        assert await texting.rows("SELECT category FROM cases") == [{"category": "solved"}]
        await texting.texts("It is the wrong one!")
        entries = await texting.settled(2)
    assert [one["case_id"] for one in entries] == [entry["case_id"]] * 2
    (case,) = await texting.rows("SELECT category FROM cases")
    assert case["category"] in {"waiting_agent", "open"}


async def test_who_answers_on_a_merged_case_reaches_the_kept_one(texting: Texting) -> None:
    await texting.add_line()
    async with hub(texting):
        await texting.texts("Where is my part?")
        (entry,) = await texting.settled(1)
        kept = await texting.vallon.case()
        await texting.vallon.as_agent("camille").merge_cases(kept, entry["case_id"])
        await texting.sends(kept, "It is here.")
        await texting.texts("I am coming.")
        entries = await texting.settled(2)
    assert (entries[1]["fate"], entries[1]["case_id"]) == ("follow_up", kept)
    bodies = [one.body for one in (await texting.vallon.as_agent("nadia").case_file(kept)).timeline]
    assert [body for body in bodies if body != "merged"] == ["Where is my part?", "It is here.", "I am coming."]


@pytest.mark.row("S1-25")
async def test_a_case_that_was_handed_to_a_sub_team_keeps_its_number_and_its_thread(texting: Texting) -> None:
    await texting.add_line()
    async with hub(texting):
        await texting.texts("The brake squeals.")
        (entry,) = await texting.settled(1)
        camille = await connect(texting.vallon.access("camille"))
        workshop = texting.vallon.teams["Atelier Beaune"]
        await camille.execute("SELECT hand_over_case($1, $2, '')", entry["case_id"], workshop)
        await camille.close()
        await texting.sends(entry["case_id"], "Come at nine.", by="julie")
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'")
        assert texting.provider.sent[0].sender == NUMBER
        await texting.texts("I will.")
        entries = await texting.settled(2)
    assert entries[1]["case_id"] == entry["case_id"]
    assert (await texting.rows("SELECT team_id FROM cases")) == [{"team_id": workshop}]


@pytest.mark.row("S1-28")
async def test_no_message_comes_to_a_sub_team_whoever_writes_the_row(texting: Texting) -> None:
    await texting.add_line()
    with pytest.raises(Refused) as refused:
        await texting.database.write(
            "INSERT INTO incoming (id, organisation_id, line_id, team_id, channel, external_id, content_sha256, "
            "blob_id) "
            "SELECT id, organisation_id, id, :team, 'sms', 'x', repeat('0', 64), id FROM sms_lines",
            team=texting.vallon.teams["Atelier Beaune"],
        )
    assert refused.value.reason is Refusal.SUB_TEAM_GETS_NO_MESSAGES


async def test_stop_is_honoured_for_ever_and_start_takes_it_back(texting: Texting) -> None:
    await texting.add_line()
    async with hub(texting):
        await texting.texts("Arrêt")
        (first,) = await texting.settled(1)
        assert (first["fate"], first["reason"], await texting.rows("SELECT 1 FROM cases")) == ("ignored", "stop", [])
        await texting.texts("But I have a question.")
        entry = (await texting.settled(2))[1]
        with pytest.raises(Refused) as refused:
            await texting.sends(entry["case_id"], "Yes?")
        assert refused.value.reason is Refusal.STOPPED_SMS
        await texting.texts("START")
        await texting.settled(3)
        await texting.sends(entry["case_id"], "Yes?")
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'")
        assert [one.text for one in texting.provider.sent] == ["Yes?"]


async def test_what_waits_when_she_writes_stop_is_taken_back(texting: Texting) -> None:
    await texting.add_line()
    texting.provider.fails_with = 503
    async with hub(texting):
        await texting.texts("Hello?")
        (entry,) = await texting.settled(1)
        await texting.sends(entry["case_id"], "Hello.")
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'temporary'")
        await texting.texts("STOP")
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'withdrawn'")
    assert texting.provider.sent == []


async def test_forged_calls_are_refused_and_one_that_comes_again_does_nothing(texting: Texting) -> None:
    await texting.add_line()
    async with hub(texting):
        message = a_message(JANE, NUMBER, "Hello.", "SM1")
        signature = hook_signature(SECRET, texting.hook, message)
        assert await call("another secret", texting.hook, message) == 403
        assert await call(SECRET, texting.hook, message | {"Body": "Pay me."}, signature) == 403
        assert await call(SECRET, texting.hook.replace(str(texting.line), str(texting.line)[::-1]), message) == 403
        assert await call(SECRET, texting.hook, message) == 200
        # The same signature under another address of the same hub.
        assert await call(SECRET, texting.hook.replace("/in", f"/status/{texting.line}"), message, signature) == 403
        assert await call(SECRET, texting.hook, message, signature) == 200
        await texting.settled(1)
        assert len(await texting.rows("SELECT 1 FROM incoming")) == 1
        assert len(await texting.rows("SELECT 1 FROM follow_ups WHERE channel = 'sms'")) == 1


async def test_a_slow_or_endless_call_is_cut_off_before_anything_is_asked(
    texting: Texting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.limits.read_body.__defaults__", (0.2,))
    line = await texting.add_line()
    url = f"http://127.0.0.1:{texting.port}"
    async with hub(texting):
        for path in (f"/sms/{line}/in", f"/sms/{line}/status/{line}", f"/sms/{texting.vallon.organisation_id}/in"):
            assert await answer_to_slow(url, path) == 408
        assert await call(SECRET, texting.hook, a_message(JANE, NUMBER, "x" * 20_000)) == 413
        assert await call(SECRET, texting.hook, {f"f{n}": "x" for n in range(400)}) == 400
        assert await texting.texts("Hello.") == 200
    assert len(await texting.rows("SELECT 1 FROM incoming")) == 1


async def test_what_the_provider_tells_later_counts_and_never_goes_backwards(texting: Texting) -> None:
    await texting.add_line()
    case = await texting.vallon.case()
    (customer,) = await texting.rows("SELECT phones -> 0 ->> 'e164' AS number FROM customers")
    async with hub(texting):
        message = await texting.sends(case, "Hello.", customer["number"])
        await texting.until("SELECT 1 FROM deliveries WHERE reason = 'received'")
        told = f"{texting.hook.removesuffix('/in')}/status/{message}"
        assert (
            await call(SECRET, told, {"MessageSid": "x", "MessageStatus": "undelivered", "ErrorCode": "30003"}) == 204
        )
        assert await texting.rows("SELECT state, reason FROM deliveries") == [
            {"state": "permanent", "reason": "undelivered 30003"}
        ]
        assert await call(SECRET, told, {"MessageSid": "x", "MessageStatus": "delivered"}) == 204
        assert await texting.rows("SELECT state FROM deliveries") == [{"state": "permanent"}]
        assert await call(SECRET, told.replace(str(message), str(texting.line)), {"MessageStatus": "delivered"}) == 404


async def test_who_may_send_what(texting: Texting) -> None:
    await texting.add_line()
    case = await texting.vallon.case()
    with pytest.raises(Refused) as refused:
        await texting.sends(case, "Hello.", "+33600000000")  # nobody of this case
    assert refused.value.reason is Refusal.NOT_FOUND
    nadia = await connect(texting.vallon.access("nadia"))
    for sql in ("SELECT secret FROM sms_lines", "DELETE FROM sms_lines", "DELETE FROM sms_stops"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await nadia.execute(sql)
    await nadia.close()


async def test_an_unknown_writer_is_answered_once_a_day(texting: Texting) -> None:
    await texting.add_line(auto_reply=True, reply_fr="Dossier {number}. Merci.", reply_en="Case {number}.")
    async with hub(texting):
        await texting.texts("Hello.")
        await texting.settled(1)
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'")
        await texting.texts("Anybody?")
        await texting.settled(2)
        await asyncio.gather(*(texting.texts("x", f"+3363998{n:04}") for n in range(1, 4)))
        await texting.settled(5)
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'", 4)
    assert [one.to for one in texting.provider.sent].count(JANE) == 1
    (number,) = (one["number"] for one in await texting.rows("SELECT number FROM cases ORDER BY number LIMIT 1"))
    assert texting.provider.sent[0].text == f"Dossier {number}. Merci."
