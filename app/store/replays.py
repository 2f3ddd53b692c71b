"""Replays that desks ask for: the past of every case, read once in the order of cases and time, as the hub."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.automation_checks import Known
from app.domain.automation_events import Event
from app.domain.automations import BY_CLOCK, Automation, Does, read_content
from app.domain.plain import to_plain
from app.domain.templating import TemplateError, fill_in
from app.domain.time_machine import Machine, Past, Would
from app.services.automations import Replay, ReplayedCase
from app.store.automation_facts import IN_TALK, CaseFacts, House, event_of, read_cases, read_house
from app.store.mail_writing import values_of
from app.store.session import Database, statement

MOST_LINES, CASES_AT_ONCE = 200, 500

_CLAIM = """
UPDATE replays SET claimed_until = clock_timestamp() + make_interval(secs => :seconds), attempts = attempts + 1
WHERE id = (SELECT id FROM replays WHERE answered_at IS NULL AND coalesce(claimed_until, '-infinity') < clock_timestamp()
              AND attempts < 3 ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, organisation_id, asked, days"""
_ANSWER = """
UPDATE replays SET answer = CAST(:answer AS jsonb), answered_at = clock_timestamp(), claimed_until = NULL
WHERE id = :id AND answered_at IS NULL"""
# One pass over the log: what belongs to a case stands together, in the order in which it happened. What a new record
# began with is the largest part of the log, and is not asked for.
_LOG = f"""
SELECT p.epoch, p.xid::text AS xid, p.seq, p.at, p.kind, p.operation, p.record_id, p.parent_id, p.actor_id, p.automation_id,
  p.depth, CASE WHEN p.operation <> 'created' OR p.kind = 'happening' THEN p.difference END AS difference, f.case_id, f.channel, f.direction, f.public, left(f.body, 2000) AS body,
  EXISTS (SELECT FROM incoming i WHERE i.follow_up_id = f.id AND i.fate = 'auto_reply') AS automatic,
  {IN_TALK} AS in_talk,
  CASE p.kind WHEN 'case' THEN p.record_id ELSE p.parent_id END AS of_case
FROM changes p LEFT JOIN follow_ups f ON p.kind = 'follow_up' AND p.operation = 'created' AND f.id = p.record_id
WHERE p.organisation_id = :organisation AND p.at >= :since AND p.kind IN ('case', 'follow_up', 'happening')
ORDER BY of_case, p.epoch, p.xid, p.seq"""
_RAN = "SELECT event FROM automation_runs WHERE automation_id = :id AND at >= :since AND outcome = 'done'"


@dataclass(slots=True)
class _Count:
    events: int = 0
    matched: int = 0
    different: int = 0
    replies: int = 0
    loops: int = 0


class PostgresReplays:
    """Answers replays one after the other; `run` is also what the measure calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def answer_next(self, for_s: float) -> bool:
        """The oldest replay that nobody works on; whether there was one."""
        async with self._database.together() as together:
            row = await together.row(_CLAIM, seconds=for_s)
        if row is None:
            return False
        bare = Automation(UUID(row["asked"]["id"]), row["asked"].get("name", ""), active=True)
        team = row["asked"].get("team_id")
        try:
            one = read_content(bare, row["asked"]["content"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return await self._say(row["id"], None)
        one = Automation(
            one.id, one.name, one.types, one.condition, one.when, one.actions, UUID(team) if team else None,
            row["organisation_id"], active=True,
        )  # fmt: skip
        return await self._say(row["id"], await self.run(row["organisation_id"], one, row["days"]))

    async def _say(self, request: UUID, replay: Replay | None) -> bool:
        empty = Replay(0, 0, 0, 0, 0, 0.0, datetime.now(UTC))
        await self._database.write(_ANSWER, id=request, answer=json.dumps(to_plain(replay or empty)))
        await self._database.write("DELETE FROM replays WHERE asked_at < now() - interval '7 days'")
        return True

    async def run(self, organisation: UUID, one: Automation, days: int) -> Replay:
        """An automation over the last days of an organisation; nothing is written."""
        began, now = time.monotonic(), datetime.now(UTC)
        one = replace(one, organisation_id=organisation)
        since = now - timedelta(days=days)
        count, lines = _Count(), list[ReplayedCase]()
        async with self._database.together() as together, together.transaction() as connection:
            await connection.execute(statement("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            house = await read_house(together, organisation)
            machine = Machine(one, house.automations, house.world)
            ran = frozenset(row["event"] for row in await together.rows(_RAN, id=one.id, since=since))
            async for case, past in self._pasts(connection, one, since, ran, count):
                found = machine.replay(past, now)
                if found:
                    _add(case, found, house, count, lines)
        took = round(time.monotonic() - began, 2)
        return Replay(
            count.events, count.matched, count.different, count.replies, count.loops, took, since, tuple(lines)
        )  # fmt: skip

    async def _pasts(
        self, connection: AsyncConnection, one: Automation, since: datetime, ran: frozenset[str], count: _Count
    ) -> AsyncIterator[tuple[CaseFacts, Past]]:
        waiting: list[tuple[UUID, list[Event]]] = []
        trigger, organisation = one.when.trigger, one.organisation_id
        assert organisation is not None
        async for of_case, events in self._by_case(connection, organisation, since, count):
            # A case to which nothing happened that it begins with is not read at all.
            if trigger in BY_CLOCK or any(event.trigger is trigger for event in events):
                waiting.append((of_case, events))
            if len(waiting) >= CASES_AT_ONCE:
                async for past in _with_facts(connection, waiting, ran):
                    yield past
                waiting = []
        async for past in _with_facts(connection, waiting, ran):
            yield past

    async def _by_case(
        self, connection: AsyncConnection, organisation: UUID, since: datetime, count: _Count
    ) -> AsyncIterator[tuple[UUID, list[Event]]]:
        held, events = None, list[Event]()
        streamed = await connection.stream(statement(_LOG), {"organisation": organisation, "since": since})
        async for part in streamed.mappings().partitions(2000):
            count.events += len(part)
            for of_case, rows in groupby(part, key=lambda row: row["of_case"]):
                if of_case != held:
                    if held is not None:
                        yield held, events
                    held, events = of_case, []
                events += [event for row in rows if (event := event_of(row)) is not None]
        if held is not None:
            yield held, events


async def _with_facts(
    connection: AsyncConnection, waiting: Sequence[tuple[UUID, list[Event]]], ran: frozenset[str]
) -> AsyncIterator[tuple[CaseFacts, Past]]:
    cases = await read_cases(connection, [case for case, _ in waiting], lock=False)
    for case_id, events in waiting:
        case = cases.get(case_id)
        if case is not None and events:
            yield case, Past(case.facts, events, ran)


def _add(case: CaseFacts, found: Sequence[Would], house: House, count: _Count, lines: list[ReplayedCase]) -> None:
    different = [one for one in found if one.different]
    count.matched += 1
    count.different += bool(different)
    count.replies += sum(one.replies for one in different)
    count.loops += any(one.loops for one in found)
    shown = next(iter(different), next((one for one in found if one.loops), None))
    if shown is None or len(lines) >= MOST_LINES:
        return
    problem = next((deed.problem for deed in shown.deeds if deed.problem), "")
    to, text = _mail(case, shown, house.known)
    lines.append(
        ReplayedCase(
            case.row["id"], case.row["number"], str(case.facts["customer.name"]), shown.event.at, shown.really,
            shown.actions, problem, sum(one.messages for one in different), any(one.loops for one in found), to, text,
        )
    )  # fmt: skip


def _mail(case: CaseFacts, shown: Would, known: Known) -> tuple[str, str]:
    """To whom a reply would have gone, and what it would have said."""
    reply = next((action for action in shown.actions if action.does is Does.REPLY), None)
    texts = known.templates.get(reply.value, ()) if reply is not None else ()
    if not texts:
        return "", ""
    row: dict[str, Any] = dict(case.row) | {"agent": "", "team": ""}
    language = 0 if row["her_language"] == "en" else 1
    text = texts[language] or texts[1 - language]
    to = next((str(one["address"]) for one in row["emails"]), "")
    try:
        return to, fill_in(text, values_of(row, "", ""))[:1000]
    except TemplateError as error:
        return to, str(error)
