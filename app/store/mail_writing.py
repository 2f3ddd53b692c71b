"""What the hub writes by itself when a mail is settled: the answer to its sender."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.ids import new_id
from app.domain.mail import Mail
from app.domain.mail_answers import (
    MOST_AN_HOUR,
    WINDOW,
    Acknowledgement,
    Answering,
    answered_to,
    answers,
    language_of,
    words,
)
from app.services.ledger import Settled
from app.store.blobs import store_blob
from app.store.session import statement

Write = Callable[[Acknowledgement], tuple[str, bytes]]
"""Makes an answer's message id and bytes."""

_SENDER = """
SELECT a.address, a.mailbox_id, h.auto_reply, h.uses_display_name, h.reply_en, h.reply_fr, o.language,
  coalesce(nullif(h.display_name, ''), nullif(t.display_name, ''), t.name) AS display_name, o.name AS company
FROM email_hubs h JOIN mail_addresses a ON a.team_id = h.team_id AND a.sends JOIN teams t ON t.id = h.team_id
JOIN organisations o ON o.id = h.organisation_id WHERE h.team_id = :team AND h.enabled"""
_OURS = "SELECT 1 FROM mail_addresses WHERE organisation_id = :organisation AND address = :recipient"
_LATELY = """
SELECT (SELECT count(*) FROM auto_replies WHERE organisation_id = :organisation AND recipient = :recipient
        AND replied_at > clock_timestamp() - make_interval(secs => :window)) AS before,
  (SELECT count(*) FROM (SELECT FROM auto_replies WHERE mailbox_id = :mailbox
   AND replied_at > clock_timestamp() - interval '1 hour' LIMIT :most) s) AS lately"""
_CASE = """
SELECT c.number, CASE WHEN u.created_at < now() THEN u.language ELSE '' END AS language
FROM cases c JOIN customers u ON u.id = c.customer_id WHERE c.id = :case_id"""
_WRITTEN = """
INSERT INTO outgoing (id, organisation_id, case_id, follow_up_id, mailbox_id, external_id, blob_id, automatic)
VALUES (:mail, :organisation, :case_id, :follow_up, :mailbox, :external, :blob, true)"""


class _Run:
    def __init__(self, connection: AsyncConnection, organisation: UUID) -> None:
        self.connection, self.organisation = connection, organisation

    async def __call__(self, sql: str, **parameters: Any) -> Any:
        found = await self.connection.execute(statement(sql), {"organisation": self.organisation} | parameters)
        return found.mappings().first() if found.returns_rows else None


async def acknowledge(
    connection: AsyncConnection, organisation: UUID, team: UUID, mail: Mail, settled: Settled, write: Write
) -> bool:
    """Answer the sender of a new case in the transaction that made it; whether she was."""
    run = _Run(connection, organisation)
    sender = await run(_SENDER, team=team)
    recipient = answered_to(mail)
    if sender is None or not recipient or len(recipient) > 320 or await run(_OURS, recipient=recipient.lower()):
        return False
    lately = await run(
        _LATELY,
        recipient=recipient.lower(),
        mailbox=sender["mailbox_id"],
        window=WINDOW.total_seconds(),
        most=MOST_AN_HOUR,
    )
    if not answers(mail, settled.fate, Answering(sender["auto_reply"], lately["before"], lately["lately"])):
        return False
    case = await run(_CASE, case_id=settled.case_id)
    name = sender["display_name"] if sender["uses_display_name"] else sender["company"]
    language = language_of(mail, case["language"], sender["language"])
    text = words(sender[f"reply_{language}"], language, case["number"], name)
    assert settled.case_id is not None
    asked = Acknowledgement(
        settled.case_id, case["number"], name, sender["address"], recipient, mail.subject, text,
        mail.message_id or "", mail.thread.references,
    )  # fmt: skip
    external, raw = write(asked)
    message, follow_up = new_id(), new_id()
    await run(
        "INSERT INTO follow_ups (id, case_id, channel, direction, public, author_name, body) "
        "VALUES (:follow_up, :case_id, 'email', 'out', true, left(:name, 200), :text)",
        follow_up=follow_up,
        case_id=settled.case_id,
        name=name,
        text=text,
    )
    await run(
        _WRITTEN,
        mail=message,
        case_id=settled.case_id,
        follow_up=follow_up,
        mailbox=sender["mailbox_id"],
        external=external,
        blob=await store_blob(connection, organisation, raw),
    )
    await run(
        "INSERT INTO deliveries (organisation_id, outgoing_id, recipient) VALUES (:organisation, :mail, :recipient)",
        mail=message,
        recipient=recipient,
    )
    await run(
        "INSERT INTO auto_replies (organisation_id, team_id, mailbox_id, recipient) "
        "VALUES (:organisation, :team, :mailbox, lower(:recipient))",
        team=team,
        mailbox=sender["mailbox_id"],
        recipient=recipient,
    )
    return True
