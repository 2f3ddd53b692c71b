"""A desk's ports joined with their adapters, once somebody signs in."""

import asyncio
import importlib
import logging
from collections.abc import Callable
from dataclasses import replace

from app.services.calls import CallStore
from app.services.cases import Cases
from app.services.customers import Customers
from app.services.desk import SignedIn
from app.services.organisation import Administration
from app.services.phone import Phone
from app.services.tasks import Tasks
from app.settings.paths import profile_paths

log = logging.getLogger(__name__)

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
            calls=store.calls,
            floor=store.floor,
            phone=await self._phone(profile, name, store.calls),
            sign_out=store.close,
        )

    async def _phone(self, profile: str, name: str, calls: CallStore) -> Phone | None:
        """Attach to the agent's phone process, started if need be; a desk without a phone still works."""
        from app.domain.phone import PhoneRefusedError
        from app.phone.client import PhoneProcess

        credentials = await calls.my_sip_credentials()
        if credentials is None:
            return None
        folder = profile_paths(profile).run / f"phone-{name}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        phone = PhoneProcess(folder)
        try:
            await phone.attach()
            await phone.register(credentials)
        except PhoneRefusedError as refused:
            log.warning("the desk works without a phone: %s", refused)
            return None
        return phone
