"""A desk's ports joined with their adapters, once somebody signs in."""

import asyncio
import importlib
from collections.abc import Callable
from dataclasses import replace

from app.services.cases import Cases
from app.services.customers import Customers
from app.services.desk import SignedIn
from app.services.organisation import Administration
from app.services.tasks import Tasks

_HEAVY = "app.store.desk"


class StoreSignIn:
    """Signs in to the server of a profile; the store's libraries are imported in a thread, after the first paint."""

    def __init__(self, url_of_profile: Callable[[str], str]) -> None:
        self._url_of_profile = url_of_profile

    async def preload(self) -> None:
        """Import what signing in needs, while the agent types her password."""
        await asyncio.to_thread(importlib.import_module, _HEAVY)

    async def sign_in(self, profile: str, name: str, password: str) -> SignedIn:
        await self.preload()
        from app.store.desk import open_desk_store
        from app.store.engine import access_of

        access = replace(access_of(self._url_of_profile(profile)), user=name.strip().lower(), password=password)
        store = await open_desk_store(access)
        return SignedIn(
            directory=store.directory_now,
            customers=Customers(store.cases),
            cases=Cases(store.cases),
            tasks=Tasks(store.tasks),
            administration=Administration(store.organisation),
            feed=store.feed,
            sign_out=store.close,
        )
