"""The voice settings of the Vallon dealership in memory: a week, a holiday, a rule, a call tree and two trunks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TypeVar
from uuid import UUID, uuid5

from app.domain.call_trees import CallTree, Destination, Leads, Menu
from app.domain.floor import Strategy
from app.domain.prompts import CASE_NUMBER, Prompt
from app.domain.routing import How, MatchOn, RoutingRule
from app.domain.schedules import WHOLE_DAY, Ringed, RingSchedule
from app.domain.teams import Number
from app.services.organisation import Directory
from app.services.voice_settings import TeamRule, TeamVoice, Trunk

AT = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
WEEK = frozenset({1, 2, 3, 4, 5})
T = TypeVar("T", RingSchedule, CallTree, Trunk)


def _id(name: str) -> UUID:
    return uuid5(UUID("7b0a0000-0000-4000-8000-000000000001"), name)


class SampleVoice:
    """The port over a directory."""

    def __init__(self, directory: Directory) -> None:
        team = {one.name: one.id for one in directory.teams}
        agent = {one.name: one.id for one in directory.agents}
        centre = team["Contact centre"]
        welcome = Menu(
            (Prompt(words="Concession Vallon, bonjour. Atelier : 1. Pièces : 2. Location : 3. Votre dossier : 4."),),
            {
                "1": Destination(Leads.TEAM, id=team["Atelier Beaune"]),
                "2": Destination(Leads.MENU, menu="parts"),
                "3": Destination(Leads.TEAM, id=team["Location"]),
                "4": Destination(Leads.MENU, menu="case"),
                "0": Destination(Leads.QUEUE),
            },
        )
        parts = Menu(
            (Prompt(words="Commander une pièce : 1. Laisser un message : 2."),),
            {"1": Destination(Leads.TEAM, id=team["Pièces détachées"]), "2": Destination(Leads.VOICEMAIL)},
        )
        case = Menu((CASE_NUMBER,), asks_case=True)
        tree = CallTree(_id("tree"), "Main", "welcome", {"welcome": welcome, "parts": parts, "case": case})
        self.trees = [tree]
        week = RingSchedule(_id("week"), centre, "Weekdays", "Europe/Paris", WEEK, time(8), time(18, 30), AT)
        saturday = replace(
            week, id=_id("saturday"), name="Saturday", weekdays=frozenset({6}), rings_until=time(12),
            rings=(Ringed(1, agent_id=agent["Nadia Benali"]), Ringed(2, team_id=team["Atelier Beaune"])),
        )  # fmt: skip
        holiday = replace(
            week, id=_id("christmas"), name="Christmas", first_day=date(2026, 12, 24), last_day=date(2026, 12, 26),
            closed=True, weekdays=frozenset(range(1, 8)), rings_from=time(0), rings_until=WHOLE_DAY,
            created_at=AT.replace(day=10),
        )  # fmt: skip
        self.schedules = [holiday, week, saturday]
        rule = RoutingRule(
            _id("rule"), "Vineyards to rental", MatchOn.SEGMENT, How.EQUALS, "Vineyard", team["Location"], None, AT
        )
        self.kept_rules = [TeamRule(centre, rule)]
        self.lines = [
            Trunk(_id("east"), "operator-east", "sip.operator.example", 5060, "vallon", True, state="registered"),
            Trunk(_id("spare"), "spare", "192.0.2.20", 5060, state="unreachable"),
        ]
        self.voices = {
            centre: TeamVoice(centre, Strategy.LONGEST_IDLE, call_tree_id=tree.id, records="on_demand"),
        }
        self.team_ids = tuple(team.values())
        self.numbers = [number for one in directory.teams for number in one.numbers]

    async def team_voices(self) -> tuple[TeamVoice, ...]:
        return tuple(self.voices.get(team_id, TeamVoice(team_id)) for team_id in self.team_ids)

    async def save_team_voice(self, voice: TeamVoice) -> None:
        self.voices[voice.team_id] = voice

    async def ring_schedules(self) -> tuple[RingSchedule, ...]:
        return tuple(sorted(self.schedules, key=lambda one: one.created_at, reverse=True))

    async def save_ring_schedule(self, schedule: RingSchedule) -> None:
        self.schedules = _put(self.schedules, schedule)

    async def remove_ring_schedule(self, schedule_id: UUID) -> None:
        self.schedules = [one for one in self.schedules if one.id != schedule_id]

    async def rules(self) -> tuple[TeamRule, ...]:
        return tuple(self.kept_rules)

    async def save_rule(self, rule: TeamRule) -> None:
        await self.remove_rule(rule.rule.id)
        self.kept_rules.append(rule)

    async def remove_rule(self, rule_id: UUID) -> None:
        self.kept_rules = [one for one in self.kept_rules if one.rule.id != rule_id]

    async def call_trees(self) -> tuple[CallTree, ...]:
        return tuple(self.trees)

    async def save_call_tree(self, tree: CallTree) -> None:
        self.trees = _put(self.trees, tree)

    async def trunks(self) -> tuple[Trunk, ...]:
        return tuple(self.lines)

    async def save_trunk(self, trunk: Trunk) -> None:
        self.lines = _put(self.lines, replace(trunk, password=""))

    async def remove_trunk(self, trunk_id: UUID) -> None:
        self.lines = [one for one in self.lines if one.id != trunk_id]

    async def look_at_trunk(self, trunk_id: UUID) -> None:
        self.lines = [replace(one, state="reachable") if one.id == trunk_id else one for one in self.lines]

    async def save_number(self, number: Number) -> None:
        self.numbers.append(number)

    async def remove_number(self, number_id: UUID) -> None:
        self.numbers = [one for one in self.numbers if one.id != number_id]


def _put(kept: list[T], fresh: T) -> list[T]:
    return [one for one in kept if one.id != fresh.id] + [fresh]
