"""A chat's words by mail: those of the two and nobody else's, as text, once, and only after an answer of ours."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from app.domain.follow_ups import Channel, FollowUp
from app.domain.ids import new_id
from tests.chat.visitor import EMAIL, ChatWorld, Visitor, chat_hub
from tests.helpers.mail_store import HUB_ADDRESS, make_mailbox

_MAILS = """
SELECT d.recipient, o.automatic, c.data AS raw
FROM outgoing o JOIN deliveries d ON d.outgoing_id = o.id JOIN blob_chunks c ON c.blob_id = o.blob_id
WHERE o.channel = 'email'"""
SCRIPT = '<script>alert(1)</script> & "x"'


def read(mail: dict[str, Any]) -> tuple[EmailMessage, str]:
    """A mail and its text; HTML is nowhere in it."""
    found = message_from_bytes(bytes(mail["raw"]), policy=default)
    assert isinstance(found, EmailMessage)
    assert found.get_content_type() == "text/plain"
    return found, found.get_content().replace("\r\n", "\n")


async def note(world: ChatWorld, name: str, case: Any, body: str, **more: Any) -> None:
    await world.vallon.as_agent(name).insert_follow_up(
        FollowUp(new_id(), case, Channel.NOTE, body, datetime.now(UTC), **more)
    )


@pytest.mark.row("S5-04")
async def test_it_holds_what_the_two_said_and_no_note_stands_in_it(chatting: ChatWorld) -> None:
    await make_mailbox(chatting.vallon)
    for name in ("nadia", "victor"):
        await chatting.state(name)
    workshop = chatting.vallon.teams["Atelier Beaune"]
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin(f"La fuite {SCRIPT}")
        chat = await world.accepted("nadia")
        await world.says("nadia", chat.id, "Je regarde, <b>un instant</b>.")
        await note(world, "nadia", chat.case_id, "SECRET: the customer owes us money")
        await note(world, "nadia", chat.case_id, "SECRET: a public note beside the chat", public=True)
        headers = {"Authorization": f"Bearer {page.secret}", "X-File-Name": "fuite.png", "Origin": world.url}
        async with (
            aiohttp.ClientSession() as client,
            client.post(f"{world.url}/chat/{world.key}/file", data=b"\x89PNG\r\n\x1a\nx", headers=headers) as answer,
        ):
            await page.say("", (await answer.json())["id"])
        await world.until("SELECT 1 FROM attachments")
        await world.chats("nadia").store.hand_over(chat.id, "team", workshop, "SECRET: hydraulic line, be quick")
        card = await world.offered("victor")
        await world.chats("victor").store.accept(card.id)
        await world.says("victor", chat.id, "Je passe demain.\n.\nFrom là")
        # Twice, and to an address that is not hers: the one that she gave first counts.
        await page.send("mail", email="")
        await page.send("mail", email="somebody@else.example")
        await page.get("chat", lambda one: one["mails"])
        assert await world.rows(_MAILS) == [], "while it goes on nothing leaves"
        await world.chats("victor").store.end(chat.id, "wait")
        mail = await world.until(_MAILS)
        await page.send("mail", email="")
        await page.send("ping")
        await page.get("pong")
        assert len(await world.rows(_MAILS)) == 1
        assert len(await world.rows("SELECT 1 FROM chats WHERE mailed_at IS NOT NULL")) == 1
    assert (mail["recipient"], mail["automatic"]) == (EMAIL, True)
    head, text = read(mail)
    assert (head["To"], head["Auto-Submitted"]) == (EMAIL, "auto-generated")
    assert HUB_ADDRESS in head["From"]
    assert head["Subject"] == f"Votre discussion avec Concession Vallon [#{chat.case_number}]"
    words = (
        f"Vous\nLa fuite {SCRIPT}\n", "Nadia\nJe regarde, <b>un instant</b>.\n", "Vous\n\n[fichier\u202f: fuite.png]\n",
        "Victor\nJe passe demain.\n.\nFrom là\n",
    )  # fmt: skip
    assert [one for one in words if one not in text] == [], text
    places = [text.index(one) for one in words]
    assert places == sorted(places)
    assert f"numéro {chat.case_number}" in text
    for hidden in ("SECRET", "Benali", "Lang", "Atelier"):
        assert hidden not in text + str(head["Subject"]), hidden
    (said,) = await chatting.rows("SELECT at FROM follow_ups WHERE body LIKE 'Je passe%'")
    assert f"{said['at'].astimezone(ZoneInfo('Europe/Paris')):%H:%M} Victor" in text


async def test_without_an_answer_of_ours_nobody_is_written_to(chatting: ChatWorld) -> None:
    await make_mailbox(chatting.vallon)
    async with chat_hub(chatting) as world:
        async with Visitor(world.url, world.key) as page:
            await page.hello()
            await page.begin("Buy my goods", email="victim@elsewhere.example")
            await page.send("mail", email="")
            await page.get("chat", lambda one: one["mails"])
            await page.send("leave")
            await page.get("chat", lambda one: one["state"] == "ended")
        # Another one is answered: when its words have left, the first would have as well.
        await chatting.state("nadia")
        async with Visitor(world.url, world.key) as page:
            await page.hello()
            await page.begin()
            chat = await world.accepted("nadia")
            await world.says("nadia", chat.id, "Bonjour.")
            await page.send("mail", email="")
            await page.get("chat", lambda one: one["mails"])
            await world.chats("nadia").store.end(chat.id, "wait")
            await world.until(_MAILS)
    assert [one["recipient"] for one in await chatting.rows(_MAILS)] == [EMAIL]
    (first,) = await chatting.rows("SELECT wants_mail, mailed_at FROM chats WHERE email <> $1", EMAIL)
    assert (first["wants_mail"], first["mailed_at"]) == (True, None)


async def test_who_gave_no_address_gives_one_at_the_end_and_no_nonsense(chatting: ChatWorld) -> None:
    await make_mailbox(chatting.vallon)
    await chatting.shape(asks_email=False)
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin(email="")
        chat = await world.accepted("nadia")
        await world.says("nadia", chat.id, "Bonjour.")
        await world.chats("nadia").store.end(chat.id, "wait")
        for typed in ("", "nobody", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "<a@b.example>"):
            page.frames.clear()
            await page.send("mail", email=typed)
            assert (await page.get("no"))["why"] == "not_an_email", typed
        await page.send("mail", email="Paul@Visitor.example")
        mail = await world.until(_MAILS)
    assert mail["recipient"] == "paul@visitor.example"
    assert read(mail)[0]["To"] == "paul@visitor.example"
