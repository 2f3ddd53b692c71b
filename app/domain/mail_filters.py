"""What becomes of a mail: an ordered row of small filters, each one decision; the first that decides ends it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app.domain.cases import Category
from app.domain.ledger import Fate
from app.domain.mail import Mail, Verdict


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case that a mail may belong to; `knows_sender` when the sender took part in it before."""

    id: UUID
    category: Category
    knows_sender: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows about a mail before anything is decided."""

    by_token: KnownCase | None = None
    by_reference: KnownCase | None = None
    by_number: KnownCase | None = None
    open_case: KnownCase | None = None
    customer_id: UUID | None = None
    known_contacts_only: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A fate, why, and the case it concerns; a case that is not open for the customer is opened again."""

    fate: Fate
    reason: str
    case_id: UUID | None = None
    reopens: bool = False


def decide(mail: Mail, facts: Facts) -> Decision:
    """The one decision about a mail."""
    for one in _FILTERS:
        decision = one(mail, facts)
        if decision is not None:
            return decision
    return Decision(Fate.CASE, "new_case")


def _unparseable(mail: Mail, _facts: Facts) -> Decision | None:
    return Decision(Fate.UNPARSEABLE, ",".join(mail.notices)) if mail.verdict is Verdict.UNPARSEABLE else None


def _own_loop(mail: Mail, _facts: Facts) -> Decision | None:
    return Decision(Fate.OWN_LOOP, "own_message") if mail.verdict is Verdict.OWN_LOOP else None


def _bounce(mail: Mail, _facts: Facts) -> Decision | None:
    return Decision(Fate.BOUNCE, "delivery_report") if mail.verdict is Verdict.BOUNCE else None


def _auto_reply(mail: Mail, facts: Facts) -> Decision | None:
    if mail.verdict is not Verdict.AUTO_REPLY:
        return None
    case = _thread_of(facts)
    # It stands on the timeline of what it answers, and opens nothing.
    return Decision(Fate.AUTO_REPLY, "auto_reply", case.id if case else None)


def _thread(_mail: Mail, facts: Facts) -> Decision | None:
    case = _thread_of(facts)
    if case is None or case.category is Category.CLOSED:
        return None
    reason = "token" if case is facts.by_token else "reference" if case is facts.by_reference else "case_number"
    if not case.knows_sender:
        reason = "stranger_in_thread"
    return Decision(Fate.FOLLOW_UP, reason, case.id, _reopens(case))


def _nobody(mail: Mail, _facts: Facts) -> Decision | None:
    return Decision(Fate.QUARANTINED, "no_sender") if mail.sender is None else None


def _known_contacts(_mail: Mail, facts: Facts) -> Decision | None:
    if facts.known_contacts_only and facts.customer_id is None:
        return Decision(Fate.QUARANTINED, "unknown_sender")
    return None


def _open_case(_mail: Mail, facts: Facts) -> Decision | None:
    case = facts.open_case
    return Decision(Fate.FOLLOW_UP, "open_case", case.id, _reopens(case)) if case else None


_FILTERS: tuple[Callable[[Mail, Facts], Decision | None], ...] = (
    _unparseable,
    _own_loop,
    _bounce,
    _auto_reply,
    _thread,
    _nobody,
    _known_contacts,
    _open_case,
)


def _thread_of(facts: Facts) -> KnownCase | None:
    """Our own token is believed; what anybody can write needs a sender who took part."""
    if facts.by_token is not None:
        return facts.by_token
    for case in (facts.by_reference, facts.by_number):
        if case is not None and case.knows_sender:
            return case
    return None


def _reopens(case: KnownCase) -> bool:
    return case.category in {Category.WAITING_CUSTOMER, Category.SOLVED}
