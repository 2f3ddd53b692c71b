"""The store of one desk: two connections for its work and one that listens."""

from dataclasses import dataclass

from app.services.organisation import Directory
from app.store.automations import PostgresAutomationDesk
from app.store.blobs import PostgresBlobs
from app.store.calendars import PostgresCalendars
from app.store.calls import PostgresCalls
from app.store.case_types import PostgresCaseTypes
from app.store.cases import PostgresCases
from app.store.chats import PostgresChats
from app.store.duty import PostgresDuty
from app.store.engine import Access, open_engine
from app.store.errors import refusals
from app.store.feed import PostgresFeed
from app.store.mail import PostgresMail
from app.store.organisation import PostgresOrganisation
from app.store.outside import PostgresOutside
from app.store.practice import PostgresPractice
from app.store.session import Database
from app.store.sms import PostgresSms
from app.store.tasks import PostgresTasks
from app.store.versions import check_versions
from app.store.views import PostgresViews


@dataclass(frozen=True, slots=True)
class DeskStore:
    """Every part of the store under one agent's own role."""

    directory_now: Directory
    cases: PostgresCases
    calls: PostgresCalls
    floor: PostgresDuty
    tasks: PostgresTasks
    organisation: PostgresOrganisation
    blobs: PostgresBlobs
    mail: PostgresMail
    sms: PostgresSms
    chats: PostgresChats
    feed: PostgresFeed
    types: PostgresCaseTypes
    views: PostgresViews
    practice: PostgresPractice
    levels: PostgresCalendars
    outside: PostgresOutside
    automations: PostgresAutomationDesk
    database: Database

    async def close(self) -> None:
        await self.feed.stop()
        await self.database.close()


async def open_desk_store(access: Access) -> DeskStore:
    """Sign in, compare versions, and listen; refused in words when any of that fails."""
    database = Database(open_engine(access, application="guichet desk"))
    try:
        organisation = PostgresOrganisation(database)
        check_versions(*await organisation.versions())
        directory = await organisation.directory()
        feed = PostgresFeed(access, directory.organisation.id)
        with refusals():
            await feed.start()
    except BaseException:
        await database.close()
        raise
    cases = PostgresCases(database, directory.organisation.region)
    return DeskStore(
        directory_now=directory,
        cases=cases,
        calls=PostgresCalls(database, cases),
        floor=PostgresDuty(database),
        tasks=PostgresTasks(database),
        organisation=organisation,
        blobs=PostgresBlobs(database),
        mail=PostgresMail(database),
        sms=PostgresSms(database),
        chats=PostgresChats(database),
        feed=feed,
        types=PostgresCaseTypes(database),
        views=PostgresViews(database, cases),
        practice=PostgresPractice(database),
        levels=PostgresCalendars(database),
        outside=PostgresOutside(database),
        automations=PostgresAutomationDesk(database),
        database=database,
    )
