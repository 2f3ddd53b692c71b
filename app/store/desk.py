"""The store of one desk: two connections for its work and one that listens."""

from dataclasses import dataclass

from app.store.automations import PostgresAutomationDesk
from app.store.blobs import PostgresBlobs
from app.store.calendars import PostgresCalendars
from app.store.calls import PostgresCalls
from app.store.case_types import PostgresCaseTypes
from app.store.chats import PostgresChats
from app.store.duty import PostgresDuty
from app.store.engine import Access
from app.store.entrance import Entrance, enter_store
from app.store.mail import PostgresMail
from app.store.outside import PostgresOutside
from app.store.practice import PostgresPractice
from app.store.sms import PostgresSms
from app.store.tasks import PostgresTasks
from app.store.views import PostgresViews


@dataclass(frozen=True, slots=True)
class DeskStore(Entrance):
    """Every part of the store under one agent's own role."""

    calls: PostgresCalls
    floor: PostgresDuty
    tasks: PostgresTasks
    blobs: PostgresBlobs
    mail: PostgresMail
    sms: PostgresSms
    chats: PostgresChats
    types: PostgresCaseTypes
    views: PostgresViews
    practice: PostgresPractice
    levels: PostgresCalendars
    outside: PostgresOutside
    automations: PostgresAutomationDesk


def desk_store(entrance: Entrance) -> DeskStore:
    """Every part over the connections of a sign-in."""
    database, cases = entrance.database, entrance.cases
    return DeskStore(
        directory_now=entrance.directory_now,
        cases=cases,
        calls=PostgresCalls(database, cases),
        floor=PostgresDuty(database),
        tasks=PostgresTasks(database),
        organisation=entrance.organisation,
        blobs=PostgresBlobs(database),
        mail=PostgresMail(database),
        sms=PostgresSms(database),
        chats=PostgresChats(database),
        feed=entrance.feed,
        types=PostgresCaseTypes(database),
        views=PostgresViews(database, cases),
        practice=PostgresPractice(database),
        levels=PostgresCalendars(database),
        outside=PostgresOutside(database),
        automations=PostgresAutomationDesk(database),
        database=database,
    )


async def open_desk_store(access: Access) -> DeskStore:
    """Sign in and have every part; refused in words when that fails."""
    return desk_store(await enter_store(access))
