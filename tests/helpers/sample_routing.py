"""Routing in memory: what is saved is kept; a call is explained by its dialled number alone."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from app.domain.call_trees import CallTree
from app.domain.routing import RoutingRule
from app.domain.schedules import RingSchedule
from app.domain.team_voice import TeamVoice
from app.services.routing import ExplainedStep, Explanation, OwnWords, TrunkLine

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


class SampleRouting:
    """The routing port over dictionaries."""

    def __init__(self) -> None:
        self.voices: dict[UUID, TeamVoice] = {}
        self.kept_schedules: dict[UUID, RingSchedule] = {}
        self.trees: dict[UUID, CallTree] = {}
        self.kept_rules: dict[UUID, tuple[UUID, RoutingRule]] = {}
        self.kept_prompts: dict[UUID, OwnWords] = {}
        self.lines: dict[UUID, TrunkLine] = {}

    async def team_voice(self, team_id: UUID) -> TeamVoice:
        return self.voices.get(team_id, TeamVoice(team_id))

    async def save_team_voice(self, settings: TeamVoice) -> None:
        self.voices[settings.team_id] = settings

    async def ring_schedules(self, team_id: UUID) -> tuple[RingSchedule, ...]:
        its = (one for one in self.kept_schedules.values() if one.team_id == team_id)
        return tuple(sorted(its, key=lambda one: one.created_at, reverse=True))

    async def save_schedule(self, schedule: RingSchedule) -> None:
        self.kept_schedules[schedule.id] = schedule

    async def remove_schedule(self, schedule_id: UUID) -> None:
        del self.kept_schedules[schedule_id]

    async def call_trees(self) -> tuple[CallTree, ...]:
        return tuple(self.trees.values())

    async def save_call_tree(self, tree: CallTree) -> None:
        self.trees[tree.id] = tree

    async def rules(self, team_id: UUID) -> tuple[RoutingRule, ...]:
        return tuple(rule for team, rule in self.kept_rules.values() if team == team_id)

    async def save_rule(self, team_id: UUID, rule: RoutingRule) -> None:
        self.kept_rules[rule.id] = (team_id, rule)

    async def remove_rule(self, rule_id: UUID) -> None:
        del self.kept_rules[rule_id]

    async def prompts(self) -> tuple[OwnWords, ...]:
        return tuple(self.kept_prompts.values())

    async def save_prompt(self, prompt: OwnWords) -> None:
        self.kept_prompts[prompt.id] = prompt

    async def trunks(self) -> tuple[TrunkLine, ...]:
        return tuple(self.lines.values())

    async def save_trunk(self, trunk: TrunkLine) -> None:
        self.lines[trunk.id] = trunk

    async def remove_trunk(self, trunk_id: UUID) -> None:
        del self.lines[trunk_id]

    async def look_at_trunk(self, trunk_id: UUID) -> None:
        self.lines[trunk_id] = replace(self.lines[trunk_id], state="reachable", looked_at=NOW)

    async def explain(self, to: str, caller: str, at: datetime) -> Explanation:
        steps: tuple[ExplainedStep, ...] = (
            ExplainedStep("menu", 0, "call_tree", "Standard"),
            ExplainedStep("queue", 600, "team_queue", "Contact centre"),
            ExplainedStep("voicemail", 0, "voicemail"),
        )
        return Explanation(to, caller, at, "Contact centre", "", None, (("schedule", ""),), steps)
