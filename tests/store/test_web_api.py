"""The API on a real server and a real database: what it does, for whom, once, and that its document is true."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.refusals import Refusal, Refused
from app.domain.shapes import read
from app.services.web_api import SCOPES, ApiTokens, digest
from app.store.engine import connect, open_engine
from app.store.session import Database
from app.store.web_api import PostgresApi, PostgresApiTokens, forget_api_answers
from app.web.api import MOST_STRANGERS, ApiRoutes
from app.web.api_operations import GIVEN, OPERATIONS, document
from tests.helpers.mail_store import hub_database
from tests.helpers.organisation import Vallon
from tests.helpers.web import conforms, serving


@dataclass
class World:
    vallon: Vallon
    hub: Database
    ada: Database
    tokens: ApiTokens
    url: str
    client: aiohttp.ClientSession
    admin: asyncpg.Connection

    async def token(self, *scopes: str, team: str | None = None) -> str:
        return await self.tokens.make("Test", scopes or SCOPES, self.vallon.teams[team] if team else None)

    async def call(self, method: str, path: str, token: str, **more: Any) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
        async with self.client.request(method, f"{self.url}/api/v1{path}", headers=headers, **more) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def world(vallon: Vallon, unused_tcp_port: int) -> AsyncIterator[World]:
    hub, ada = hub_database(vallon, 4), Database(open_engine(vallon.access("ada")))
    admin = await connect(vallon.admin)
    async with (
        serving(ApiRoutes(PostgresApi(hub), "0").routes(), unused_tcp_port) as url,
        aiohttp.ClientSession() as client,
    ):
        yield World(vallon, hub, ada, ApiTokens(PostgresApiTokens(ada)), url, client, admin)
    for one in (hub, ada, admin):
        await one.close()


@pytest.mark.row("S3-06")
async def test_a_program_makes_customer_case_and_follow_up_and_reads_them_in_pages(world: World) -> None:
    token = await world.token()
    person = {"last_name": "Perrin", "emails": ["marc@perrin.example"], "phones": ["+33639981234"]}
    status, made = await world.call("POST", "/customers", token, json=person)
    assert (status, made["emails"], made["phones"]) == (201, ["marc@perrin.example"], ["+33639981234"])
    asked = {"customer_id": made["id"], "subject": "Leak", "team": "Atelier Beaune", "tags": ["hydraulic"]}
    status, case = await world.call("POST", "/cases", token, json=asked)
    assert (status, case["team"], case["category"], case["tags"]) == (201, "Atelier Beaune", "open", ["hydraulic"])
    assert case["communication_team_id"] == str(world.vallon.teams["Contact centre"]), "of its number, as everywhere"
    for n in range(3):
        status, _ = await world.call("POST", f"/cases/{case['id']}/follow-ups", token, json={"body": f"Note {n}"})
        assert status == 201
    bodies, after = [], ""
    while True:
        _, page = await world.call("GET", f"/cases/{case['id']}/follow-ups?limit=1{after}", token)
        bodies += [one["body"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert bodies == ["Note 0", "Note 1", "Note 2"]
    change = {"version": case["version"], "priority": "high", "category": "waiting_customer"}
    status, changed = await world.call("PATCH", f"/cases/{case['id']}", token, json=change)
    assert (status, changed["priority"], changed["category"]) == (200, "high", "waiting_customer")
    status, error = await world.call("PATCH", f"/cases/{case['id']}", token, json=change)
    assert (status, error["error"]["code"]) == (409, "changed_meanwhile")
    status, error = await world.call("PATCH", f"/cases/{case['id']}", token, json={"version": 2, "category": "solved"})
    assert (status, error["error"]["code"]) == (422, "solved_needs_assignee")
    _, found = await world.call("GET", "/customers?email=MARC@perrin.example", token)
    assert [one["id"] for one in found["items"]] == [made["id"]]
    # Python knows offsets of a day, the database of sixteen hours only.
    for offset in ("Z", "%2B15:59", "-20:05"):
        status, found = await world.call("GET", f"/cases?updated_since=2026-01-01T12:00:00{offset}", token)
        assert (status, [one["id"] for one in found["items"]]) == (200, [case["id"]])
    seen = await world.vallon.as_agent("victor").case(UUID(case["id"]))
    assert seen.subject == "Leak", "the sub-team's agent has it"


@pytest.mark.row("S1-14")
async def test_an_alarm_opens_one_case_with_a_sub_team_and_comes_back_to_it(world: World) -> None:
    token = await world.token("events:write")
    alarm = {"source": "Telematics", "key": "TR-204/E31", "subject": "Oil pressure low", "team": "Atelier Beaune"}
    answers = await asyncio.gather(*(world.call("POST", "/events", token, json=alarm) for _ in range(4)))
    assert [status for status, _ in answers] == [201] * 4
    assert sum(body["opened"] for _, body in answers) == 1
    case = answers[0][1]["case"]
    assert {body["case"]["id"] for _, body in answers} == {case["id"]}
    assert (case["team"], case["communication_number"]) == ("Atelier Beaune", "+33380123450")
    entries = await world.admin.fetchval(
        "SELECT count(*) FROM follow_ups WHERE case_id = $1 AND channel = 'web' AND author_name = 'Telematics'",
        UUID(case["id"]),
    )
    assert entries == 4
    status, over = await world.call("POST", "/events", token, json=alarm | {"resolved": True, "body": "Pressure fine"})
    assert (status, over["opened"], over["case"]["id"]) == (201, False, case["id"])
    status, none = await world.call("POST", "/events", token, json=alarm | {"key": "other", "resolved": True})
    assert (status, none) == (201, {"case": None, "opened": False})
    assert (await world.call("GET", "/cases", token))[0] == 403, "no more than its scope"
    camille = world.vallon.as_agent("camille")
    assert (await camille.case(UUID(case["id"]))).subject == "Oil pressure low"


async def test_a_key_does_it_once_and_answers_the_same_again(world: World) -> None:
    token = await world.token()
    key = {"Idempotency-Key": "order-77"}
    same = [world.call("POST", "/customers", token, json={"last_name": "Once"}, headers=key) for _ in range(5)]
    answers = await asyncio.gather(*same)
    assert {status for status, _ in answers} == {201}
    assert len({body["id"] for _, body in answers}) == 1
    assert await world.admin.fetchval("SELECT count(*) FROM customers WHERE last_name = 'Once'") == 1
    status, error = await world.call("POST", "/customers", token, json={"last_name": "Other"}, headers=key)
    assert (status, error["error"]["code"]) == (409, "idempotency_key")
    other = await world.token()
    assert (await world.call("POST", "/customers", other, json={"last_name": "Other"}, headers=key))[0] == 201
    refused = {"Idempotency-Key": "wrong-1"}
    assert (await world.call("POST", "/customers", token, json={"first_name": "X"}, headers=refused))[0] == 422
    assert (await world.call("POST", "/customers", token, json={"last_name": "X"}, headers=refused))[0] == 201
    await world.admin.execute("UPDATE api_answers SET at = at - interval '2 days'")
    await forget_api_answers(world.hub)
    assert await world.admin.fetchval("SELECT count(*) FROM api_answers") == 0


async def test_a_token_reaches_its_scopes_its_team_and_its_organisation_alone(world: World) -> None:
    mine = await world.vallon.case("Contact centre")
    hers = await world.vallon.case("Sales Dijon", by="omar")
    await world.admin.execute("UPDATE cases SET visibility = 'private' WHERE id = $1", mine)
    everything, sales = await world.token(), await world.token(team="Sales Dijon")
    assert (await world.call("GET", f"/cases/{mine}", everything))[0] == 404, "private is private"
    await world.admin.execute("UPDATE cases SET visibility = 'public' WHERE id = $1", mine)
    assert (await world.call("GET", f"/cases/{mine}", everything))[0] == 200
    assert (await world.call("GET", f"/cases/{mine}", sales))[0] == 404
    assert (await world.call("GET", f"/cases/{mine}/follow-ups", sales))[0] == 404
    assert (await world.call("PATCH", f"/cases/{mine}", sales, json={"version": 1, "subject": "x"}))[0] == 404
    _, page = await world.call("GET", "/cases", sales)
    assert [one["id"] for one in page["items"]] == [str(hers)]
    assert (await world.call("GET", f"/cases/{uuid4()}", everything))[0] == 404
    reader = await world.token("cases:read")
    status, error = await world.call("POST", "/cases", reader, json={"subject": "x", "customer_id": str(uuid4())})
    assert (status, error["error"]["field"]) == (403, "cases:write")
    listed = await world.tokens.read()
    await world.tokens.revoke(next(one.id for one in listed if one.scopes == ("cases:read",)))
    assert (await world.call("GET", "/cases", reader))[0] == 401
    direct = await world.hub.rows("SELECT * FROM api_tokens") if await _may_read(world.hub) else []
    assert list(direct) == [], "the hub has tokens through the functions alone"


async def _may_read(hub: Database) -> bool:
    try:
        await hub.rows("SELECT * FROM api_tokens")
    except Refused:
        return False
    return True


async def test_only_who_manages_automations_makes_tokens_and_only_the_hash_is_kept(world: World) -> None:
    nadia = Database(open_engine(world.vallon.access("nadia")))
    with pytest.raises(Refused) as refused:
        await ApiTokens(PostgresApiTokens(nadia)).make("Mine", SCOPES, None)
    assert refused.value.reason is Refusal.NOT_PERMITTED
    assert await PostgresApiTokens(nadia).tokens() == ()
    await nadia.close()
    secret = await world.token("cases:read")
    row = await world.admin.fetchrow("SELECT t::text AS kept, hash FROM api_tokens t")
    assert row is not None
    assert secret not in row["kept"]
    assert row["hash"] == digest(secret)
    with pytest.raises(Refused):
        await world.ada.rows("SELECT hash FROM api_tokens")


async def test_what_is_no_token_json_or_method_is_told_so(world: World) -> None:
    token = await world.token()
    for wrong in ("", "x", token[:-1] + ("a" if token[-1] != "a" else "b"), "gu_" + "é" * 43):
        headers = {"Authorization": f"Bearer {wrong}".encode("utf-8", "replace").decode("latin-1")}
        async with world.client.get(f"{world.url}/api/v1/cases", headers=headers) as answer:
            assert answer.status == 401
    for body, kind, status in (
        (b"{", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"[" * 100_000, "application/json", 400),
        (b'{"last_name": NaN}', "application/json", 400),
        (b'{"last_name": "a\\u0000b"}', "application/json", 422),
        (b'{"last_name": "\\ud800"}', "application/json", 422),
        (b'{"last_name": "' + b"x" * 1_000_001 + b'"}', "application/json", 413),
        (b'{"last_name": "x", "__proto__": 1}', "application/json", 422),
        (b'{"last_name": "x", "custom": {"unknown": 1}}', "application/json", 422),
    ):
        found = await world.call("POST", "/customers", token, data=body, headers={"Content-Type": kind})
        assert found[0] == status, (body[:40], found)
    assert (await world.call("DELETE", "/customers", token))[0] == 405
    assert (await world.call("GET", "/nothing", token))[0] == 404
    assert (await world.call("GET", "/cases/1", token))[0] == 422
    assert (await world.call("GET", "/cases?limit=0", token))[0] == 422
    assert (await world.call("GET", "/cases?limit=many", token))[0] == 422


async def test_who_tries_tokens_waits_and_a_slow_body_is_cut_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.limits.read_body.__defaults__", (0.2,))
    token = await world.token()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(world.url.rpartition(":")[2]))
    writer.write(
        f"POST /api/v1/customers HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{".encode()
    )
    async with asyncio.timeout(10):
        assert b" 408 " in await reader.readline()
    writer.close()
    found = [(await world.call("GET", "/cases", "gu_" + "x" * 43))[0] for _ in range(MOST_STRANGERS + 1)]
    assert found[0] == 401
    assert found[-1] == 429
    assert (await world.call("GET", "/cases", token))[0] == 200, "who has a token is not kept waiting by others"


async def test_the_document_is_true_of_the_answers_and_of_the_scopes(world: World) -> None:
    async with world.client.get(f"{world.url}/api/v1/openapi.json") as answer:
        told = await answer.json()
    assert told == json.loads(json.dumps(document("0")))
    for one in OPERATIONS:
        assert await world.admin.fetchval("SELECT api_scope($1)", one.name) == one.scope
    token = await world.token()
    _, person = await world.call("POST", "/customers", token, json={"last_name": "Perrin"})
    _, case = await world.call(
        "POST", "/cases", token, json={"subject": "x", "customer_id": person["id"], "team": "Contact centre"}
    )
    paths = {"Case": case["id"], "Customer": person["id"], "FollowUpPage": case["id"], "FollowUp": case["id"]}
    bodies = {
        "open_case": {"subject": "y", "customer_id": person["id"], "team": "Contact centre"},
        "change_case": {"version": case["version"], "subject": "z"},
        "add_follow_up": {"body": "Said", "public": True},
        "make_customer": {"organisation": "GAEC"},
        "change_customer": {"version": person["version"], "first_name": "Marc"},
        "raise_event": {"source": "s", "key": "k", "subject": "Alarm", "team": "Contact centre"},
    }
    for one in OPERATIONS:
        more = {"json": bodies[one.name]} if one.name in bodies else {}
        status, body = await world.call(one.method, one.path.replace("{id}", str(paths.get(one.gives))), token, **more)
        assert status == one.status, (one.name, body)
        assert conforms(body, GIVEN[one.gives], dict(GIVEN)) == "", one.name


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
async def test_whatever_is_sent_is_answered_and_never_a_failure_of_ours(world: World, data: st.DataObject) -> None:
    token = getattr(world, "_token", None) or await world.token()
    world._token = token  # type: ignore[attr-defined]
    one = data.draw(st.sampled_from([each for each in OPERATIONS if each.method != "GET"]))
    body = data.draw(st.dictionaries(st.sampled_from([*one.told, "x"]), _ANY, max_size=8))
    path = one.path.replace("{id}", str(uuid4()))
    status, answer = await world.call(one.method, path, token, data=json.dumps(body).encode(),
                                      headers={"Content-Type": "application/json"})  # fmt: skip
    assert status in {200, 201, 404, 409, 422}, (one.name, body, answer)
    try:
        read(one.told, body)
    except Refused:
        assert status == 422, "what the declaration refuses, the handler refuses"
