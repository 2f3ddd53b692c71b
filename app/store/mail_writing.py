"""What the hub writes by itself: the acknowledgement of a mail when it is settled, and automations' replies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.ids import new_id
from app.domain.ledger import Fate
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
from app.domain.templating import TemplateError, fill_in
from app.services.automation_engine import Write
from app.services.ledger import Settled
from app.store.blobs import store_blob
from app.store.session import statement

__all__ = ["Replied", "Write", "acknowledge", "acknowledge_case", "reply"]

_SENDER = """
SELECT a.address, a.mailbox_id, h.auto_reply, h.uses_display_name, h.reply_en, h.reply_fr, o.language,
  coalesce(nullif(h.display_name, ''), nullif(t.display_name, ''), t.name) AS display_name, o.name AS company
FROM email_hubs h JOIN mail_addresses a ON a.team_id = h.team_id AND a.sends JOIN teams t ON t.id = h.team_id
JOIN organisations o ON o.id = h.organisation_id WHERE h.team_id = :team AND h.enabled"""
_ANSWERS = "SELECT 1 FROM email_hubs WHERE team_id = :team AND enabled AND auto_reply"
_COUNT = """
INSERT INTO auto_replies (organisation_id, team_id, mailbox_id, recipient)
SELECT :organisation, :team, mailbox_id, lower(:recipient) FROM mail_addresses WHERE team_id = :team AND sends"""
_OURS = "SELECT 1 FROM mail_addresses WHERE organisation_id = :organisation AND address = :recipient"
_LATELY = """
SELECT (SELECT count(*) FROM auto_replies WHERE organisation_id = :organisation AND recipient = :recipient
        AND replied_at > clock_timestamp() - make_interval(secs => :window)) AS before,
  (SELECT count(*) FROM (SELECT FROM auto_replies WHERE mailbox_id = CAST(:mailbox AS uuid)
   AND replied_at > clock_timestamp() - interval '1 hour' LIMIT :most) s) AS lately"""
_CASE = """
SELECT c.number, c.subject, c.custom, CASE WHEN u.created_at < now() THEN u.language ELSE '' END AS language,
  u.language AS her_language, u.first_name, u.last_name, u.organisation, u.custom AS hers, u.emails,
  coalesce(a.name, '') AS agent, t.name AS team, chat_link(c.id) AS chat_link
FROM cases c JOIN customers u ON u.id = c.customer_id JOIN teams t ON t.id = c.team_id LEFT JOIN agents a ON a.id = c.assignee_id
WHERE c.id = :case_id"""
# The shipped automation, where nobody changed it; a changed one is the engine's.
_SHIPPED = """
SELECT a.id, t.text_en, t.text_fr FROM automations a
JOIN templates t ON t.organisation_id = a.organisation_id AND t.shipped = 'acknowledgement' AND t.archived_at IS NULL
WHERE a.organisation_id = :organisation AND a.shipped = 'acknowledgement' AND a.prompt AND a.active AND a.archived_at IS NULL"""
_RAN = """
INSERT INTO automation_runs (automation_id, event, organisation_id, case_id, trigger, depth, acts)
VALUES (:automation, CAST(CAST(:case_id AS uuid) AS text), :organisation, CAST(:case_id AS uuid), 'created', 1,
  jsonb_build_array(jsonb_build_object('does', 'reply', 'value', 'shipped:acknowledgement', 'told', CAST(:told AS text))))
ON CONFLICT DO NOTHING"""
_WRITTEN = """
INSERT INTO outgoing (id, organisation_id, case_id, follow_up_id, mailbox_id, external_id, blob_id, automatic)
VALUES (:mail, :organisation, :case_id, :follow_up, :mailbox, :external, :blob, true)"""


class _Run:
    def __init__(self, connection: AsyncConnection, organisation: UUID) -> None:
        self.connection, self.organisation = connection, organisation

    async def __call__(self, sql: str, **parameters: Any) -> Any:
        found = await self.connection.execute(statement(sql), {"organisation": self.organisation} | parameters)
        return found.mappings().first() if found.returns_rows else None


@dataclass(frozen=True, slots=True)
class Replied:
    """To whom an automatic mail was written; or the code of why it was not."""

    to: str = ""
    problem: str = ""


async def acknowledge(
    connection: AsyncConnection, organisation: UUID, team: UUID, mail: Mail, settled: Settled, write: Write
) -> bool:
    """Carry the shipped acknowledgement out in the transaction that made the case; whether its sender was answered."""
    run = _Run(connection, organisation)
    shipped = await run(_SHIPPED)
    if shipped is None or settled.fate is not Fate.CASE or settled.case_id is None:
        return False
    texts = {"en": shipped["text_en"], "fr": shipped["text_fr"]}
    replied = await reply(connection, organisation, team, settled.case_id, mail, texts, write, own_words=True)
    if replied.to:
        await run(_RAN, automation=shipped["id"], case_id=settled.case_id, told=replied.to)
    return bool(replied.to)


async def acknowledge_case(
    connection: AsyncConnection, organisation: UUID, team: UUID, case_id: UUID, recipient: str, write: Write
) -> bool:
    """The same for a case that came by a form: whoever typed an address of somebody else gets her one mail a day at most."""
    run = _Run(connection, organisation)
    shipped = await run(_SHIPPED)
    if shipped is None or await run(_ANSWERS, team=team) is None:
        return False
    window = WINDOW.total_seconds()
    lately = await run(_LATELY, recipient=recipient.lower(), mailbox=None, window=window, most=MOST_AN_HOUR)
    if lately["before"]:
        return False
    texts = {"en": shipped["text_en"], "fr": shipped["text_fr"]}
    replied = await reply(connection, organisation, team, case_id, None, texts, write, own_words=True)
    if replied.to:
        await run(_RAN, automation=shipped["id"], case_id=case_id, told=replied.to)
        await run(_COUNT, team=team, recipient=replied.to)
    return bool(replied.to)


async def reply(
    connection: AsyncConnection,
    organisation: UUID,
    team: UUID,
    case_id: UUID,
    mail: Mail | None,
    texts: Mapping[str, str],
    write: Write,
    *,
    own_words: bool = False,
) -> Replied:
    """Write to the customer of a case, through a team's mail: an answer to `mail`, or a message of its own.

    What answers a mail keeps to RFC 3834: never to a machine, a list or ourselves, once a sender and window. All of it
    keeps to what may leave a mailbox in an hour. `own_words` are the team's, of EmailHub's page, instead of the texts.
    """
    run = _Run(connection, organisation)
    sender, case = await run(_SENDER, team=team), await run(_CASE, case_id=case_id)
    if sender is None:
        return Replied(problem="no_mailbox")
    if not sender["auto_reply"]:
        return Replied(problem="answers_off")
    recipient = answered_to(mail) if mail is not None else _first_address(case["emails"])
    problem = await _keeps_from(run, sender["mailbox_id"], recipient, mail)
    if problem:
        return Replied(problem=problem)
    name = sender["display_name"] if sender["uses_display_name"] else sender["company"]
    language = _language(mail, case, sender["language"])
    try:
        text = _text(texts, language, case, sender, name, own_words=own_words)
    except TemplateError as error:
        return Replied(problem=f"template_error: {error}")
    asked = Acknowledgement(
        case_id, case["number"], name, sender["address"], recipient, mail.subject if mail is not None else case["subject"],
        text, (mail.message_id or "") if mail is not None else "", mail.thread.references if mail is not None else (),
    )  # fmt: skip
    await _keep(run, asked, write, sender["mailbox_id"], team, counts=mail is not None)
    return Replied(recipient)


async def _keeps_from(run: _Run, mailbox: UUID, recipient: str, mail: Mail | None) -> str:
    if not recipient or len(recipient) > 320:
        return "no_address"
    if await run(_OURS, recipient=recipient.lower()):
        return "own_address"
    window = WINDOW.total_seconds()
    lately = await run(_LATELY, recipient=recipient.lower(), mailbox=mailbox, window=window, most=MOST_AN_HOUR)
    if lately["lately"] >= MOST_AN_HOUR:
        return "too_many_answers"
    if mail is not None and not answers(
        mail, Fate.CASE, Answering(True, lately["before"], lately["lately"], datetime.now(UTC))
    ):
        return "no_answer_to_this"
    return ""


def _first_address(emails: Any) -> str:
    return next((str(one["address"]) for one in emails), "")


def _language(mail: Mail | None, case: Any, house: str) -> str:
    if mail is None:
        return str(case["her_language"])
    return language_of(mail, case["language"], house)


def _text(texts: Mapping[str, str], language: str, case: Any, sender: Any, name: str, *, own_words: bool) -> str:
    if own_words and sender[f"reply_{language}"].strip():
        return words(sender[f"reply_{language}"], language, case["number"], name)
    text = texts.get(language) or texts.get("fr" if language == "en" else "en") or ""
    return fill_in(text, values_of(case, sender["company"], name))


def values_of(case: Any, organisation: str, name: str) -> dict[str, Any]:
    """What a template may name."""
    whole = f"{case['first_name']} {case['last_name']}".strip() or case["organisation"]
    return {
        "case": {"number": case["number"], "subject": case["subject"], "custom": case["custom"]},
        "customer": {
            "name": whole, "first_name": case["first_name"], "last_name": case["last_name"],
            "organisation": case["organisation"], "custom": case["hers"],
        },
        "agent": {"name": case["agent"]},
        "team": {"name": case["team"]},
        "organisation": {"name": organisation},
        "sender": name,
        "chat": {"link": case.get("chat_link", "")},
    }  # fmt: skip


async def _keep(run: _Run, asked: Acknowledgement, write: Write, mailbox: UUID, team: UUID, *, counts: bool) -> None:
    external, raw = write(asked)
    message, follow_up = new_id(), new_id()
    await run(
        "INSERT INTO follow_ups (id, case_id, channel, direction, public, author_name, body) "
        "VALUES (:follow_up, :case_id, 'email', 'out', true, left(:name, 200), :text)",
        follow_up=follow_up,
        case_id=asked.case_id,
        name=asked.sender_name,
        text=asked.text,
    )
    await run(
        _WRITTEN,
        mail=message,
        case_id=asked.case_id,
        follow_up=follow_up,
        mailbox=mailbox,
        external=external,
        blob=await store_blob(run.connection, run.organisation, raw),
    )
    await run(
        "INSERT INTO deliveries (organisation_id, outgoing_id, recipient) VALUES (:organisation, :mail, :recipient)",
        mail=message,
        recipient=asked.recipient,
    )
    if counts:
        await run(
            "INSERT INTO auto_replies (organisation_id, team_id, mailbox_id, recipient) "
            "VALUES (:organisation, :team, :mailbox, lower(:recipient))",
            team=team,
            mailbox=mailbox,
            recipient=asked.recipient,
        )
