"""The hub's automations joined with their adapters."""

from collections.abc import Iterable

from app.hub.automations import Automations, answer_replays
from app.hub.supervisor import Worker
from app.mail.acknowledging import acknowledgement
from app.mail.reading import read
from app.store.automation_engine import PostgresAutomations
from app.store.replays import PostgresReplays
from app.store.session import Database
from app.store.web_hooks import PostgresWebHooks
from app.web.hooks import WebHooks


def automation_workers(database: Database, allowed_hosts: Iterable[str] = ()) -> tuple[Worker, ...]:
    """What the hub does for automations, for as long as it runs; `allowed_hosts` may be called in private networks."""
    engine = PostgresAutomations(database, acknowledgement, read)
    room = Automations(engine, PostgresWebHooks(database), WebHooks(allowed_hosts))
    return (
        Worker("automations", room.follow_log),
        Worker("automations by the clock", room.follow_clock),
        Worker("web hooks", room.call_hooks),
        Worker("time machine", lambda: answer_replays(PostgresReplays(database))),
    )
