"""The demo's mail customer in a real window: her letter comes in, Camille answers by key, her answer is threaded."""

import asyncio
from pathlib import Path

import pytest

from app.settings.paths import profile_paths
from tests.helpers.demo_desks import demo_desk

WRITER = "nora.lemaire@mail.example"
ANSWER = "Shall we come on Thursday"


@pytest.mark.row("S3-27", "S3-28", "S3-30")
async def test_a_letter_arrives_is_answered_and_the_answer_is_in_the_case(tmp_path: Path) -> None:
    async with demo_desk("camille.roy", tmp_path) as world:
        await world.press("Camille", "ctrl+k", "customer writes", "Return")
        letter = await world.row(
            """SELECT c.id, c.number FROM guichet.incoming i JOIN guichet.cases c ON c.id = i.case_id
               WHERE i.fate = 'case' AND i.sender = $1""",
            WRITER,
            within_s=60,
        )
        await world.press("Camille", "ctrl+k", str(letter["number"]), "Return")
        await asyncio.sleep(1)  # a person reads what she answers
        await world.press("Camille", "ctrl+r", ANSWER, "ctrl+Return", "ctrl+Return")
        await world.row(
            """SELECT 1 FROM guichet.deliveries d JOIN guichet.outgoing o ON o.id = d.outgoing_id
               WHERE NOT o.automatic AND d.recipient = $1 AND d.state = 'delivered'""",
            WRITER,
            within_s=60,
        )
        threaded = await world.row(
            "SELECT case_id, reason FROM guichet.incoming WHERE fate = 'follow_up' AND sender = $1", WRITER, within_s=60
        )
        assert (threaded["case_id"], threaded["reason"]) == (letter["id"], "token")
        case = await world.row(
            """SELECT c.category, a.role_name AS agent FROM guichet.cases c
               JOIN guichet.agents a ON a.id = c.assignee_id WHERE c.id = $1""",
            letter["id"],
        )
        assert (case["category"], case["agent"]) == ("waiting_agent", "camille.roy")
        carried_out = [one.read_text("utf-8", "replace") for one in _outside().glob("*.eml")]
        assert sum(ANSWER in raw for raw in carried_out) == 1


def _outside() -> Path:
    return profile_paths("demo").data / "post" / "outside"
