"""The test buttons of Getting started on a real hub, provider, pages: each says what is wrong, or that all is well."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import web

from app.bootstrap.desk_pages import WebPagesThere
from app.desk.way_trials import Trial, WayTrials
from app.domain.ids import new_id
from app.services.getting_started import Way
from app.services.messages import Messages
from app.services.routing import RoutingSetup, TrunkLine
from app.store.messages import PostgresMessages
from app.store.routing import PostgresRouting
from tests.chat.counter import NUMBER, Texting, hub
from tests.helpers.organisation import Vallon
from tests.helpers.web import serving
from tests.store.test_routing_setup import _schedule

PHONE = Way("phone", NUMBER, "Contact centre")
SMS = Way("sms", NUMBER, "Contact centre")
TUESDAY_TEN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@contextlib.asynccontextmanager
async def trying(texting: Texting, by: str = "sofia", patience_s: float = 8) -> AsyncIterator[WayTrials]:
    """What Getting started of somebody tries with; a hub that is not there is waited for as long."""
    desk = texting.as_agent(by)
    routing, messages = RoutingSetup(PostgresRouting(desk)), Messages(PostgresMessages(desk))
    trials = WayTrials(None, routing, messages, WebPagesThere(), lambda: TUESDAY_TEN, patience_s)
    yield trials
    await trials.close()


async def tried(trials: WayTrials, way: Way) -> Trial:
    trials.test(way)
    assert trials.state.found[way.kind, way.address] is None, "it says that it is being made"
    await trials.work.settle()
    found = trials.state.found[way.kind, way.address]
    assert found is not None
    return found


@pytest.mark.row("S3-09")
async def test_a_number_with_sms_says_what_is_wrong_with_its_provider(texting: Texting) -> None:
    async with trying(texting) as trials:
        assert "takes no SMS" in (await tried(trials, SMS)).said.text
        line = await texting.add_line(hooks_at="")
        async with trying(texting, patience_s=0.5) as short:
            assert "hub has not answered" in (await tried(short, SMS)).said.text
        async with hub(texting):
            found = await tried(trials, SMS)
            assert (found.good, "none comes in" in found.said.text) == (False, True)
            await texting.database.write(
                "UPDATE sms_lines SET hooks_at = 'https://hub.example' WHERE id = :id", id=line
            )
            assert (await tried(trials, SMS)).good
            # What the hub knows of a line is a second old.
            await texting.database.write("UPDATE sms_lines SET secret = 'wrong' WHERE id = :id", id=line)
            await texting.until("SELECT pg_sleep(1.1)")
            found = await tried(trials, SMS)
            assert ("refuses the account" in found.said.text, found.word) == (True, "HTTP 401 Authenticate")
            await texting.provider.close()
            found = await tried(trials, SMS)
            assert ("does not answer" in found.said.text, bool(found.word)) == (True, True)
        assert texting.provider.sent == [], "nothing was sent"


@pytest.mark.row("S3-09")
async def test_a_number_says_whether_calls_come_in_and_where_they_go(texting: Texting, vallon: Vallon) -> None:
    async with trying(texting, patience_s=0.5) as trials:
        found = await tried(trials, PHONE)
        assert (found.good, "add one under Trunks" in found.said.text) == (False, True)
        unknown = await tried(trials, Way("phone", "+33199001234"))
        assert not unknown.good
        routing = RoutingSetup(PostgresRouting(texting.as_agent("sofia")))
        await routing.save_trunk(TrunkLine(new_id(), "operator", "sip.example"))
        assert "hub has not answered" in (await tried(trials, PHONE)).said.text
    (trunk,) = await routing.trunks()
    await routing.save_schedule(_schedule(vallon, "Week"))
    looked = "UPDATE trunks SET state = :state, looked_at = clock_timestamp() WHERE id = :id"
    for state, good, words in (("unreachable", False, "No line works"), ("registered", True, "A call now goes to")):
        async with trying(texting) as trials:
            trials.test(PHONE)
            await texting.until("SELECT pg_sleep(0.2)")
            await texting.database.write(looked, state=state, id=trunk.id)  # as the hub does when it is asked
            await trials.work.settle()
            said = trials.state.found["phone", NUMBER]
            assert said is not None
            assert (said.good, words in said.said.text) == (good, True), said
            assert said.said.details.get("who", "Contact centre") == "Contact centre"


@pytest.mark.row("S3-09")
async def test_a_page_is_opened_when_it_is_there_and_what_is_wrong_is_said_when_it_is_not(
    texting: Texting, unused_tcp_port: int
) -> None:
    async def there(_: web.Request) -> web.Response:
        return web.Response(text="here")

    opened: list[str] = []
    async with trying(texting) as trials:
        trials.opens = opened.append
        assert "no address yet" in (await tried(trials, Way("form", ""))).said.text
        async with serving([web.get("/f/abc", there)], unused_tcp_port) as url:
            assert (await tried(trials, Way("form", f"{url}/f/abc"))).good
            gone = await tried(trials, Way("form", f"{url}/f/other"))
        assert opened == [f"{url}/f/abc"]
        assert (gone.good, gone.word) == (False, "HTTP 404")
        away = await tried(trials, Way("portal", f"{url}/portal/x"))
        assert "refused" in away.word
        assert not (await tried(trials, Way("chat", "file:///etc/passwd"))).good
    assert len(opened) == 1


async def test_who_may_not_have_lines_looked_at_is_told_so(texting: Texting) -> None:
    await RoutingSetup(PostgresRouting(texting.as_agent("sofia"))).save_trunk(
        TrunkLine(new_id(), "operator", "a.example")
    )
    async with trying(texting, by="nadia") as trials:
        found = await tried(trials, PHONE)
        assert (found.good, found.said.context) == (False, "Refusal")
