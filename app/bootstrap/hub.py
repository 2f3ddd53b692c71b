"""The hub's ports joined with their adapters."""

import asyncio
import gc
import logging
import os
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap.automations import automation_workers
from app.bootstrap.mail import mail_workers
from app.bootstrap.profile import database_url, private_server, service_secrets, web_choice, with_sign_in
from app.bootstrap.web import web_workers
from app.hub.bell import Bell
from app.hub.export_feed import ExportRoom
from app.hub.supervisor import Worker, every, supervise
from app.mail.asking import question
from app.mail.report_mail import report_mail
from app.services.export_feed import Outlet
from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.settings.switch import read_switch_choice
from app.store.database import HUB_ROLE
from app.store.engine import Access, access_of, open_engine
from app.store.escalations import escalate_reminders
from app.store.export_feed import PostgresExportLog
from app.store.hub_hints import hub_hints
from app.store.levels import fill_calendars, measure_missing, set_clocks, tell_levels
from app.store.report_mails import mail_reports
from app.store.satisfaction import ask_satisfaction
from app.store.session import Database
from app.web.outlets import FolderOutlet, HttpsOutlet

if TYPE_CHECKING:
    from app.bootstrap.telephony import RunningSwitch
    from app.services.sms import TextSwitch
    from app.store.private_server import PrivateServer

log = logging.getLogger(__name__)

ESCALATE_EVERY_S = 15
CLOCKS_EVERY_S, CLOCKS_IDLE_S = 0.2, 1
CALENDARS_EVERY_S = 3600
SATISFACTION_EVERY_S = 15
REPORTS_EVERY_S = 30
SWITCH_EVERY_S = 0.5
SERVER_EVERY_S = 1


def asterisk_prefix(profile: str) -> Path | None:
    """Where the unpacked Asterisk lies that build/run fetched, or the system's own; None when there is neither."""
    # The second is where build/run fetches it, wherever GUICHET_HOME points.
    fetched = (paths.cache / "asterisk" for paths in (profile_paths(profile), profile_paths(profile, {})))
    for prefix in (*fetched, Path("/")):
        if (prefix / "usr/sbin/asterisk").exists():
            return prefix
    return None


async def run_hub(profile: str) -> None:
    """Serve the organisations of a profile's database until cancelled."""
    password = service_secrets(profile).get("hub")
    if password is None:
        raise MendableError("The hub has no sign-in yet: prepare the database with `guichetctl database init`.")
    access = access_of(with_sign_in(database_url(profile), HUB_ROLE, password))
    async with AsyncExitStack() as stack:
        database = Database(open_engine(access, connections=9, application="guichet hub"))
        stack.push_async_callback(database.close)
        bell = Bell()
        workers = [
            Worker("bell", lambda: bell.ring_for(hub_hints(access, "guichet hub bell"))),
            Worker("reminders", every(ESCALATE_EVERY_S, lambda: escalate_reminders(database))),
            *level_workers(database, bell),
        ]
        # Into one's own network only where the hub's administrator named the hosts.
        private_hosts = os.environ.get("GUICHET_WEB_HOOK_HOSTS", "").split()
        outlets: dict[str, Outlet] = {
            "https": HttpsOutlet(private_hosts),
            "folder": FolderOutlet(profile_paths(profile).data / "exports"),
        }
        workers.append(Worker("export", ExportRoom(PostgresExportLog(database), outlets).run))
        switch = await _switch(stack, database, profile)
        texts = await _texts(stack, switch) if switch is not None else None
        workers += web_workers(database, access, web_choice(profile), texts)
        if (server := private_server(profile)) is not None:
            workers.append(Worker("database", every(SERVER_EVERY_S, lambda: _start_again(server))))
        workers += mail_workers(database)
        workers += automation_workers(database, private_hosts, bell)
        if switch is not None:
            workers += _telephony(stack, database, access, profile, switch)
        # What is there now stays: to look through all of it takes 30 ms and more, in which no call goes on.
        gc.collect()
        gc.freeze()
        await supervise(tuple(workers))


def level_workers(database: Database, bell: Bell | None = None) -> list[Worker]:
    """Service levels: clocks set anew, promises that come near or are broken, calendars that run out."""
    heard = bell or Bell()

    async def clocks() -> None:
        while True:
            while await set_clocks(database):
                pass
            await tell_levels(database)
            await heard.pause(CLOCKS_EVERY_S, CLOCKS_IDLE_S)

    async def figures() -> None:
        await fill_calendars(database)
        await measure_missing(database)

    async def satisfaction() -> None:
        while await ask_satisfaction(database, question):
            pass

    async def reports() -> None:
        while await mail_reports(database, report_mail):
            pass

    return [
        Worker("reports by mail", every(REPORTS_EVERY_S, reports)),
        Worker("satisfaction", every(SATISFACTION_EVERY_S, satisfaction)),
        Worker("service levels", clocks),
        Worker("calendars", every(CALENDARS_EVERY_S, figures)),
    ]


async def _start_again(server: "PrivateServer") -> None:
    if await asyncio.to_thread(server.start_again):
        log.error("the private database had died and was started again")


async def _switch(stack: AsyncExitStack, database: Database, profile: str) -> "RunningSwitch | None":
    """The switch of the profile, started where it is our own; None where there is none."""
    from app.bootstrap.telephony import existing_switch, start_private_switch

    paths, prefix = profile_paths(profile), asterisk_prefix(profile)
    choice = read_switch_choice(paths.config)
    if choice.existing is not None:
        return existing_switch(choice.existing, choice.phones)
    if prefix is None:
        log.warning("no switch: Asterisk is not installed here, calls are not served")
        return None
    switch = await start_private_switch(profile, prefix, database, choice.phones)
    if switch.instance is not None and switch.started_here:
        # An ordinary end stops it; a killed hub leaves it, and the calls in it, to the next one.
        stack.push_async_callback(switch.instance.stop)
    return switch


async def _texts(stack: AsyncExitStack, switch: "RunningSwitch") -> "TextSwitch":
    from app.bootstrap.telephony import make_texts

    texts = make_texts(switch)
    stack.push_async_callback(texts.close)
    return texts


def _telephony(
    stack: AsyncExitStack, database: Database, access: Access, profile: str, switch: "RunningSwitch"
) -> tuple[Worker, ...]:
    from app.bootstrap.telephony import make_telephony

    workers = []
    if (instance := switch.instance) is not None:
        # A switch that died is started again where it was: phones and trunk find it by themselves.
        workers.append(Worker("switch", every(SWITCH_EVERY_S, instance.start_again)))
    telephony = make_telephony(database, access, switch, profile_paths(profile).data / "hub" / "turns.jsonl")
    stack.push_async_callback(telephony.switch.close)
    return Worker("telephony", telephony.run), *workers
