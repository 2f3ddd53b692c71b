"""The time machine over what really happened, without touching anything; web hooks against a real receiver."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from app.domain.automations import Action, Automation, Does, Trigger, When, read_content
from app.domain.conditions import Compare, Group, How
from app.domain.ids import new_id
from app.services.automations import AutomationDesk
from app.store.automations import PostgresAutomationDesk
from app.store.replays import PostgresReplays
from app.store.web_hooks import PostgresWebHooks
from app.web.hooks import WebHooks
from app.web.public_network import is_public
from tests.helpers.automation_hub import automation_hub
from tests.helpers.automations import EngineRoom, engine_room, make_automation
from tests.helpers.organisation import Vallon


def _one(*actions: Action, **more: Any) -> Automation:
    return replace(Automation(new_id(), "Tried", actions=actions, active=True), **more)


async def _history(vallon: Vallon) -> list[Any]:
    """Three cases; the second becomes urgent and is then solved, the third is set to high by hand at once."""
    cases = [await vallon.case() for _ in range(3)]
    nadia = vallon.as_agent("nadia")
    second = await nadia.case(cases[1])
    await nadia.update_case(replace(second, priority=type(second.priority)("urgent")))
    await nadia.assign_case(cases[1], vallon.agents["nadia"])
    solved = next(s for s in (await nadia.case_types())[0].states if s.category == "solved")
    await nadia.update_case(replace(await nadia.case(cases[1]), state_id=solved.id))
    third = await nadia.case(cases[2])
    await nadia.update_case(replace(third, priority=type(third.priority)("high")))
    return cases


@pytest.mark.row("S3-32")
async def test_a_replay_says_case_by_case_what_would_have_been_different(vallon: Vallon) -> None:
    cases = await _history(vallon)
    async with engine_room(vallon) as room:
        before = await room.rows("SELECT count(*) AS n FROM changes")
        high = _one(Action(Does.SET_FIELD, "high", "case.priority"))
        found = await PostgresReplays(room.database).run(vallon.organisation_id, high, 30)
        # As it was when it happened: all three began as normal; the third really became high at once.
        assert (found.matched, found.different) == (3, 2)
        assert {line.case_id for line in found.lines} == set(cases[:2])
        urgent = _one(
            Action(Does.ADD_TAG, "rush"), when=When(Trigger.UPDATED, "case.priority", (), ("urgent",)),
            condition=Compare("event.by", How.IS, ("agent",)),
        )  # fmt: skip
        (line,) = (await PostgresReplays(room.database).run(vallon.organisation_id, urgent, 30)).lines
        assert (line.case_id, line.really[0][0]) == (cases[1], "case.assignee")
        assert await room.rows("SELECT count(*) AS n FROM changes") == before
        assert await room.rows("SELECT 1 FROM automation_runs") == []


async def test_loops_are_found_before_they_begin(vallon: Vallon) -> None:
    await make_automation(
        vallon, Action(Does.SET_FIELD, "normal", "case.priority"),
        when=When(Trigger.UPDATED, "case.priority", (), ("high",)),
    )  # fmt: skip
    await _history(vallon)
    async with engine_room(vallon) as room:
        there = _one(
            Action(Does.SET_FIELD, "high", "case.priority"),
            when=When(Trigger.UPDATED, "case.priority", (), ("urgent", "normal")),
        )
        found = await PostgresReplays(room.database).run(vallon.organisation_id, there, 30)
        assert found.loops >= 1


async def test_by_the_clock_time_is_played_too(vallon: Vallon) -> None:
    cases = await _history(vallon)
    async with engine_room(vallon) as room:
        # It all happened five days ago.
        await room.database.write("UPDATE changes SET at = at - interval '5 days'")
        old = Group(
            parts=(Compare("case.category", How.IS, ("open",)), Compare("case.activity_at", How.OLDER_THAN, ("2d",)))
        )
        one = _one(Action(Does.ADD_TAG, "forgotten"), when=When(Trigger.HOURLY), condition=old)
        found = await PostgresReplays(room.database).run(vallon.organisation_id, one, 30)
        assert {line.case_id for line in found.lines} == {cases[0], cases[2]}


async def test_a_lead_asks_and_reads_the_answer_and_her_team_alone_is_replayed(vallon: Vallon) -> None:
    await vallon.case()
    hers = await vallon.case("Atelier Beaune", by="julie")
    async with engine_room(vallon) as room:
        desk = AutomationDesk(PostgresAutomationDesk(vallon.as_agent("julie")._database))
        one = _one(Action(Does.ADD_TAG, "x"), team_id=vallon.teams["Atelier Beaune"])
        request = await desk.ask_replay(one, 7)
        assert await desk.replay(request) is None
        assert await PostgresReplays(room.database).answer_next(60)
        found = await desk.replay(request)
        assert found is not None
        assert [line.case_id for line in found.lines] == [hers]
        others = AutomationDesk(PostgresAutomationDesk(vallon.as_agent("camille")._database))
        assert await others.replay(request) is None


async def test_owners_save_copy_order_and_remove_at_their_desk(vallon: Vallon) -> None:
    desk = AutomationDesk(PostgresAutomationDesk(vallon.as_agent("ada")._database))
    one = _one(Action(Does.ADD_TAG, "x"), position=9)
    await desk.save(one)
    rows = await desk.automations()
    assert [row.automation.shipped for row in rows[:5]] == [
        "acknowledgement", "waiting_customer", "waiting_agent", "notify_assignee", "close_solved",
    ]  # fmt: skip
    kept = next(row.automation for row in rows if row.automation.id == one.id)
    assert (kept.actions, kept.active) == (one.actions, True)
    await desk.order((one.id, *(row.automation.id for row in rows if row.automation.id != one.id)))
    assert (await desk.automations())[0].automation.id == one.id
    await desk.save(replace(kept, name="Other"))
    assert [version.automation.name for version in await desk.versions(one.id)] == ["Tried"]
    await desk.remove(one.id)
    assert one.id not in {row.automation.id for row in await desk.automations()}
    assert (await desk.known()).templates["shipped:acknowledgement"][0].startswith("Hello")


# Web hooks ---------------------------------------------------------------------------------------------------------


class Receiver:
    """Takes what is posted; answers what it is told to, late where it is told to."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.status, self.late_s, self.port = 200, 0.0, 0

    async def take(self, request: web.Request) -> web.Response:
        self.taken.append((dict(request.headers), await request.read()))
        await asyncio.sleep(self.late_s)
        return web.Response(status=self.status)


@asynccontextmanager
async def _receiver() -> AsyncIterator[Receiver]:
    receiver, app = Receiver(), web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.port = runner.addresses[0][1]
    try:
        yield receiver
    finally:
        await runner.cleanup()


async def _calls(room: EngineRoom) -> list[dict[str, Any]]:
    return await room.rows("SELECT state, attempts, said FROM web_hook_calls ORDER BY made_at")


async def test_a_web_hook_is_signed_called_again_and_its_failures_stand_on_the_page(vallon: Vallon) -> None:
    async with _receiver() as receiver, engine_room(vallon) as room:
        url = f"http://127.0.0.1:{receiver.port}/hook"
        automation = await make_automation(vallon, Action(Does.WEB_HOOK, url))
        await vallon.case()
        await room.run()
        outbox, hooks = PostgresWebHooks(room.database), WebHooks(["127.0.0.1"], most_s=0.3)
        secret = await AutomationDesk(PostgresAutomationDesk(vallon.as_agent("ada")._database)).web_hook_secret()

        async def turn() -> None:
            for call in await outbox.claim(5, 30):
                done, said = await hooks(call)
                await outbox.finish(call, done=done, said=said, again_in_s=0)

        for status, late, said in ((500, 0.0, "500"), (200, 2.0, "timeout")):
            receiver.status, receiver.late_s = status, late
            await turn()
            trouble = (await room.rows("SELECT trouble FROM automations WHERE id = :id", id=automation))[0]["trouble"]
            assert [(one["fault"], one["about"]) for one in trouble] == [("web_hook", said)]
        receiver.late_s = 0.0
        await turn()
        assert await _calls(room) == [{"state": "done", "attempts": 3, "said": "200"}]
        assert (await room.rows("SELECT trouble FROM automations WHERE id = :id", id=automation))[0]["trouble"] == []
        headers, body = receiver.taken[-1]
        at = headers["X-Guichet-Signature"].split(",")[0].removeprefix("t=")
        signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        assert headers["X-Guichet-Signature"] == f"t={at},v1={signed}"
        assert json.loads(body)["case"]["subject"] == "Hydraulic leak"
        assert len({taken[0]["X-Guichet-Delivery"] for taken in receiver.taken}) == 1
        await hooks.close()


async def test_private_networks_are_refused_unless_a_host_was_named(vallon: Vallon) -> None:
    async with _receiver() as receiver, engine_room(vallon) as room:
        for host in ("127.0.0.1", "localhost"):
            await make_automation(vallon, Action(Does.WEB_HOOK, f"http://{host}:{receiver.port}/hook"))
        await vallon.case()
        await room.run()
        hooks = WebHooks()
        for call in await PostgresWebHooks(room.database).claim(5, 30):
            assert await hooks(call) == (False, "private_network")
        assert receiver.taken == []
        await hooks.close()
    assert not any(
        map(is_public, ("10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1", "0.0.0.0"))
    )
    assert all(map(is_public, ("9.9.9.9", "2620:fe::fe")))


async def test_a_killed_hub_calls_each_web_hook_all_the_same(vallon: Vallon) -> None:
    async with _receiver() as receiver, engine_room(vallon) as room:
        await make_automation(vallon, Action(Does.WEB_HOOK, f"http://127.0.0.1:{receiver.port}/hook"))
        for _ in range(12):
            await vallon.case()
        first = await automation_hub(vallon, "127.0.0.1")
        async with asyncio.timeout(30):
            while not receiver.taken:
                await asyncio.sleep(0.02)
        first.kill()
        await first.wait()
        await room.database.write("UPDATE web_hook_calls SET claimed_until = now() WHERE state = 'sending'")
        second = await automation_hub(vallon, "127.0.0.1")
        async with asyncio.timeout(30):
            while {call["state"] for call in await _calls(room)} != {"done"} or len(await _calls(room)) < 12:
                await asyncio.sleep(0.05)
        second.kill()
        await second.wait()
        # What is called twice has the same delivery, by which its receiver knows it.
        assert len({taken[0]["X-Guichet-Delivery"] for taken in receiver.taken}) == 12


def test_what_was_kept_by_another_age_is_no_automation() -> None:
    with pytest.raises(ValueError, match="guess"):
        read_content(Automation(new_id(), "x"), {"when": {"trigger": "guess"}})
