"""Getting started on a real database: steps that tick themselves, every way in, the organisation's own help."""

from dataclasses import replace

import pytest

from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.services.getting_started import STEPS, GettingStarted, HouseHelp
from app.services.web_api import SCOPES, ApiTokens
from app.services.web_front import WebForm, WebFront
from app.store.engine import connect, open_engine
from app.store.getting_started import PostgresStart
from app.store.session import Database
from app.store.web_api import PostgresApiTokens
from app.store.web_forms import PostgresWebStore
from tests.helpers.mail_store import HUB_ADDRESS, make_mailbox
from tests.helpers.organisation import Vallon


@pytest.mark.row("S3-09")
async def test_every_way_in_is_shown_with_its_address_and_steps_tick_themselves(vallon: Vallon) -> None:
    ada = Database(open_engine(vallon.access("ada")))
    start = GettingStarted(PostgresStart(ada))
    before = await start.read()
    assert set(before.steps) == set(STEPS)
    assert not before.steps["mailbox"]
    assert before.steps["sub_team"]
    assert {way.kind for way in before.ways} == {"phone"}
    await make_mailbox(vallon)
    front = WebFront(PostgresWebStore(ada))
    kind = next(one.id for one in await vallon.as_agent("ada").case_types() if one.enabled)
    await front.save_form(WebForm(new_id(), title_fr="Écrivez-nous", type_id=kind, team_id=vallon.teams["Location"]))
    settings = await front.settings()
    await front.save_settings(replace(settings, public_url="https://service.example.com/", portal=True))
    await ApiTokens(PostgresApiTokens(ada)).make("x", SCOPES, None)
    after = await start.read()
    assert after.steps["mailbox"]
    assert after.steps["form"]
    found = {way.kind: way.address for way in after.ways if way.kind != "phone"}
    key = (await front.forms())[0].key
    assert found == {
        "email": HUB_ADDRESS,
        "form": f"https://service.example.com/f/{key}",
        "portal": f"https://service.example.com/portal/{settings.portal_key}",
        "api": "https://service.example.com/api/v1/openapi.json",
    }
    await ada.close()


@pytest.mark.row("S4-27", "S3-46", "S1-15")
async def test_who_manages_writes_instructions_films_and_whom_to_ask_and_everybody_reads_them(vallon: Vallon) -> None:
    sofia, victor = (Database(open_engine(vallon.access(name))) for name in ("sofia", "victor"))
    writes, reads = GettingStarted(PostgresStart(sofia)), GettingStarted(PostgresStart(victor))
    told = HouseHelp("Ask for the serial number.", "Start | https://films.example.com/1\n\n", "Camille", "c@v.example")
    await writes.save(told)
    found = (await reads.read()).help
    assert (found.instructions, found.contact_name) == ("Ask for the serial number.", "Camille")
    assert found.films() == (("Start", "https://films.example.com/1"),)
    assert (await reads.read()).steps["contact"]
    with pytest.raises(Refused) as refused:
        await reads.save(found)
    assert refused.value.reason is Refusal.NOT_PERMITTED
    for wrong, reason in (
        (replace(found, videos="Start | javascript:alert(1)"), Refusal.NOT_A_URL),
        (replace(found, contact_email="nobody"), Refusal.NOT_AN_EMAIL),
    ):
        with pytest.raises(Refused) as not_so:
            await writes.save(wrong)
        assert not_so.value.reason is reason
    await writes.save(found)
    with pytest.raises(Refused) as late:
        await writes.save(found)
    assert late.value.reason is Refusal.CHANGED_MEANWHILE
    await sofia.close()
    await victor.close()


async def test_a_number_that_takes_sms_is_a_way_in(vallon: Vallon) -> None:
    ada = await connect(vallon.access("ada"))
    await ada.execute(
        "INSERT INTO sms_lines (id, organisation_id, number_id, url) "
        "SELECT $1, organisation_id, id, 'https://provider.example/' FROM numbers WHERE e164 = '+33380123450'",
        new_id(),
    )
    await ada.close()
    database = Database(open_engine(vallon.access("nadia")))
    ways = (await PostgresStart(database).start()).ways
    await database.close()
    assert ("sms", "+33380123450", "Contact centre") in {(way.kind, way.address, way.team) for way in ways}
