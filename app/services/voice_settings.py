"""How calls are routed, as leads and administrators set it: teams' voice settings, schedules, rules, trees, trunks."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain import phone_numbers
from app.domain.call_trees import CallTree, flaws
from app.domain.floor import Strategy
from app.domain.refusals import Refusal, Refused
from app.domain.routing import MatchOn, RoutingRule
from app.domain.schedules import RingSchedule
from app.domain.teams import Number
from app.domain.text import fold

NAME_MOST, NAME_OF_TRUNK_MOST = 100, 25


@dataclass(frozen=True, slots=True)
class TeamVoice:
    """How one team is called: the order of ringing, the wait, what follows a call, and what a closed team does."""

    team_id: UUID
    strategy: Strategy = Strategy.RING_ALL
    offer_s: int = 30
    queue_most_s: int = 600
    queue_length: int = 50
    announce_s: int = 60
    offers_callback: bool = True
    greeting: str = ""
    wrap_up: str = "optional"
    wrap_up_s: int = 60
    disposition_required: bool = False
    records: str = "never"
    recordings_days: int = 90
    last_advisor_days: int = 7
    closed_treatment: str = "voicemail"
    closed_words: str = ""
    call_tree_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TeamRule:
    """A routing rule and the team whose callers it looks at."""

    team_id: UUID
    rule: RoutingRule


@dataclass(frozen=True, slots=True)
class Trunk:
    """A line to the outside; `state` is what the hub found when it last looked, `password` is written, never read."""

    id: UUID
    name: str
    host: str
    port: int = 5060
    username: str = ""
    registers: bool = False
    codecs: tuple[str, ...] = ("alaw", "ulaw", "g722")
    state: str = ""
    looked_at: datetime | None = None
    password: str = field(default="", repr=False)


class VoiceSettingsStore(Protocol):
    """Where they are kept; who may change them is decided there."""

    async def team_voices(self) -> tuple[TeamVoice, ...]:
        """The settings of every team; a team without any has those that ship."""
        ...

    async def save_team_voice(self, voice: TeamVoice) -> None: ...
    async def ring_schedules(self) -> tuple[RingSchedule, ...]: ...
    async def save_ring_schedule(self, schedule: RingSchedule) -> None: ...
    async def remove_ring_schedule(self, schedule_id: UUID) -> None: ...
    async def rules(self) -> tuple[TeamRule, ...]: ...
    async def save_rule(self, rule: TeamRule) -> None: ...
    async def remove_rule(self, rule_id: UUID) -> None: ...
    async def call_trees(self) -> tuple[CallTree, ...]: ...
    async def save_call_tree(self, tree: CallTree) -> None: ...
    async def trunks(self) -> tuple[Trunk, ...]: ...
    async def save_trunk(self, trunk: Trunk) -> None: ...
    async def remove_trunk(self, trunk_id: UUID) -> None: ...
    async def look_at_trunk(self, trunk_id: UUID) -> None: ...
    async def save_number(self, number: Number) -> None: ...
    async def remove_number(self, number_id: UUID) -> None: ...


class VoiceSettings:
    """The same with rules checked first, so that a wrong field is named where it stands."""

    def __init__(self, store: VoiceSettingsStore, region: str) -> None:
        self._store, self._region = store, region
        self.team_voices = store.team_voices
        self.save_team_voice = store.save_team_voice
        self.ring_schedules = store.ring_schedules
        self.remove_ring_schedule = store.remove_ring_schedule
        self.rules = store.rules
        self.remove_rule = store.remove_rule
        self.call_trees = store.call_trees
        self.trunks = store.trunks
        self.remove_trunk = store.remove_trunk
        self.look_at_trunk = store.look_at_trunk
        self.remove_number = store.remove_number

    async def save_ring_schedule(self, schedule: RingSchedule) -> None:
        _named(schedule.name)
        if not schedule.weekdays:
            raise Refused(Refusal.REQUIRED, "weekdays")
        if schedule.first_day and schedule.last_day and schedule.last_day < schedule.first_day:
            raise Refused(Refusal.NOT_A_DATE, "last_day", value=schedule.last_day.isoformat())
        await self._store.save_ring_schedule(schedule)

    async def save_rule(self, rule: TeamRule) -> None:
        inner = rule.rule
        _named(inner.name)
        if not inner.value.strip():
            raise Refused(Refusal.REQUIRED, "value")
        if inner.match_on is MatchOn.NUMBER and not inner.value.strip().startswith("+"):
            raise Refused(Refusal.NOT_A_PHONE_NUMBER, "value", value=inner.value, example="+33612457890")
        if (inner.to_team_id is None) == (inner.to_agent_id is None):
            raise Refused(Refusal.REQUIRED, "target")
        await self._store.save_rule(rule)

    async def save_call_tree(self, tree: CallTree) -> None:
        """Keep a tree; one that would lead a caller nowhere is refused."""
        _named(tree.name)
        if flaws(tree):
            raise Refused(Refusal.TREE_HAS_FLAWS, "tree", menu=flaws(tree)[0][0])
        await self._store.save_call_tree(tree)

    async def save_trunk(self, trunk: Trunk) -> None:
        for name, value in (("name", trunk.name), ("host", trunk.host)):
            if not value.strip():
                raise Refused(Refusal.REQUIRED, name)
        # Its name is also the switch's, which knows small letters, digits and hyphens only.
        name = re.sub(r"[^a-z0-9]+", "-", fold(trunk.name)).strip("-")[:NAME_OF_TRUNK_MOST]
        if not name[:1].isalpha():
            name = f"line-{name}".rstrip("-")
        await self._store.save_trunk(replace(trunk, name=name))

    async def save_number(self, number: Number) -> None:
        e164 = phone_numbers.parse(number.e164, self._region).e164
        await self._store.save_number(Number(number.id, number.team_id, e164, number.label.strip(), number.position))


def _named(name: str) -> None:
    if not name.strip():
        raise Refused(Refusal.REQUIRED, "name")
    if len(name) > NAME_MOST:
        raise Refused(Refusal.TOO_LONG, "name", length=len(name), most=NAME_MOST)
