"""Signing in to the store: the versions compared, the directory read, the feed listening; the first list needs no more."""

from dataclasses import dataclass

from app.services.organisation import Directory
from app.store.cases import PostgresCases
from app.store.engine import Access, open_engine
from app.store.errors import refusals
from app.store.feed import PostgresFeed
from app.store.organisation import PostgresOrganisation
from app.store.session import Database
from app.store.versions import check_versions


@dataclass(frozen=True, slots=True)
class Entrance:
    """The connections of one agent's role, and what sign-in read through them."""

    database: Database
    organisation: PostgresOrganisation
    directory_now: Directory
    feed: PostgresFeed
    cases: PostgresCases

    async def close(self) -> None:
        await self.feed.stop()
        await self.database.close()


async def enter_store(access: Access) -> Entrance:
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
    return Entrance(database, organisation, directory, feed, PostgresCases(database, directory.organisation.region))
