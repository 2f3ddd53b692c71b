"""What verdicts bring about, in the transaction of the page: fields of cases many at once, the rest one kind after the
other, and the runs that are receipt and log."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.automation_decisions import Outcome, Verdict
from app.domain.automation_deeds import Deed
from app.domain.automations import SPREADS, Does, action_json
from app.domain.conditions import as_json
from app.domain.plain import to_plain
from app.domain.refusals import Refused
from app.services.automation_engine import Read, Write
from app.store.automation_facts import CaseFacts
from app.store.automation_sending import Sending
from app.store.errors import refusals
from app.store.session import statement

_RECEIPTS = """
SELECT x.automation, x.event FROM unnest(CAST(:automations AS uuid[]), CAST(:events AS text[])) x (automation, event)
JOIN automation_runs r ON r.automation_id = x.automation AND r.event = x.event"""
_SET = "SELECT case_id, now_version FROM set_by_automation(:automation, :depth, CAST(:told AS jsonb))"
_RUNS = """
INSERT INTO automation_runs (automation_id, event, organisation_id, case_id, trigger, depth, outcome, acts, reasons, case_version)
SELECT r.automation, r.event, r.organisation, r.case_id, r.trigger, r.depth, r.outcome, r.acts, r.reasons, r.version
FROM jsonb_to_recordset(CAST(:runs AS jsonb)) r (automation uuid, event text, organisation uuid, case_id uuid, trigger text,
  depth smallint, outcome text, acts jsonb, reasons jsonb, version integer)
ON CONFLICT DO NOTHING"""


log = logging.getLogger(__name__)


class ChangedMeanwhileError(Exception):
    """A case was changed by somebody else after it was read: the page is decided again."""


@dataclass(slots=True)
class Done:
    """A verdict with what its deeds said while they were carried out, by their places."""

    verdict: Verdict
    told: dict[int, dict[str, str]] = field(default_factory=dict)


async def act(
    connection: AsyncConnection, verdicts: Sequence[Verdict], cases: Mapping[UUID, CaseFacts], write: Write | None,
    read: Read | None, *, careful: bool,
) -> list[Done]:  # fmt: skip
    """Carry verdicts out, each once; carefully: each by itself, and one that fails is written down as failed."""
    fresh = await _without_receipts(connection, verdicts)
    if not fresh:
        return []
    done = [Done(verdict) for verdict in await _with_picks(connection, fresh, cases)]
    sending = Sending(connection, cases, write, read)
    if careful:
        done = [await _alone(connection, one, cases, sending) for one in done]
    else:
        await _together(connection, done, cases, sending)
    await connection.execute(statement(_RUNS), {"runs": json.dumps([_run(one, cases) for one in done])})
    return done


async def _without_receipts(connection: AsyncConnection, verdicts: Sequence[Verdict]) -> list[Verdict]:
    if not verdicts:
        return []
    keys = {"automations": [v.automation.id for v in verdicts], "events": [v.event.key for v in verdicts]}
    found = await connection.execute(statement(_RECEIPTS), keys)
    there = {(row["automation"], row["event"]) for row in found.mappings()}
    return [verdict for verdict in verdicts if (verdict.automation.id, verdict.event.key) not in there]


async def _with_picks(
    connection: AsyncConnection, verdicts: Sequence[Verdict], cases: Mapping[UUID, CaseFacts]
) -> list[Verdict]:
    """Verdicts whose rotation or load has become an agent; each one that is picked moves behind the others."""
    ranks: dict[tuple[str, str], list[list[Any]]] = {}
    picked: list[Verdict] = []
    for verdict in verdicts:
        deeds = list(verdict.deeds)
        for at, deed in enumerate(deeds):
            how = str(deed.after.get("assignee_id"))
            if deed.action.does is not Does.ASSIGN or how not in SPREADS:
                continue
            team = str(cases[verdict.event.case_id].facts["case.team"])
            if (team, how) not in ranks:
                ranks[team, how] = await _rank(connection, team, how)
            agent = _pick(ranks[team, how], how)
            cases[verdict.event.case_id].facts["case.assignee"] = agent
            deeds[at] = replace(deed, after={"assignee_id": agent}) if agent else Deed(deed.action, problem="nobody")
        picked.append(replace(verdict, deeds=tuple(deeds)))
    return picked


async def _rank(connection: AsyncConnection, team: str, how: str) -> list[list[Any]]:
    found = await connection.execute(
        statement("SELECT agent_id, away, weight FROM rank_agents(CAST(:team AS uuid), :how)"),
        {"team": team, "how": how},
    )
    return [[row["away"], row["weight"], str(row["agent_id"])] for row in found.mappings()]


def _pick(rank: list[list[Any]], how: str) -> str:
    if not rank:
        return ""
    chosen = rank.pop(0)
    chosen[1] += 1
    rank.append(chosen)
    rank.sort(key=lambda one: (one[0], one[1] if how == "load" else 0))  # stable: who was picked is last of her kind
    return str(chosen[2])


async def _together(
    connection: AsyncConnection, done: Sequence[Done], cases: Mapping[UUID, CaseFacts], sending: Sending
) -> None:
    """Fields first, in as few statements as their order allows; then what is added and sent."""
    waiting: dict[tuple[UUID, int], dict[UUID, dict[str, Any]]] = {}
    held: dict[UUID, tuple[UUID, int]] = {}
    for one in done:
        columns = columns_of(one.verdict)
        if not columns:
            continue
        group, case = (one.verdict.automation.id, one.verdict.event.depth + 1), one.verdict.event.case_id
        if held.get(case, group) != group:
            await _flush(connection, waiting, cases)
            held.clear()
        held[case] = group
        its = waiting.setdefault(group, {}).setdefault(case, {})
        its |= columns | ({"custom": its.get("custom", {}) | columns["custom"]} if "custom" in columns else {})
    await _flush(connection, waiting, cases)
    for one in done:
        if one.verdict.outcome is Outcome.DONE:
            await sending.send(one.verdict, one.told)


async def _flush(
    connection: AsyncConnection, waiting: dict[tuple[UUID, int], dict[UUID, dict[str, Any]]], cases: Mapping[UUID, CaseFacts]
) -> None:  # fmt: skip
    for (automation, depth), sets in waiting.items():
        told = [{"id": str(case), "version": cases[case].version, "set": sets[case]} for case in sorted(sets)]
        with refusals():
            found = await connection.execute(
                statement(_SET), {"automation": automation, "depth": depth, "told": json.dumps(to_plain(told))}
            )
        versions = {row["case_id"]: row["now_version"] for row in found.mappings()}
        if len(versions) != len(sets):
            raise ChangedMeanwhileError
        for case, version in versions.items():
            cases[case].version = version
    waiting.clear()


def columns_of(verdict: Verdict) -> dict[str, Any]:
    """All that a verdict sets in its case; the category follows from the state by itself."""
    columns: dict[str, Any] = {}
    for deed in verdict.deeds:
        for column, value in deed.after.items():
            if column == "custom":
                columns["custom"] = columns.get("custom", {}) | dict(value)  # type: ignore[call-overload]
            elif column != "category":
                columns[column] = value
    return columns


async def _alone(connection: AsyncConnection, one: Done, cases: Mapping[UUID, CaseFacts], sending: Sending) -> Done:
    before = cases[one.verdict.event.case_id].version
    try:
        async with connection.begin_nested():
            await _together(connection, [one], cases, sending)
    except Exception as error:  # whatever it is, it is this one's, and keeps nobody else waiting
        if not isinstance(error, Refused):
            log.exception("automation %s failed at %s", one.verdict.automation.id, one.verdict.event.key)
        cases[one.verdict.event.case_id].version = before
        problem = error.reason.value if isinstance(error, Refused) else type(error).__name__
        deeds = tuple(Deed(deed.action, problem=deed.problem or problem) for deed in one.verdict.deeds)
        return Done(replace(one.verdict, outcome=Outcome.FAILED, deeds=deeds))
    return one


def _run(one: Done, cases: Mapping[UUID, CaseFacts]) -> dict[str, Any]:
    verdict, case = one.verdict, cases[one.verdict.event.case_id]
    failed = verdict.outcome is Outcome.DONE and all(deed.problem for deed in verdict.deeds) and bool(verdict.deeds)
    return {
        "automation": str(verdict.automation.id),
        "event": verdict.event.key,
        "organisation": str(case.organisation_id),
        "case_id": str(verdict.event.case_id),
        "trigger": verdict.event.trigger.value,
        "depth": verdict.event.depth + 1,
        "outcome": (Outcome.FAILED if failed else verdict.outcome).value,
        "acts": [_act(deed, one.told.get(at, {})) for at, deed in enumerate(verdict.deeds)],
        "reasons": [as_json(reason) for reason in verdict.reasons],
        "version": case.version,
    }


def _act(deed: Deed, told: Mapping[str, str]) -> dict[str, Any]:
    plain: dict[str, Any] = dict(action_json(deed.action))
    if deed.after:
        plain |= {"before": _kept(deed.before), "after": _kept(deed.after)}
    if deed.problem:
        plain["problem"] = deed.problem
    return plain | dict(told)


def _kept(columns: Mapping[str, object]) -> Any:
    return to_plain({column: value for column, value in columns.items() if column != "category"})


__all__ = ["ChangedMeanwhileError", "Done", "act", "columns_of"]
