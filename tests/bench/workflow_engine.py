"""How many events a second fifty automations take, how soon what they do is seen, and that kills double nothing."""

import asyncio
import contextlib
import random
import time
from uuid import UUID

from app.domain.automations import Action, Automation, Does, Trigger, When
from app.domain.ids import new_id
from app.store.replays import PostgresReplays
from tests.bench.workflow_world import happen, workflow_world
from tests.helpers.automation_hub import automation_hub
from tests.helpers.automations import EngineRoom, make_automation
from tests.helpers.organisation import Vallon

DAYS, WARM = 30, 5


async def engine(events: int, samples: int, storm_events: int, kills: int) -> dict[str, float]:
    """Everything about automations, in one world after the other."""
    async with workflow_world() as (vallon, room):
        customer = (await vallon.customer()).id
        found = await _rate(vallon, room, customer, events)
        found |= await _machine(vallon, room)
        found |= await _effect(vallon, room, customer, samples)
    async with workflow_world() as (vallon, room):
        found |= await _storm(vallon, room, storm_events, kills)
    return found


async def _rate(vallon: Vallon, room: EngineRoom, customer: UUID, events: int) -> dict[str, float]:
    """The log carried on as the hub does, from what people did to the last thing that follows of it."""
    done = await happen(vallon, customer, events)
    began = time.monotonic()
    lines = await room.run()
    took = time.monotonic() - began
    acts = len(await room.runs())
    print(f"    {done} events of people, {lines} lines of the log, {acts} runs in {took:.1f} s", flush=True)
    return {"events_per_s": done / took}


async def _machine(vallon: Vallon, room: EngineRoom) -> dict[str, float]:
    """A new automation over all that happened, three times; the median."""
    one = Automation(
        new_id(), "Tried", when=When(Trigger.UPDATED), actions=(Action(Does.ADD_TAG, "seen"),), active=True
    )  # fmt: skip
    rates = []
    for _ in range(3):
        began = time.monotonic()
        replayed = await PostgresReplays(room.database).run(vallon.organisation_id, one, DAYS)
        rates.append(replayed.events / (time.monotonic() - began))
    return {"time_machine_events_per_s": sorted(rates)[1]}


async def _effect(vallon: Vallon, room: EngineRoom, customer: UUID, samples: int) -> dict[str, float]:
    """From the commit of a new case to the moment at which another connection sees what was done to it."""
    hub = await automation_hub(vallon)
    found: list[float] = []
    nadia = vallon.as_agent("nadia")._database
    try:
        # The first ones find a hub that has just begun and has read nothing yet.
        for number in range(-WARM, samples):
            case = new_id()
            await nadia.write(
                "INSERT INTO cases (id, organisation_id, customer_id, subject, team_id, priority) "
                "VALUES (:id, my_organisation(), :customer, :subject, :team, 'high')",
                id=case, customer=customer, subject=f"hydraulics {number}", team=vallon.teams["Contact centre"],
            )  # fmt: skip
            began = time.monotonic()
            async with asyncio.timeout(20):
                while not (await room.rows("SELECT tags FROM cases WHERE id = :id", id=case))[0]["tags"]:
                    await asyncio.sleep(0.004)
            if number >= 0:
                found.append((time.monotonic() - began) * 1000)
            await asyncio.sleep(random.uniform(0, 0.1))
    finally:
        hub.kill()
        await hub.wait()
    return {"event_to_effect_ms_p95": sorted(found)[int(len(found) * 0.95)]}


async def _storm(vallon: Vallon, room: EngineRoom, events: int, kills: int) -> dict[str, float]:
    """Things happen while the hub is killed again and again; each was seen once by the two that see everything."""
    chance = random.Random(11)
    customer = (await vallon.customer()).id
    notes = [
        await make_automation(
            vallon, Action(Does.ADD_NOTE, text=f"seen {trigger}"), when=When(trigger), position=90 + at
        )
        for at, trigger in enumerate((Trigger.CREATED, Trigger.MESSAGE_OUT))
    ]
    happening = asyncio.create_task(happen(vallon, customer, events, at_once=60))
    done = 0
    hub = await automation_hub(vallon)
    while done < kills:
        await asyncio.sleep(chance.uniform(0.1, 1.2))
        hub.kill()
        await hub.wait()
        done += 1
        hub = await automation_hub(vallon)
    happened = await happening
    try:
        await _calm(room)
    finally:
        with contextlib.suppress(ProcessLookupError):
            hub.terminate()
        await hub.wait()
    violations = await _violations(room, notes)
    print(f"    {happened} events, {done} kills, {violations} violations", flush=True)
    return {"events": float(happened), "kills": float(done), "exactly_once_violations": float(violations)}


async def _calm(room: EngineRoom) -> None:
    """Until the engine stands at the end of the log."""
    behind = """
SELECT count(*) AS n FROM changes c, automation_place p WHERE (c.epoch, c.xid, c.seq) > (p.epoch, p.xid, p.seq)"""
    async with asyncio.timeout(600):
        while (await room.rows(behind))[0]["n"]:
            await asyncio.sleep(0.3)


async def _violations(room: EngineRoom, notes: list[UUID]) -> int:
    """Notes that are missing or stand twice, counted against what happened and not against the engine's own log."""
    wrong = 0
    for text, table in (("created", "cases"), ("message_out", "follow_ups WHERE channel = 'chat'")):
        happened = (await room.rows(f"SELECT count(*) AS n FROM {table}"))[0]["n"]
        noted = await room.rows("SELECT count(*) AS n FROM follow_ups WHERE body = :body", body=f"seen {text}")
        wrong += abs(noted[0]["n"] - happened)
    twice = await room.rows(
        "SELECT count(*) AS n FROM (SELECT case_id FROM follow_ups WHERE body = 'seen created' "
        "GROUP BY 1 HAVING count(*) > 1) s"
    )
    tags = await room.rows("SELECT count(*) AS n FROM cases, unnest(tags) t GROUP BY cases.id, t HAVING count(*) > 1")
    runs = sum([len(await room.runs(one)) for one in notes])
    seen = await room.rows("SELECT count(*) AS n FROM follow_ups WHERE body LIKE 'seen %'")
    return wrong + int(twice[0]["n"]) + len(tags) + abs(runs - int(seen[0]["n"]))
