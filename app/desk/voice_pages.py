"""The records behind Manage's voice pages: team settings, ring schedules, rules, call trees, numbers, trunks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from uuid import UUID

from app.desk.records import Kind, Records
from app.domain.call_trees import CallTree, Menu
from app.domain.ids import new_id
from app.domain.prompts import Prompt
from app.domain.routing import How, MatchOn, RoutingRule
from app.domain.schedules import WHOLE_DAY, Ringed, RingSchedule, winner
from app.domain.teams import Number
from app.services.feed import Feed
from app.services.organisation import Directory
from app.services.voice_settings import TeamRule, TeamVoice, Trunk, VoiceSettings

__all__ = [
    "CallTree",
    "Directory",
    "How",
    "MatchOn",
    "Number",
    "RingSchedule",
    "Ringed",
    "TeamRule",
    "TeamVoice",
    "Trunk",
    "VoicePages",
]  # fmt: skip

WORKDAYS, EVERY_DAY = frozenset({1, 2, 3, 4, 5}), frozenset(range(1, 8))
START = "1"


@dataclass(frozen=True, slots=True)
class VoicePages:
    """One presenter a page."""

    teams: Records[TeamVoice]
    schedules: Records[RingSchedule]
    rules: Records[TeamRule]
    trees: Records[CallTree]
    numbers: Records[Number]
    trunks: Records[Trunk]
    look_at_trunk: Callable[[UUID], None]

    def all(self) -> tuple[Records[object], ...]:
        """Every presenter, to begin and to close."""
        return (self.teams, self.schedules, self.rules, self.trees, self.numbers, self.trunks)  # type: ignore[return-value]


def voice_pages(voice: VoiceSettings, directory: Callable[[], Awaitable[Directory]], feed: Feed) -> VoicePages:
    """The presenters over one store."""

    async def numbers() -> tuple[Number, ...]:
        return tuple(number for team in (await directory()).teams for number in team.numbers)

    def none(_: object) -> None:
        return None

    trunks = Records(
        Kind(voice.trunks, voice.save_trunk, lambda one: one.id, none, _new_trunk, voice.remove_trunk), directory, feed
    )
    return VoicePages(
        Records(Kind(voice.team_voices, voice.save_team_voice, lambda one: one.team_id, none), directory, feed),
        Records(
            Kind(
                voice.ring_schedules, voice.save_ring_schedule, lambda one: one.id, lambda one: one.team_id,
                _new_schedule, voice.remove_ring_schedule,
            ),
            directory, feed,
        ),
        Records(
            Kind(
                voice.rules, voice.save_rule, lambda one: one.rule.id, lambda one: one.team_id, _new_rule,
                voice.remove_rule,
            ),
            directory, feed,
        ),
        Records(Kind(voice.call_trees, voice.save_call_tree, lambda one: one.id, none, _new_tree), directory, feed),
        Records(
            Kind(numbers, voice.save_number, lambda one: one.id, none, _new_number, voice.remove_number),
            directory, feed,
        ),
        trunks,
        lambda id_: _look(trunks, voice, id_),
    )  # fmt: skip


def in_force(schedules: tuple[RingSchedule, ...], now: datetime) -> frozenset[UUID]:
    """The schedules that decide just now, one a team at most."""
    teams = {schedule.team_id for schedule in schedules}
    found = (winner((one for one in schedules if one.team_id == team), now) for team in teams)
    return frozenset(schedule.id for schedule in found if schedule is not None)


def of_kind(schedule: RingSchedule, kind: str) -> RingSchedule:
    """A schedule made weekly, for some days only, or a closed one."""
    today = datetime.now(UTC).date()
    first, last = schedule.first_day or today, schedule.last_day or schedule.first_day or today
    if kind == "week":
        return replace(_daytime(schedule), first_day=None, last_day=None, closed=False)
    if kind == "days":
        return replace(_daytime(schedule), weekdays=EVERY_DAY, first_day=first, last_day=last, closed=False)
    return replace(
        schedule, weekdays=EVERY_DAY, first_day=first, last_day=last, closed=True, rings=(), rings_from=time(0),
        rings_until=WHOLE_DAY,
    )  # fmt: skip


def kind_of(schedule: RingSchedule) -> str:
    """`week`, `days` or `closed`."""
    if schedule.closed:
        return "closed"
    return "week" if schedule.first_day is None and schedule.last_day is None else "days"


def with_rule(rule: TeamRule, **changes: object) -> TeamRule:
    """A team's rule with changes of the rule itself."""
    return replace(rule, rule=replace(rule.rule, **changes))  # type: ignore[arg-type]


def _daytime(schedule: RingSchedule) -> RingSchedule:
    return replace(schedule, rings_from=time(8), rings_until=time(18)) if schedule.closed else schedule


def _look(trunks: Records[Trunk], voice: VoiceSettings, id_: UUID) -> None:
    async def look() -> None:
        await voice.look_at_trunk(id_)
        trunks.begin()

    trunks.work.start(look(), "look at trunk")


def _team(directory: Directory, team_id: UUID | None) -> UUID:
    return team_id if team_id is not None else directory.teams[0].id


def _new_schedule(directory: Directory, team_id: UUID | None) -> RingSchedule:
    team = directory.team(_team(directory, team_id))
    return RingSchedule(new_id(), team.id, "", team.time_zone, WORKDAYS, time(8), time(18), datetime.now(UTC))


def _new_rule(directory: Directory, team_id: UUID | None) -> TeamRule:
    rule = RoutingRule(new_id(), "", MatchOn.NUMBER, How.EQUALS, "", None, None, datetime.now(UTC))
    return TeamRule(_team(directory, team_id), rule)


def _new_tree(*_: object) -> CallTree:
    return CallTree(new_id(), "", START, {START: Menu((Prompt(words=""),))})


def _new_number(directory: Directory, team_id: UUID | None) -> Number:
    return Number(new_id(), _team(directory, team_id), "")


def _new_trunk(*_: object) -> Trunk:
    return Trunk(new_id(), "", "")
