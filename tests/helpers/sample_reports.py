"""Figures, calendars, targets and links that the desk's screens are shown with, without a server."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from app.domain.business_hours import Calendar, Opening
from app.domain.conditions import FieldOf
from app.domain.outside import Guide, OutsideLink
from app.domain.reports import (
    AgentLine,
    Asked,
    BehindLine,
    Both,
    CallReport,
    CaseReport,
    DayPoint,
    Page,
    Point,
    Ratings,
    ServiceReport,
    Share,
)
from app.domain.satisfaction import Survey
from app.domain.service_levels import ClockState, LevelPolicy, Metric
from app.services.export_feed import ExportTarget
from app.services.levels import CaseClock, NamedCalendar, Setup
from app.services.satisfaction import Opinion
from tests.helpers.sample import NOW

SPACE = UUID("1b671a64-40d5-491e-99b0-da01ff1f3341")
_NAMES = ("Camille Roy", "Nadia Benali", "Omar Haddad", "Jean-Christophe de la Villardière")


def key(name: str) -> UUID:
    return uuid5(SPACE, name)


def _days(asked: Asked, base: float, spread: float) -> tuple[DayPoint, ...]:
    dice = Random(3)
    days = [asked.first + timedelta(days=at) for at in range(asked.days)]
    return tuple(
        DayPoint(
            day,
            None if day.weekday() > 4 else base + dice.random() * spread,
            None if day.weekday() > 4 else base * 1.2 + dice.random() * spread,
            5,
        )
        for day in days
    )


def _agents(names: Sequence[str]) -> tuple[AgentLine, ...]:
    states = {"available": 108_000.0, "on_call": 54_000.0, "wrap_up": 14_400.0, "not_ready": 21_600.0}
    return tuple(
        AgentLine(key(name), name, 41 - 4 * at, 30, 1800.0 + at, 0.97, 20 - at, 18_000, 240, states)
        for at, name in enumerate(names)
    )


class SampleReports:
    """A ReportStore that always has the same figures; what was asked is kept."""

    def __init__(self) -> None:
        self.names: Sequence[str] = _NAMES
        self.asked: list[Asked] = []
        self.points: list[Point] = []
        self.mailed = frozenset[Page]()

    async def service_report(self, asked: Asked) -> ServiceReport:
        self.asked.append(asked)
        buckets = tuple(Share(str(at), "", count, count) for at, count in enumerate((112, 146, 98, 61, 40, 22, 14)))
        weeks = tuple(Ratings(asked.first + timedelta(days=7 * at), 40 + at, 4, 5 - at) for at in range(4))
        return ServiceReport(
            Both(2280, 3000), Both(22_200, 20_700), Both(640, 600), Both(503, 480), _days(asked, 1800, 2400), buckets,
            Ratings(None, 190, 12, 10, 640), Ratings(None, 170, 20, 20, 600), weeks, _agents(self.names),
            Both(420, 400), Both(22, 40), Both(88, 80), Both(7, 9),
        )  # fmt: skip

    async def call_report(self, asked: Asked) -> CallReport:
        self.asked.append(asked)
        return CallReport(
            Both(1240, 1180), Both(1120, 1010), Both(80, 120), Both(990, 880), Both(14.2, 19), Both(264, 251),
            Both(122, 130), _days(asked, 40, 30), _days(asked, 2, 4), _agents(self.names),
        )  # fmt: skip

    async def case_report(self, asked: Asked) -> CaseReport:
        self.asked.append(asked)
        names = ("Contact centre", "Pièces détachées et équipements agricoles", "Sales Dijon")
        shares = tuple(Share(str(key(name)), name, 120 - at, 100) for at, name in enumerate(names))
        return CaseReport(Both(640, 600), _days(asked, 20, 14), shares, shares, shares, ())

    async def behind(self, asked: Asked, point: Point, limit: int) -> tuple[BehindLine, ...]:
        self.points.append(point)
        at = datetime(2026, 11, 12, 9, tzinfo=UTC)
        return tuple(
            BehindLine(key(name), key(name), 48_098 - number, name, "Leak", at, 8040.0 - 900 * number)
            for number, name in enumerate(_NAMES)
        )

    async def mail_report(self, page: Page, asked: Asked) -> datetime:
        self.mailed |= {page}
        return datetime(2026, 11, 30, 6, tzinfo=UTC)

    async def stop_mailing(self, page: Page) -> None:
        self.mailed -= {page}

    async def mailed_reports(self) -> frozenset[Page]:
        return self.mailed


class SampleLevels:
    """A LevelStore in memory."""

    def __init__(self) -> None:
        week = dict.fromkeys(range(1, 6), (Opening(540, 1080),))
        hours = Calendar("Europe/Paris", week, "FR", exceptions={date(2026, 12, 24): (Opening(540, 720),)})
        self.calendars = {key("office"): NamedCalendar(key("office"), "Business hours", hours, 1)}
        self.policies: dict[UUID, LevelPolicy] = {}

    async def level_setup(self) -> Setup:
        return Setup(tuple(self.calendars.values()), tuple(self.policies.values()))

    async def save_calendar(self, calendar: NamedCalendar) -> None:
        self.calendars[calendar.id] = replace(calendar, version=calendar.version + 1)

    async def archive_calendar(self, calendar_id: UUID) -> None:
        del self.calendars[calendar_id]

    async def save_policy(self, policy: LevelPolicy) -> None:
        self.policies[policy.id] = replace(policy, version=policy.version + 1)

    async def archive_policy(self, policy_id: UUID) -> None:
        del self.policies[policy_id]

    async def order_policies(self, ids: tuple[UUID, ...]) -> None:
        self.policies = {id_: self.policies[id_] for id_ in ids}

    async def case_clocks(self, case_id: UUID) -> tuple[CaseClock, ...]:
        return (
            CaseClock(Metric.FIRST_REPLY, ClockState.MET, "Standard", timedelta(hours=1), broken=True),
            CaseClock(
                Metric.RESOLUTION, ClockState.RUNNING, "Standard", timedelta(hours=8), NOW + timedelta(hours=2), NOW
            ),
        )

    async def condition_fields(self) -> dict[str, FieldOf]:
        return {}


class SampleOutside:
    """Targets, links, the guide and the question, in memory."""

    def __init__(self) -> None:
        self.kept = Survey()
        self.targets: dict[UUID, ExportTarget] = {}
        self.kept_links: dict[UUID, OutsideLink] = {}
        self.kept_guide = Guide("Working with NetSuite", "# Customers\n- open the link", "Sofia", 1)

    async def survey(self) -> Survey:
        return self.kept

    async def save_survey(self, survey: Survey) -> None:
        self.kept = survey

    async def opinion(self, case_id: UUID) -> Opinion | None:
        return None

    async def export_targets(self) -> tuple[ExportTarget, ...]:
        return tuple(self.targets.values())

    async def save_export_target(self, target: ExportTarget) -> None:
        self.targets[target.id] = replace(target, secret="")

    async def archive_export_target(self, target_id: UUID) -> None:
        del self.targets[target_id]

    async def outside_links(self) -> tuple[OutsideLink, ...]:
        return tuple(self.kept_links.values())

    async def save_outside_link(self, link: OutsideLink) -> None:
        self.kept_links[link.id] = link

    async def archive_outside_link(self, link_id: UUID) -> None:
        del self.kept_links[link_id]

    async def outside_guide(self) -> Guide:
        return self.kept_guide

    async def save_outside_guide(self, guide: Guide) -> None:
        self.kept_guide = guide
