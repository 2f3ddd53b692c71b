"""Keeps a desk's phone running: one that died is started again by itself and registers again."""

import asyncio
import logging
from typing import Final

from app.domain.phone import PhoneRefusedError
from app.domain.phone_events import PhoneEvent, PhoneLost
from app.phone.client import PhoneProcess

log = logging.getLogger(__name__)

_RETRY_S: Final = (0.0, 0.5, 1.0, 2.0, 5.0)


class PhoneKeeper:
    """Watches one phone until `stop`; a phone that cannot be started is tried again every few seconds."""

    def __init__(self, phone: PhoneProcess) -> None:
        self._phone = phone
        self._reviving: asyncio.Task[None] | None = None
        self._unlisten = phone.listen(self._hear)

    async def stop(self) -> None:
        """Let the phone end when it ends."""
        self._unlisten()
        if self._reviving is not None:
            self._reviving.cancel()
            await asyncio.gather(self._reviving, return_exceptions=True)

    def _hear(self, event: PhoneEvent) -> None:
        if isinstance(event, PhoneLost) and (self._reviving is None or self._reviving.done()):
            log.warning("the phone died and is started again: %s", event.reason)
            self._reviving = asyncio.get_running_loop().create_task(self._revive(), name="phone keeper")

    async def _revive(self) -> None:
        attempt = 0
        while True:
            await asyncio.sleep(_RETRY_S[min(attempt, len(_RETRY_S) - 1)])
            attempt += 1
            try:
                return await self._phone.revive()
            except PhoneRefusedError as refused:
                log.warning("no phone yet: %s", refused)
