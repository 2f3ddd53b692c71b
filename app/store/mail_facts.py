"""What the store knows about a mail: the cases it may belong to, its sender, its team's settings."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.cases import Category
from app.domain.mail import Mail
from app.domain.mail_filters import Facts, KnownCase
from app.domain.mail_rules import MailRule, Seen, first_match
from app.domain.mail_threading import case_of
from app.domain.plain import from_plain, to_plain
from app.services.ledger import Waiting
from app.store.session import statement

# Who took part: the customer by any of her addresses, whom we wrote to, who wrote to us on it.
_CASE = """
SELECT c.id, c.category, c.assignee_id IS NOT NULL AS assigned,
  c.activity_at > now() - make_interval(days => (SELECT reopen_days FROM case_types t WHERE t.id = c.type_id)) AS reopenable,
  (SELECT count(*) FROM incoming i WHERE i.case_id = c.id AND i.reopened AND lower(i.sender) = :sender
   AND i.settled_at > now() - interval '1 hour') AS reopened,
  EXISTS (SELECT FROM customer_keys k WHERE k.customer_id = c.customer_id AND k.key = :sender)
  OR EXISTS (SELECT FROM outgoing o JOIN deliveries d ON d.outgoing_id = o.id
             WHERE o.case_id = c.id AND lower(d.recipient) = :sender)
  OR EXISTS (SELECT FROM incoming i WHERE i.case_id = c.id AND lower(i.sender) = :sender) AS knows_sender
FROM cases c WHERE c.organisation_id = :organisation AND c.merged_into_id IS NULL AND """
_REFERENCED = """c.id IN (
  SELECT case_id FROM outgoing WHERE organisation_id = :organisation AND external_id = ANY (:ids)
  UNION SELECT case_id FROM outgoing WHERE organisation_id = :organisation AND sent_as <> '' AND sent_as = ANY (:ids)
  UNION SELECT case_id FROM incoming WHERE organisation_id = :organisation AND external_id = ANY (:ids))
ORDER BY c.activity_at DESC LIMIT 1"""
_OPEN = """c.customer_id = :customer AND c.team_id = :team AND c.category NOT IN ('solved', 'closed')
ORDER BY c.activity_at DESC LIMIT 1"""
_CUSTOMER = """
SELECT k.customer_id FROM customer_keys k JOIN customers u ON u.id = k.customer_id
WHERE k.organisation_id = :organisation AND k.key = :sender ORDER BY u.updated_at DESC LIMIT 1"""
_TEAM = """
SELECT a.team_id, a.known_contacts_only FROM incoming_routes r JOIN mail_addresses a ON a.address = lower(r.address)
WHERE r.incoming_id = :id AND a.organisation_id = :organisation ORDER BY r.address LIMIT 1"""
_ROUTES = "SELECT lower(address) AS address FROM incoming_routes WHERE incoming_id = :id"
_SEGMENT = "SELECT coalesce(custom ->> 'segment', '') AS segment FROM customers WHERE id = :customer"
RULES = """
SELECT id, team_id, name, conditions, action, to_team_id, to_agent_id, matches_all, active, position FROM mail_rules
WHERE team_id = :team AND archived_at IS NULL ORDER BY position, id"""


async def team_and_facts(connection: AsyncConnection, waiting: Waiting, mail: Mail) -> tuple[UUID, Facts]:
    """The team that a mail came to, and what is known about it."""
    base = {
        "organisation": waiting.organisation_id,
        "sender": mail.sender.address.lower() if mail.sender else "",
        "id": waiting.id,
    }

    async def rows(sql: str, **more: object) -> Sequence[RowMapping]:
        return (await connection.execute(statement(sql), base | more)).mappings().all()

    async def case(condition: str, **more: object) -> KnownCase | None:
        found = await rows(_CASE + condition, **more)
        return _case_of(found[0]) if found else None

    settings = await rows(_TEAM)
    team = settings[0]["team_id"] if settings else waiting.team_id
    thread = mail.thread
    customers = await rows(_CUSTOMER) if mail.sender else []
    customer = customers[0]["customer_id"] if customers else None
    ids = [*thread.references, *thread.in_reply_to]
    token = case_of(thread.token) if thread.token else None
    open_case = await case(_OPEN, customer=customer, team=team) if customer else None
    rules = [rule_of(row) for row in await rows(RULES, team=team)]
    seen = Seen(
        mail,
        tuple(row["address"] for row in await rows(_ROUTES)) if rules else (),
        (await rows(_SEGMENT, customer=customer))[0]["segment"] if rules and customer else "",
        open_case is not None,
    )
    return team, Facts(
        by_token=await case("c.id = :case_id", case_id=token) if token else None,
        by_reference=await case(_REFERENCED, ids=ids) if ids else None,
        by_number=await case("c.number = :number", number=thread.case_number) if thread.case_number else None,
        open_case=open_case,
        customer_id=customer,
        known_contacts_only=bool(settings and settings[0]["known_contacts_only"]),
        rule=first_match(rules, seen),
        wanted=waiting.asked == "case",
    )


def rule_of(row: RowMapping) -> MailRule:
    """A rule as it is kept."""
    kept: MailRule = from_plain(MailRule, to_plain(dict(row)))
    return kept


def _case_of(row: RowMapping) -> KnownCase:
    return KnownCase(
        row["id"],
        Category(row["category"]),
        knows_sender=row["knows_sender"],
        assigned=row["assigned"],
        reopenable=row["reopenable"],
        reopened=row["reopened"],
    )
