"""Reports: what is asked for, and the figures of a span beside those of the span before it.

The response time is that of first replies given in the span, the resolution time that of cases solved in it.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

ANSWERED_WITHIN_S = 20
"""A call counts for the service level when it is answered within so many seconds."""
BUCKETS_H = (1, 4, 8, 24, 48, 72)
"""The edges of the histogram of resolution times, in hours."""


class Page(StrEnum):
    """The three parts of the reports."""

    SERVICE = "service"
    CALLS = "calls"
    CASES = "cases"


@dataclass(frozen=True, slots=True)
class Asked:
    """A span of days (both included) in a zone, for some teams or all, counted by a calendar or every hour."""

    first: date
    last: date
    zone: str
    team_ids: tuple[UUID, ...] = ()
    calendar_id: UUID | None = None

    @property
    def days(self) -> int:
        """How many days the span has."""
        return (self.last - self.first).days + 1

    @property
    def start_at(self) -> datetime:
        """The instant of its beginning."""
        return _midnight(self.first, self.zone)

    @property
    def end_at(self) -> datetime:
        """The instant of its end."""
        return _midnight(self.last + timedelta(days=1), self.zone)

    def before(self) -> "Asked":
        """The span of as many days that ends where this one begins."""
        length = timedelta(days=self.days)
        return replace(self, first=self.first - length, last=self.last - length)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Both:
    """One figure in the span and in the span before; absent where nothing was there to measure."""

    now: float | None = None
    before: float | None = None

    @property
    def change(self) -> float | None:
        """By how much it moved."""
        return None if self.now is None or self.before is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class DayPoint:
    """One day of a line, with the day of the span before that stands in the same place."""

    day: date
    now: float | None
    before: float | None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """One bar of a division: what it is, how much there was, and how much before."""

    key: str
    name: str
    now: int
    before: int = 0


@dataclass(frozen=True, slots=True)
class Ratings:
    """Answers of one week, or of the whole span."""

    week: date | None
    good: int = 0
    fair: int = 0
    bad: int = 0
    asked: int = 0

    @property
    def content(self) -> float | None:
        """The share of answers that are content."""
        given = self.good + self.fair + self.bad
        return self.good / given if given else None


@dataclass(frozen=True, slots=True)
class AgentLine:
    """What one agent did in the span."""

    agent_id: UUID
    name: str
    solved: int = 0
    replies: int = 0
    response_s: float | None = None
    content: float | None = None
    calls: int = 0
    talk_s: float = 0
    handled_s: float | None = None
    states_s: dict[str, float] = field(default_factory=dict)

    @property
    def occupancy(self) -> float | None:
        """The share of her time at work that she spent on contacts; absent where she was never there."""
        on = sum(self.states_s.get(state, 0) for state in ("ringing", "on_call", "wrap_up"))
        whole = on + self.states_s.get("available", 0)
        return on / whole if whole else None


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """How fast, how well, by whom; durations in seconds of the chosen hours."""

    response_s: Both = Both()
    resolution_s: Both = Both()
    responses: Both = Both()
    solved: Both = Both()
    by_day: tuple[DayPoint, ...] = ()
    resolutions: tuple[Share, ...] = ()
    satisfaction: Ratings = Ratings(None)
    satisfaction_before: Ratings = Ratings(None)
    by_week: tuple[Ratings, ...] = ()
    agents: tuple[AgentLine, ...] = ()
    # Promises of service levels, and tasks: kept of all that were due.
    levels_kept: Both = Both()
    levels_broken: Both = Both()
    tasks_kept: Both = Both()
    tasks_late: Both = Both()
    replies: Both = Both()
    """All answers that people gave, not the first of each case alone."""

    @property
    def productivity(self) -> Both:
        """Cases solved by each agent who solved any, in the whole span."""
        return self.solved


@dataclass(frozen=True, slots=True)
class CallReport:
    """Calls from outside, and what agents did meanwhile; durations in seconds."""

    offered: Both = Both()
    answered: Both = Both()
    abandoned: Both = Both()
    within: Both = Both()
    speed_s: Both = Both()
    handled_s: Both = Both()
    transferred: Both = Both()
    by_day: tuple[DayPoint, ...] = ()
    abandoned_by_day: tuple[DayPoint, ...] = ()
    agents: tuple[AgentLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseReport:
    """Cases that were opened, divided in four ways."""

    created: Both = Both()
    by_day: tuple[DayPoint, ...] = ()
    types: tuple[Share, ...] = ()
    teams: tuple[Share, ...] = ()
    states: tuple[Share, ...] = ()
    tags: tuple[Share, ...] = ()


class Behind(StrEnum):
    """The figures that can be opened: what they are made of."""

    REPLIED = "replied"
    ANSWERED = "answered"
    SOLVED = "solved"
    RATED = "rated"
    LEVEL_BROKEN = "level_broken"
    TASK_LATE = "task_late"
    CREATED = "created"
    CALLS = "calls"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Point:
    """One figure that was clicked: narrowed to a day, a bucket, an agent, or a part of a division."""

    kind: Behind
    day: date | None = None
    week: date | None = None
    bucket: int | None = None
    agent_id: UUID | None = None
    part: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A case or a call behind a figure, with what was measured of it."""

    id: UUID
    case_id: UUID | None
    number: int | None
    who: str
    about: str
    at: datetime
    seconds: float | None = None
    word: str = ""
