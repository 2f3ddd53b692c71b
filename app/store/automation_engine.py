"""The engine on PostgreSQL: a page of the change log, everything that it brings about and the new place in the log are
one transaction. A hub that dies in its middle has done nothing; the next one begins where the last whole page ended."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.automation_decisions import Verdict, decide
from app.domain.automation_events import Event
from app.domain.automations import BY_CLOCK, Automation
from app.services.automation_engine import Read, Write
from app.store.automation_acts import ChangedMeanwhileError, Done, act
from app.store.automation_facts import (
    PAGE,
    CaseFacts,
    House,
    event_of,
    read_cases,
    read_house,
    stamp,
)
from app.store.automation_trouble import say_runs, write_troubles
from app.store.conditions import where
from app.store.session import Database, statement

log = logging.getLogger(__name__)

MOST_TRIES = 3
CLOCK_PAGE = 200

_PLACE = "SELECT epoch, xid::text AS xid, seq FROM automation_place FOR UPDATE SKIP LOCKED"
_MOVE = "UPDATE automation_place SET epoch = :epoch, xid = CAST(CAST(:xid AS text) AS xid8), seq = :seq"
_LATELY = """
SELECT automation_id, case_id, count(*) AS times FROM automation_runs
WHERE case_id = ANY (:ids) AND outcome = 'done' AND at > clock_timestamp() - interval '1 hour' GROUP BY 1, 2"""
# Whether a calendar of the organisation is open; Monday to Friday, nine to five, where it has none. One that opens within
# the hour has its turn then.
_OPEN = """
CASE WHEN EXISTS (SELECT FROM calendars k WHERE k.organisation_id = a.organisation_id AND k.archived_at IS NULL)
  THEN EXISTS (SELECT FROM calendar_spans s JOIN calendars k ON k.id = s.calendar_id AND k.archived_at IS NULL
               WHERE k.organisation_id = a.organisation_id AND s.opens_at <= now() AND s.closes_at > now())
  ELSE (SELECT extract(isodow FROM w.at) <= 5 AND extract(hour FROM w.at) BETWEEN 9 AND 16
        FROM (SELECT now() AT TIME ZONE o.time_zone AS at FROM organisations o WHERE o.id = a.organisation_id) w) END"""
_BY_CLOCK = f"""
SELECT id, organisation_id FROM automations a
WHERE trigger = ANY (:triggers) AND active AND archived_at IS NULL AND coalesce(ran_until, '-infinity') < :hour
  AND (trigger <> 'business_hours' OR {_OPEN})
ORDER BY ran_until NULLS FIRST, id LIMIT 1 FOR UPDATE SKIP LOCKED"""
_FOUND = """
SELECT c.id, c.version, c.activity_at FROM cases c
WHERE c.organisation_id = :organisation AND c.merged_into_id IS NULL AND {where}
  AND NOT EXISTS (SELECT FROM automation_runs r WHERE r.automation_id = :automation AND r.case_id = c.id
                  AND (r.case_version >= c.version OR r.event = 'clock.' || c.id || '.' || c.version))
ORDER BY c.activity_at, c.id LIMIT :most"""
_SETTLED = """
UPDATE automation_runs r SET case_version = c.version FROM cases c
WHERE r.automation_id = :automation AND r.event = ANY (:events) AND c.id = r.case_id"""


class PostgresAutomations:
    """Carries automations out for every organisation, as the hub."""

    def __init__(self, database: Database, write: Write | None = None, read: Read | None = None) -> None:
        self._database, self._write, self._read = database, write, read
        self._houses: dict[UUID, House] = {}
        self._stamp = ""
        # Where each that runs by the clock is among this hour's cases: those that were so already leave no trace.
        self._within: dict[UUID, tuple[datetime, datetime, UUID]] = {}

    async def turn(self, most: int) -> int:
        """One page of the log; how many lines it had. 0 also when another hub is at it."""
        for attempt in range(MOST_TRIES):
            try:
                return await self._turn(most, lock=attempt > 0, careful=attempt == MOST_TRIES - 1)
            except ChangedMeanwhileError:
                self._houses.clear()
                continue  # an agent was quicker: decide again, on what she made of it
            except Exception:
                self._houses.clear()
                if attempt == MOST_TRIES - 1:
                    raise
                log.warning("a page is carried out act by act", exc_info=True)
                return await self._turn(most, lock=True, careful=True)
        return 0

    async def _turn(self, most: int, *, lock: bool, careful: bool) -> int:
        async with self._database.together() as together, together.transaction() as connection:
            place = (await connection.execute(statement(_PLACE))).mappings().first()
            if place is None:
                return 0
            found = await connection.execute(statement(PAGE), {**place, "most": most})
            lines = found.mappings().all()
            if not lines:
                return 0
            events = [event for line in lines if (event := event_of(line)) is not None]
            done = list[Done]()
            if events:
                await self._refresh(connection)
                done = await self._settle(together, connection, events, lock=lock, careful=careful)
            last = lines[-1]
            await connection.execute(
                statement(_MOVE), {"epoch": last["epoch"], "xid": last["xid"], "seq": last["seq"]}
            )  # fmt: skip
        await say_runs(self._database, done)
        return len(lines)

    async def _refresh(self, connection: AsyncConnection) -> None:
        now = await stamp(connection)
        if now != self._stamp:
            self._houses.clear()
            self._stamp = now

    async def _house(self, together: Database, organisation: UUID) -> House:
        if organisation not in self._houses:
            house = await read_house(together, organisation)
            await write_troubles(together, house)
            self._houses[organisation] = house
        return self._houses[organisation]

    async def _settle(
        self, together: Database, connection: AsyncConnection, events: Sequence[Event], *, lock: bool, careful: bool,
        of_clock: Automation | None = None,
    ) -> list[Done]:  # fmt: skip
        ids = sorted({event.case_id for event in events})
        cases = await read_cases(connection, ids, lock=lock)
        lately = await _lately(connection, ids)
        verdicts: list[Verdict] = []
        for event in events:
            case = cases.get(event.case_id)
            if case is None:
                continue  # merged or erased since
            house = await self._house(together, case.organisation_id)
            chosen = [of_clock] if of_clock is not None else house.automations.get(event.trigger, ())
            made, case.facts = decide(chosen, event, case.facts, datetime.now(UTC), house.world, lately)
            for verdict in made:
                lately[verdict.automation.id, event.case_id] += 1
            verdicts += made
        return await act(connection, verdicts, cases, self._write, self._read, careful=careful)

    async def look_at_clock(self) -> int:
        """One page of one automation that runs by the clock; how many cases it had, or 0 when all have had theirs."""
        hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        try:
            return await self._clock_page(hour, careful=False)
        except Exception:
            log.warning("a page of the clock is carried out act by act", exc_info=True)
            return await self._clock_page(hour, careful=True)

    async def _clock_page(self, hour: datetime, *, careful: bool) -> int:
        async with self._database.together() as together, together.transaction() as connection:
            found = await connection.execute(
                statement(_BY_CLOCK), {"triggers": [trigger.value for trigger in BY_CLOCK], "hour": hour}
            )
            row = found.mappings().first()
            if row is None:
                return 0
            one, done = await self._of_clock(together, connection, row), list[Done]()
            cases = await self._due_cases(together, connection, one, hour) if one is not None else []
            if one is not None and cases:
                events = [
                    Event(f"clock.{case['id']}.{case['version']}", one.when.trigger, case["id"], datetime.now(UTC))
                    for case in cases
                ]
                done = await self._settle(together, connection, events, lock=True, careful=careful, of_clock=one)
                keys = [event.key for event in events]
                await connection.execute(statement(_SETTLED), {"automation": one.id, "events": keys})
            if len(cases) < CLOCK_PAGE:
                await connection.execute(
                    statement("UPDATE automations SET ran_until = :hour WHERE id = :id"),
                    {"hour": hour, "id": row["id"]},
                )
        if len(cases) < CLOCK_PAGE:
            self._within.pop(row["id"], None)
        else:
            self._within[row["id"]] = (hour, cases[-1]["activity_at"], cases[-1]["id"])
        await say_runs(self._database, done)
        return max(len(cases), 1)

    async def _of_clock(self, together: Database, connection: AsyncConnection, row: RowMapping) -> Automation | None:
        await self._refresh(connection)
        house = await self._house(together, row["organisation_id"])
        found = (one for trigger in BY_CLOCK for one in house.automations.get(trigger, ()) if one.id == row["id"])
        return next(found, None)

    async def _due_cases(
        self, together: Database, connection: AsyncConnection, one: Automation, hour: datetime
    ) -> Sequence[Any]:
        assert one.organisation_id is not None
        house = await self._house(together, one.organisation_id)
        sql, parameters = where(one.condition, house.known.fields)
        if one.types:
            sql, parameters = (
                f"{sql} AND c.type_id = ANY(CAST(:types AS uuid[]))",
                parameters | {"types": list(one.types)},
            )
        if one.team_id is not None:
            sql, parameters = f"{sql} AND c.team_id = :team", parameters | {"team": one.team_id}
        within = self._within.get(one.id)
        if within is not None and within[0] == hour:
            sql = f"{sql} AND (c.activity_at, c.id) > (:seen_at, :seen)"
            parameters = parameters | {"seen_at": within[1], "seen": within[2]}
        found = await connection.execute(
            statement(_FOUND.format(where=sql)),
            {**parameters, "organisation": one.organisation_id, "automation": one.id, "most": CLOCK_PAGE},
        )
        return found.mappings().all()

    async def note_due_tasks(self) -> int:
        """Write down which tasks came due since the last look; how many."""
        found = await self._database.written("SELECT note_due_tasks() AS told")
        return int(found["told"])

    async def forget_runs(self, days: int, most: int) -> int:
        """One piece of what the run log has for longer than so many days; how much it was."""
        found = await self._database.written("SELECT forget_runs(:days, :most) AS gone", days=days, most=most)
        return int(found["gone"])


async def _lately(connection: AsyncConnection, ids: Sequence[UUID]) -> defaultdict[tuple[UUID, UUID], int]:
    counts: defaultdict[tuple[UUID, UUID], int] = defaultdict(int)
    for row in (await connection.execute(statement(_LATELY), {"ids": list(ids)})).mappings():
        counts[row["automation_id"], row["case_id"]] = row["times"]
    return counts


__all__ = ["CaseFacts", "PostgresAutomations"]
