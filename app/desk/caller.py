"""A call without a case: who calls, which of her cases it is about, or a new one, or none."""

from dataclasses import dataclass
from uuid import UUID

from app.desk.calls import LiveCalls
from app.desk.live_calls import LiveCallsState
from app.desk.presenter import Presenter
from app.domain.cases import LIVE, CaseRow
from app.services.calls import CallStore, CallView
from app.services.customers import CustomerHit, Customers

__all__ = ["Caller", "CallerState", "CaseRow", "CustomerHit"]

MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class CallerState:
    """What the page shows: customers with this number first, or those that were searched."""

    call: CallView | None = None
    found: tuple[CustomerHit, ...] = ()
    chosen: CustomerHit | None = None
    cases: tuple[CaseRow, ...] = ()
    searched: bool = False
    left: frozenset[UUID] = frozenset()

    @property
    def asks(self) -> bool:
        """Whether there is a call whose case is still to be chosen."""
        return self.call is not None and self.call.case_id is None and self.call.id not in self.left


class Caller(Presenter[CallerState]):
    """Follows the call in front; what is chosen is attached to it at once and can be corrected later."""

    def __init__(self, calls: LiveCalls, store: CallStore, customers: Customers) -> None:
        super().__init__(CallerState())
        self._calls, self._store, self._customers = calls, store, customers
        self._unfollow = calls.subscribe(self._follow)

    def search(self, typed: str) -> None:
        """Find a customer by name, number, mail address or account; nothing typed shows those of this number."""
        if self.state.call is not None:
            self.work.latest("search", self._search(typed.strip(), self.state.call))

    def choose(self, hit: CustomerHit) -> None:
        """Show the cases of a customer."""
        self.show(chosen=hit, cases=())
        self.work.latest("cases", self._read_cases(hit))

    def attach(self, case_id: UUID) -> None:
        """The call is about this case."""
        if self.state.call is not None:
            self._calls.attach(self.state.call.id, case_id)

    def no_case(self) -> None:
        """The call has no case: its note becomes a task of the customer."""
        if self.state.call is not None:
            self.show(left=self.state.left | {self.state.call.id})

    async def close(self) -> None:
        """End the subscription."""
        self._unfollow()
        await super().close()

    def _follow(self, calls: LiveCallsState) -> None:
        call, before = calls.front, self.state.call
        if (call.id if call else None) != (before.id if before else None):
            self.show(call=call, found=(), chosen=None, cases=(), searched=False)
            if call is not None and call.case_id is None:
                self.work.latest("search", self._search("", call))
        elif call != before:
            self.show(call=call)

    async def _search(self, typed: str, call: CallView) -> None:
        if typed:
            self.show(found=await self._customers.find(typed, MOST_FOUND), searched=True)
            return
        found = await self._store.candidates(call.caller_number)
        self.show(found=found, searched=False)
        known = next((hit for hit in found if hit.id == call.customer_id), found[0] if len(found) == 1 else None)
        if known is not None:
            self.show(chosen=known, cases=())
            await self._read_cases(known)

    async def _read_cases(self, hit: CustomerHit) -> None:
        file = await self._customers.open(hit.id)
        if self.state.chosen == hit:
            self.show(cases=tuple(row for row in file.cases if row.category in LIVE))
