"""What would become of a call: the same look-ups and the same plan as the hub's, without a call."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from app.domain.calls import Step
from app.domain.refusals import Refusal, Refused
from app.domain.routing import Caller, plan_incoming, rule_for
from app.services.call_book import KnownCaller
from app.services.routing import ExplainedStep, Explanation
from app.store.lookups import PostgresLookups
from app.store.session import Database


async def explain_call(database: Database, to: str, caller: str, at: datetime) -> Explanation:
    """The plan for a call to `to` from `caller` (E.164, or empty) at an instant, with names; read as whoever asks."""
    lookups = PostgresLookups(database)
    number = await lookups.dialled_number(to, at)
    if number is None:
        raise Refused(Refusal.NOT_FOUND, "to")
    known = await lookups.known_caller(number, caller, at) if caller else KnownCaller(Caller())
    plan = plan_incoming(
        number.team_id,
        await lookups.floor(at),
        at,
        hours=number.hours,
        closed=number.closed,
        last_advisor=known.last_advisor,
        rule=rule_for(await lookups.routing_rules(number.team_id), known.caller),
    )
    names = await _names(database)
    case = (
        await database.row("SELECT number FROM cases WHERE id = :id", id=known.case_id)
        if known.case_id is not None
        else None
    )
    return Explanation(
        to=number.e164,
        caller=caller,
        at=at,
        team=names.get(number.team_id, ""),
        customer=known.name,
        case_number=case["number"] if case is not None else None,
        reasons=plan.reasons,
        steps=tuple(ExplainedStep(s.kind.value, s.seconds, s.reason, _who(s, names)) for s in plan.steps),
    )


def _who(step: Step, names: Mapping[UUID, str]) -> str:
    for record in (step.agent_id, step.tree_id, step.team_id):
        if record is not None:
            return names.get(record, "")
    return step.number


async def _names(database: Database) -> dict[UUID, str]:
    found = await database.rows(
        "SELECT id, name FROM teams UNION ALL SELECT id, name FROM agents UNION ALL SELECT id, name FROM call_trees"
    )
    return {row["id"]: row["name"] for row in found}
