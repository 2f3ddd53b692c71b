"""What an automation adds and sends: notes, tasks, notices, replies, calls of web hooks, all in the page's transaction."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.automation_decisions import Verdict
from app.domain.automation_deeds import Deed
from app.domain.automations import Does, Trigger
from app.domain.conditions import span
from app.domain.ids import new_id
from app.domain.mail import Mail
from app.domain.templating import TemplateError, fill_in
from app.services.automation_engine import Read, Write
from app.store.automation_facts import CaseFacts
from app.store.mail_writing import Replied, reply, values_of
from app.store.session import statement

_BY = "SELECT set_config('guichet.automation', :automation, true), set_config('guichet.depth', :depth, true)"
_NOTE = """
INSERT INTO follow_ups (id, case_id, channel, author_name, body, custom)
VALUES (:id, :case_id, 'note', left(:name, 200), :text, jsonb_build_object('automation', CAST(:automation AS text)))"""
# A task after days at the same hour of the wall, in the zone of the team that has it; hours are hours.
_TASK = """
INSERT INTO tasks (id, team_id, assignee_id, customer_id, case_id, kind, title, local_at, zone, reminder_minutes)
SELECT :id, c.team_id, CASE WHEN :mine THEN c.assignee_id END, c.customer_id, c.id, 'other', left(:text, 250),
  date_trunc('minute', ((now() AT TIME ZONE t.time_zone + a.days) AT TIME ZONE t.time_zone + (a.whole - a.days))
    AT TIME ZONE t.time_zone), t.time_zone, 5
FROM cases c JOIN teams t ON t.id = c.team_id,
  LATERAL (SELECT w.whole, date_trunc('day', w.whole) AS days FROM (SELECT CAST(:after AS interval) AS whole) w) a
WHERE c.id = :case_id"""
_NOTICE = """
INSERT INTO automation_notices (id, organisation_id, agent_id, case_id, automation_id, said)
SELECT gen_random_uuid(), c.organisation_id, a.id, c.id, CAST(:automation AS uuid), left(:text, 500)
FROM cases c JOIN agents a ON a.organisation_id = c.organisation_id AND a.active
WHERE c.id = :case_id AND CASE :whom
  WHEN 'assignee' THEN a.id = c.assignee_id
  WHEN 'team' THEN EXISTS (SELECT FROM memberships m WHERE m.team_id = c.team_id AND m.agent_id = a.id)
  WHEN 'leads' THEN EXISTS (SELECT FROM memberships m WHERE m.team_id = c.team_id AND m.agent_id = a.id AND m.lead)
  ELSE a.id::text = :whom END"""
_HOOK = """
INSERT INTO web_hook_calls (id, organisation_id, automation_id, case_id, event, position, url, body)
VALUES (:id, :organisation, CAST(:automation AS uuid), :case_id, :event, :position, :url, CAST(:body AS jsonb))
ON CONFLICT DO NOTHING"""
_ANSWERED = """
SELECT blob_id FROM incoming WHERE case_id = :case_id AND CASE WHEN :created THEN fate = 'case'
  ELSE follow_up_id = CAST(:follow_up AS uuid) END ORDER BY arrived_at LIMIT 1"""
_TEMPLATE = """
SELECT shipped, text_en, text_fr FROM templates WHERE organisation_id = :organisation AND archived_at IS NULL
AND CASE WHEN :shipped = '' THEN id = CAST(nullif(:id, '') AS uuid) ELSE shipped = :shipped END"""
_RAW = "SELECT data FROM blob_chunks WHERE blob_id = :blob ORDER BY position"
_NAMES = """
SELECT c.number, c.subject, c.custom, u.first_name, u.last_name, u.organisation, u.custom AS hers, coalesce(a.name, '') AS agent,
  t.name AS team, o.name AS company, chat_link(c.id) AS chat_link
FROM cases c JOIN customers u ON u.id = c.customer_id JOIN teams t ON t.id = c.team_id
JOIN organisations o ON o.id = c.organisation_id LEFT JOIN agents a ON a.id = c.assignee_id WHERE c.id = :case_id"""
_SENDS = frozenset({Does.REPLY, Does.NOTIFY, Does.MAKE_TASK, Does.ADD_NOTE, Does.WEB_HOOK})


class Sending:
    """Carries out what is no field of the case."""

    def __init__(
        self, connection: AsyncConnection, cases: Mapping[UUID, CaseFacts], write: Write | None, read: Read | None
    ) -> None:
        self._connection, self._cases, self._write, self._read = connection, cases, write, read

    async def send(self, verdict: Verdict, told: dict[int, dict[str, str]]) -> None:
        """Everything of one verdict; what came of a reply or a text that failed stands in `told`."""
        deeds = [(at, deed) for at, deed in enumerate(verdict.deeds) if deed.action.does in _SENDS and not deed.problem]
        if not deeds:
            return
        await self._run(_BY, automation=str(verdict.automation.id), depth=str(verdict.event.depth + 1))
        for at, deed in deeds:
            try:
                said = await self._one(verdict, at, deed)
            except TemplateError as error:
                said = {"problem": f"template_error: {error}"}
            if said:
                told[at] = said
        await self._run(_BY, automation="", depth="")

    async def _one(self, verdict: Verdict, at: int, deed: Deed) -> dict[str, str]:
        action, case = deed.action, verdict.event.case_id
        of = {"case_id": case, "automation": str(verdict.automation.id)}
        if action.does is Does.REPLY:
            replied = await self._reply(verdict, action.value)
            return {"told": replied.to} if replied.to else {"problem": replied.problem}
        if action.does is Does.WEB_HOOK:
            await self._hook(verdict, at, deed)
            return {"told": action.value}
        text = await self._filled(case, action.text)
        if action.does is Does.NOTIFY:
            await self._run(_NOTICE, **of, whom=action.value.removeprefix("agent:"), text=text)
        elif action.does is Does.ADD_NOTE:
            await self._run(_NOTE, **of, id=new_id(), name=verdict.automation.name, text=text)
        else:
            after = span(action.after) or timedelta(days=1)
            mine = action.value == "assignee"
            await self._run(_TASK, id=new_id(), case_id=case, mine=mine, text=text or "…", after=after)
        return {}

    async def _reply(self, verdict: Verdict, named: str) -> Replied:
        case = self._cases[verdict.event.case_id]
        if self._write is None:
            return Replied(problem="no_mailbox")
        shipped = named.removeprefix("shipped:") if named.startswith("shipped:") else ""
        template = await self._run(
            _TEMPLATE, organisation=case.organisation_id, shipped=shipped, id="" if shipped else named
        )
        if template is None:
            return Replied(problem="unknown_template")
        return await reply(
            self._connection,
            case.organisation_id,
            case.row["speaker_id"],
            verdict.event.case_id,
            await self._mail_of(verdict),
            {"en": template["text_en"], "fr": template["text_fr"]},
            self._write,
            own_words=template["shipped"] == "acknowledgement",
        )

    async def _mail_of(self, verdict: Verdict) -> Mail | None:
        """The mail that a reply answers: the one that made the case, or the message of the event."""
        event = verdict.event
        if self._read is None or event.trigger not in {Trigger.CREATED, Trigger.MESSAGE_IN}:
            return None
        created = event.trigger is Trigger.CREATED
        found = await self._run(
            _ANSWERED, case_id=event.case_id, created=created, follow_up=None if created else event.key
        )  # fmt: skip
        return self._read(await self._raw(found["blob_id"])) if found is not None else None

    async def _raw(self, blob: UUID) -> bytes:
        rows = await self._connection.execute(statement(_RAW), {"blob": blob})
        return b"".join(row["data"] for row in rows.mappings())

    async def _hook(self, verdict: Verdict, at: int, deed: Deed) -> None:
        event, case = verdict.event, self._cases[verdict.event.case_id]
        body = {
            "event": event.trigger.value,
            "at": event.at.isoformat(),
            "automation": {"id": str(verdict.automation.id), "name": verdict.automation.name},
            "case": {
                "id": str(event.case_id), "number": case.row["number"], "subject": case.row["subject"],
                "category": case.facts["case.category"], "priority": case.facts["case.priority"],
                "team": case.facts["case.team"], "assignee": case.facts["case.assignee"],
                "customer": str(case.row["customer_id"]), "tags": list(case.facts["case.tags"]),  # type: ignore[call-overload]
            },
            "changed": {name: list(pair) for name, pair in event.changed.items()},
        }  # fmt: skip
        await self._run(
            _HOOK,
            id=new_id(),
            organisation=case.organisation_id,
            automation=str(verdict.automation.id),
            case_id=event.case_id,
            event=event.key,
            position=at,
            url=deed.action.value,
            body=json.dumps(body, default=str),
        )

    async def _filled(self, case: UUID, text: str) -> str:
        if "{" not in text:
            return text
        found = await self._run(_NAMES, case_id=case)
        return fill_in(text, values_of(found, found["company"], found["company"]))

    async def _run(self, sql: str, **parameters: Any) -> Any:
        found = await self._connection.execute(statement(sql), parameters)
        return found.mappings().first() if found.returns_rows else None
