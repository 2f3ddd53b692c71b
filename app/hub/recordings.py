"""What was recorded on the switch: fetched, committed, and only then deleted there; a hub that died loses nothing."""

import logging
from uuid import UUID

from app.domain.refusals import Refused
from app.services.call_book import CallBook
from app.services.switch import Switch

log = logging.getLogger(__name__)


class Recordings:
    """The recordings of one switch, filed as soon as their calls are over."""

    def __init__(self, switch: Switch, book: CallBook) -> None:
        self._switch = switch
        self._book = book

    async def file_all(self) -> int:
        """File every recording whose call is over and written; the number of those that were filed."""
        filed = 0
        try:
            for name in await self._switch.recordings():
                filed += await self._file(name)
        except Refused as refused:
            log.warning("recordings stay on the switch for now: %s", refused)
        except Exception:  # a switch that is away keeps them as well, and must not end what else is done meanwhile
            log.warning("the switch does not give its recordings now", exc_info=True)
        return filed

    async def _file(self, name: str) -> bool:
        kind, _, rest = name.partition("-")
        if kind == "fallback":
            return await self._file_fallback(name)
        call_id = _uuid(rest)
        if kind not in {"call", "message"} or call_id is None:
            return False
        call = await self._book.ended_call(call_id)
        if call is None:
            return False
        sound = await self._switch.recording(name)
        if sound:
            if kind == "call":
                await self._book.write_recording(call, sound)
            else:
                await self._book.write_voicemail(call, sound)
        await self._switch.forget_recording(name)
        return True

    async def _file_fallback(self, name: str) -> bool:
        match name.split("--"):
            case ["fallback", number, dialled, _, _]:
                sound = await self._switch.recording(name)
                if sound and not await self._book.write_fallback_message(number, dialled, sound):
                    return False  # for no number of ours: it is kept there
                await self._switch.forget_recording(name)
                return True
        return False


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
