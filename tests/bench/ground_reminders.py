"""Ten thousand reminders in one minute, over fifty agents: how late the latest one comes to its agent's card."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.desk.reminders import Reminders, RemindersState
from app.services.tasks import Tasks
from app.store.desk import open_desk_store
from app.store.engine import connect
from tests.bench.ground_world import World, agent_name

DUE, RINGING_AGENTS, WITHIN_S = 10_000, 50, 60
BEGIN_IN = timedelta(seconds=30)

_PLAN = """
INSERT INTO tasks (id, team_id, assignee_id, kind, title, local_at, zone, reminder_minutes)
SELECT gen_random_uuid(), a.default_team_id, a.id, 'call', 'Call back ' || n,
  ($1::timestamptz + make_interval(secs => n * $2::float / $3::int)) AT TIME ZONE 'UTC', 'UTC', 0
FROM generate_series(0, $3::int - 1) n JOIN (
  SELECT id, default_team_id, row_number() OVER (ORDER BY role_name) - 1 AS place FROM agents
  WHERE role_name = ANY ($4)) a ON a.place = n % cardinality($4)"""


class Watched:
    """One agent's presenter, and how late each of her reminders came."""

    def __init__(self, reminders: Reminders) -> None:
        self.reminders = reminders
        self.late: dict[UUID, float] = {}
        reminders.subscribe(self._told)

    def _told(self, state: RemindersState) -> None:
        now = datetime.now(UTC)
        for row in state.ringing:
            if row.task.id not in self.late and row.task.remind_at is not None:
                self.late[row.task.id] = (now - row.task.remind_at).total_seconds()


async def measure(world: World) -> dict[str, float]:
    """Plan, wait for the minute, and look at every card."""
    names = [agent_name(n) for n in range(RINGING_AGENTS)]
    begin = datetime.now(UTC) + BEGIN_IN
    admin = await connect(world.admin)
    await admin.execute(_PLAN, begin, float(WITHIN_S), DUE, names)
    await admin.close()
    async with AsyncExitStack() as ending:
        watched = []
        for name in names:
            store = await open_desk_store(world.access(name))
            ending.push_async_callback(store.close)
            me = store.directory_now.me
            reminders = Reminders(
                Tasks(store.tasks), store.feed, me.id, me.time_zone, lambda: datetime.now(UTC), lambda _: None
            )
            ending.push_async_callback(reminders.close)
            reminders.begin()
            await reminders.work.settle()
            watched.append(Watched(reminders))
        if datetime.now(UTC) > begin:
            raise RuntimeError("the desks were not there when the first reminder was due")
        async with asyncio.timeout((begin - datetime.now(UTC)).total_seconds() + WITHIN_S + 30):
            while sum(len(one.late) for one in watched) < DUE:
                await asyncio.sleep(0.5)
    return {
        "reminders_due": float(sum(len(one.late) for one in watched)),
        "reminder_lateness_ms_max": 1000 * max(late for one in watched for late in one.late.values()),
    }
