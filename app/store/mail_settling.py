"""A mail settled: its case or follow-up, its files and its fate in one transaction."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.follow_ups import BODY_MOST
from app.domain.ids import new_id
from app.domain.ledger import Fate
from app.domain.mail import Mail, MailPart
from app.domain.mail_filters import Decision, Facts, decide
from app.services.ledger import Settled, Waiting
from app.store.blobs import store_blob
from app.store.mail_facts import team_and_facts
from app.store.session import Database, statement

_TWIN = """
SELECT case_id, follow_up_id FROM incoming WHERE organisation_id = :organisation AND external_id = :external
  AND content_sha256 = :sha256 AND id <> :id AND case_id IS NOT NULL LIMIT 1"""
_SETTLE = """
UPDATE incoming SET fate = :fate, reason = left(:reason, 500), case_id = :case_id, follow_up_id = :follow_up_id,
  team_id = :team, sender = left(:sender, 320), subject = left(:subject, 500), claimed_until = NULL
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


class PostgresMailDesk:
    """Settles understood mails for every organisation, as the hub."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def settle(self, waiting: Waiting, mail: Mail) -> Settled | None:
        """Decide and write; None when another hub settled it meanwhile."""
        async with self._database.transaction() as connection:
            return await _Settling(connection, waiting, mail).settle()


class _Settling:
    def __init__(self, connection: AsyncConnection, waiting: Waiting, mail: Mail) -> None:
        self._connection, self._waiting, self._mail = connection, waiting, mail
        self._sender = mail.sender.address if mail.sender else ""

    async def settle(self) -> Settled | None:
        row = await self._one("SELECT external_id, content_sha256, fate FROM incoming WHERE id = :id FOR UPDATE")
        if row is None or row["fate"] is not None:
            return None
        # Mails of one sender are settled one after the other: two at once would make her two customers.
        await self._run(
            "SELECT pg_advisory_xact_lock(hashtextextended(:key, 40))", key=f"{self._org} {self._sender.lower()}"
        )
        team, facts = await team_and_facts(self._connection, self._waiting, self._mail)
        twin = await self._one(_TWIN, external=row["external_id"], sha256=row["content_sha256"])
        if twin is not None:
            await self._share(twin["case_id"], team)
            return await self._end(
                Decision(Fate.FOLLOW_UP, "second_route", twin["case_id"]), team, twin["follow_up_id"]
            )
        decision = decide(self._mail, facts)
        if decision.fate is Fate.CASE:
            case = await self._new_case(team, facts)
            decision = Decision(Fate.CASE, decision.reason, case)
        for report in self._mail.reports:
            if report.permanent and report.message_id:
                await self._run(_FAILED, answers=report.message_id, recipient=report.recipient, reason=report.reason)
        follow_up = await self._follow_up(decision.case_id) if decision.case_id else None
        if decision.reopens:
            await self._run(_REOPEN, case_id=decision.case_id)
        return await self._end(decision, team, follow_up)

    @property
    def _org(self) -> UUID:
        return self._waiting.organisation_id

    async def _run(self, sql: str, **parameters: Any) -> None:
        await self._connection.execute(statement(sql), {"id": self._waiting.id, "organisation": self._org} | parameters)

    async def _one(self, sql: str, **parameters: Any) -> Any:
        values = {"id": self._waiting.id, "organisation": self._org} | parameters
        return (await self._connection.execute(statement(sql), values)).mappings().first()

    async def _end(self, decision: Decision, team: UUID, follow_up: UUID | None) -> Settled:
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
        )
        return settled

    async def _new_case(self, team: UUID, facts: Facts) -> UUID:
        case, mail = new_id(), self._mail
        customer = facts.customer_id or await self._new_customer()
        subject = mail.subject.strip() or mail.text.strip().partition("\n")[0] or "✉"
        await self._run(
            "INSERT INTO cases (id, customer_id, team_id, subject) VALUES (:case_id, :customer, :team, left(:subject, 250))",
            case_id=case,
            customer=customer,
            team=team,
            subject=subject,
        )
        return case

    async def _new_customer(self) -> UUID:
        customer, sender = new_id(), self._mail.sender
        assert sender is not None
        first, _, last = sender.name.strip().rpartition(" ")
        await self._run(
            "INSERT INTO customers (id, organisation_id, first_name, last_name, emails) VALUES (:customer, :organisation, "
            "left(:first, 200), left(:last, 200), jsonb_build_array(jsonb_build_object('address', CAST(:address AS text), 'label', '')))",
            customer=customer,
            first=first,
            last=last or sender.address.partition("@")[0] or sender.address,
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
