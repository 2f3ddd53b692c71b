"""What is wrong with automations, written where their pages show it."""

import json
from collections.abc import Iterable
from uuid import UUID

from app.domain.automation_checks import LASTING, Fault, Problem
from app.domain.automation_decisions import Outcome
from app.domain.plain import to_plain
from app.store.automation_acts import Done
from app.store.automation_facts import House
from app.store.session import Database

_WRITE = """
UPDATE automations SET trouble = CAST(:trouble AS jsonb) WHERE id = :id AND trouble IS DISTINCT FROM CAST(:trouble AS jsonb)"""
_ADD = """
UPDATE automations a SET trouble = (
  SELECT coalesce(jsonb_agg(t), '[]') FROM jsonb_array_elements(a.trouble) t WHERE t ->> 'fault' <> :fault) || CAST(:trouble AS jsonb)
WHERE id = :id AND NOT a.trouble @> CAST(:trouble AS jsonb)"""
STOPPED = frozenset({Outcome.OWN_EVENT, Outcome.TOO_DEEP, Outcome.TOO_OFTEN})
TEXT_FAILED = "template_error: "
_MEND = """
UPDATE automations a SET trouble = (
  SELECT coalesce(jsonb_agg(t), '[]') FROM jsonb_array_elements(a.trouble) t WHERE t ->> 'fault' <> :fault)
WHERE id = :id AND a.trouble @> jsonb_build_array(jsonb_build_object('fault', CAST(:fault AS text)))"""


async def write_troubles(database: Database, house: House) -> None:
    """Those of parts that are gone; what was said of one that is sound again is taken back."""
    rows = await database.rows(
        "SELECT id, trouble FROM automations WHERE organisation_id = :id AND archived_at IS NULL AND active",
        id=house.organisation_id,
    )
    for row in rows:
        told = [to_plain(problem) for problem in house.troubles.get(row["id"], ())]
        lasting = [one for one in row["trouble"] if one.get("fault") in LASTING]
        kept = told + [one for one in lasting if one not in told]
        if kept != row["trouble"]:
            await database.write(_WRITE, id=row["id"], trouble=json.dumps(kept))


async def say_trouble(database: Database, automation: UUID, problem: Problem) -> None:
    """One that came out while it ran."""
    plain = json.dumps([to_plain(problem)])
    await database.write(_ADD, id=automation, fault=problem.fault.value, trouble=plain)


async def mend_trouble(database: Database, automation: UUID, fault: Fault) -> None:
    """It works again."""
    await database.write(_MEND, id=automation, fault=fault.value)


async def say_runs(database: Database, done: Iterable[Done]) -> None:
    """What came out when they ran: a text that could not be filled in, or a circle that the guard had to break."""
    for automation, (faults, mended) in _said(done).items():
        if mended:
            await mend_trouble(database, automation, Fault.TEXT_FAILED)
        for problem in faults:
            await say_trouble(database, automation, problem)


def _said(done: Iterable[Done]) -> dict[UUID, tuple[list[Problem], bool]]:
    """By automation: the last of its problems of each kind, and whether all its texts were filled in."""
    found: dict[UUID, dict[Fault, Problem]] = {}
    for one in done:
        its = found.setdefault(one.verdict.automation.id, {})
        if one.verdict.outcome in STOPPED:
            its[Fault.LOOPS] = Problem(Fault.LOOPS)
        for told in one.told.values():
            if told.get("problem", "").startswith(TEXT_FAILED):
                its[Fault.TEXT_FAILED] = Problem(Fault.TEXT_FAILED, told["problem"].removeprefix(TEXT_FAILED))
    return {automation: (list(its.values()), Fault.TEXT_FAILED not in its) for automation, its in found.items()}
