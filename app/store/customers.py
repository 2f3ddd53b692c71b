"""Customers in the store."""

from typing import Any
from uuid import UUID

from app.domain import phone_numbers
from app.domain.customers import Customer
from app.domain.history import Change
from app.domain.refusals import Refusal, Refused
from app.domain.text import fold
from app.services.customers import CustomerFile, CustomerHit
from app.store import rows
from app.store.session import Database, statement

HIGHEST = "\U0010ffff"
MOST = 100

_FIND = f"""
SELECT c.id, {rows.PERSON.format("c")} AS name, c.organisation, c.account_number, k.key AS matched,
       coalesce(c.phones -> 0 ->> 'e164', '') AS phone
FROM (SELECT DISTINCT ON (customer_id) customer_id, key FROM (
        SELECT customer_id, key FROM customer_keys
        WHERE organisation_id = (SELECT my_organisation()) AND key >= :low AND key < :high
        ORDER BY organisation_id, key, customer_id LIMIT :most) s ORDER BY customer_id, key) k
JOIN customers c ON c.id = k.customer_id
ORDER BY k.key, c.id LIMIT :limit"""

_COLUMNS = [
    "account_number",
    "first_name",
    "last_name",
    "organisation",
    "phones",
    "emails",
    "addresses",
    "language",
    "time_zone",
    "preferred_channel",
    "call_from",
    "call_until",
    "do_not_call",
    "pinned_note",
    "custom",
]
_JSON = frozenset({"phones", "emails", "addresses", "custom"})


def _bound(column: str) -> str:
    return f"CAST(:{column} AS jsonb)" if column in _JSON else f":{column}"


_INSERT = (
    f"INSERT INTO customers (id, organisation_id, {', '.join(_COLUMNS)}) "
    f"VALUES (:id, (SELECT my_organisation()), {', '.join(map(_bound, _COLUMNS))})"
)
_UPDATE = (
    f"UPDATE customers SET {', '.join(f'{column} = {_bound(column)}' for column in _COLUMNS)} "
    "WHERE id = :id AND version = :version"
)
HISTORY = """
SELECT h.kind, h.record_id, h.operation, h.at, coalesce(a.name, '') AS actor_name,
       coalesce(h.difference, '{}') AS difference
FROM changes h LEFT JOIN agents a ON a.id = h.actor_id
WHERE h.record_id = ANY (ARRAY(
  WITH RECURSIVE its(id) AS (
    SELECT CAST(:id AS uuid) UNION SELECT m.id FROM its CROSS JOIN LATERAL (
      SELECT id FROM customers WHERE merged_into_id = its.id UNION ALL SELECT id FROM cases WHERE merged_into_id = its.id) m)
  SELECT id FROM its))
ORDER BY h.at DESC, h.seq DESC LIMIT :limit"""


class PostgresCustomers:
    """CustomerStore on PostgreSQL."""

    def __init__(self, database: Database, region: str) -> None:
        self._database = database
        self._region = region

    async def find_customers(self, text: str, limit: int) -> tuple[CustomerHit, ...]:
        """By what a name, organisation, number, e-mail or account number begins with; sorted by what matched."""
        hits: dict[UUID, CustomerHit] = {}
        for low in self._prefixes(text):
            found = await self._database.rows(_FIND, low=low, high=low + HIGHEST, most=limit * 3, limit=limit)
            for row in found:
                hits.setdefault(row["id"], CustomerHit(**row))
        return tuple(hits.values())[:limit]

    async def customers_by_phone(self, e164: str, limit: int = 10) -> tuple[CustomerHit, ...]:
        """Whoever has exactly this number: a screen pop's candidates."""
        found = await self._database.rows(_FIND, low=e164, high=e164 + "\x01", most=limit, limit=limit)
        return tuple(CustomerHit(**row) for row in found)

    async def customer(self, customer_id: UUID) -> Customer:
        return rows.customer(await self._database.one(f"{rows.CUSTOMER} WHERE c.id = :id", id=customer_id))

    async def customer_file(self, customer_id: UUID) -> CustomerFile:
        customer = await self.customer(customer_id)
        same = "(SELECT CAST(:id AS uuid) UNION SELECT id FROM customers WHERE merged_into_id = :id)"
        cases = await self._database.rows(rows.case_page(f"c.customer_id IN {same}"), id=customer_id, limit=MOST)
        tasks = await self._database.rows(
            rows.task_page(f"t.customer_id IN {same}", "t.status = 'planned' DESC, t.due_at"),
            id=customer_id,
            limit=MOST,
        )
        return CustomerFile(customer, tuple(map(rows.case_row, cases)), tuple(map(rows.task_row, tasks)))

    async def insert_customer(self, customer: Customer) -> Customer:
        await self._database.write(_INSERT, **rows.customer_parameters(customer))
        return await self.customer(customer.id)

    async def update_customer(self, customer: Customer) -> Customer:
        parameters: dict[str, Any] = rows.customer_parameters(customer)
        async with self._database.transaction() as connection:
            done = await connection.execute(statement(_UPDATE), {**parameters, "version": customer.version})
        if done.rowcount == 0:
            current = await self.customer(customer.id)
            if current.version != customer.version:
                raise Refused(Refusal.CHANGED_MEANWHILE, current=current, agent=current.updated_by_name)
            raise Refused(Refusal.NOT_PERMITTED)
        return await self.customer(customer.id)

    async def merge_customers(self, kept_id: UUID, merged_id: UUID) -> None:
        await self._database.write("SELECT merge_customers(:kept, :merged)", kept=kept_id, merged=merged_id)

    async def history(self, record_id: UUID, limit: int) -> tuple[Change, ...]:
        found = await self._database.rows(HISTORY, id=record_id, limit=limit)
        return tuple(
            Change(**{**row, "difference": {k: (v[0], v[1]) for k, v in row["difference"].items()}}) for row in found
        )

    def _prefixes(self, text: str) -> tuple[str, ...]:
        typed = fold(text[:200])
        number = phone_numbers.prefix(text, self._region)
        return tuple(dict.fromkeys(p for p in (typed, number) if p))
