"""The world that automations are measured in: an organisation with fifty of them, and cases by the thousand."""

import contextlib
import json
from collections.abc import AsyncIterator
from uuid import UUID

from app.domain.automations import Action, Automation, Does, Trigger, When, as_content
from app.domain.conditions import Compare, Group, How, Joined
from app.domain.ids import new_id
from app.settings.paths import profile_paths
from app.store.engine import access_of, connect
from app.store.private_server import PrivateServer
from tests.helpers.automations import EngineRoom, engine_room
from tests.helpers.folders import service_folder
from tests.helpers.organisation import Vallon, make_vallon

SHIPPED, ACTIVE = 5, 50
_WORDS = ("hydraulics", "gearbox", "cabin", "tyres", "software", "brakes", "loader", "pump", "filter")
_NEW = """
INSERT INTO cases (id, organisation_id, customer_id, subject, team_id, priority)
SELECT gen_random_uuid(), my_organisation(), $1, w || ' ' || n, $2,
  (ARRAY['low', 'normal', 'high', 'urgent'])[1 + n % 4]
FROM generate_series(1, $3) n, LATERAL (SELECT ($4::text[])[1 + n % 9] AS w) s"""
_CHANGE = """
UPDATE cases SET severity = CASE severity WHEN 'normal' THEN 'high' ELSE 'normal' END
WHERE id IN (SELECT id FROM cases ORDER BY number DESC LIMIT $1)"""
_WRITE = """
INSERT INTO follow_ups (id, case_id, channel, direction, public, body)
SELECT gen_random_uuid(), id, 'chat', 'out', true, 'Hello' FROM cases ORDER BY number DESC LIMIT $1"""


@contextlib.asynccontextmanager
async def workflow_world() -> AsyncIterator[tuple[Vallon, EngineRoom]]:
    """A server of its own with the test organisation, fifty automations on, and an engine whose log is read."""
    with service_folder() as folder:
        server = PrivateServer(folder / "data", folder / "run", profile_paths().cache)
        server.start()
        try:
            vallon = await make_vallon(access_of(server.address().url("guichet_workflow")))
            await fifty(vallon)
            async with engine_room(vallon) as room:
                yield vallon, room
            await vallon.close()
        finally:
            server.stop()


async def fifty(vallon: Vallon) -> None:
    """As an organisation has them after a year: most of them look at a subject, a priority or a person, few act."""
    made = []
    for number in range(ACTIVE - SHIPPED):
        word, trigger = _WORDS[number % 9], (Trigger.CREATED, Trigger.UPDATED, Trigger.MESSAGE_OUT)[number % 3]
        # One in three of the events of a kind meets one of them.
        narrow = Compare(
            "case.subject", How.STARTS_WITH, (word if number < 9 else f"{word} of another house {number}",)
        )
        either = Group(
            Joined.ANY, (Compare("case.priority", How.IS, ("high", "urgent")), Compare("case.tags", How.IS, (word,)))
        )
        one = Automation(
            new_id(), f"Automation {number}", (), Group(Joined.ALL, (narrow, either)), When(trigger),
            (Action(Does.ADD_TAG, f"{word}-{number}"),), position=10 + number,
        )  # fmt: skip
        made.append(one)
    ada = await connect(vallon.access("ada"))
    await ada.executemany(
        "INSERT INTO automations (id, organisation_id, name, position, active, trigger, content) "
        "VALUES ($1, $2, $3, $4, true, '', $5)",
        [(one.id, vallon.organisation_id, one.name, one.position, json.dumps(as_content(one))) for one in made],
    )
    assert await ada.fetchval("SELECT count(*) FROM automations WHERE active") == ACTIVE
    await ada.close()


async def happen(vallon: Vallon, customer: UUID, events: int, *, at_once: int = 200) -> int:
    """So many things happen: a half are new cases, a quarter changes, a quarter answers; how many it were."""
    nadia = await connect(vallon.access("nadia"))
    done = 0
    try:
        while done < events:
            cases = min(at_once, max(1, (events - done) // 2))
            await nadia.execute(_NEW, customer, vallon.teams["Contact centre"], cases, list(_WORDS))
            await nadia.execute(_CHANGE, cases // 2)
            await nadia.execute(_WRITE, cases // 2)
            done += cases + 2 * (cases // 2)
    finally:
        await nadia.close()
    return done
