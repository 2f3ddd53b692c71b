"""Reports as those who read them ask for them: figures, what is behind one, and tables to take along."""

from datetime import datetime
from typing import Protocol

from app.domain.reports import Asked, BehindLine, CallReport, CaseReport, Page, Point, ServiceReport

MOST_BEHIND = 200
AnyReport = ServiceReport | CallReport | CaseReport


class ReportStore(Protocol):
    """Where figures are computed, under the reader's own permissions."""

    async def service_report(self, asked: Asked) -> ServiceReport: ...
    async def call_report(self, asked: Asked) -> CallReport: ...
    async def case_report(self, asked: Asked) -> CaseReport: ...
    async def behind(self, asked: Asked, point: Point, limit: int) -> tuple[BehindLine, ...]: ...
    async def mail_report(self, page: Page, asked: Asked) -> datetime: ...
    async def stop_mailing(self, page: Page) -> None: ...
    async def mailed_reports(self) -> frozenset[Page]: ...


class Reports:
    """What may be asked."""

    def __init__(self, store: ReportStore) -> None:
        self._store = store
        self.mail = store.mail_report
        self.stop_mailing = store.stop_mailing
        self.mailed = store.mailed_reports

    async def read(self, page: Page, asked: Asked) -> AnyReport:
        """One page of figures."""
        if page is Page.SERVICE:
            return await self._store.service_report(asked)
        return await (self._store.call_report(asked) if page is Page.CALLS else self._store.case_report(asked))

    async def behind(self, asked: Asked, point: Point) -> tuple[BehindLine, ...]:
        """The cases or calls that a figure is made of."""
        return await self._store.behind(asked, point, MOST_BEHIND)
