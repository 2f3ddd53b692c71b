"""What the store knows about a mail, read in one statement: the cases it may belong to, its sender, its team's rules."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.cases import Category
from app.domain.mail import Mail, Verdict
from app.domain.mail_filters import Facts, KnownCase
from app.domain.mail_rules import MailRule, Seen, first_match
from app.domain.mail_threading import case_of
from app.domain.plain import from_plain, to_plain
from app.services.ledger import Waiting

FACTS = "SELECT mail_facts(:id, :sender, :own_id, CAST(:ids AS text[]), :token, :number, :by_somebody)"
RULES = """
SELECT id, team_id, name, conditions, action, to_team_id, to_agent_id, matches_all, active, position FROM mail_rules
WHERE team_id = :team AND archived_at IS NULL ORDER BY position, id"""


@dataclass(frozen=True, slots=True)
class Twin:
    """Where the same mail went that came to another team before."""

    case_id: UUID
    follow_up_id: UUID | None


@dataclass(frozen=True, slots=True)
class Known:
    """The team that a mail came to, and what is known; `ours` when we sent it, `answers` when the team does so itself.

    The types are those of the address that was written to.
    """

    team_id: UUID
    facts: Facts
    twin: Twin | None
    ours: bool
    answers: bool
    type_id: UUID | None = None
    task_type_id: UUID | None = None


def asked_about(waiting: Waiting, mail: Mail) -> dict[str, Any]:
    """What a mail's facts are asked by."""
    thread = mail.thread
    return {
        "id": waiting.id,
        "sender": mail.sender.address.lower() if mail.sender else "",
        "own_id": mail.message_id or "",
        "ids": [*thread.references, *thread.in_reply_to],
        "token": case_of(thread.token) if thread.token else None,
        "number": thread.case_number,
        "by_somebody": mail.verdict not in {Verdict.BOUNCE, Verdict.AUTO_REPLY},
    }


def known_of(told: dict[str, Any], waiting: Waiting, mail: Mail) -> Known:
    """What the database told."""
    rules = [_rule(kept) for kept in told["rules"]]
    open_case = _case(told["open_case"])
    seen = Seen(mail, tuple(told["routes"]), told["segment"], open_case is not None)
    facts = Facts(
        by_token=_case(told["by_token"]),
        by_reference=_case(told["by_reference"]),
        by_number=_case(told["by_number"]),
        open_case=open_case,
        customer_id=UUID(told["customer_id"]) if told["customer_id"] else None,
        known_contacts_only=told["known_contacts_only"],
        rule=first_match(rules, seen),
        wanted=waiting.asked == "case",
    )
    twin = told["twin"]
    return Known(
        UUID(told["team_id"]),
        facts,
        Twin(UUID(twin["case_id"]), UUID(twin["follow_up_id"]) if twin["follow_up_id"] else None) if twin else None,
        told["ours"],
        told["answers"],
        UUID(told["type_id"]) if told["type_id"] else None,
        UUID(told["task_type_id"]) if told["task_type_id"] else None,
    )


def rule_of(row: RowMapping) -> MailRule:
    """A rule as it is kept."""
    return _rule(to_plain(dict(row)))


def _rule(plain: Any) -> MailRule:
    kept: MailRule = from_plain(MailRule, plain)
    return kept


def _case(told: dict[str, Any] | None) -> KnownCase | None:
    if told is None:
        return None
    return KnownCase(
        UUID(told["id"]),
        Category(told["category"]),
        knows_sender=told["knows_sender"],
        assigned=told["assigned"],
        reopenable=told["reopenable"],
        reopened=told["reopened"],
    )
