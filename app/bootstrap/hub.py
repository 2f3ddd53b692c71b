"""The hub's ports joined with their adapters."""

from app.bootstrap.profile import database_url, service_secrets, with_sign_in
from app.hub.supervisor import Worker, every, supervise
from app.settings.errors import MendableError
from app.store.database import HUB_ROLE
from app.store.engine import access_of, open_engine
from app.store.escalations import escalate_reminders
from app.store.session import Database

ESCALATE_EVERY_S = 15


async def run_hub(profile: str) -> None:
    """Serve the organisations of a profile's database until cancelled."""
    password = service_secrets(profile).get("hub")
    if password is None:
        raise MendableError("The hub has no sign-in yet: prepare the database with `guichetctl database init`.")
    access = access_of(with_sign_in(database_url(profile), HUB_ROLE, password))
    database = Database(open_engine(access, connections=4, application="guichet hub"))
    try:
        await supervise((Worker("reminders", every(ESCALATE_EVERY_S, lambda: escalate_reminders(database))),))
    finally:
        await database.close()
