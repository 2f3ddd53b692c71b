"""Forms and the portal on a real server and a real database: what customers can do, and what nobody can."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from uuid import UUID, uuid4

import aiohttp
import asyncpg
import pytest

from app.domain.cases import Category
from app.domain.follow_ups import Channel, FollowUp
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.signing import sign
from app.mail.acknowledging import acknowledgement
from app.mail.portal_link import portal_link
from app.services.web_front import FILE_MOST, WebForm, WebFront
from app.store.engine import connect, open_engine
from app.store.session import Database
from app.store.web_forms import PostgresForms, PostgresWebStore
from app.store.web_portal import PostgresPortal, sweep_portal
from app.web.form_page import LEAST_S, MOST_S, TRAP, FormPage
from app.web.portal_page import SESSION, PortalPage
from tests.helpers.mail_store import hub_database, make_mailbox
from tests.helpers.organisation import Vallon
from tests.helpers.web import serving

ADDRESS = "amelie@tilleuls.example"


@dataclass
class World:
    vallon: Vallon
    hub: Database
    front: WebFront
    admin: asyncpg.Connection
    url: str
    form_key: str
    portal_key: str
    clock: list[float]

    def client(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(self.url, cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def send(self, client: aiohttp.ClientSession, **more: str) -> tuple[int, str]:
        """Fill the form in as a person does: the page first, its stamp, after a while."""
        async with client.get(f"/f/{self.form_key}?lang=en") as answer:
            stamp = re.search('name="stamp" value="([^"]+)"', await answer.text())
        assert stamp is not None
        self.clock[0] += LEAST_S
        told = {"name": "Amélie Perrin", "email": ADDRESS, "subject": "Leak", "body": "It leaks.", "stamp": stamp[1]}
        async with client.post(f"/f/{self.form_key}?lang=en", data=told | more) as answer:
            return answer.status, await answer.text()

    async def case_of(self, address: str = ADDRESS, **more: object) -> tuple[UUID, int]:
        case_id = await self.vallon.case(**more)  # type: ignore[arg-type]
        await self.admin.execute(
            "UPDATE customers SET emails = jsonb_build_array(jsonb_build_object('address', $2::text, 'label', '')) "
            "WHERE id = (SELECT customer_id FROM cases WHERE id = $1)",
            case_id, address,
        )  # fmt: skip
        return case_id, await self.admin.fetchval("SELECT number FROM cases WHERE id = $1", case_id)

    async def link(self) -> str:
        """The path of the link in the last mail that waits in the outbox."""
        blob = await self.admin.fetchval("SELECT blob_id FROM outgoing ORDER BY written_at DESC LIMIT 1")
        raw = await self.admin.fetchval("SELECT data FROM blob_chunks WHERE blob_id = $1", blob)
        text = message_from_bytes(raw, policy=default).get_content()
        found = re.search(r"http://127\.0\.0\.1:\d+(/portal/\S+)", text)
        assert found is not None
        return found[1]

    async def sign_in(self, client: aiohttp.ClientSession, address: str = ADDRESS) -> None:
        async with client.post(f"/portal/{self.portal_key}", data={"email": address}) as answer:
            assert answer.status == 200
        async with client.post(await self.link()) as answer:
            assert answer.status == 200


@pytest.fixture
async def world(vallon: Vallon, unused_tcp_port: int) -> AsyncIterator[World]:
    hub, sofia = hub_database(vallon, 4), Database(open_engine(vallon.access("sofia")))
    admin, clock = await connect(vallon.admin), [time.time()]
    await make_mailbox(vallon)
    front = WebFront(PostgresWebStore(sofia))
    types = await vallon.as_agent("camille").case_types()
    kind = next(one.id for one in types if one.enabled)
    form = WebForm(new_id(), title_en="Write to us", title_fr="Écrivez-nous", type_id=kind,
                   team_id=vallon.teams["Atelier Beaune"], sites=("https://www.vallon.example",))  # fmt: skip
    await front.save_form(form)
    settings = await front.settings()
    await front.save_settings(replace(settings, public_url=f"http://127.0.0.1:{unused_tcp_port}", portal=True))
    await admin.execute(
        "INSERT INTO fields (id, organisation_id, owner, key, label, kind, required, choices) VALUES "
        "($1, $3, 'case', 'serial', 'Serial <b>', 'text', true, '{}'), "
        "($2, $3, 'case', 'machine', 'Machine', 'pick_list', false, '{Tractor,Baler}')",
        new_id(), new_id(), vallon.organisation_id,
    )  # fmt: skip
    routes = [
        *FormPage(PostgresForms(hub, acknowledgement), clock=lambda: clock[0]).routes(),
        *PortalPage(PostgresPortal(hub, portal_link)).routes(),
    ]
    async with serving(routes, unused_tcp_port) as url:
        key = (await front.forms())[0].key
        yield World(vallon, hub, front, admin, url, key, settings.portal_key, clock)
    for one in (hub, sofia, admin):
        await one.close()


@pytest.mark.row("S3-05")
async def test_a_form_makes_customer_and_case_of_its_type_and_is_acknowledged(world: World) -> None:
    await world.admin.execute(
        "INSERT INTO email_hubs (team_id, organisation_id, auto_reply) VALUES ($1, $2, true) "
        "ON CONFLICT (team_id) DO UPDATE SET auto_reply = true",
        world.vallon.teams["Contact centre"], world.vallon.organisation_id,
    )  # fmt: skip
    async with world.client() as client:
        async with client.get(f"/f/{world.form_key}") as answer:
            text = await answer.text()
            assert '<html lang="fr">' in text
            assert "Serial &lt;b&gt;" in text
            assert "<script" not in text
            assert "frame-ancestors https://www.vallon.example" in answer.headers["Content-Security-Policy"]
        status, text = await world.send(client)
        assert status == 422, "the serial is needed"
        assert 'href="#c_serial"' in text
        assert 'value="Amélie Perrin"' in text, "nothing is typed twice"
        fields = {"c_serial": "TR-204", "c_machine": "Tractor", "phone": "06 39 98 12 34"}
        status, text = await world.send(client, **fields)
        assert status == 200
    row = await world.admin.fetchrow(
        "SELECT c.*, u.first_name, u.last_name, u.emails::text, u.phones::text, n.team_id AS speaks FROM cases c "
        "JOIN customers u ON u.id = c.customer_id JOIN numbers n ON n.id = c.number_id"
    )
    assert row is not None
    assert f"<strong>{row['number']}</strong>" in text
    assert (row["first_name"], row["last_name"], row["team_id"]) == (
        "Amélie",
        "Perrin",
        world.vallon.teams["Atelier Beaune"],
    )
    assert row["speaks"] == world.vallon.teams["Contact centre"]
    assert '"TR-204"' in row["custom"]
    assert "+33639981234" in row["phones"]
    assert await world.admin.fetchval("SELECT recipient FROM deliveries") == ADDRESS
    assert await world.admin.fetchval("SELECT count(*) FROM automation_runs WHERE case_id = $1", row["id"]) == 1
    async with world.client() as client:
        assert (await world.send(client, **fields))[0] == 200
    counts = await world.admin.fetchrow(
        "SELECT (SELECT count(*) FROM customers) AS people, (SELECT count(*) FROM cases) AS cases, "
        "(SELECT count(*) FROM deliveries) AS mails"
    )
    assert counts is not None
    assert tuple(counts) == (1, 2, 1), "she is known; one acknowledgement a day"


async def test_a_form_sent_twice_is_one_case_and_machines_make_none(world: World) -> None:
    async with world.client() as client:
        async with client.get(f"/f/{world.form_key}") as answer:
            stamp = re.search('name="stamp" value="([^"]+)"', await answer.text())
        assert stamp is not None
        told = {"name": "A B", "email": ADDRESS, "subject": "x", "body": "y", "c_serial": "1", "stamp": stamp[1]}

        async def post(**more: str) -> int:
            async with client.post(f"/f/{world.form_key}", data=told | more) as answer:
                return answer.status

        assert await post() == 422, "too fast"
        world.clock[0] += LEAST_S
        assert await post(**{TRAP: "http://spam.example"}) == 422
        assert await post(stamp=("y" if stamp[1][0] == "x" else "x") + stamp[1][1:]) == 422
        assert await post(c_machine="Ship") == 422
        assert await post(email="a@b@c", phone="call me") == 422
        found = await asyncio.gather(*(post() for _ in range(4)))
        assert found == [200] * 4
        assert await world.admin.fetchval("SELECT count(*) FROM cases") == 1
        world.clock[0] += MOST_S
        assert await post() == 422
        async with client.get("/f/abcdefghijklmnop") as answer:
            assert answer.status == 404
        async with client.post(f"/f/{world.form_key}", data=b"x" * 300_000) as answer:
            assert answer.status == 413
    nadia = Database(open_engine(world.vallon.access("nadia")))
    with pytest.raises(Refused) as refused:
        await WebFront(PostgresWebStore(nadia)).save_form((await world.front.forms())[0])
    assert refused.value.reason is Refusal.NOT_PERMITTED
    await nadia.close()


async def test_one_address_sends_so_many_and_then_waits(world: World, unused_tcp_port_factory) -> None:  # type: ignore[no-untyped-def]
    forms = PostgresForms(world.hub)
    page = FormPage(forms, a_window=2, clock=lambda: world.clock[0])
    async with serving(page.routes(), unused_tcp_port_factory()) as url, aiohttp.ClientSession(url) as client:
        found = [(await world.send(client, c_serial="1"))[0] for _ in range(3)]
    assert found == [200, 200, 429]


@pytest.mark.row("S3-04", "S4-06")
async def test_a_customer_signs_in_reads_answers_attaches_solves_and_rates(world: World) -> None:
    case_id, number = await world.case_of()
    camille = world.vallon.as_agent("camille")
    await world.admin.execute(
        "INSERT INTO follow_ups (id, case_id, channel, direction, public, body, at) VALUES "
        "($1, $3, 'email', 'out', true, 'We look <i>at it</i>', '2026-01-15T11:30Z'), "
        "($2, $3, 'note', 'none', false, 'Secret note', now())",
        new_id(), new_id(), case_id,
    )  # fmt: skip
    here = f"/portal/{world.portal_key}/{number}"
    async with world.client() as client:
        await world.sign_in(client)
        async with client.get(f"/portal/{world.portal_key}?lang=en") as answer:
            text = await answer.text()
            assert "Hydraulic leak" in text
            assert ADDRESS in text
        async with client.get(f"{here}?lang=en") as answer:
            text = await answer.text()
            assert "We look &lt;i&gt;at it&lt;/i&gt;" in text
            assert "15 Jan 2026 12:30" in text, "the organisation's clock, not the server's"
            assert "Secret note" not in text
        big = bytes(range(256)) * 4000
        form = aiohttp.FormData()
        form.add_field("body", "Here is <b>a picture</b>")
        form.add_field("files", big, filename="leak é.png", content_type="image/png")
        form.add_field("files", b"", filename="", content_type="application/octet-stream")
        async with client.post(f"{here}/answer?lang=en", data=form) as answer:
            text = await answer.text()
            assert "Your answer has arrived." in text
            assert "Here is &lt;b&gt;a picture" in text
            file = re.search(rf'href="({here}/files/[^"]+)"', text)
        assert file is not None
        async with client.get(file[1]) as answer:
            assert await answer.read() == big
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert "sandbox" in answer.headers["Content-Security-Policy"]
        sizes = [file.size for entry in (await camille.case_file(case_id)).timeline for file in entry.attachments]
        assert sizes == [len(big)]
        async with client.post(f"{here}/solve?lang=en") as answer:
            assert "we have noted" in await answer.text(), "nobody has it"
        await camille.assign_case(case_id, world.vallon.agents["camille"])
        async with client.post(f"{here}/solve?lang=en") as answer:
            assert "the case is solved" in await answer.text()
        assert (await camille.case(case_id)).category is Category.SOLVED
        async with client.post(f"{here}/rate?lang=en", data={"rating": "good", "comment": "Très bien"}) as answer:
            assert "Thank you for your answer" in await answer.text()
        assert await world.admin.fetchval("SELECT rating FROM satisfaction WHERE case_id = $1", case_id) == "good"
        async with client.post(
            f"{here}/answer", data=aiohttp.FormData({"body": "It leaks again"}, default_to_multipart=True)
        ) as answer:
            assert answer.status == 200
        assert (await camille.case(case_id)).category is Category.WAITING_AGENT, "opened again"
        await world.admin.execute("UPDATE case_types SET reopens = 'never'")
        await client.post(f"{here}/solve")
        async with client.post(
            f"{here}/answer?lang=en", data=aiohttp.FormData({"body": "And again"}, default_to_multipart=True)
        ) as answer:
            assert "goes on in this new case" in await answer.text()
            assert str(answer.url.path) != here
        assert await world.admin.fetchval("SELECT kind FROM case_links") == "continues"
        async with client.post(f"/portal/{world.portal_key}/leave") as answer:
            assert answer.status == 200
        async with client.get(here, allow_redirects=False) as answer:
            assert answer.status == 303


async def test_the_number_of_a_merged_case_leads_to_the_kept_one_if_that_is_hers(world: World) -> None:
    (kept, number), (merged, hers), (stranger, _) = [
        await world.case_of(),
        await world.case_of(),
        await world.case_of("x@y.example"),
    ]
    camille = world.vallon.as_agent("camille")
    await camille.merge_cases(kept, merged)
    async with world.client() as client:
        await world.sign_in(client)
        async with client.get(f"/portal/{world.portal_key}/{hers}") as answer:
            assert (answer.status, str(number) in await answer.text()) == (200, True)
        form = aiohttp.FormData({"body": "Again"}, default_to_multipart=True)
        async with client.post(f"/portal/{world.portal_key}/{hers}/answer", data=form) as answer:
            assert answer.status == 200
        # Closed under another record of hers, which was merged into this one.
        old, closed = await world.case_of("old@tilleuls.example")
        states = (await camille.case_types())[0].states
        await camille.assign_case(old, world.vallon.agents["camille"])
        done = replace(await camille.case(old), state_id=next(s.id for s in states if s.category is Category.CLOSED))
        await camille.update_case(done)
        await camille.merge_customers((await camille.case(kept)).customer_id, done.customer_id)
        async with client.get(f"/portal/{world.portal_key}/{closed}") as answer:
            assert answer.status == 200
        await camille.merge_cases(stranger, kept)
        async with client.get(f"/portal/{world.portal_key}/{hers}") as answer:
            assert answer.status == 404
    assert "Again" in [one.body for one in (await camille.case_file(stranger)).timeline]


async def test_a_link_works_once_in_its_browser_with_our_signature_and_for_a_while(world: World) -> None:
    await world.case_of()
    async with world.client() as client, world.client() as other:
        async with client.post(f"/portal/{world.portal_key}", data={"email": ADDRESS.upper()}) as answer:
            assert "HttpOnly" in str(answer.headers.getall("Set-Cookie"))
            assert "SameSite=Lax" in str(answer.headers.getall("Set-Cookie"))
        link = await world.link()
        async with client.get(link) as answer:
            assert answer.status == 200, "looking signs nobody in"
        async with other.post(f"/portal/{world.portal_key}", data={"email": "nobody@else.example"}):
            pass
        async with other.post(link) as answer:
            assert answer.status == 410, "another browser"
        base, _, mark = link.rpartition("/")
        for forged in (
            mark[:-1] + ("A" if mark[-1] != "A" else "B"),
            sign(b"another key", "portal", uuid4().bytes),
            "x",
        ):
            async with client.post(f"{base}/{forged}") as answer:
                assert answer.status == 410
        async with client.post(link, headers={"Sec-Fetch-Site": "cross-site"}) as answer:
            assert answer.status == 403
        async with client.post(link, allow_redirects=False) as answer:
            assert answer.status == 303
        async with client.post(link) as answer:
            assert answer.status == 410, "used"
        async with client.post(f"/portal/{world.portal_key}", data={"email": ADDRESS}):
            pass
        late = await world.link()
        await world.admin.execute("UPDATE portal_links SET expires_at = now() - interval '1 s'")
        async with client.post(late) as answer:
            assert answer.status == 410, "late"
        for _ in range(6):
            await client.post(f"/portal/{world.portal_key}", data={"email": ADDRESS})
    assert await world.admin.fetchval("SELECT count(*) FROM deliveries") == 5, "five an hour, nobody for a stranger"


async def test_nobody_sees_a_case_that_is_not_hers(world: World) -> None:
    mine, number = await world.case_of()
    theirs, other = await world.case_of("bernard@other.example")
    note = new_id()
    await world.admin.execute(
        "INSERT INTO follow_ups (id, case_id, channel, direction, public, body) "
        "VALUES ($1, $2, 'web', 'in', true, 'x')",
        note, theirs,
    )  # fmt: skip
    root = f"/portal/{world.portal_key}"
    async with world.client() as stranger:
        async with stranger.get(f"{root}/{number}", allow_redirects=False) as answer:
            assert answer.status == 303
        async with stranger.post(f"{root}/{number}/solve", allow_redirects=False) as answer:
            assert answer.headers["Location"].startswith(root + "?")
        stranger.cookie_jar.update_cookies({SESSION: "x" * 43})
        async with stranger.get(f"{root}/{number}", allow_redirects=False) as answer:
            assert answer.status == 303
    async with world.client() as client:
        await world.sign_in(client)
        for path in (
            f"{root}/{other}",
            f"{root}/{other + 1}",
            f"{root}/999999999999999",
            f"{root}/{number}/files/{uuid4()}",
        ):
            async with client.get(path) as answer:
                assert answer.status == 404, path
        form = aiohttp.FormData({"body": "x"}, default_to_multipart=True)
        for path, data in (
            (f"{root}/{other}/answer", form),
            (f"{root}/{other}/solve", None),
            (f"{root}/{other}/rate", {"rating": "bad"}),
        ):
            async with client.post(path, data=data) as answer:
                assert answer.status == 404, path
        await world.admin.execute("UPDATE cases SET visibility = 'internal' WHERE id = $1", mine)
        async with client.get(f"{root}/{number}") as answer:
            assert answer.status == 404, "internal is internal"
        await world.front.save_settings(replace(await world.front.settings(), portal=False))
        async with client.get(root) as answer:
            assert answer.status == 404, "closed"
    assert (
        await world.admin.fetchval("SELECT count(*) FROM follow_ups WHERE case_id = $1 AND id <> $2", theirs, note) == 0
    )


async def test_what_is_too_large_too_many_or_never_ends_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, number = await world.case_of()
    here = f"/portal/{world.portal_key}/{number}/answer"
    async with world.client() as client:
        await world.sign_in(client)
        before = await world.admin.fetchval("SELECT count(*) FROM blobs")

        async def endless() -> AsyncIterator[bytes]:
            yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="f"\r\n\r\n'
            for _ in range(FILE_MOST // 100_000 + 50):
                yield b"x" * 100_000

        try:
            headers = {"Content-Type": "multipart/form-data; boundary=b"}
            async with client.post(here, data=endless(), headers=headers) as answer:
                assert answer.status == 413
        except aiohttp.ClientConnectionError:
            pass  # cut off while it was still sending
        form = aiohttp.FormData({"body": "x"}, default_to_multipart=True)
        for n in range(11):
            form.add_field("files", b"y", filename=f"{n}.txt")
        async with client.post(here, data=form) as answer:
            assert answer.status == 413
        monkeypatch.setattr("app.web.uploads.PART_WITHIN_S", 0.2)

        async def slow() -> AsyncIterator[bytes]:
            yield b'--b\r\nContent-Disposition: form-data; name="body"\r\n\r\nslow'
            await asyncio.Event().wait()

        async with asyncio.timeout(10), client.post(here, data=slow(), headers=headers) as answer:
            assert answer.status == 408
        assert await world.admin.fetchval("SELECT count(*) FROM blobs") == before
        await sweep_portal(world.hub)
    assert await world.admin.fetchval("SELECT count(*) FROM portal_uploads") == 0


SCRIPT = """</textarea><script>x()</script><img src=x onerror=y()>"'>"""


async def test_script_in_every_field_stands_there_as_text(world: World) -> None:
    for sql in (
        "UPDATE organisations SET name = $1", "UPDATE teams SET name = left(name, 10) || $1, display_name = $1",
        "UPDATE web_forms SET title_en = $1, title_fr = $1, intro_en = $1, intro_fr = $1",
        "UPDATE agents SET name = $1", "UPDATE fields SET label = '<script>x()</script>' || key WHERE length($1) > 0",
        "UPDATE fields SET choices = ARRAY[$1] WHERE key = 'machine'",
    ):  # fmt: skip
        await world.admin.execute(sql, SCRIPT)
    pages: list[str] = []

    async def looked(answer: aiohttp.ClientResponse) -> str:
        pages.append(await answer.text())
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        return pages[-1]

    async with world.client() as client:
        async with client.get(f"/f/{world.form_key}?lang=en") as answer:
            await looked(answer)
        typed = dict.fromkeys(("name", "email", "phone", "subject", "body", "c_serial", "c_machine"), SCRIPT)
        status, text = await world.send(client, **typed)
        pages.append(text)
        assert status == 422
        status, text = await world.send(client, **typed | {"email": ADDRESS, "phone": ""})
        pages.append(text)
        assert status == 200
        case = await world.admin.fetchrow("SELECT id, number, subject FROM cases")
        assert case is not None
        assert case["subject"] == SCRIPT
        nadia = world.vallon.as_agent("nadia")
        said = FollowUp(new_id(), case["id"], Channel.EMAIL, SCRIPT, datetime.now(UTC), public=True)
        await nadia.insert_follow_up(replace(said, direction=type(said.direction)("out")))
        async with client.get(f"/portal/{world.portal_key}?lang=en") as answer:
            await looked(answer)
        async with client.post(f"/portal/{world.portal_key}", data={"email": SCRIPT}) as answer:
            await looked(answer)
        await world.sign_in(client)
        form = aiohttp.FormData({"body": SCRIPT}, default_to_multipart=True)
        form.add_field("files", b"x", filename=f"{SCRIPT}.txt", content_type="text/html")
        here = f"/portal/{world.portal_key}/{case['number']}"
        async with client.post(f"{here}/answer", data=form) as answer:
            await looked(answer)
        for path in (f"/portal/{world.portal_key}", here, f"{here}?told=<script>", f"{here}?lang=fr"):
            async with client.get(path) as answer:
                text = await looked(answer)
        file = await world.admin.fetchval("SELECT id FROM attachments")
        async with client.get(f"{here}/files/{file}") as answer:
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert "<" not in answer.headers["Content-Disposition"]
    for page in pages:
        assert "<script" not in page
        assert "<img" not in page
    assert text.count("&lt;script&gt;") >= 4, "subject, both entries and the file are shown"
