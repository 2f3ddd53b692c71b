"""What was recorded on the switch: fetched, committed, and only then deleted there; a hub that died loses nothing."""

import logging
import math
from uuid import UUID

from app.domain.recording import MESSAGE_LEAST_S
from app.domain.refusals import Refused
from app.hub.journal import AWAY
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
                filed += await self._try(name)
        except Refused as refused:
            log.warning("recordings stay on the switch for now: %s", refused)
        except Exception:  # a switch that is away keeps them as well, and must not end what else is done meanwhile
            log.warning("the switch does not give its recordings now", exc_info=True)
        return filed

    async def _try(self, name: str) -> bool:
        try:
            return await self._file(name)
        except Exception as error:  # one that can never be filed must not hold back those of every other call
            if isinstance(error, Refused) and error.reason in AWAY:
                raise
            log.warning("a recording stays on the switch: %s", name, exc_info=True)
            return False

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
            elif seconds_of(sound) >= MESSAGE_LEAST_S:
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


def seconds_of(sound: bytes) -> float:
    """How long an Ogg Opus file lasts, by its last page's position at 48 kHz (RFC 7845, 4); for ever when unknown."""
    last = sound.rfind(b"OggS")
    position = sound[last + 6 : last + 14]
    return int.from_bytes(position, "little") / 48_000 if last >= 0 and len(position) == 8 else math.inf


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
