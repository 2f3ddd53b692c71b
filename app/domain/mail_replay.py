"""The time machine of mail rules: what a rule, new or changed, would have made of mail that came before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.ledger import Fate
from app.domain.mail_rules import Action, MailRule, Seen, first_match, matches


class Would(StrEnum):
    """What a rule would have made of a message that came before it was switched on."""

    NO_CHANGE = "no_change"
    EARLIER_RULE = "earlier_rule"
    IGNORED = "ignored"
    OTHER_TEAM = "other_team"
    ASSIGNED = "assigned"
    NEW_CASE = "new_case"
    UNROUTED = "unrouted"
    """A case of the team itself, sent on by no rule."""
    OTHER_RULE = "other_rule"
    """It decided then; as it stands now another one does."""


UNCHANGED = frozenset({Would.NO_CHANGE, Would.EARLIER_RULE})


@dataclass(frozen=True, slots=True)
class PastMail:
    """A mail with its fate, the rule that decided it, if one did, and the automations that really answered it."""

    seen: Seen
    at: datetime
    fate: Fate
    decided_by: UUID | None = None
    replied: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Became:
    """What a mail would have become, and to which team or agent a rule would have sent its case."""

    would: Would
    team_id: UUID | None = None
    agent_id: UUID | None = None

    @property
    def differs(self) -> bool:
        """Whether it is another end than the real one."""
        return self.would not in UNCHANGED

    @property
    def begins(self) -> bool:
        """Whether another case would have begun with it than really did, if any did."""
        return self.differs and self.would is not Would.IGNORED


@dataclass(frozen=True, slots=True)
class _Ended:
    """Where a mail ends: its fate, and to which team or agent a rule sent it."""

    fate: Fate
    team_id: UUID | None = None
    agent_id: UUID | None = None


def would_become(rule: MailRule, others: Sequence[MailRule], past: PastMail) -> Became | None:
    """What a rule would have changed about a mail; None when it neither matches it now nor decided it then.

    `others` are the team's rules as they are kept, the rule itself as it was among them.
    """
    mine = matches(rule, past.seen)
    was_mine = past.decided_by == rule.id
    if not mine and not was_mine:
        return None
    rest = [one for one in others if one.id != rule.id]
    decides = first_match([*rest, replace(rule, active=True)], past.seen)
    if mine and decides is not None and decides.id != rule.id and not was_mine:
        return Became(Would.EARLIER_RULE)
    decided = next((one for one in others if one.id == past.decided_by), None)
    really, otherwise = _really(decided, past), _with(decides, past)
    if really == otherwise:
        return Became(Would.NO_CHANGE)
    told = _told(otherwise, past, mine=decides is not None and decides.id == rule.id)
    return Became(told, otherwise.team_id, otherwise.agent_id)


def _really(decided: MailRule | None, past: PastMail) -> _Ended:
    if decided is None or past.fate is not Fate.CASE:
        return _Ended(past.fate)
    return _ended(decided)


def _with(decides: MailRule | None, past: PastMail) -> _Ended:
    """Rules stop and send new cases only; one that asks for a case of its own comes before the thread."""
    new = past.fate in {Fate.CASE, Fate.IGNORED}
    if decides is None:
        return _Ended(Fate.CASE) if new else _Ended(past.fate)
    if new or (past.fate is Fate.FOLLOW_UP and decides.action is Action.CREATE_CASE):
        return _ended(decides)
    if past.fate is Fate.QUARANTINED and decides.action is Action.IGNORE:
        return _Ended(Fate.IGNORED)
    return _Ended(past.fate)


def _ended(rule: MailRule) -> _Ended:
    if rule.action is Action.IGNORE:
        return _Ended(Fate.IGNORED)
    # To its own team a case comes anyway.
    team = rule.to_team_id if rule.action is Action.ROUTE_TO_TEAM and rule.to_team_id != rule.team_id else None
    return _Ended(Fate.CASE, team, rule.to_agent_id if rule.action is Action.ROUTE_TO_AGENT else None)


def _told(otherwise: _Ended, past: PastMail, *, mine: bool) -> Would:
    if otherwise.fate is Fate.IGNORED:
        return Would.IGNORED
    sent_on = otherwise.team_id is not None or otherwise.agent_id is not None
    if sent_on and not mine:
        return Would.OTHER_RULE
    if sent_on:
        return Would.OTHER_TEAM if otherwise.team_id is not None else Would.ASSIGNED
    return Would.NEW_CASE if past.fate is not Fate.CASE else Would.UNROUTED
