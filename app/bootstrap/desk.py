"""A desk signs in: the store first and her list with it, then all else that she works with."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from app.bootstrap.modules import module
from app.domain.agents import AgentState
from app.domain.refusals import Refused
from app.services.cases import Cases
from app.services.desk import Entered
from app.settings.paths import profile_paths

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.bootstrap.desk_phone import DeskPhone
    from app.desk.journal import FileJournal
    from app.services.desk import SignedIn
    from app.store.entrance import Entrance


class StoreSignIn:
    """Signs in to the server of a profile; libraries are imported in a thread, the window goes on."""

    def __init__(self, url_of_profile: Callable[[str], str], *, with_phone: bool = True) -> None:
        self._url_of_profile = url_of_profile
        self._with_phone = with_phone

    async def sign_in(
        self, profile: str, name: str, password: str, first: Callable[[Entered], Awaitable[None]] | None = None
    ) -> SignedIn:
        """Her desk; `first` is given what the first list needs, and all else waits until it returns."""
        agent = name.strip().lower()
        await module("app.store.entrance")
        await module("sqlalchemy.dialects.postgresql.asyncpg")  # which the engine would import in the window's thread
        entrance = await self._enter(profile, agent, password)
        try:
            if first is not None:
                await first(Entered(entrance.directory_now, Cases(entrance.cases), entrance.feed))
            return await self._furnish(profile, agent, password, entrance)
        except BaseException:
            await entrance.close()
            raise

    async def _enter(self, profile: str, agent: str, password: str) -> Entrance:
        from app.store.engine import access_of
        from app.store.entrance import enter_store

        return await enter_store(replace(access_of(self._url_of_profile(profile)), user=agent, password=password))

    async def _furnish(self, profile: str, agent: str, password: str, entrance: Entrance) -> SignedIn:
        """The phone's process starts and the journal's key is made on another core, while the services are imported."""
        await module("app.bootstrap.desk_phone")
        from app.bootstrap.desk_phone import DeskPhone

        # A desk that has no phone still works.
        phone = DeskPhone(profile_paths(profile).run / f"phone-{agent}") if self._with_phone else None
        await module("app.bootstrap.desk_journal")
        from app.bootstrap.desk_journal import open_journal

        opening = asyncio.create_task(open_journal(profile, agent, password))
        try:
            await module("app.bootstrap.desk_services")
            return await _join(profile, agent, entrance, phone, await opening)
        except BaseException:
            await (await opening).close()
            if phone is not None:
                await phone.leave()
            raise


async def _join(
    profile: str, agent: str, entrance: Entrance, phone: DeskPhone | None, journal: FileJournal
) -> SignedIn:
    from app.bootstrap.desk_mail import speller
    from app.bootstrap.desk_services import services
    from app.services.organisation import Administration
    from app.store.desk import desk_store

    store = desk_store(entrance)
    has_phone = phone is not None and await phone.arrive(store.calls)

    async def sign_out() -> None:
        with contextlib.suppress(Refused):  # without the server nobody can be told; the hub notices by itself
            await Administration(store.organisation).set_my_state(AgentState.OFFLINE, "")
        if phone is not None:
            await phone.leave()
        await journal.close()
        await store.close()

    return services(
        store, journal, phone.phone if phone is not None and has_phone else None, speller(profile, agent), sign_out
    )
