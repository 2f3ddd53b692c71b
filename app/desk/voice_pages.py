"""The records behind Manage's voice pages: team settings, ring schedules, rules, call trees, numbers, trunks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from app.desk.records import Kind, Records, RecordsState
from app.domain import phone_numbers
from app.domain.call_trees import CallTree, Menu
from app.domain.ids import new_id
from app.domain.prompts import Prompt
from app.domain.refusals import Refusal, Refused
from app.domain.routing import How, MatchOn, RoutingRule
from app.domain.schedules import WHOLE_DAY, Ringed, RingSchedule, winner
from app.domain.team_voice import TeamVoice
from app.domain.teams import Number
from app.services.feed import Feed
from app.services.numbers import Numbers
from app.services.organisation import Directory
from app.services.routing import OwnWords, RoutingSetup, TrunkLine

__all__ = [
    "CallTree", "Directory", "How", "MatchOn", "Number", "RecordsState", "RingSchedule", "Ringed", "RoutingRule",
    "TeamCalls", "TrunkLine", "VoicePages",
]  # fmt: skip

WORKDAYS, EVERY_DAY = frozenset({1, 2, 3, 4, 5}), frozenset(range(1, 8))
START = "1"


@dataclass(frozen=True, slots=True)
class TeamCalls:
    """A team's settings with the words that its callers hear, which are kept as prompts."""

    voice: TeamVoice
    greeting: str = ""
    closed_words: str = ""


@dataclass(frozen=True, slots=True)
class VoicePages:
    """One presenter a page."""

    teams: Records[TeamCalls]
    schedules: Records[RingSchedule]
    rules: Records[RoutingRule]
    trees: Records[CallTree]
    numbers: Records[Number]
    trunks: Records[TrunkLine]
    look_at_trunk: Callable[[UUID], None]

    def all(self) -> tuple[Records[Any], ...]:
        """Every presenter, to begin and to close."""
        return (self.teams, self.schedules, self.rules, self.trees, self.numbers, self.trunks)


def voice_pages(
    routing: RoutingSetup, numbers: Numbers, directory: Callable[[], Awaitable[Directory]], feed: Feed
) -> VoicePages:
    """The presenters over one store."""
    kinds = _Kinds(routing, numbers)
    trunks = Records(
        Kind(kinds.trunks, kinds.save_trunk, lambda one: one.id, _new_trunk, routing.remove_trunk), directory, feed
    )
    schedules = Kind(
        kinds.schedules, kinds.save_schedule, lambda one: one.id, _new_schedule, routing.remove_schedule
    )  # fmt: skip
    return VoicePages(
        Records(Kind(kinds.teams, kinds.save_team, lambda one: one.voice.team_id), directory, feed),
        Records(schedules, directory, feed),
        Records(
            Kind(kinds.rules, kinds.save_rule, lambda one: one.id, _new_rule, routing.remove_rule), directory, feed
        ),
        Records(Kind(kinds.trees, kinds.save_tree, lambda one: one.id, _new_tree), directory, feed),
        Records(
            Kind(kinds.numbers, kinds.save_number, lambda one: one.id, _new_number, numbers.remove), directory, feed
        ),
        trunks,
        lambda id_: _look(trunks, routing, id_),
    )


class _Kinds:
    """Each kind's reading and keeping, all in one form."""

    def __init__(self, routing: RoutingSetup, numbers: Numbers) -> None:
        self._routing, self._numbers = routing, numbers
        self._region = "FR"

    async def teams(self, directory: Directory, _: UUID) -> tuple[TeamCalls, ...]:
        words = {prompt.id: prompt.words for prompt in await self._routing.prompts()}
        found = []
        for team in sorted(directory.teams, key=lambda one: (one.is_sub_team, one.name.casefold())):
            voice = await self._routing.team_voice(team.id)
            greeting, closed = (
                words.get(id_, "") if id_ is not None else ""
                for id_ in (voice.greeting_prompt_id, voice.closed_prompt_id)
            )
            found.append(TeamCalls(voice, greeting, closed))
        return tuple(found)

    async def save_team(self, calls: TeamCalls, _: UUID) -> None:
        voice = calls.voice
        greeting = await self._prompt(voice.greeting_prompt_id, calls.greeting, "greeting")
        closed = await self._prompt(voice.closed_prompt_id, calls.closed_words, "closed")
        await self._routing.save_team_voice(replace(voice, greeting_prompt_id=greeting, closed_prompt_id=closed))

    async def schedules(self, _: Directory, team_id: UUID) -> tuple[RingSchedule, ...]:
        return await self._routing.schedules(team_id)

    async def save_schedule(self, schedule: RingSchedule, _: UUID) -> None:
        first, last = schedule.first_day, schedule.last_day
        if first is not None and last is not None and last < first:
            raise Refused(Refusal.NOT_A_DATE, "last_day", value=last.isoformat())
        await self._routing.save_schedule(schedule)

    async def rules(self, directory: Directory, team_id: UUID) -> tuple[RoutingRule, ...]:
        self._region = directory.organisation.region
        return await self._routing.rules(team_id)

    async def save_rule(self, rule: RoutingRule, team_id: UUID) -> None:
        if rule.to_team_id is None and rule.to_agent_id is None:
            raise Refused(Refusal.REQUIRED, "target")
        await self._routing.save_rule(team_id, replace(rule, value=self._compared(rule)))

    def _compared(self, rule: RoutingRule) -> str:
        """A number as callers' numbers are kept (E.164), so that the rule can ever match; other values as they are."""
        value = rule.value.strip()
        if rule.match_on is not MatchOn.NUMBER or not value:
            return value
        if rule.how is How.EQUALS:
            return phone_numbers.parse(value, self._region).e164
        begins = "+" + "".join(char for char in value if char.isdigit())
        if not value.startswith("+") or len(begins) < 2:
            raise Refused(Refusal.NOT_A_PHONE_NUMBER, "value", value=value[:40], example="+3380")
        return begins

    async def trees(self, *_: object) -> tuple[CallTree, ...]:
        return await self._routing.call_trees()

    async def save_tree(self, tree: CallTree, _: UUID) -> None:
        await self._routing.save_call_tree(tree)

    async def trunks(self, *_: object) -> tuple[TrunkLine, ...]:
        return await self._routing.trunks()

    async def save_trunk(self, trunk: TrunkLine, _: UUID) -> None:
        await self._routing.save_trunk(trunk)

    async def numbers(self, directory: Directory, _: UUID) -> tuple[Number, ...]:
        return tuple(number for team in directory.teams for number in team.numbers)

    async def save_number(self, number: Number, _: UUID) -> None:
        await self._numbers.save(number)

    async def _prompt(self, kept: UUID | None, words: str, name: str) -> UUID | None:
        """The prompt that says these words; without any the shipped sentence is said."""
        if not words.strip():
            return None
        prompt = OwnWords(kept or new_id(), name, "fr", words.strip())
        known = next((one for one in await self._routing.prompts() if one.id == prompt.id), None)
        await self._routing.save_prompt(replace(known, words=prompt.words) if known is not None else prompt)
        return prompt.id


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


def _daytime(schedule: RingSchedule) -> RingSchedule:
    return replace(schedule, rings_from=time(8), rings_until=time(18)) if schedule.closed else schedule


def _look(trunks: Records[TrunkLine], routing: RoutingSetup, id_: UUID) -> None:
    async def look() -> None:
        await routing.look_at_trunk(id_)
        trunks.begin()

    trunks.work.start(look(), "look at trunk")


def _new_schedule(directory: Directory, team_id: UUID) -> RingSchedule:
    zone = directory.team(team_id).time_zone
    return RingSchedule(new_id(), team_id, "", zone, WORKDAYS, time(8), time(18), datetime.now(UTC))


def _new_rule(*_: object) -> RoutingRule:
    return RoutingRule(new_id(), "", MatchOn.NUMBER, How.EQUALS, "", None, None, datetime.now(UTC))


def _new_tree(*_: object) -> CallTree:
    return CallTree(new_id(), "", START, {START: Menu((Prompt(words=""),))})


def _new_number(_: Directory, team_id: UUID) -> Number:
    return Number(new_id(), team_id, "")


def _new_trunk(*_: object) -> TrunkLine:
    return TrunkLine(new_id(), "", "")
