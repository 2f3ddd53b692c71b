"""The list of a view: pages by keyset, rows that stay fresh, the row that is open."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app.desk.presenter import Presenter
from app.domain.cases import CaseRow
from app.domain.history import Hint
from app.domain.views import View, ViewKind, place
from app.services.cases import PAGE, Cases, below
from app.services.feed import Feed

MANY = 20
MY_OPEN = View(ViewKind.MY_OPEN)


@dataclass(frozen=True, slots=True)
class CaseListState:
    """The rows read so far, in order; `complete` when there is nothing below them."""

    view: View = MY_OPEN
    rows: tuple[CaseRow, ...] = ()
    complete: bool = False
    loading: bool = True
    opened: UUID | None = None


class CaseList(Presenter[CaseListState]):
    """Reads pages on demand and re-reads what a hint touches."""

    def __init__(self, cases: Cases, feed: Feed, opened: Callable[[UUID], None] = lambda _: None) -> None:
        super().__init__(CaseListState())
        self._cases = cases
        self._opened = opened
        self._touched: set[UUID | None] = set()
        self._unsubscribe = feed.subscribe(self._hear)

    def choose(self, view: View) -> None:
        """Show another view from its top."""
        if view != self.state.view or not self.state.rows:
            self.show(view=view, rows=(), complete=False, loading=True)
            self.work.latest("page", self._read_first())

    def more(self) -> None:
        """Read the next page, once at a time."""
        if not self.state.loading and not self.state.complete:
            self.show(loading=True)
            self.work.latest("page", self._read_next())

    def open(self, case_id: UUID) -> None:
        """Open a case beside the list."""
        if case_id != self.state.opened:
            self.show(opened=case_id)
            self._opened(case_id)

    def lead(self, opened: Callable[[UUID], None]) -> None:
        """From now on cases are opened there, and the one that is open already."""
        self._opened = opened
        if self.state.opened is not None:
            opened(self.state.opened)

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if hint.kind == "customer":
            shown = {row.customer_id for row in self.state.rows}
            if hint.record_id is not None and hint.record_id not in shown:
                return
            self._touched.add(None)
        elif hint.kind in {"case", "follow_up"}:
            self._touched.add(hint.record_id if hint.kind == "case" else hint.parent_id)
        else:
            return
        self.work.merged("refresh", self._refresh)

    async def _read_first(self) -> None:
        rows = await self._cases.page(self.state.view, None, PAGE)
        self.show(rows=rows, complete=len(rows) < PAGE, loading=False)
        if self.state.opened is None and rows:
            self.open(rows[0].id)

    async def _read_next(self) -> None:
        known = self.state.rows
        after = below(self.state.view, known[-1]) if known else None
        rows = await self._cases.page(self.state.view, after, PAGE)
        seen = {row.id for row in known}
        fresh = tuple(row for row in rows if row.id not in seen)
        self.show(rows=known + fresh, complete=len(rows) < PAGE, loading=False)

    async def _refresh(self) -> None:
        """Read what was touched: the few cases alone, or, after many changes, the list from its top."""
        touched, self._touched = self._touched, set()
        view = self.state.view
        ids = tuple(case_id for case_id in touched if case_id is not None)
        if None in touched or len(ids) > MANY or self.state.loading:
            await self._read_again()
            return
        fresh = await self._cases.rows(view, ids)
        if view == self.state.view:
            kept = [row for row in self.state.rows if row.id not in touched]
            last = kept[-1] if kept and not self.state.complete else None
            kept += [row for row in fresh if last is None or place(view, row) < place(view, last)]
            self.show(rows=tuple(sorted(kept, key=lambda row: place(view, row))))

    async def _read_again(self) -> None:
        """Read from the top, as many pages as are shown, at most four: the rest on scrolling."""
        view, wanted = self.state.view, min(4 * PAGE, max(PAGE, len(self.state.rows)))
        rows = await self._cases.page(view, None, wanted)
        if view == self.state.view:
            self.show(rows=rows, complete=len(rows) < wanted, loading=False)
