"""Demo › A visitor chats and Demo › An SMS arrives, from build/run: clicked in the real window, answered, received.

The visitor and the customer with the telephone answer by themselves, once our words have reached them.
"""

import tomllib
from pathlib import Path

import pytest

from app.settings.resources import resource
from tests.helpers.demo_desks import DemoDesks, demo_desk

STORY = tomllib.loads(resource("sample", "demo.toml").read_text("utf-8"))
CAMILLE = "camille.roy"
_SAID = "SELECT f.case_id FROM guichet.follow_ups f WHERE f.body = $1 AND f.channel = $2"


async def chat(world: DemoDesks) -> None:
    """A visitor is offered, taken by key, answered twice, and the case solved with the chat."""
    told = STORY["visitor"]
    await world.click_demo("chats")
    offered = await world.row(
        """SELECT k.id FROM guichet.chats k JOIN guichet.agents a ON a.id = ANY (k.ringing)
           WHERE a.role_name = $1 AND k.name = $2""", CAMILLE, told["name"],
    )  # fmt: skip
    await world.picture("chat-offered")
    await world.press("Camille", "F2")
    await world.row("SELECT FROM guichet.chats WHERE id = $1 AND state = 'talking'", offered["id"])
    for number, words in enumerate(("Yes. For how long, and where?", "I write you a mail.")):
        await world.press("Camille", words, "Return")
        await world.row(_SAID, words, "chat")
        # She answers what has reached her page.
        await world.row(_SAID, told["answers"]["en"][number], "chat")
    await world.row("SELECT FROM guichet.chats WHERE id = $1 AND visitor_seen >= 4", offered["id"])
    await world.picture("chat-answered")
    await world.press("Camille", "ctrl+shift+Return")
    await world.row(
        """SELECT FROM guichet.chats k JOIN guichet.cases c ON c.id = k.case_id
           WHERE k.id = $1 AND k.state = 'ended' AND k.ended_by = 'agent' AND c.category = 'solved'""", offered["id"],
    )  # fmt: skip
    sent = await world.database.fetch(
        "SELECT d.state FROM guichet.deliveries d JOIN guichet.outgoing o ON o.id = d.outgoing_id WHERE o.chat_id = $1",
        offered["id"],
    )
    assert [one["state"] for one in sent] == ["delivered"] * 2


async def text(world: DemoDesks) -> None:
    """An SMS of somebody unknown becomes a case, is answered from the composer, and her answer joins it."""
    told = STORY["text"]
    await world.click_demo("texts")
    came = await world.row(_SAID, told["says"]["en"], "sms")
    case = await world.row("SELECT number FROM guichet.cases WHERE id = $1 AND assignee_id IS NULL", came["case_id"])
    await world.press("Camille", "ctrl+k", str(case["number"]), "Return", "ctrl+r")
    await world.picture("sms-opened")
    await world.press("Camille", "We come at two.", "ctrl+Return")
    await world.row(_SAID, "We come at two.", "sms")
    await world.picture("sms-sent")
    # After the ten seconds of undo; the provider tells that her telephone has it.
    await world.row(
        """SELECT FROM guichet.deliveries d JOIN guichet.outgoing o ON o.id = d.outgoing_id
           WHERE o.case_id = $1 AND d.recipient = $2 AND d.state = 'delivered' AND d.reason = 'received'""",
        came["case_id"], told["from"], within_s=40,
    )  # fmt: skip
    answered = await world.row(_SAID, told["answers"]["en"], "sms", within_s=40)
    assert answered["case_id"] == came["case_id"]
    await world.picture("sms-answered")


@pytest.mark.row("S5-04", "S2-05")
async def test_a_visitor_and_an_sms_are_answered_from_the_demos_own_menu(tmp_path: Path) -> None:
    async with demo_desk(CAMILLE, tmp_path) as world:
        await chat(world)
        await text(world)
