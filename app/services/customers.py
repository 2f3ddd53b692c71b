"""Customers: find, open, create, edit and merge them."""

from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from app.domain import customers, fields
from app.domain.cases import CaseRow
from app.domain.customers import Customer
from app.domain.fields import CustomField
from app.domain.history import Change
from app.domain.tasks import TaskRow


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """A customer found by what was typed, with the key that matched it."""

    id: UUID
    name: str
    organisation: str
    account_number: str
    matched: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """Everything a customer's page shows at once."""

    customer: Customer
    cases: tuple[CaseRow, ...]
    tasks: tuple[TaskRow, ...]


class CustomerStore(Protocol):
    """Where customers are kept; an update of an older version raises Refused(CHANGED_MEANWHILE)."""

    async def find_customers(self, text: str, limit: int) -> tuple[CustomerHit, ...]: ...
    async def customer(self, customer_id: UUID) -> Customer: ...
    async def customer_file(self, customer_id: UUID) -> CustomerFile: ...
    async def insert_customer(self, customer: Customer) -> Customer: ...
    async def update_customer(self, customer: Customer) -> Customer: ...
    async def merge_customers(self, kept_id: UUID, merged_id: UUID) -> None: ...
    async def history(self, record_id: UUID, limit: int) -> tuple[Change, ...]: ...


class Customers:
    """What an agent does with customers; input is checked before it travels."""

    def __init__(self, store: CustomerStore) -> None:
        self._store = store
        self.find = store.find_customers
        self.get = store.customer
        self.open = store.customer_file
        self.merge = store.merge_customers
        self.history = store.history

    async def create(self, customer: Customer, custom_fields: tuple[CustomField, ...] = ()) -> Customer:
        return await self._store.insert_customer(_checked(customer, custom_fields))

    async def save(self, customer: Customer, custom_fields: tuple[CustomField, ...] = ()) -> Customer:
        return await self._store.update_customer(_checked(customer, custom_fields))


def _checked(customer: Customer, custom_fields: tuple[CustomField, ...]) -> Customer:
    customers.check(customer)
    return replace(customer, custom=fields.read_values(custom_fields, customer.custom))
