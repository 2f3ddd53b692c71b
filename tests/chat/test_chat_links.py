"""The link to an open case's chat: given out by the portal and by what we write, believed as far as we signed it."""

import re
import secrets
import time
from email import message_from_bytes
from email.policy import default
from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import aiohttp
import pytest

from app.desk.canned import _values
from app.domain.signing import stamp
from app.domain.templating import fill_in
from app.services.web_api import digest
from app.store import web_chat
from app.store.engine import connect
from app.web.chat_talk import CASE_PURPOSE
from app.web.portal_page import SESSION
from tests.chat.visitor import EMAIL, ChatWorld, Visitor, chat_hub
from tests.helpers.mail_store import make_mailbox


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a widget and its hours are is asked each time."""
    monkeypatch.setattr(web_chat, "KEPT_S", 0)
    monkeypatch.setattr(web_chat, "OPEN_KEPT_S", 0)


async def case_of(world: ChatWorld, email: str = EMAIL, **more: object) -> tuple[UUID, int]:
    """An open case of who has this address."""
    case_id = await world.vallon.case(**more)  # type: ignore[arg-type]
    (row,) = await world.rows(
        "UPDATE customers SET emails = jsonb_build_array(jsonb_build_object('address', $2::text, 'label', '')) "
        "WHERE id = (SELECT customer_id FROM cases WHERE id = $1) RETURNING (SELECT number FROM cases WHERE id = $1)",
        case_id, email,
    )  # fmt: skip
    return case_id, row["number"]


async def open_portal(world: ChatWorld, email: str = EMAIL) -> tuple[str, str]:
    """The portal's path, and the cookie of somebody who is signed in to it."""
    await world.rows("UPDATE web_settings SET portal = true, public_url = $1", f"http://127.0.0.1:{world.port}")
    session = secrets.token_urlsafe(32)
    await world.rows(
        "INSERT INTO portal_sessions (hash, organisation_id, address) VALUES ($1, $2, $3)",
        digest(session), world.vallon.organisation_id, email,
    )  # fmt: skip
    (row,) = await world.rows("SELECT portal_key FROM web_settings")
    return f"/portal/{row['portal_key']}", session


async def shown(world: ChatWorld, path: str, session: str, language: str = "en") -> tuple[int, str]:
    """A page of the portal, and where it leads to a chat."""
    async with (
        aiohttp.ClientSession(world.url, cookies={SESSION: session}) as client,
        client.get(f"{path}?lang={language}", allow_redirects=False) as answer,
    ):
        found = re.search(r'href="(/chat/[^"]+)"', await answer.text())
        return answer.status, unescape(found[1]) if found else ""


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["case"][0]


async def begun_about(world: ChatWorld, token: str, key: str = "") -> UUID:
    """The case that a chat with this token is about."""
    async with Visitor(world.url, key or world.key) as page:
        await page.hello(case=token)
        begun = await page.begin("Du nouveau ?", case=token, email="whoever@visitor.example")
        (chat,) = await world.rows("SELECT case_id FROM chats WHERE id = $1::uuid", begun["id"])
        found: UUID = chat["case_id"]
        return found


@pytest.mark.row("S5-04")
async def test_the_portal_leads_to_the_chat_of_the_case_while_somebody_is_there(chatting: ChatWorld) -> None:
    case_id, number = await case_of(chatting)
    async with chat_hub(chatting) as world:
        root, session = await open_portal(world)
        here = f"{root}/{number}"
        status, link = await shown(world, here, session)
        assert (status, urlsplit(link).path) == (200, f"/chat/{world.key}")
        async with aiohttp.ClientSession(world.url) as client, client.get(link) as answer:
            assert f'data-case="{token_of(link)}"' in await answer.text()
        async with Visitor(world.url, world.key) as page:
            assert (await page.hello(case=token_of(link)))["case"] is True
        assert await begun_about(world, token_of(link)) == case_id
        # Signed in as somebody else, or not at all: no page, no link.
        _, other = await open_portal(world, "somebody@else.example")
        assert await shown(world, here, other) == (404, "")
        assert await shown(world, here, "x" * 43) == (303, "")
        # Nobody there, no chat at this team, a case that is over.
        team = world.vallon.teams["Contact centre"]
        closed = (
            "INSERT INTO team_voice (team_id, organisation_id, closed_now) VALUES ($1, $2, $3) "
            "ON CONFLICT (team_id) DO UPDATE SET closed_now = $3"
        )
        await world.rows(closed, team, world.vallon.organisation_id, True)
        assert await shown(world, here, session) == (200, "")
        await world.rows(closed, team, world.vallon.organisation_id, False)
        assert (await shown(world, here, session, "fr"))[1].endswith("&lang=fr")
        await world.rows("UPDATE chat_widgets SET active = false")
        assert await shown(world, here, session) == (200, "")
        await world.rows("UPDATE chat_widgets SET active = true")
        await world.rows(
            "UPDATE cases SET assignee_id = $2, state_id = first_state(type_id, 'solved') WHERE id = $1",
            case_id, world.vallon.agents["nadia"],
        )  # fmt: skip
        assert await shown(world, here, session) == (200, "")
        _, elsewhere = await case_of(world, team="Sales Dijon", by="omar")
        assert await shown(world, f"{root}/{elsewhere}", session) == (200, "")


async def test_a_link_that_is_forged_over_or_another_widgets_is_about_nothing(chatting: ChatWorld) -> None:
    case_id, _ = await case_of(chatting)
    ours = chatting.key
    (widget,) = await chatting.rows("SELECT id FROM chat_widgets")
    (key,) = await chatting.rows("SELECT key FROM signing_keys WHERE name = 'web'")
    now = int(time.time())
    (made,) = await chatting.rows(
        "SELECT chat_token($1, $2, to_timestamp($3)) AS good, chat_token($1, $2, to_timestamp($4)) AS old",
        case_id, widget["id"], now + 600, now - 1,
    )  # fmt: skip
    assert made["good"] == stamp(key["key"], f"{CASE_PURPOSE} {widget['id']}", case_id, now + 600)
    await chatting.shape("Sales Dijon")
    theirs, chatting.key = chatting.key, ours
    case_bytes = case_id.bytes[:15] + bytes([case_id.bytes[15] ^ 1])
    forged = stamp(b"x" * 32, f"{CASE_PURPOSE} {widget['id']}", UUID(bytes=case_bytes), now + 600)
    async with chat_hub(chatting) as world:
        assert await begun_about(world, made["good"]) == case_id
        bent = made["good"][:-3] + "AAA"
        for token, at in ((made["old"], ours), (made["good"], theirs), (forged, ours), (bent, ours)):
            assert await begun_about(world, token, at) != case_id, token
    assert len(await chatting.rows("SELECT 1 FROM chats WHERE case_id = $1", case_id)) == 1


async def test_what_we_write_has_the_link_of_the_case_for_who_sees_it(chatting: ChatWorld) -> None:
    case_id, _ = await case_of(chatting)
    assert (await chatting.vallon.as_agent("nadia").case_file(case_id)).chat_link == ""  # the pages have no address yet
    await open_portal(chatting)
    file = await chatting.vallon.as_agent("nadia").case_file(case_id)
    assert fill_in("{{ chat.link }}", _values(file, None)) == file.chat_link
    assert file.chat_link.startswith(f"http://127.0.0.1:{chatting.port}/chat/{chatting.key}?case=")
    omar = await connect(chatting.vallon.access("omar"))
    assert await omar.fetchval("SELECT chat_link($1)", case_id) == ""
    await omar.close()
    async with chat_hub(chatting) as world:
        assert await begun_about(world, token_of(file.chat_link)) == case_id


async def test_an_answer_by_itself_has_the_link_and_out_of_hours_it_leads_to_the_same_case(chatting: ChatWorld) -> None:
    await make_mailbox(chatting.vallon, answers=True)
    await open_portal(chatting)
    await chatting.rows("UPDATE templates SET text_fr = 'Voici : {{ chat.link }}' WHERE shipped = 'acknowledgement'")
    await chatting.rows(
        "INSERT INTO team_voice (team_id, organisation_id, closed_now) VALUES ($1, $2, true) "
        "ON CONFLICT (team_id) DO UPDATE SET closed_now = true",
        chatting.vallon.teams["Contact centre"], chatting.vallon.organisation_id,
    )  # fmt: skip
    async with chat_hub(chatting) as world:
        async with Visitor(world.url, world.key) as page:
            await page.hello()
            await page.begin("Rappelez-moi")
        mail = await world.until(
            "SELECT c.data AS raw FROM outgoing o JOIN blob_chunks c ON c.blob_id = o.blob_id WHERE o.channel = 'email'"
        )
        text = message_from_bytes(bytes(mail["raw"]), policy=default).get_content()
        found = re.search(r"http://\S+/chat/\S+\?case=\S+", text)
        assert found is not None, text
        (case,) = await world.rows("SELECT id FROM cases")
        assert await begun_about(world, token_of(found[0])) == case["id"]
    assert len(await chatting.rows("SELECT 1 FROM cases")) == 1
