"""A desk's phone: found or started at sign-in, registered once the hub has made its credentials, left at the end."""

import asyncio
import contextlib
import logging
from pathlib import Path

from app.domain.phone import CallState, PhoneRefusedError, RejectCause, SipCredentials
from app.domain.refusals import Refused
from app.phone.client import PhoneProcess
from app.phone.keeper import PhoneKeeper
from app.services.calls import CallStore

log = logging.getLogger(__name__)

ASK_AGAIN_S = 2.0


class DeskPhone:
    """The phone process of one agent at this desk, for as long as she is signed in."""

    def __init__(self, folder: Path) -> None:
        """Begin at once: the process starts while the desk reads its libraries and signs in."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.phone = PhoneProcess(folder)
        self._keeper = PhoneKeeper(self.phone)
        self._attaching = asyncio.get_running_loop().create_task(self._attach())
        self._registering: asyncio.Task[None] | None = None

    async def arrive(self, calls: CallStore) -> bool:
        """Register, which nothing waits for; False when there is no phone to be had, and the desk works without one."""
        if not await self._attaching:
            return False
        self._registering = asyncio.get_running_loop().create_task(self._register(calls))
        return True

    async def leave(self) -> None:
        """Take the phone off the switch: what rings goes on to the next desk; a call in progress goes on here."""
        if self._registering is not None:
            self._registering.cancel()
        await self._keeper.stop()
        if not await self._attaching:
            return
        ringing = [call for call in self.phone.snapshot.calls if call.state is CallState.INCOMING]
        for call in ringing:
            with contextlib.suppress(PhoneRefusedError):
                await self.phone.reject(call.key, RejectCause.UNAVAILABLE)
        with contextlib.suppress(PhoneRefusedError):
            if len(self.phone.snapshot.calls) > len(ringing):
                await self.phone.unregister()
                await self.phone.detach()
            else:
                await self.phone.shut_down()

    async def _attach(self) -> bool:
        try:
            await self.phone.attach()
        except PhoneRefusedError as refused:
            log.warning("the desk works without a phone: %s", refused)
            return False
        return True

    async def _register(self, calls: CallStore) -> None:
        credentials = await self._credentials(calls)
        while credentials is None:
            await asyncio.sleep(ASK_AGAIN_S)
            credentials = await self._credentials(calls)
        with contextlib.suppress(PhoneRefusedError):  # its state says so; it tries again by itself
            await self.phone.register(credentials)

    async def _credentials(self, calls: CallStore) -> SipCredentials | None:
        """None for a new agent, or while a hub begins or the database is away: they come within seconds."""
        try:
            return await calls.my_sip_credentials()
        except Refused as refused:
            log.info("no credentials yet: %s", refused)
            return None
