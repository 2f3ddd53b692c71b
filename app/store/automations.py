"""Automations, templates and macros on PostgreSQL, under the agent's own role."""

import json
from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from app.domain.automation_checks import Known, Problem
from app.domain.automations import Automation, action_json, as_content, read_action
from app.domain.conditions import Compare, from_json
from app.domain.ids import new_id
from app.domain.plain import from_plain
from app.services.automations import (
    Ask,
    AutomationOnPage,
    AutomationVersion,
    CaseRun,
    Macro,
    Replay,
    SentOne,
    Template,
    Undone,
)
from app.store.automation_facts import automation_of, known_to
from app.store.session import Database

_ALL = """
SELECT id, organisation_id, team_id, name, shipped, position, active, content, trouble, version, may_automate(team_id) AS may_edit
FROM automations WHERE archived_at IS NULL ORDER BY position, name"""
_ASKS = """
SELECT q.id, q.automation_id, a.name AS by, q.said, q.asked_at AS at FROM automation_asks q JOIN agents a ON a.id = q.asked_by
WHERE q.answered_at IS NULL ORDER BY q.asked_at"""
_SAVE = """
INSERT INTO automations (id, organisation_id, team_id, name, position, active, trigger, content)
VALUES (:id, (SELECT my_organisation()), CAST(:team AS uuid), :name, :position, :active, '', CAST(:content AS jsonb))
ON CONFLICT (id) DO UPDATE SET name = :name, active = :active, content = CAST(:content AS jsonb)"""
_VERSIONS = """
SELECT v.version, v.name, v.active, v.content, coalesce(a.name, '') AS by, v.changed_at AS at, o.id, o.organisation_id, o.team_id,
  o.shipped, o.position
FROM automation_versions v JOIN automations o ON o.id = v.automation_id LEFT JOIN agents a ON a.id = v.changed_by
WHERE v.automation_id = :id ORDER BY v.version DESC LIMIT 50"""
_RUNS = """
SELECT a.name AS automation, a.shipped, r.at, r.trigger, r.outcome, r.acts, r.reasons FROM automation_runs r
JOIN automations a ON a.id = r.automation_id WHERE r.case_id = :id ORDER BY r.at DESC LIMIT 100"""
_TEMPLATES = """
SELECT id, name, shortcut, text_en, text_fr, team_id, agent_id, shipped,
  CASE WHEN agent_id IS NULL THEN may_automate(team_id) ELSE true END AS may_edit
FROM templates WHERE archived_at IS NULL ORDER BY fold(name)"""
_SAVE_TEMPLATE = """
INSERT INTO templates (id, organisation_id, team_id, agent_id, name, shortcut, text_en, text_fr)
VALUES (:id, (SELECT my_organisation()), CAST(:team AS uuid), CAST(:agent AS uuid), :name, :shortcut, :en, :fr)
ON CONFLICT (id) DO UPDATE SET name = :name, shortcut = :shortcut, text_en = :en, text_fr = :fr"""
_MACROS = """
SELECT id, name, actions, team_id, agent_id, position,
  CASE WHEN agent_id IS NULL THEN may_automate(team_id) ELSE true END AS may_edit
FROM macros WHERE archived_at IS NULL ORDER BY position, fold(name)"""
_SAVE_MACRO = """
INSERT INTO macros (id, organisation_id, team_id, agent_id, name, position, actions)
VALUES (:id, (SELECT my_organisation()), CAST(:team AS uuid), CAST(:agent AS uuid), :name, :position, CAST(:actions AS jsonb))
ON CONFLICT (id) DO UPDATE SET name = :name, position = :position, actions = CAST(:actions AS jsonb)"""
_STOPPED = frozenset({"own_event", "too_deep", "too_often"})


class PostgresAutomationDesk:
    """AutomationStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def automations(self) -> tuple[AutomationOnPage, ...]:
        asks: dict[UUID, list[Ask]] = defaultdict(list)
        for row in await self._database.rows(_ASKS):
            asks[row["automation_id"]].append(Ask(row["id"], row["by"], row["said"], row["at"]))
        figures: dict[UUID, list[Any]] = defaultdict(list)
        for row in await self._database.rows("SELECT * FROM automation_figures()"):
            figures[row["automation_id"]].append(row)
        found = []
        for row in await self._database.rows(_ALL):
            one = automation_of(row)
            if one is not None:
                found.append(_on_page(one, row, figures[one.id], tuple(asks[one.id])))
        return tuple(found)

    async def known(self) -> Known:
        return await known_to(self._database, None)

    async def save_automation(self, one: Automation) -> None:
        await self._database.write(
            _SAVE,
            id=one.id,
            team=one.team_id,
            name=one.name,
            position=one.position,
            active=one.active,
            content=json.dumps(as_content(one)),
        )

    async def remove_automation(self, automation_id: UUID) -> None:
        await self._database.write(
            "UPDATE automations SET archived_at = now(), active = false WHERE id = :id", id=automation_id
        )

    async def order_automations(self, ids: tuple[UUID, ...]) -> None:
        await self._database.write("SELECT order_automations(:ids)", ids=list(ids))

    async def versions(self, automation_id: UUID) -> tuple[AutomationVersion, ...]:
        rows = await self._database.rows(_VERSIONS, id=automation_id)
        return tuple(
            AutomationVersion(row["version"], one, row["by"], row["at"])
            for row in rows
            if (one := automation_of(row)) is not None
        )

    async def ask_change(self, automation_id: UUID, words: str) -> None:
        await self._database.write("SELECT ask_change(:ask, :id, :words)", ask=new_id(), id=automation_id, words=words)

    async def answer_change(self, ask_id: UUID) -> None:
        await self._database.write("SELECT answer_change(:id)", id=ask_id)

    async def ask_replay(self, one: Automation, days: int) -> UUID:
        request = new_id()
        asked = {"id": str(one.id), "name": one.name, "content": as_content(one)}
        await self._database.write(
            "SELECT ask_replay(:request, CAST(:team AS uuid), CAST(:asked AS jsonb), :days)",
            request=request,
            team=one.team_id,
            asked=json.dumps(asked),
            days=days,
        )
        return request

    async def replay(self, request: UUID) -> Replay | None:
        row = await self._database.row("SELECT answer FROM replays WHERE id = :id AND answer IS NOT NULL", id=request)
        if row is None:
            return None
        read: Replay = from_plain(Replay, row["answer"])
        return read

    async def undo(self, automation_id: UUID, since: datetime, until: datetime) -> tuple[Undone, ...]:
        async with self._database.together() as together:
            rows = await together.rows(
                "SELECT * FROM undo_automation(:id, :since, :until)", id=automation_id, since=since, until=until
            )
        return tuple(Undone(**row) for row in rows)

    async def sent(self, automation_id: UUID, since: datetime, until: datetime) -> tuple[SentOne, ...]:
        rows = await self._database.rows(
            "SELECT * FROM sent_by_automation(:id, :since, :until)", id=automation_id, since=since, until=until
        )
        return tuple(SentOne(**row) for row in rows)

    async def runs_of_case(self, case_id: UUID) -> tuple[CaseRun, ...]:
        rows = await self._database.rows(_RUNS, id=case_id)
        return tuple(
            CaseRun(
                row["automation"], row["shipped"], row["at"], row["trigger"], row["outcome"], tuple(row["acts"]),
                tuple(one for told in row["reasons"] if isinstance(one := from_json(told), Compare)),
            )
            for row in rows
        )  # fmt: skip

    async def web_hook_secret(self) -> str:
        return str((await self._database.written("SELECT web_hook_secret() AS secret"))["secret"])

    async def templates(self) -> tuple[Template, ...]:
        return tuple(Template(**row) for row in await self._database.rows(_TEMPLATES))

    async def save_template(self, template: Template) -> None:
        await self._database.write(
            _SAVE_TEMPLATE,
            id=template.id,
            team=template.team_id,
            agent=template.agent_id,
            name=template.name.strip(),
            shortcut=template.shortcut,
            en=template.text_en,
            fr=template.text_fr,
        )

    async def remove_template(self, template_id: UUID) -> None:
        await self._database.write("UPDATE templates SET archived_at = now() WHERE id = :id", id=template_id)

    async def macros(self) -> tuple[Macro, ...]:
        rows = await self._database.rows(_MACROS)
        return tuple(Macro(**{**row, "actions": tuple(map(read_action, row["actions"]))}) for row in rows)

    async def save_macro(self, macro: Macro) -> None:
        await self._database.write(
            _SAVE_MACRO,
            id=macro.id,
            team=macro.team_id,
            agent=macro.agent_id,
            name=macro.name.strip(),
            position=macro.position,
            actions=json.dumps([action_json(action) for action in macro.actions]),
        )

    async def remove_macro(self, macro_id: UUID) -> None:
        await self._database.write("UPDATE macros SET archived_at = now() WHERE id = :id", id=macro_id)


def _on_page(one: Automation, row: Any, figures: list[Any], asks: tuple[Ask, ...]) -> AutomationOnPage:
    def times(*outcomes: str) -> int:
        return sum(figure["times"] for figure in figures if figure["outcome"] in outcomes)

    last = max((figure["last_at"] for figure in figures if figure["outcome"] == "done"), default=None)
    trouble: tuple[Problem, ...] = from_plain(tuple[Problem, ...], row["trouble"])
    return AutomationOnPage(
        one, trouble, times("done"), times(*_STOPPED), times("failed"), last, asks, row["may_edit"]
    )  # fmt: skip
