"""A desk's ports joined with their adapters, once somebody signs in."""

import asyncio
import contextlib
import importlib
from collections.abc import Callable
from dataclasses import replace

from app.domain.agents import AgentState
from app.domain.refusals import Refused
from app.services.cases import Cases
from app.services.customers import Customers
from app.services.desk import SignedIn
from app.services.organisation import Administration
from app.services.tasks import Tasks
from app.services.voice_settings import VoiceSettings
from app.settings.paths import profile_paths

_HEAVY = "app.store.desk"


class StoreSignIn:
    """Signs in to the server of a profile; the store's libraries are imported in a thread, after the first paint."""

    def __init__(self, url_of_profile: Callable[[str], str], *, with_phone: bool = True) -> None:
        self._url_of_profile = url_of_profile
        self._with_phone = with_phone

    async def preload(self) -> None:
        """Import what signing in needs, while the agent types her password."""
        await asyncio.to_thread(importlib.import_module, _HEAVY)

    async def sign_in(self, profile: str, name: str, password: str) -> SignedIn:
        await self.preload()
        from app.store.desk import open_desk_store
        from app.store.engine import access_of

        access = replace(access_of(self._url_of_profile(profile)), user=name.strip().lower(), password=password)
        store = await open_desk_store(access)
        # The phone's engine is another import of its own; a desk that has none still works.
        from app.bootstrap.desk_phone import DeskPhone

        phone = DeskPhone(profile_paths(profile).run / f"phone-{name}", store.calls)
        has_phone = self._with_phone and await phone.arrive()
        administration = Administration(store.organisation)

        async def sign_out() -> None:
            with contextlib.suppress(Refused):  # without the server nobody can be told; the hub notices by itself
                await administration.set_my_state(AgentState.OFFLINE, "")
            if has_phone:
                await phone.leave()
            await store.close()

        return SignedIn(
            directory=store.directory_now,
            customers=Customers(store.cases),
            cases=Cases(store.cases),
            tasks=Tasks(store.tasks),
            administration=administration,
            feed=store.feed,
            calls=store.calls,
            floor=store.floor,
            voice=VoiceSettings(store.voice, store.directory_now.organisation.region),
            phone=phone.phone if has_phone else None,
            sign_out=sign_out,
        )
