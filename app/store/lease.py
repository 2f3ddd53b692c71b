"""The lease of the switch: one hub holds it, renews it, and loses it by not renewing."""

from uuid import UUID

from app.store.session import Database, statement

LASTS_S = 6
RENEW_S = 2

# The epoch goes up with every new holder; what a deposed one still writes is older and is left out.
_TAKE = """
INSERT INTO hub_leases (name, holder, epoch, until_at)
VALUES (:name, :holder, 1, clock_timestamp() + make_interval(secs => :lasts))
ON CONFLICT (name) DO UPDATE SET holder = EXCLUDED.holder, until_at = EXCLUDED.until_at,
  epoch = hub_leases.epoch + CASE WHEN hub_leases.holder = EXCLUDED.holder THEN 0 ELSE 1 END
WHERE hub_leases.holder = EXCLUDED.holder OR hub_leases.until_at < clock_timestamp()
RETURNING epoch"""


async def take_lease(database: Database, name: str, holder: UUID) -> int | None:
    """Take or renew the lease: its epoch, or None while another hub holds it."""
    async with database.transaction() as connection:
        taken = await connection.execute(statement(_TAKE), {"name": name, "holder": holder, "lasts": LASTS_S})
        epoch = taken.scalar()
    return None if epoch is None else int(epoch)
