"""The time machine of mail rules: what a rule, new or changed, would have made of mail that came before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.ledger import Fate
from app.domain.mail_answers import MOST_AN_HOUR, WINDOW, Answering, answers
from app.domain.mail_rules import Action, MailRule, Seen, first_match, matches

LOOP_AFTER = 3
"""So many cases of its own for one sender within an hour is two machines that write to each other."""
HOUR = timedelta(hours=1)


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
    """A mail with its fate, and the rule that decided it, if one did."""

    seen: Seen
    at: datetime
    fate: Fate
    decided_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class _Ended:
    """Where a mail ends: its fate, and to which team or agent a rule sent it."""

    fate: Fate
    team_id: UUID | None = None
    agent_id: UUID | None = None


def would_become(rule: MailRule, others: Sequence[MailRule], past: PastMail) -> Would | None:
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
        return Would.EARLIER_RULE
    decided = next((one for one in others if one.id == past.decided_by), None)
    really, otherwise = _really(decided, past), _with(decides, past)
    if really == otherwise:
        return Would.NO_CHANGE
    return _told(otherwise, past, mine=decides is not None and decides.id == rule.id)


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


@dataclass(slots=True)
class Consequences:
    """What follows of new cases that there were none: automatic replies to their senders, and loops."""

    replies_on: bool
    cases: dict[str, list[datetime]]
    answered: dict[str, list[datetime]]
    lately: list[datetime]

    @classmethod
    def of(cls, *, replies_on: bool) -> "Consequences":
        """Nothing has followed yet."""
        return cls(replies_on, {}, {}, [])

    def follow(self, past: PastMail, would: Would) -> tuple[bool, bool]:
        """Whether the sender would have been answered by itself, and a loop have begun; in the order of time."""
        if past.fate is Fate.CASE:  # it was a case, and its sender has had the answer
            self._answer(past)
            return False, False
        if would in UNCHANGED or would is Would.IGNORED or past.seen.mail.sender is None:
            return False, False
        sender = past.seen.mail.sender.address.lower()
        times = self.cases.setdefault(sender, [])
        times.append(past.at)
        loops = sum(1 for at in times if past.at - at < HOUR) >= LOOP_AFTER
        return self._answer(past), loops

    def _answer(self, past: PastMail) -> bool:
        sender = past.seen.mail.sender
        if sender is None:
            return False
        before = self.answered.setdefault(sender.address.lower(), [])
        known = Answering(
            self.replies_on,
            sum(1 for at in before if past.at - at < WINDOW),
            sum(1 for at in self.lately[-MOST_AN_HOUR:] if past.at - at < HOUR),
        )
        if not answers(past.seen.mail, Fate.CASE, known):
            return False
        before.append(past.at)
        self.lately.append(past.at)
        return True
