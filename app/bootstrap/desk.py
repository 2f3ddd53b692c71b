"""A desk's ports joined with their adapters, once somebody signs in."""

import asyncio
import contextlib
import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.agents import AgentState
from app.domain.refusals import Refused
from app.services.attachments import Attachments
from app.services.automations import AutomationDesk
from app.services.case_types import Types
from app.services.cases import Cases
from app.services.compose import Mails
from app.services.customers import Customers
from app.services.desk import SignedIn
from app.services.levels import Levels
from app.services.organisation import Administration
from app.services.outside import Outside
from app.services.practice import Practice
from app.services.sms import Texts
from app.services.tasks import Tasks
from app.services.views import Views
from app.services.web_chat import Chats
from app.settings.paths import profile_paths

if TYPE_CHECKING:
    from app.services.desk import Setup
    from app.store.desk import DeskStore

_HEAVY = ("app.store.desk", "app.bootstrap.desk_mail")


class StoreSignIn:
    """Signs in to the server of a profile; the store's libraries are imported in a thread, after the first paint."""

    def __init__(self, url_of_profile: Callable[[str], str], *, with_phone: bool = True) -> None:
        self._url_of_profile = url_of_profile
        self._with_phone = with_phone

    async def preload(self) -> None:
        """Import what signing in needs, while the agent types her password."""
        for module in _HEAVY:
            await asyncio.to_thread(importlib.import_module, module)

    async def sign_in(self, profile: str, name: str, password: str) -> SignedIn:
        # The phone's client is another import of its own; a desk that has no phone still works.
        from app.bootstrap.desk_phone import DeskPhone

        phone = DeskPhone(profile_paths(profile).run / f"phone-{name}") if self._with_phone else None
        from app.bootstrap.desk_journal import open_journal

        # Its key takes a quarter of a second of another core: meanwhile the store is imported and the server asked.
        opening = asyncio.create_task(open_journal(profile, name.strip().lower(), password))
        try:
            await self.preload()
            from app.bootstrap.desk_mail import TOOLS, speller

            store = await self._open_store(profile, name, password)
        except BaseException:
            await (await opening).close()
            if phone is not None:
                await phone.leave()
            raise
        has_phone = phone is not None and await phone.arrive(store.calls)
        administration = Administration(store.organisation)
        journal = await opening

        async def sign_out() -> None:
            with contextlib.suppress(Refused):  # without the server nobody can be told; the hub notices by itself
                await administration.set_my_state(AgentState.OFFLINE, "")
            if phone is not None:
                await phone.leave()
            await journal.close()
            await store.close()

        def make_setup() -> "Setup":
            from app.bootstrap.desk_setup import make_setup

            return make_setup(store.database, store.directory_now)

        return SignedIn(
            directory=store.directory_now,
            customers=Customers(store.cases),
            cases=Cases(store.cases),
            tasks=Tasks(store.tasks),
            administration=administration,
            feed=store.feed,
            calls=store.calls,
            floor=store.floor,
            journal=journal,
            attachments=Attachments(store.blobs),
            mails=Mails(store.mail, TOOLS),
            phone=phone.phone if phone is not None and has_phone else None,
            sign_out=sign_out,
            make_setup=make_setup,
            automations=AutomationDesk(store.automations),
            types=Types(store.types),
            views=Views(store.views, store.cases),
            practice=Practice(store.practice),
            levels=Levels(store.levels),
            outside=Outside(store.outside),
            texts=Texts(store.sms),
            chats=Chats(store.chats),
            speller=speller(profile, name.strip().lower()),
        )

    async def _open_store(self, profile: str, name: str, password: str) -> "DeskStore":
        from app.store.desk import open_desk_store
        from app.store.engine import access_of

        access = replace(access_of(self._url_of_profile(profile)), user=name.strip().lower(), password=password)
        return await open_desk_store(access)
