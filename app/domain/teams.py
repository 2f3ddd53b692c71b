"""Teams and sub-teams: a team without a number of its own speaks through a team that has one."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.domain.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number of the organisation (E.164), dialled by customers and shown to them."""

    id: UUID
    team_id: UUID
    e164: str
    label: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Team:
    """A team; it is a sub-team when it has a default communication team and therefore no number."""

    id: UUID
    name: str
    display_name: str = ""
    icon: str = "users"
    time_zone: str = "Europe/Paris"
    communication_team_id: UUID | None = None
    last_advisor: bool = False
    numbers: tuple[Number, ...] = ()
    version: int = 1

    @property
    def is_sub_team(self) -> bool:
        return self.communication_team_id is not None


@dataclass(frozen=True, slots=True)
class Membership:
    """One agent in one team, and whether she leads it."""

    team_id: UUID
    agent_id: UUID
    lead: bool = False


def offered_communication_teams(teams: Iterable[Team], of: UUID | None = None) -> tuple[Team, ...]:
    """The teams that may speak for a sub-team: any team with a number, never another sub-team or itself."""
    return tuple(team for team in teams if team.numbers and not team.is_sub_team and team.id != of)


def check(team: Team, teams: Iterable[Team]) -> None:
    """Refuse a team that could not communicate: a sub-team names a numbered team, another has a number."""
    if team.numbers and not team.is_sub_team:
        return
    if team.communication_team_id is None:
        raise Refused(Refusal.SUB_TEAM_NEEDS_COMMUNICATION_TEAM, "communication_team")
    if team.communication_team_id not in {offered.id for offered in offered_communication_teams(teams, team.id)}:
        raise Refused(Refusal.COMMUNICATION_TEAM_NEEDS_NUMBER, "communication_team")


def speaking_number(team: Team, teams: Iterable[Team]) -> Number:
    """The number that a new case of this team communicates with: its own first, else its communication team's."""
    speaker = team
    if team.communication_team_id is not None:
        speaker = next((other for other in teams if other.id == team.communication_team_id), team)
    if not speaker.numbers:
        raise Refused(Refusal.COMMUNICATION_TEAM_NEEDS_NUMBER, "communication_team")
    return min(speaker.numbers, key=lambda number: number.position)
