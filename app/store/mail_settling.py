"""A mail settled: its case or follow-up, its files and its fate in one transaction."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.cases import Category
from app.domain.follow_ups import BODY_MOST
from app.domain.ids import new_id
from app.domain.ledger import Fate
from app.domain.mail import Mail, MailAddress, MailPart, Report, Verdict
from app.domain.mail_answers import of_another_house
from app.domain.mail_filters import Decision, Facts, decide
from app.services.ledger import Settled, Waiting
from app.store.blobs import store_blob
from app.store.mail_facts import team_and_facts
from app.store.mail_writing import Write, acknowledge, mark_bounced
from app.store.session import Database, statement

_TWIN = """
SELECT case_id, follow_up_id FROM incoming WHERE organisation_id = :organisation AND external_id = :external
  AND content_sha256 = :sha256 AND id <> :id AND case_id IS NOT NULL LIMIT 1"""
_SETTLE = """
UPDATE incoming SET fate = :fate, reason = left(:reason, 500), case_id = :case_id, follow_up_id = :follow_up_id,
  team_id = :team, sender = left(:sender, 320), subject = left(:subject, 500), claimed_until = NULL,
  rule_id = CAST(:rule AS uuid), reopened = :reopened
WHERE id = :id AND fate IS NULL"""
_REOPEN = """
UPDATE cases c SET state_id = s.id FROM (
  SELECT s.id FROM case_states s JOIN cases c ON c.type_id = s.type_id
  WHERE c.id = :case_id AND s.category IN ('waiting_agent', 'open')
  ORDER BY s.category = 'waiting_agent' DESC, s.position LIMIT 1) s
WHERE c.id = :case_id"""
_FAILED = """
UPDATE deliveries d SET state = 'permanent', reason = left(:reason, 500)
FROM outgoing o WHERE o.id = d.outgoing_id AND o.organisation_id = :organisation AND o.external_id = :answers
  AND lower(d.recipient) = lower(:recipient) AND d.state IN ('delivered', 'unconfirmed')"""


_OURS = """
SELECT EXISTS (SELECT FROM outgoing WHERE organisation_id = :organisation AND external_id = :external)
  OR EXISTS (SELECT FROM mail_addresses WHERE organisation_id = :organisation AND address = lower(:sender)) AS ours"""
_MAY_HAVE = """
SELECT CASE WHEN EXISTS (SELECT FROM memberships WHERE team_id = :team AND agent_id = :agent) THEN CAST(:team AS uuid)
  ELSE coalesce((SELECT default_team_id FROM agents WHERE id = :agent), CAST(:team AS uuid)) END AS team
FROM agents WHERE id = :agent AND active"""
_REPLIED = """
SELECT hint(organisation_id, 'reply ' || id || ' ' || assignee_id) FROM cases
WHERE id = :case_id AND assignee_id IS NOT NULL"""


class PostgresMailDesk:
    """Settles understood mails for every organisation, as the hub; `write` makes the bytes of an automatic answer."""

    def __init__(self, database: Database, write: Write | None = None) -> None:
        self._database, self._write = database, write

    async def settle(self, waiting: Waiting, mail: Mail) -> Settled | None:
        """Decide and write; None when another hub settled it meanwhile."""
        async with self._database.transaction() as connection:
            return await _Settling(connection, waiting, mail, self._write).settle()


class _Settling:
    def __init__(self, connection: AsyncConnection, waiting: Waiting, mail: Mail, write: Write | None) -> None:
        self._connection, self._waiting, self._mail, self._write = connection, waiting, mail, write
        self._sender = mail.sender.address if mail.sender else ""

    async def settle(self) -> Settled | None:
        row = await self._one("SELECT external_id, content_sha256, fate FROM incoming WHERE id = :id FOR UPDATE")
        if row is None or row["fate"] is not None:
            return None
        # Mails of one sender are settled one after the other: two at once would make her two customers.
        await self._run(
            "SELECT pg_advisory_xact_lock(hashtextextended(:key, 40))", key=f"{self._org} {self._sender.lower()}"
        )
        if self._mail.verdict is Verdict.OWN_LOOP and not await self._is_ours():
            self._mail = of_another_house(self._mail)
        team, facts = await team_and_facts(self._connection, self._waiting, self._mail)
        twin = await self._one(_TWIN, external=row["external_id"], sha256=row["content_sha256"])
        if twin is not None:
            await self._share(twin["case_id"], team)
            return await self._end(
                Decision(Fate.FOLLOW_UP, "second_route", twin["case_id"]), team, twin["follow_up_id"]
            )
        return await self._carry_out(decide(self._mail, facts), team, facts)

    async def _carry_out(self, decision: Decision, team: UUID, facts: Facts) -> Settled:
        if decision.fate is Fate.CASE:
            case = await self._new_case(team, facts, decision)
            decision = replace(decision, case_id=case)
            await self._share(case, team)  # the team that was written to reads along where its rule sent it
        for report in self._mail.reports:
            await self._reported(report)
        follow_up = await self._follow_up(decision.case_id) if decision.case_id else None
        if decision.reopens:
            await self._run(_REOPEN, case_id=decision.case_id)
        if decision.fate is Fate.FOLLOW_UP:
            await self._run(_REPLIED, case_id=decision.case_id)
        settled = await self._end(decision, team, follow_up, reopened=decision.reopens and _was_solved(decision, facts))
        if self._write is not None and decision.fate is Fate.CASE:
            await acknowledge(self._connection, self._org, team, self._mail, settled, self._write)
        return settled

    async def _is_ours(self) -> bool:
        row = await self._one(_OURS, external=self._mail.message_id or "", sender=self._sender)
        return bool(row["ours"])

    async def _reported(self, report: Report) -> None:
        await mark_bounced(self._connection, self._org, report)
        if report.permanent and report.message_id:
            await self._run(_FAILED, answers=report.message_id, recipient=report.recipient, reason=report.reason)

    @property
    def _org(self) -> UUID:
        return self._waiting.organisation_id

    async def _run(self, sql: str, **parameters: Any) -> None:
        await self._connection.execute(statement(sql), {"id": self._waiting.id, "organisation": self._org} | parameters)

    async def _one(self, sql: str, **parameters: Any) -> Any:
        values = {"id": self._waiting.id, "organisation": self._org} | parameters
        return (await self._connection.execute(statement(sql), values)).mappings().first()

    async def _end(self, decision: Decision, team: UUID, follow_up: UUID | None, *, reopened: bool = False) -> Settled:
        settled = Settled(
            decision.fate, decision.reason, decision.case_id, follow_up, self._sender, self._mail.subject
        )  # fmt: skip
        await self._run(
            _SETTLE,
            fate=settled.fate.value,
            reason=settled.reason,
            case_id=settled.case_id,
            follow_up_id=follow_up,
            team=team,
            sender=settled.sender,
            subject=settled.subject,
            rule=decision.rule_id,
            reopened=reopened,
        )
        return settled

    async def _new_case(self, team: UUID, facts: Facts, decision: Decision) -> UUID:
        case, mail = new_id(), self._mail
        team, assignee = decision.to_team_id or team, None
        if (
            decision.to_agent_id is not None
            and (found := await self._one(_MAY_HAVE, team=team, agent=decision.to_agent_id)) is not None
        ):
            team, assignee = found["team"], decision.to_agent_id
        customer = facts.customer_id or await self._new_customer()
        subject = mail.subject.strip() or mail.text.strip().partition("\n")[0] or "✉"
        await self._run(
            "INSERT INTO cases (id, customer_id, team_id, subject, assignee_id) "
            "VALUES (:case_id, :customer, :team, left(:subject, 250), CAST(:assignee AS uuid))",
            case_id=case,
            customer=customer,
            team=team,
            subject=subject,
            assignee=assignee,
        )
        return case

    async def _new_customer(self) -> UUID:
        customer = new_id()
        # A mail of nobody that an agent wants as a case all the same.
        sender = self._mail.sender or MailAddress("", "")
        first, _, last = sender.name.strip().rpartition(" ")
        await self._run(
            "INSERT INTO customers (id, organisation_id, first_name, last_name, emails) VALUES (:customer, :organisation, "
            "left(:first, 200), left(:last, 200), CASE WHEN :address = '' THEN '[]'::jsonb "
            "ELSE jsonb_build_array(jsonb_build_object('address', CAST(:address AS text), 'label', '')) END)",
            customer=customer,
            first=first,
            last=last or sender.address.partition("@")[0] or sender.address or "✉",
            address=sender.address,
        )
        return customer

    async def _follow_up(self, case: UUID) -> UUID:
        follow_up, mail = new_id(), self._mail
        await self._run(
            "INSERT INTO follow_ups (id, case_id, channel, direction, public, author_name, body, at) VALUES (:follow_up, "
            ":case_id, 'email', 'in', true, left(:author, 200), :body, :at)",
            follow_up=follow_up,
            case_id=case,
            author=(mail.sender.name or mail.sender.address) if mail.sender else "",
            body=mail.text[:BODY_MOST],
            at=self._waiting.arrived_at,
        )
        for number, part in enumerate(mail.parts, 1):
            await self._attach(follow_up, part, number)
        return follow_up

    async def _attach(self, follow_up: UUID, part: MailPart, number: int) -> None:
        await self._run(
            "INSERT INTO attachments (id, organisation_id, audience_id, follow_up_id, blob_id, name, content_type) "
            "SELECT :attachment, f.organisation_id, f.audience_id, f.id, :blob, left(:name, 255), left(:kind, 255) "
            "FROM follow_ups f WHERE f.id = :follow_up",
            attachment=new_id(),
            blob=await store_blob(self._connection, self._org, part.data),
            name=part.name or f"{number}.{part.content_type.partition('/')[2] or 'bin'}",
            kind=part.content_type,
            follow_up=follow_up,
        )

    async def _share(self, case: UUID, team: UUID) -> None:
        """The second team that was written to reads along."""
        await self._run(
            "INSERT INTO case_teams (case_id, team_id, organisation_id, reason) SELECT c.id, :team, c.organisation_id, 'origin' "
            "FROM cases c WHERE c.id = :case_id AND c.team_id <> :team ON CONFLICT DO NOTHING",
            case_id=case,
            team=team,
        )


def _was_solved(decision: Decision, facts: Facts) -> bool:
    cases = (facts.by_token, facts.by_reference, facts.by_number, facts.open_case)
    return any(case.id == decision.case_id and case.category is Category.SOLVED for case in cases if case is not None)
