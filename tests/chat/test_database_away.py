"""The database stopped and killed under the hub: forms, portal, chat and API say so, and go on when it is back."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from uuid import uuid4

import aiohttp
import pytest

from app.bootstrap.web import web_workers
from app.domain.ids import new_id
from app.domain.signing import stamp
from app.hub.supervisor import supervise
from app.services.web_api import SCOPES, ApiTokens
from app.services.web_front import WebForm, WebFront
from app.settings.web import WebChoice
from app.store.private_server import PrivateServer
from app.store.web_api import PostgresApiTokens
from app.store.web_forms import PostgresWebStore
from tests.chat.visitor import ChatWorld, Visitor
from tests.helpers.databases import kill_server
from tests.helpers.mail_store import hub_access, hub_database, make_mailbox

SAYS = {"en": "Please try again in a few minutes.", "fr": "Merci de réessayer dans quelques minutes."}


@dataclass
class Front:
    """The whole web front of a hub, and somebody who asks it."""

    host: str
    chat: str
    form: str
    portal: str
    token: str
    filled: dict[str, str]
    client: aiohttp.ClientSession

    def pages(self) -> Iterator[tuple[str, str, dict[str, str] | None]]:
        """Method, path and body of what a visitor's browser asks."""
        answer = {"name": "Amélie", "email": "amelie@tilleuls.example"}
        yield "GET", self.form, None
        yield "POST", self.form, self.filled
        yield "GET", self.portal, None
        yield "POST", self.portal, answer
        yield "GET", f"{self.portal}/1001", None
        yield "POST", f"{self.portal}/1001/answer", {"body": "x"}
        yield "GET", self.chat, None
        yield "GET", f"/u/{uuid4()}", None
        yield "POST", f"/u/{uuid4()}", {}

    async def ask(self, method: str, path: str, **more: object) -> tuple[int, str, str]:
        """Status, kind and text of an answer."""
        async with self.client.request(method, path, allow_redirects=False, **more) as answer:  # type: ignore[arg-type]
            return answer.status, answer.content_type, await answer.text()

    async def call(self, method: str, path: str, **more: object) -> tuple[int, dict[str, dict[str, str]], str]:
        """The same of the API, with when to come again."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.client.request(method, f"/api/v1{path}", headers=headers, **more) as answer:  # type: ignore[arg-type]
            return answer.status, await answer.json(), answer.headers.get("Retry-After", "")

    async def uploads(self) -> int:
        """The status that a file of a chat gets."""
        headers = {"Authorization": f"Bearer {'x' * 43}", "X-File-Name": "a.txt", "Origin": self.host}
        return (await self.ask("POST", f"{self.chat}/file", data=b"a", headers=headers))[0]


@pytest.fixture
async def front(chatting: ChatWorld) -> AsyncIterator[Front]:
    vallon, host = chatting.vallon, f"http://127.0.0.1:{chatting.port}"
    await make_mailbox(vallon)
    web, tokens = WebFront(PostgresWebStore(chatting.database("sofia"))), PostgresApiTokens(chatting.database("ada"))
    types = await vallon.as_agent("camille").case_types()
    form = WebForm(
        new_id(), title_en="Write to us", title_fr="Écrivez-nous", type_id=next(one.id for one in types if one.enabled),
        team_id=vallon.teams["Atelier Beaune"],
    )  # fmt: skip
    await web.save_form(form)
    settings = await web.settings()
    await web.save_settings(replace(settings, public_url=host, portal=True))
    token = await ApiTokens(tokens).make("Test", SCOPES, None)
    (key,) = await chatting.rows("SELECT key FROM guichet.signing_keys WHERE name = 'web'")
    (shown,) = await chatting.rows("SELECT key FROM guichet.web_forms")
    mark = stamp(key["key"], f"form {form.id}", uuid4(), time.time() - 60)
    filled = {"name": "A B", "email": "a@b.example", "subject": "Leak", "body": "It leaks.", "stamp": mark}
    database = hub_database(vallon, 6)
    workers = web_workers(database, hub_access(vallon), WebChoice(port=chatting.port))
    serving = asyncio.create_task(supervise(workers))
    async with aiohttp.ClientSession(host, timeout=aiohttp.ClientTimeout(total=15)) as client:
        made = Front(
            host, f"/chat/{chatting.key}", f"/f/{shown['key']}", f"/portal/{settings.portal_key}", token, filled, client
        )
        async with asyncio.timeout(15):
            while True:
                with contextlib.suppress(aiohttp.ClientConnectorError):
                    await made.ask("GET", "/chat.js")
                    break
                await asyncio.sleep(0.02)
        yield made
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await database.close()


async def _all_say_so(front: Front) -> None:
    for language, sentence in SAYS.items():
        for method, path, body in front.pages():
            asked = {"headers": {"Accept-Language": language}, "data": body}
            status, kind, text = await front.ask(method, path, **asked)
            assert (status, kind, sentence in text) == (503, "text/html", True), (method, path)
            assert f'<html lang="{language}">' in text, (method, path)
    for method, path, body in (("GET", "/cases", None), ("POST", "/customers", {"last_name": "Perrin"})):
        status, told, after = await front.call(method, path, json=body)
        assert (status, int(after) > 0) == (503, True)
        assert told == {"error": {"code": "server_away", "field": "", "message": "The database is away; try again."}}
    assert await front.uploads() == 503
    with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
        await front.client.ws_connect(f"{front.chat}/socket", headers={"Origin": front.host})


async def _all_work(front: Front) -> None:
    """By the same hub; it finds the database by itself."""
    async with asyncio.timeout(60):
        while (await front.ask("GET", front.portal))[0] == 503:
            await asyncio.sleep(0.1)
    assert (await front.ask("GET", front.form))[0] == 200
    assert (await front.ask("GET", front.chat))[0] == 200
    assert (await front.ask("POST", front.portal, data={"email": "amelie@tilleuls.example"}))[0] == 200
    assert (await front.call("GET", "/cases"))[0] == 200
    assert (await front.ask("GET", f"/u/{uuid4()}"))[0] == 404
    assert await front.uploads() == 404  # nobody's chat
    async with Visitor(front.host, front.chat.rpartition("/")[2]) as page:
        await page.hello()


async def test_forms_portal_chat_and_api_say_that_the_database_is_away_and_go_on_when_it_is_back(
    front: Front, server: PrivateServer, chatting: ChatWorld
) -> None:
    await asyncio.to_thread(server.stop)
    try:
        await _all_say_so(front)
    finally:
        await asyncio.to_thread(server.start)
    await _all_work(front)
    # What was shown lately is known without a database: the form is, and what is filled in is refused at the end.
    await asyncio.to_thread(kill_server, server)
    try:
        for language, sentence in SAYS.items():
            status, _, text = await front.ask("POST", f"{front.form}?lang={language}", data=front.filled)
            assert (status, sentence in text) == (503, True)
        assert (await front.ask("GET", front.portal))[0] == 503
        assert (await front.call("GET", "/cases"))[0] == 503
        assert await front.uploads() == 503
    finally:
        await asyncio.to_thread(server.start)
    await _all_work(front)
    status, _, _ = await front.ask("POST", front.form, data=front.filled)
    assert status == 200
    assert len(await chatting.rows("SELECT 1 FROM guichet.cases WHERE subject = 'Leak'")) == 1
