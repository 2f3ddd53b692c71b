"""The records behind Manage's pages of satisfaction, the export feed and the customer system outside."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.desk.records import Kind, Records, RecordsState
from app.domain.ids import new_id
from app.domain.outside import PRESETS, Guide, OutsideLink, Subject
from app.domain.permissions import Permission
from app.domain.satisfaction import Survey
from app.services.export_feed import ExportTarget, ExportTargets
from app.services.feed import Feed
from app.services.organisation import Directory
from app.services.outside import Outside
from app.services.satisfaction import Surveys

__all__ = [
    "PRESETS", "ExportTarget", "Guide", "GuideRecord", "OutsideLink", "OutsidePages", "RecordsState", "Subject",
    "SurveyRecord",
]  # fmt: skip

_ONLY = UUID(int=0)
"""The key of what an organisation has one of."""


@dataclass(frozen=True, slots=True)
class SurveyRecord:
    """The question after solving, as the one record of its page."""

    survey: Survey = field(default_factory=Survey)


@dataclass(frozen=True, slots=True)
class GuideRecord:
    """The guide, likewise."""

    guide: Guide = field(default_factory=Guide)


class OutsidePages:
    """One presenter a page."""

    def __init__(
        self,
        surveys: Surveys,
        targets: ExportTargets,
        outside: Outside,
        directory: Callable[[], Awaitable[Directory]],
        feed: Feed,
    ) -> None:
        self._surveys, self._targets, self._outside = surveys, targets, outside
        self.survey: Records[SurveyRecord] = Records(
            Kind(self._read_survey, self._save_survey, lambda _: _ONLY), directory, feed
        )
        self.targets: Records[ExportTarget] = Records(
            Kind(self._read_targets, self._save_target, lambda one: one.id, _new_target, targets.remove),
            directory,
            feed,
        )
        self.links: Records[OutsideLink] = Records(
            Kind(self._read_links, self._save_link, lambda one: one.id, _new_link, outside.remove), directory, feed
        )
        self.guide: Records[GuideRecord] = Records(
            Kind(self._read_guide, self._save_guide, lambda _: _ONLY), directory, feed
        )

    def all(self) -> tuple[Records[Any], ...]:
        """Every presenter, to begin and to close."""
        return (self.survey, self.targets, self.links, self.guide)

    async def _read_survey(self, *_: object) -> tuple[SurveyRecord, ...]:
        return (SurveyRecord(await self._surveys.read()),)

    async def _save_survey(self, record: SurveyRecord, _: object) -> None:
        await self._surveys.save(record.survey)

    async def _read_targets(self, directory: Directory, _: object) -> tuple[ExportTarget, ...]:
        return await self._targets.read() if may_export_all(directory) else ()

    async def _save_target(self, target: ExportTarget, _: object) -> None:
        await self._targets.save(target)

    async def _read_links(self, *_: object) -> tuple[OutsideLink, ...]:
        return await self._outside.links()

    async def _save_link(self, link: OutsideLink, _: object) -> None:
        await self._outside.save(link)

    async def _read_guide(self, *_: object) -> tuple[GuideRecord, ...]:
        return (GuideRecord(await self._outside.guide()),)

    async def _save_guide(self, record: GuideRecord, _: object) -> None:
        await self._outside.save_guide(record.guide)


def may_export_all(directory: Directory) -> bool:
    """Whether everything may be given out: an administrator's affair."""
    return {Permission.EXPORT, Permission.MANAGE_AGENTS} <= directory.permissions


def _new_target(*_: object) -> ExportTarget:
    return ExportTarget(new_id(), "")


def _new_link(*_: object) -> OutsideLink:
    return OutsideLink(new_id(), "")
