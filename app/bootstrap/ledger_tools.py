"""What `guichetctl mail` does with the ledger, joined with the store under the hub's own sign-in."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from app.bootstrap.profile import database_url, service_secrets, with_sign_in
from app.settings.errors import MendableError
from app.store.database import HUB_ROLE
from app.store.engine import access_of, open_engine
from app.store.ledger_tools import LedgerFigure, ledger_figures, replay
from app.store.session import Database


@asynccontextmanager
async def _database(profile: str) -> AsyncIterator[Database]:
    password = service_secrets(profile).get("hub")
    if password is None:
        raise MendableError("The hub has no sign-in yet: prepare the database with `guichetctl database init`.")
    access = access_of(with_sign_in(database_url(profile), HUB_ROLE, password))
    database = Database(open_engine(access, connections=1, application="guichet mail"))
    try:
        yield database
    finally:
        await database.close()


async def figures(profile: str) -> Sequence[LedgerFigure]:
    """Messages by mailbox and fate."""
    async with _database(profile) as database:
        return await ledger_figures(database)


async def replay_unparseable(profile: str, message_ids: Sequence[str]) -> int:
    """Hand unreadable messages back to the hub; how many."""
    async with _database(profile) as database:
        return await replay(database, message_ids)
