"""Mails settled: what each becomes and its fate in two statements, many mails in one transaction."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.cases import Category
from app.domain.follow_ups import BODY_MOST
from app.domain.ids import new_id
from app.domain.ledger import Fate
from app.domain.mail import Mail, MailAddress, MailPart, Report, Verdict
from app.domain.mail_answers import of_another_house
from app.domain.mail_filters import Decision, Facts, decide
from app.domain.mail_threading import is_another_subject
from app.domain.plain import to_plain
from app.services.ledger import Settled, Waiting
from app.store.blobs import AT_ONCE, store_blob
from app.store.mail_facts import FACTS, Known, Twin
from app.store.mail_filing import MailFiling
from app.store.mail_writing import Write, acknowledge
from app.store.session import Database, statement

_LOCK = "SELECT FROM incoming WHERE id = ANY (:ids) ORDER BY id FOR UPDATE"

# A report says that a mail was given up: its delivery has failed, whether the address is dead or only refused it.
_GIVEN_UP = """
UPDATE deliveries d SET state = 'permanent', reason = left(:reason, 500)
FROM outgoing o WHERE o.id = d.outgoing_id AND o.organisation_id = :organisation
  AND (o.external_id = :message OR o.sent_as <> '' AND o.sent_as = :message)
  AND lower(d.recipient) = lower(:recipient) AND d.state IN ('delivered', 'unconfirmed')"""

# What a case is about is also what those were about that were merged into it.
_SUBJECTS = """
WITH RECURSIVE its(id) AS (
  SELECT CAST(:case AS uuid) UNION SELECT m.id FROM its JOIN cases m ON m.merged_into_id = its.id)
SELECT c.number, ARRAY(SELECT subject FROM cases WHERE id = ANY (ARRAY(SELECT id FROM its))) || ARRAY(
  SELECT DISTINCT left(i.subject, 500) FROM incoming i WHERE i.case_id = ANY (ARRAY(SELECT id FROM its)) LIMIT 50) AS subjects
FROM cases c WHERE c.id = :case"""


class PostgresMailDesk:
    """Settles understood mails for every organisation, as the hub; `write` makes the bytes of an automatic answer."""

    _facts = FACTS

    def __init__(self, database: Database, write: Write | None = None) -> None:
        self._database, self._write = database, write

    async def settle(self, mails: Sequence[tuple[Waiting, Mail]]) -> Sequence[Settled | None]:
        """Decide and write, all or nothing, in this order; None for one that has its fate already."""
        async with self._database.transaction() as connection:
            # All at first: who answers one of them, in a batch beside this one, waits until it has its case.
            await connection.execute(statement(_LOCK), {"ids": [waiting.id for waiting, _ in mails]})
            filing = MailFiling(connection, self._facts)
            settled = [await self._settle(filing, connection, waiting, mail) for waiting, mail in mails]
            await filing.written()
            return settled

    async def _settle(
        self, filing: MailFiling, connection: AsyncConnection, waiting: Waiting, mail: Mail
    ) -> Settled | None:
        known = await filing.known(waiting, mail)
        if known is None:
            return None
        if mail.verdict is Verdict.OWN_LOOP and not known.ours:
            mail = of_another_house(mail)
        if known.twin is not None:
            settled, told = _second_route(waiting, mail, known, known.twin)
        else:
            decision = await self._decide(connection, mail, known)
            settled, told = _becomes(waiting, mail, known, decision)
        files = await _files(connection, waiting.organisation_id, mail.parts) if told["enters"] else []
        filing.file(
            {
                "entry": waiting.id,
                # What no text of the database can hold, wherever in a mail it came from.
                "told": json.dumps(self._said(told) | {"files": [plain for plain, _ in files]}).replace("\\u0000", ""),
                "said": mail.text[:BODY_MOST],
                "files": [data for _, data in files],
            }
        )
        if settled.fate is Fate.BOUNCE:
            await _give_up(filing, waiting.organisation_id, mail.reports)
        await self._answer(filing, waiting, mail, known, settled)
        return settled

    async def _decide(self, connection: AsyncConnection, mail: Mail, known: Known) -> Decision:
        return await _looked_at(connection, mail, decide(mail, known.facts))

    def _said(self, told: dict[str, Any]) -> dict[str, Any]:
        return told

    async def _answer(self, filing: MailFiling, waiting: Waiting, mail: Mail, known: Known, settled: Settled) -> None:
        if self._write is not None and settled.fate is Fate.CASE and known.answers:
            connection = await filing.written()
            await acknowledge(connection, waiting.organisation_id, known.team_id, mail, settled, self._write)


async def _give_up(filing: MailFiling, organisation: UUID, reports: Sequence[Report]) -> None:
    for report in reports:
        if report.failed and not report.permanent and report.message_id:
            told = {"message": report.message_id, "recipient": report.recipient, "reason": report.reason}
            connection = await filing.written()
            await connection.execute(statement(_GIVEN_UP), told | {"organisation": organisation})


async def _looked_at(connection: AsyncConnection, mail: Mail, decision: Decision) -> Decision:
    """A mail that came by its chain says so, unless its subject is another one: then it may be about something else."""
    if decision.fate is not Fate.FOLLOW_UP or decision.reason not in {"token", "reference"}:
        return decision
    found = (await connection.execute(statement(_SUBJECTS), {"case": decision.case_id})).mappings().one()
    changed = is_another_subject(mail.subject, found["subjects"], found["number"])
    return replace(decision, reason="changed_subject") if changed else decision


def _second_route(waiting: Waiting, mail: Mail, known: Known, twin: Twin) -> tuple[Settled, dict[str, Any]]:
    """The second team that was written to reads along."""
    settled = Settled(
        Fate.FOLLOW_UP, "second_route", twin.case_id, twin.follow_up_id, _sender(mail).address, mail.subject
    )  # fmt: skip
    return settled, _told(waiting, mail, known, settled) | {"shares": True}


def _becomes(waiting: Waiting, mail: Mail, known: Known, decision: Decision) -> tuple[Settled, dict[str, Any]]:
    new_case = decision.fate is Fate.CASE
    case = new_id() if new_case else decision.case_id
    follow_up = new_id() if case is not None else None
    sender = _sender(mail)
    settled = Settled(decision.fate, decision.reason, case, follow_up, sender.address, mail.subject)
    customer = known.facts.customer_id
    return settled, _told(waiting, mail, known, settled) | {
        "customer_id": to_plain(customer or new_id()),
        "customer": _customer(sender) if new_case and customer is None else None,
        "new_case": new_case,
        "case_subject": mail.subject.strip() or mail.text.strip().partition("\n")[0] or "✉",
        "to_team_id": to_plain(decision.to_team_id),
        "to_agent_id": to_plain(decision.to_agent_id),
        # The team that was written to reads along where its rule sent it.
        "shares": new_case,
        "enters": case is not None,
        "reopens": decision.reopens,
        "reopened": decision.reopens and _was_solved(decision, known.facts),
        "rule_id": to_plain(decision.rule_id),
        "type_id": to_plain(known.type_id),
        "task_type_id": to_plain(known.task_type_id),
        "continues": to_plain(decision.continues),
        # A mail that arrived says nothing against its address.
        "reports": to_plain([report for report in mail.reports if not report.status.startswith("2")]),
    }


def _told(waiting: Waiting, mail: Mail, known: Known, settled: Settled) -> dict[str, Any]:
    """What is said of every mail; nothing is made or changed by it but the entry in the ledger."""
    sender = mail.sender
    return {
        "organisation_id": str(waiting.organisation_id),
        "team_id": str(known.team_id),
        "fate": settled.fate.value,
        "reason": settled.reason,
        "case_id": to_plain(settled.case_id),
        "follow_up_id": to_plain(settled.follow_up_id),
        "sender": settled.sender,
        "subject": settled.subject,
        "author": (sender.name or sender.address) if sender else "",
        "at": waiting.arrived_at.isoformat(),
        "customer": None,
        "new_case": False,
        "shares": False,
        "enters": False,
        "reopens": False,
        "reopened": False,
        "rule_id": None,
        "type_id": None,
        "task_type_id": None,
        "continues": None,
        "reports": [],
    }


def _sender(mail: Mail) -> MailAddress:
    # A mail of nobody that an agent wants as a case all the same.
    return mail.sender or MailAddress("", "")


def _customer(sender: MailAddress) -> dict[str, str]:
    first, _, last = sender.name.strip().rpartition(" ")
    last = last or sender.address.partition("@")[0] or sender.address or "✉"
    return {"first": first, "last": last, "address": sender.address}


async def _files(
    connection: AsyncConnection, organisation: UUID, parts: Sequence[MailPart]
) -> list[tuple[dict[str, Any], bytes | None]]:
    """Each file as the database is told of it, with its bytes; a large one is kept chunk by chunk before."""
    found: list[tuple[dict[str, Any], bytes | None]] = []
    for number, part in enumerate(parts, 1):
        large = len(part.data) > AT_ONCE
        blob = await store_blob(connection, organisation, part.data) if large else new_id()
        plain = {
            "id": str(new_id()),
            "blob": str(blob),
            "kept": large,
            "sha256": part.sha256,
            "name": part.name or f"{number}.{part.content_type.partition('/')[2] or 'bin'}",
            "kind": part.content_type,
        }
        found.append((plain, None if large else part.data))
    return found


def _was_solved(decision: Decision, facts: Facts) -> bool:
    cases = (facts.by_token, facts.by_reference, facts.by_number, facts.open_case)
    return any(case.id == decision.case_id and case.category is Category.SOLVED for case in cases if case is not None)
