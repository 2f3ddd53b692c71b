"""Satisfaction from the solved case to the answer: asked once by mail, answered on the hub's page by a signed link."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from uuid import UUID, uuid4

import aiohttp
import asyncpg
import pytest

from app.domain.cases import Category
from app.domain.refusals import Refusal, Refused
from app.domain.satisfaction import Answered, Rating, Survey, ask_of, token
from app.mail.asking import question
from app.services.satisfaction import Surveys
from app.store.engine import connect, open_engine
from app.store.satisfaction import PostgresAnswers, PostgresSurveys, ask_satisfaction
from app.store.session import Database
from app.web.satisfaction_page import MOST_A_MINUTE, SatisfactionPage
from app.web.server import serve
from tests.helpers.mail_store import hub_database, make_mailbox
from tests.helpers.organisation import Vallon
from tests.helpers.web import answer_to_slow

LINK = re.compile(r"http://127\.0\.0\.1:(\d+)(/s/[A-Za-z0-9_=-]+)\?r=(good|fair|bad)")


@dataclass
class World:
    """The organisation with a mailbox, the hub and its page."""

    vallon: Vallon
    hub: Database
    admin: asyncpg.Connection
    surveys: Surveys
    port: int

    async def solved(self, address: str = "amelie@tilleuls.example") -> UUID:
        """A case of a customer with an address, solved by Camille."""
        case_id = await self.vallon.case()
        await self.admin.execute(
            "UPDATE customers SET emails = jsonb_build_array(jsonb_build_object('address', $2::text, 'label', '')) "
            "WHERE id = (SELECT customer_id FROM cases WHERE id = $1)",
            case_id, address,
        )  # fmt: skip
        camille = self.vallon.as_agent("camille")
        await camille.assign_case(case_id, self.vallon.agents["camille"])
        case = await camille.case(case_id)
        states = next(one for one in await camille.case_types() if one.id == case.type_id).states
        await camille.update_case(
            replace(case, state_id=next(one.id for one in states if one.category is Category.SOLVED))
        )
        return case_id

    async def turn_on(self, **more: object) -> None:
        survey = Survey(enabled=True, public_url=f"http://127.0.0.1:{self.port}", after_minutes=0)
        await self.surveys.save(replace(survey, **more))  # type: ignore[arg-type]

    async def links(self) -> dict[str, str]:
        """The links of the last question that waits in the outbox."""
        row = await self.admin.fetchrow(
            "SELECT o.blob_id, d.recipient FROM outgoing o JOIN deliveries d ON d.outgoing_id = o.id "
            "ORDER BY o.written_at DESC LIMIT 1"
        )
        assert row is not None
        raw = await self.admin.fetchval("SELECT data FROM blob_chunks WHERE blob_id = $1", row["blob_id"])
        mail = message_from_bytes(raw)
        assert mail["To"] == row["recipient"]
        assert mail["Auto-Submitted"] == "auto-generated"
        plain = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
        text = plain.get_payload(decode=True).decode()  # type: ignore[union-attr]
        return {found[3]: f"http://127.0.0.1:{found[1]}{found[2]}?r={found[3]}" for found in LINK.finditer(text)}


@pytest.fixture
async def world(vallon: Vallon, unused_tcp_port: int) -> AsyncIterator[World]:
    hub = hub_database(vallon)
    await make_mailbox(vallon)
    sofia = Database(open_engine(vallon.access("sofia")))
    admin = await connect(vallon.admin)
    page = asyncio.create_task(serve(SatisfactionPage(PostgresAnswers(hub)).routes(), "127.0.0.1", unused_tcp_port))
    async with asyncio.timeout(10):
        while True:
            try:
                (await asyncio.open_connection("127.0.0.1", unused_tcp_port))[1].close()
                break
            except OSError:
                await asyncio.sleep(0)
    yield World(vallon, hub, admin, Surveys(PostgresSurveys(sofia)), unused_tcp_port)
    page.cancel()
    await asyncio.gather(page, return_exceptions=True)
    await admin.close()
    await sofia.close()
    await hub.close()


async def _ask(world: World) -> int:
    return await ask_satisfaction(world.hub, question)


@pytest.mark.row("S4-26")
async def test_a_solved_case_is_asked_about_once_and_one_click_answers(world: World) -> None:
    case_id = await world.solved()
    assert await _ask(world) == 0, "off until somebody turns it on"
    await world.turn_on()
    counts = await asyncio.gather(_ask(world), _ask(world))
    assert sum(counts) == 1, "two hubs ask once"
    links = await world.links()
    assert set(links) == {"good", "fair", "bad"}
    camille = Surveys(PostgresSurveys(Database(open_engine(world.vallon.access("camille")))))
    assert (await camille.opinion(case_id)).rating is None  # type: ignore[union-attr]
    async with aiohttp.ClientSession() as client:
        shown = await client.get(links["good"])
        text = await shown.text()
        assert shown.status == 200
        assert '<html lang="fr">' in text
        assert 'value="good" required checked' in text
        assert (await camille.opinion(case_id)).rating is None, "opening alone answers nothing"  # type: ignore[union-attr]
        kept = await client.post(links["good"].partition("?")[0], data={"rating": "good", "comment": "Très bien <b>"})
        assert kept.status == 200
        assert "done=1" in str(kept.url)
        assert "Très bien &lt;b&gt;" in await kept.text()
        english = await client.get(links["good"].partition("?")[0], params={"lang": "en"})
        assert '<html lang="en">' in await english.text()
        assert "script-src 'nonce-" in english.headers["Content-Security-Policy"]
    opinion = await camille.opinion(case_id)
    assert opinion is not None
    assert (opinion.rating, opinion.comment) == (Rating.GOOD, "Très bien <b>")
    entries = await world.admin.fetch("SELECT body FROM follow_ups WHERE case_id = $1 ORDER BY at", case_id)
    assert [row["body"] for row in entries][-2:] == ["satisfaction_asked", "satisfaction_good"]
    await camille._store._database.close()  # type: ignore[attr-defined]


async def test_a_customer_is_not_asked_again_within_the_time_between(world: World) -> None:
    await world.turn_on(days_between=30)
    first = await world.solved()
    assert await _ask(world) == 1
    second = await world.solved("amelie2@tilleuls.example")
    await world.admin.execute(
        "UPDATE cases SET customer_id = (SELECT customer_id FROM cases WHERE id = $1) WHERE id = $2", first, second
    )
    assert await _ask(world) == 0
    await world.admin.execute("UPDATE satisfaction SET asked_at = asked_at - interval '31 days'")
    assert await _ask(world) == 1
    assert await world.admin.fetchval("SELECT count(*) FROM deliveries") == 2


async def test_nobody_is_asked_too_early_or_at_an_address_that_bounces(world: World) -> None:
    await world.turn_on(after_minutes=60)
    await world.solved()
    assert await _ask(world) == 0
    await world.admin.execute("UPDATE case_measures SET solved_at = solved_at - interval '2 h'")
    await world.admin.execute(
        "INSERT INTO address_bounces (organisation_id, address, permanent) "
        "VALUES ($1, 'amelie@tilleuls.example', true)",
        world.vallon.organisation_id,
    )
    assert await _ask(world) == 0
    await world.admin.execute("DELETE FROM address_bounces")
    assert await _ask(world) == 1


async def test_a_link_expires_is_locked_after_an_hour_and_fits_no_other_question(world: World) -> None:
    await world.turn_on(days_between=0)
    await world.solved()
    assert await _ask(world) == 1
    mine = (await world.links())["bad"].partition("?")[0]
    await world.solved("other@tilleuls.example")
    assert await _ask(world) == 1
    theirs = (await world.links())["bad"].partition("?")[0]
    assert mine != theirs
    answers = PostgresAnswers(world.hub)
    forged = mine.rpartition("/")[2][:22] + theirs.rpartition("/")[2][22:]
    assert await answers.answer(forged, "bad", "") is Answered.UNKNOWN
    assert await answers.answer(mine.rpartition("/")[2], "superb", "") is Answered.UNKNOWN
    assert await answers.answer(mine.rpartition("/")[2], "bad", "slow") is Answered.KEPT
    assert await answers.answer(mine.rpartition("/")[2], "fair", "") is Answered.KEPT
    await world.admin.execute(
        "UPDATE satisfaction SET answered_at = answered_at - interval '2 h' WHERE rating = 'fair'"
    )
    assert await answers.answer(mine.rpartition("/")[2], "good", "") is Answered.ANSWERED
    await world.admin.execute("UPDATE satisfaction SET expires_at = now() - interval '1 s'")
    assert await answers.answer(theirs.rpartition("/")[2], "good", "") is Answered.EXPIRED
    async with aiohttp.ClientSession() as client:
        assert (await client.get(theirs)).status == 410
        assert (await client.post(theirs, data={"rating": "good"})).status == 410
    kept = await world.admin.fetch("SELECT rating, comment FROM satisfaction ORDER BY asked_at")
    assert [tuple(row) for row in kept] == [("fair", "slow"), (None, "")]


async def test_whoever_tries_links_waits(world: World) -> None:
    base = f"http://127.0.0.1:{world.port}/s/"
    async with aiohttp.ClientSession() as client:
        found = [(await client.get(base + token(b"wrong", uuid4()))).status for _ in range(MOST_A_MINUTE + 2)]
        assert found[0] == 404
        assert found[-1] == 429
        assert (await client.get(base + "%00%ff")).status in {404, 429}
        assert (await client.post(base + "x" * 9000, data={"rating": "good"})).status in {404, 414, 429, 400}


def test_a_token_is_read_only_with_its_key() -> None:
    ask = uuid4()
    text = token(b"one key", ask)
    assert ask_of(b"one key", text) == ask
    assert ask_of(b"another key", text) is None
    for broken in ("", "é", text[:-1], text + "A", text.swapcase()):
        assert ask_of(b"one key", broken) is None


async def test_only_who_manages_sets_the_question_up_and_an_address_is_needed(world: World) -> None:
    nadia = Database(open_engine(world.vallon.access("nadia")))
    with pytest.raises(Refused) as refused:
        await Surveys(PostgresSurveys(nadia)).save(Survey())
    assert refused.value.reason is Refusal.NOT_PERMITTED
    await nadia.close()
    with pytest.raises(Refused) as missing:
        await world.surveys.save(Survey(enabled=True))
    assert missing.value.reason is Refusal.REQUIRED
    with pytest.raises(Refused) as wrong:
        await world.surveys.save(Survey(enabled=True, public_url="http://example.com"))
    assert wrong.value.reason is Refusal.NOT_A_URL


async def test_a_body_that_stands_still_is_cut_off_and_a_database_that_is_away_is_said(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.limits.read_body.__defaults__", (0.2,))
    await world.turn_on()
    await world.solved()
    assert await _ask(world) == 1
    page = next(iter((await world.links()).values())).partition("?")[0]
    home = f"http://127.0.0.1:{world.port}"
    assert await answer_to_slow(home, page.removeprefix(home)) == 408
    async with aiohttp.ClientSession() as client:
        async with client.post(page, data={"rating": "good", "comment": "x" * 20_000}) as answer:
            assert answer.status == 413
        for method in ("GET", "POST"):
            with monkeypatch.context() as away:
                away.setattr(Database, "row", _away)
                away.setattr(Database, "one", _away)
                away.setattr(Database, "rows", _away)
                async with client.request(method, page, params={"lang": "fr"}, data={"rating": "good"}) as answer:
                    assert (answer.status, "dans quelques minutes" in await answer.text()) == (503, True)


async def _away(*_: object, **__: object) -> object:
    raise Refused(Refusal.SERVER_AWAY)
