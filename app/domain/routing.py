"""Where an incoming call goes first, and why: the plan is made once, its reasons become the call's trace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.calls import OFFER_S, Step, StepKind
from app.domain.floor import Floor
from app.domain.prompts import CLOSED, VOICEMAIL, Prompt
from app.domain.schedules import Hours
from app.domain.text import fold


@dataclass(frozen=True, slots=True)
class LastAdvisor:
    """The caller's most recent case, as the last-advisor rule looks at it (S1-36, S1-37)."""

    agent_id: UUID | None
    case_number: int
    case_team_id: UUID
    communication_team_id: UUID
    last_activity_at: datetime
    on_for_case_team: bool
    on_for_communication_team: bool
    on_schedule: bool
    window: timedelta = timedelta(days=7)


class MatchOn(StrEnum):
    """What of a caller a routing rule looks at."""

    NUMBER = "number"
    SEGMENT = "segment"
    COMPANY = "company"
    ACCOUNT = "account"


class How(StrEnum):
    """How a rule compares."""

    EQUALS = "equals"
    STARTS_WITH = "starts_with"


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of a caller for rules to look at."""

    number: str = ""
    segment: str = ""
    company: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Callers of a kind go to another team, or ring one agent first."""

    id: UUID
    name: str
    match_on: MatchOn
    how: How
    value: str
    to_team_id: UUID | None
    to_agent_id: UUID | None
    created_at: datetime

    def matches(self, caller: Caller) -> bool:
        """Whether it is for this caller; capitals, accents and spaces at the ends do not count."""
        had, wanted = fold(getattr(caller, MatchOn(self.match_on).value)), fold(self.value)
        if not had or not wanted:
            return False
        return had == wanted if How(self.how) is How.EQUALS else had.startswith(wanted)


@dataclass(frozen=True, slots=True)
class Closed:
    """What a caller meets when her team does not ring: words, then a message or the end."""

    takes_message: bool = True
    prompt: Prompt | None = None


@dataclass(frozen=True, slots=True)
class RoutePlan:
    """What is tried for a caller in order, and the decisions behind it."""

    steps: tuple[Step, ...]
    reasons: tuple[tuple[str, str], ...]


def rule_for(rules: Iterable[RoutingRule], caller: Caller) -> RoutingRule | None:
    """The newest rule that matches."""
    matching = [rule for rule in rules if rule.matches(caller)]
    return max(matching, key=lambda rule: (rule.created_at, rule.id), default=None)


def plan_incoming(
    team_id: UUID,
    floor: Floor,
    now: datetime,
    *,
    hours: Hours,
    closed: Closed = Closed(),
    last_advisor: LastAdvisor | None = None,
    rule: RoutingRule | None = None,
) -> RoutePlan:
    """The steps for a caller who dialled a number of this team; the last advisor wins over rules."""
    reasons: list[tuple[str, str]] = [("schedule" if hours.is_open else "closed", hours.schedule)]
    if not hours.is_open:
        return RoutePlan(_closed_steps(team_id, hours, closed), tuple(reasons))
    steps: list[Step] = []
    if last_advisor is not None:
        applies, why = _last_advisor_applies(last_advisor, now)
        reasons.append(("last_advisor" if applies else "no_last_advisor", why))
        if applies:
            steps.append(Step(StepKind.RING_AGENT, OFFER_S, "last_advisor", agent_id=last_advisor.agent_id))
    if not steps and rule is not None:
        team_id, more = _by_rule(rule, team_id, floor, reasons)
        steps.extend(more)
    if hours.call_tree_id is not None and not steps and (rule is None or rule.to_team_id is None):
        steps.append(Step(StepKind.MENU, 0, "call_tree", tree_id=hours.call_tree_id, team_id=team_id))
    team = floor.teams.get(team_id)
    most = team.queue_most_s if team is not None else OFFER_S
    steps.append(Step(StepKind.QUEUE, most, "team_queue", team_id=team_id))
    steps.append(Step(StepKind.VOICEMAIL, 0, "voicemail", team_id=team_id))
    return RoutePlan(tuple(steps), tuple(reasons))


def _closed_steps(team_id: UUID, hours: Hours, closed: Closed) -> tuple[Step, ...]:
    words = closed.prompt or CLOSED
    if hours.call_tree_id is not None:
        menu = Step(StepKind.MENU, 0, "call_tree", tree_id=hours.call_tree_id, team_id=team_id)
        return (menu, Step(StepKind.VOICEMAIL, 0, "closed", team_id=team_id, prompts=(words, VOICEMAIL)))
    if closed.takes_message:
        return (Step(StepKind.VOICEMAIL, 0, "closed", team_id=team_id, prompts=(words, VOICEMAIL)),)
    return (Step(StepKind.ANNOUNCEMENT, 0, "closed", team_id=team_id, prompts=(words,)),)


def _by_rule(
    rule: RoutingRule, team_id: UUID, floor: Floor, reasons: list[tuple[str, str]]
) -> tuple[UUID, tuple[Step, ...]]:
    if rule.to_team_id is not None:
        reasons.append(("rule", rule.name))
        return rule.to_team_id, ()
    on_schedule = rule.to_agent_id is not None and floor.team_of(rule.to_agent_id) is not None
    reasons.append(("rule" if on_schedule else "rule_not_on_schedule", rule.name))
    if not on_schedule:
        return team_id, ()
    return team_id, (Step(StepKind.RING_AGENT, OFFER_S, "rule", agent_id=rule.to_agent_id),)


def _last_advisor_applies(rule: LastAdvisor, now: datetime) -> tuple[bool, str]:
    """On for both teams, within the window, and the advisor on an active schedule; the word says what was missing."""
    checks = (
        (rule.agent_id is not None, "unassigned"),
        (rule.on_for_case_team, "off_for_case_team"),
        (rule.on_for_communication_team, "off_for_communication_team"),
        (now - rule.last_activity_at <= rule.window, "too_old"),
        (rule.on_schedule, "not_on_schedule"),
    )
    missing = next((word for holds, word in checks if not holds), "")
    return not missing, missing or str(rule.case_number)
