"""The hub's automations joined with their adapters."""

from collections.abc import Iterable

from app.bootstrap.mail import mail_desk
from app.bootstrap.profile import database_url, service_secrets, with_sign_in
from app.hub.automations import Automations, answer_replays
from app.hub.bell import Bell
from app.hub.supervisor import Worker
from app.mail.acknowledging import acknowledgement
from app.mail.reading import read
from app.store.automation_engine import PostgresAutomations
from app.store.database import HUB_ROLE
from app.store.engine import access_of, open_engine
from app.store.replays import PostgresReplays
from app.store.session import Database
from app.store.web_hooks import PostgresWebHooks
from app.web.hooks import WebHooks


async def answer_replay(profile: str) -> None:
    """Answer the replays that a profile's desks wait for as its hub would: for the tour, which has no hub beside it."""
    password = service_secrets(profile).get("hub")
    assert password is not None, "the database has been prepared"
    access = access_of(with_sign_in(database_url(profile), HUB_ROLE, password))
    database = Database(open_engine(access, connections=3, application="guichet tour"))
    try:
        await PostgresReplays(database).answer_next(60)
        await mail_desk(database).answer_next()
    finally:
        await database.close()


def automation_workers(
    database: Database, allowed_hosts: Iterable[str] = (), bell: Bell | None = None
) -> tuple[Worker, ...]:
    """What the hub does for automations, for as long as it runs; `allowed_hosts` may be called in private networks."""
    engine = PostgresAutomations(database, acknowledgement, read)
    room = Automations(engine, PostgresWebHooks(database), WebHooks(allowed_hosts), bell or Bell())
    return (
        Worker("automations", room.follow_log),
        Worker("automations by the clock", room.follow_clock),
        Worker("run log", room.forget),
        Worker("web hooks", room.call_hooks),
        Worker("time machine", lambda: answer_replays(PostgresReplays(database))),
    )
