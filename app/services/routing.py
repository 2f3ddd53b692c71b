"""Routing as it is set up under Manage: schedules, call trees, rules, prompts, trunks, and what a call would do."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain import call_trees, team_voice
from app.domain.call_trees import CallTree
from app.domain.refusals import Refusal, Refused
from app.domain.routing import RoutingRule
from app.domain.schedules import RingSchedule
from app.domain.team_voice import TeamVoice


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A prompt of the organisation: words that a voice speaks, unless it has a sound of its own."""

    id: UUID
    name: str
    language: str
    words: str = ""
    has_sound: bool = False


@dataclass(frozen=True, slots=True)
class TrunkLine:
    """A line to the outside as administrators see it; `password` is only ever written, empty leaves it as it is."""

    id: UUID
    name: str
    host: str
    port: int = 5060
    username: str = ""
    password: str = field(default="", repr=False)
    registers: bool = False
    matches: tuple[str, ...] = ()
    codecs: tuple[str, ...] = ("alaw", "ulaw", "g722")
    position: int = 0
    state: str = ""
    """`reachable`, `registered`, `unreachable`, `rejected`, or empty before the hub looked."""
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One step that a call would take, with the names of whom it rings."""

    kind: str
    seconds: int
    reason: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What would become of a call that has not come yet, and why."""

    to: str
    caller: str
    at: datetime
    team: str
    customer: str
    case_number: int | None
    reasons: tuple[tuple[str, str], ...]
    steps: tuple[ExplainedStep, ...]


class RoutingStore(Protocol):
    """Where routing is kept; every change is permission-checked there."""

    async def team_voice(self, team_id: UUID) -> TeamVoice: ...
    async def save_team_voice(self, settings: TeamVoice) -> None: ...
    async def ring_schedules(self, team_id: UUID) -> tuple[RingSchedule, ...]: ...
    async def save_schedule(self, schedule: RingSchedule) -> None: ...
    async def remove_schedule(self, schedule_id: UUID) -> None: ...
    async def call_trees(self) -> tuple[CallTree, ...]: ...
    async def save_call_tree(self, tree: CallTree) -> None: ...
    async def rules(self, team_id: UUID) -> tuple[RoutingRule, ...]: ...
    async def save_rule(self, team_id: UUID, rule: RoutingRule) -> None: ...
    async def remove_rule(self, rule_id: UUID) -> None: ...
    async def prompts(self) -> tuple[OwnWords, ...]: ...
    async def save_prompt(self, prompt: OwnWords) -> None: ...
    async def trunks(self) -> tuple[TrunkLine, ...]: ...
    async def save_trunk(self, trunk: TrunkLine) -> None: ...
    async def remove_trunk(self, trunk_id: UUID) -> None: ...
    async def look_at_trunk(self, trunk_id: UUID) -> None:
        """Ask the hub to look whether a line works; its answer comes as the trunk's `state`, with a hint."""
        ...

    async def explain(self, to: str, caller: str, at: datetime) -> Explanation:
        """What a call to `to` from `caller` (E.164) would do at that time."""
        ...


class RoutingSetup:
    """What leads and supervisors set up; what would lead callers astray is refused with its place."""

    def __init__(self, store: RoutingStore) -> None:
        self._store = store
        self.team_voice = store.team_voice
        self.schedules = store.ring_schedules
        self.remove_schedule = store.remove_schedule
        self.call_trees = store.call_trees
        self.rules = store.rules
        self.remove_rule = store.remove_rule
        self.prompts = store.prompts
        self.trunks = store.trunks
        self.remove_trunk = store.remove_trunk
        self.look_at_trunk = store.look_at_trunk
        self.explain = store.explain

    async def save_team_voice(self, settings: TeamVoice) -> None:
        team_voice.check(settings)
        await self._store.save_team_voice(settings)

    async def save_schedule(self, schedule: RingSchedule) -> None:
        if not schedule.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        if not schedule.weekdays:
            raise Refused(Refusal.REQUIRED, "weekdays")
        await self._store.save_schedule(schedule)

    async def save_call_tree(self, tree: CallTree) -> None:
        if not tree.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        if found := call_trees.flaws(tree):
            menu, flaw = found[0]
            raise Refused(Refusal.TREE_LEADS_ASTRAY, flaw.value, menu=menu)
        await self._store.save_call_tree(tree)

    async def save_rule(self, team_id: UUID, rule: RoutingRule) -> None:
        for name in ("name", "value"):
            if not getattr(rule, name).strip():
                raise Refused(Refusal.REQUIRED, name)
        await self._store.save_rule(team_id, rule)

    async def save_prompt(self, prompt: OwnWords) -> None:
        if not prompt.name.strip() or not (prompt.words.strip() or prompt.has_sound):
            raise Refused(Refusal.REQUIRED, "name" if not prompt.name.strip() else "words")
        await self._store.save_prompt(prompt)

    async def save_trunk(self, trunk: TrunkLine) -> None:
        for name in ("name", "host"):
            if not getattr(trunk, name).strip():
                raise Refused(Refusal.REQUIRED, name)
        if trunk.registers and not trunk.username.strip():
            raise Refused(Refusal.REQUIRED, "username")
        await self._store.save_trunk(trunk)
