"""What becomes of a mail: an ordered row of small filters, each one decision; the first that decides ends it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from app.domain.cases import Category
from app.domain.ledger import Fate
from app.domain.mail import Mail, Verdict
from app.domain.mail_rules import Action, MailRule

MOST_REOPENINGS = 2
"""So often within an hour one sender's mails open a solved case again; a robot that goes on is only kept."""


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case that a mail may belong to; `knows_sender` when the sender took part in it before.

    `reopenable` is false for a solved one whose type does not open it again, or not after so long.
    """

    id: UUID
    category: Category
    knows_sender: bool = True
    assigned: bool = False
    reopenable: bool = True
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows about a mail before anything is decided."""

    by_token: KnownCase | None = None
    by_reference: KnownCase | None = None
    by_number: KnownCase | None = None
    open_case: KnownCase | None = None
    customer_id: UUID | None = None
    known_contacts_only: bool = False
    rule: MailRule | None = None
    wanted: bool = False
    """An agent asked for a case: what would keep the message back does not."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A fate, why, and the case it concerns; a case that is not open for the customer is opened again."""

    fate: Fate
    reason: str
    case_id: UUID | None = None
    reopens: bool = False
    to_team_id: UUID | None = None
    to_agent_id: UUID | None = None
    rule_id: UUID | None = None
    continues: UUID | None = None
    """The case that may not be opened again: the new one is linked with it."""


def decide(mail: Mail, facts: Facts) -> Decision:
    """The one decision about a mail."""
    decision = next((said for one in _FILTERS if (said := one(mail, facts)) is not None), None) or _routed(facts.rule)
    before = _thread_of(facts)
    if decision.fate is Fate.CASE and before is not None and _has_ended(before):
        return replace(decision, continues=before.id)
    return decision


def _routed(rule: MailRule | None) -> Decision:
    if rule is None or rule.action is Action.IGNORE:
        return Decision(Fate.CASE, "new_case")
    return Decision(
        Fate.CASE, "rule", to_team_id=rule.to_team_id, to_agent_id=rule.to_agent_id, rule_id=rule.id
    )  # fmt: skip


def _unparseable(mail: Mail, facts: Facts) -> Decision | None:
    if mail.verdict is not Verdict.UNPARSEABLE:
        return None
    return Decision(Fate.CASE, "wanted") if facts.wanted else Decision(Fate.UNPARSEABLE, ",".join(mail.notices))


def _own_loop(mail: Mail, _facts: Facts) -> Decision | None:
    return Decision(Fate.OWN_LOOP, "own_message") if mail.verdict is Verdict.OWN_LOOP else None


def _bounce(mail: Mail, _facts: Facts) -> Decision | None:
    return Decision(Fate.BOUNCE, "delivery_report") if mail.verdict is Verdict.BOUNCE else None


def _auto_reply(mail: Mail, facts: Facts) -> Decision | None:
    if mail.verdict is not Verdict.AUTO_REPLY or facts.wanted:
        return None
    case = _thread_of(facts)
    # It stands on the timeline of what it answers, and opens nothing.
    return Decision(Fate.AUTO_REPLY, "auto_reply", case.id if case else None)


def _create_rule(mail: Mail, facts: Facts) -> Decision | None:
    """The rule that asks for a case of its own comes before any case that there is."""
    stranger = mail.sender is None or (facts.known_contacts_only and facts.customer_id is None)
    if facts.rule is None or facts.rule.action is not Action.CREATE_CASE or stranger:
        return None
    return _routed(facts.rule)


def _thread(_mail: Mail, facts: Facts) -> Decision | None:
    case = _thread_of(facts)
    if case is None or _has_ended(case):
        return None
    reason = "token" if case is facts.by_token else "reference" if case is facts.by_reference else "case_number"
    if not case.knows_sender:
        reason = "stranger_in_thread"
    return Decision(Fate.FOLLOW_UP, reason, case.id, _reopens(case))


def _nobody(mail: Mail, facts: Facts) -> Decision | None:
    return Decision(Fate.QUARANTINED, "no_sender") if mail.sender is None and not facts.wanted else None


def _open_case(_mail: Mail, facts: Facts) -> Decision | None:
    case = facts.open_case
    return Decision(Fate.FOLLOW_UP, "open_case", case.id, _reopens(case)) if case else None


def _ignore_rule(_mail: Mail, facts: Facts) -> Decision | None:
    """It stops new cases only: what belongs to one was threaded before."""
    if facts.rule is None or facts.rule.action is not Action.IGNORE or facts.wanted:
        return None
    return Decision(Fate.IGNORED, "rule", rule_id=facts.rule.id)


def _known_contacts(_mail: Mail, facts: Facts) -> Decision | None:
    if facts.known_contacts_only and facts.customer_id is None and not facts.wanted:
        return Decision(Fate.QUARANTINED, "unknown_sender")
    return None


_FILTERS: tuple[Callable[[Mail, Facts], Decision | None], ...] = (
    _unparseable,
    _own_loop,
    _bounce,
    _auto_reply,
    _create_rule,
    _thread,
    _nobody,
    _open_case,
    _ignore_rule,
    _known_contacts,
)


def _thread_of(facts: Facts) -> KnownCase | None:
    """Our own token is believed; what anybody can write needs a sender who took part."""
    if facts.by_token is not None:
        return facts.by_token
    for case in (facts.by_reference, facts.by_number):
        if case is not None and case.knows_sender:
            return case
    return None


def _has_ended(case: KnownCase) -> bool:
    """Whether nothing is added to it any more, as its state or its type says."""
    return case.category is Category.CLOSED or (case.category is Category.SOLVED and not case.reopenable)


def _reopens(case: KnownCase) -> bool:
    """Whether the case waits for an agent from now on; a solved one is opened only so often."""
    if case.category is Category.SOLVED:
        return case.reopened < MOST_REOPENINGS
    return case.category is Category.WAITING_CUSTOMER or (case.category is Category.OPEN and case.assigned)
