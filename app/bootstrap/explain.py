"""Explaining a call joined with the store, under the hub's own sign-in."""

from datetime import datetime

from app.bootstrap.profile import database_url, service_secrets, with_sign_in
from app.domain.phone_numbers import normalise
from app.domain.refusals import Refusal, Refused
from app.services.routing import Explanation
from app.settings.errors import MendableError
from app.store.database import HUB_ROLE
from app.store.engine import access_of, open_engine
from app.store.explain import explain_call
from app.store.session import Database

REGION = "FR"


async def explain(profile: str, to: str, caller: str, at: datetime) -> Explanation:
    """What a call would do; numbers may be typed as people type them."""
    password = service_secrets(profile).get("hub")
    if password is None:
        raise MendableError("The hub has no sign-in yet: prepare the database with `guichetctl database init`.")
    dialled = normalise(to, REGION)
    number = normalise(caller, REGION) if caller else ""
    if dialled is None or number is None:
        raise Refused(Refusal.NOT_A_PHONE_NUMBER, value=to if dialled is None else caller, example="03 53 01 04 50")
    access = access_of(with_sign_in(database_url(profile), HUB_ROLE, password))
    database = Database(open_engine(access, connections=1, application="guichet route"))
    try:
        return await explain_call(database, dialled, number, at)
    finally:
        await database.close()
