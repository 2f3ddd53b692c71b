"""Where an incoming call goes first, and why: the plan is made once, its reasons become the call's trace."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.calls import OFFER_S, Step, StepKind
from app.domain.floor import Floor


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


@dataclass(frozen=True, slots=True)
class RoutePlan:
    """What is tried for a caller in order, and the decisions behind it."""

    steps: tuple[Step, ...]
    reasons: tuple[tuple[str, str], ...]


def plan_incoming(
    team_id: UUID, floor: Floor, now: datetime, *, is_open: bool, schedule: str, last_advisor: LastAdvisor | None
) -> RoutePlan:
    """The steps for a caller who dialled a number of this team."""
    reasons: list[tuple[str, str]] = [("schedule" if is_open else "closed", schedule)]
    if not is_open:
        return RoutePlan((Step(StepKind.VOICEMAIL, 0, "closed", team_id=team_id),), tuple(reasons))
    steps: list[Step] = []
    if last_advisor is not None:
        applies, why = _last_advisor_applies(last_advisor, now)
        reasons.append(("last_advisor" if applies else "no_last_advisor", why))
        if applies:
            steps.append(Step(StepKind.RING_AGENT, OFFER_S, "last_advisor", agent_id=last_advisor.agent_id))
    team = floor.teams.get(team_id)
    most = team.queue_most_s if team is not None else OFFER_S
    steps.append(Step(StepKind.QUEUE, most, "team_queue", team_id=team_id))
    steps.append(Step(StepKind.VOICEMAIL, 0, "voicemail", team_id=team_id))
    return RoutePlan(tuple(steps), tuple(reasons))


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
