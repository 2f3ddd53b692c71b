"""What is wrong with automations, written where their pages show it."""

import json
from uuid import UUID

from app.domain.automation_checks import Fault, Problem
from app.domain.plain import to_plain
from app.store.automation_facts import House
from app.store.session import Database

_WRITE = """
UPDATE automations SET trouble = CAST(:trouble AS jsonb) WHERE id = :id AND trouble IS DISTINCT FROM CAST(:trouble AS jsonb)"""
_ADD = """
UPDATE automations a SET trouble = (
  SELECT coalesce(jsonb_agg(t), '[]') FROM jsonb_array_elements(a.trouble) t WHERE t ->> 'fault' <> :fault) || CAST(:trouble AS jsonb)
WHERE id = :id AND NOT a.trouble @> CAST(:trouble AS jsonb)"""
_MEND = """
UPDATE automations a SET trouble = (
  SELECT coalesce(jsonb_agg(t), '[]') FROM jsonb_array_elements(a.trouble) t WHERE t ->> 'fault' <> :fault)
WHERE id = :id AND a.trouble @> jsonb_build_array(jsonb_build_object('fault', CAST(:fault AS text)))"""
LASTING = {Fault.WEB_HOOK, Fault.LOOPS, Fault.TEMPLATE_ERROR}
"""Found out when it ran, so that reading the automation does not take it back."""


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
