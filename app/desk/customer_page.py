"""A customer's page: the record, its cases and tasks, and what was changed in it."""

from dataclasses import dataclass
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.cases import LIVE, CaseRow
from app.domain.history import Change, Hint
from app.domain.refusals import Refused
from app.domain.tasks import TaskRow, TaskStatus
from app.services.compose import Bounce, Mails
from app.services.customers import CustomerFile, CustomerHit, Customers
from app.services.feed import Feed

__all__ = ["Bounce", "CustomerPage", "CustomerPageState"]

HISTORY = 100


@dataclass(frozen=True, slots=True)
class CustomerPageState:
    """What the page shows."""

    customer_id: UUID | None = None
    file: CustomerFile | None = None
    history: tuple[Change, ...] = ()
    bounces: tuple[Bounce, ...] = ()
    open_only: bool = True
    error: Sentence | None = None

    @property
    def cases(self) -> tuple[CaseRow, ...]:
        """The cases listed: the open ones, or all."""
        every = self.file.cases if self.file else ()
        return tuple(row for row in every if row.category in LIVE) if self.open_only else every

    @property
    def tasks(self) -> tuple[TaskRow, ...]:
        """What is still to be done."""
        every = self.file.tasks if self.file else ()
        return tuple(row for row in every if row.task.status is TaskStatus.PLANNED)

    @property
    def hit(self) -> CustomerHit | None:
        """The customer as forms take her."""
        if self.file is None:
            return None
        known = self.file.customer
        phone = known.phones[0].e164 if known.phones else ""
        return CustomerHit(known.id, known.name, known.organisation, known.account_number, "", phone)


class CustomerPage(Presenter[CustomerPageState]):
    """Shows one customer at a time, fresh."""

    def __init__(self, customers: Customers, feed: Feed, mails: Mails) -> None:
        super().__init__(CustomerPageState())
        self._customers, self._mails = customers, mails
        self._unsubscribe = feed.subscribe(self._hear)

    def open(self, customer_id: UUID) -> None:
        """Show a customer."""
        if customer_id != self.state.customer_id:
            self.show(customer_id=customer_id, file=None, history=(), bounces=(), error=None)
        self.work.latest("customer", self._read(customer_id))

    def list_cases(self, *, open_only: bool) -> None:
        """List the open cases, or all."""
        self.show(open_only=open_only)

    def merge(self, other_id: UUID) -> None:
        """Merge another record of the same customer into this one; both histories stay."""
        if self.state.customer_id is not None:
            self.work.start(self._merge(self.state.customer_id, other_id), "merge")

    def try_again(self, address: str) -> None:
        """Forget that mails to an address came back."""
        self.work.start(self._try_again(address), "try again")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        mine = self.state.customer_id
        touched = mine in (hint.record_id, hint.parent_id) or hint.kind in {"task", "all"}
        if mine is not None and touched:
            self.work.merged("customer", self._refresh)

    async def _refresh(self) -> None:
        if self.state.customer_id is not None:
            await self._read(self.state.customer_id)

    async def _read(self, customer_id: UUID) -> None:
        try:
            file = await self._customers.open(customer_id)
            if file.customer.merged_into_id is not None:
                self.show(customer_id=file.customer.merged_into_id)
                return await self._read(file.customer.merged_into_id)
            history = await self._customers.history(customer_id, HISTORY)
            bounces = await self._mails.bounces([one.address for one in file.customer.emails])
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return None
        self.show(file=file, history=history, bounces=bounces, error=None)
        return None

    async def _try_again(self, address: str) -> None:
        try:
            await self._mails.forget_bounce(address)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        await self._refresh()

    async def _merge(self, kept: UUID, other: UUID) -> None:
        try:
            await self._customers.merge(kept, other)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        await self._read(kept)
