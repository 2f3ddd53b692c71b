"""The hub's local journal: turns of calls that the database could not take, on disk until it has taken them.

It outlives the hub: the next one on this machine writes what is left before it looks at the calls that are live.
"""

import asyncio
import json
import logging
import os
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.domain.plain import from_plain, to_plain
from app.domain.refusals import Refusal, Refused
from app.domain.turns import CallTurn
from app.services.call_book import CallBook

log = logging.getLogger(__name__)

AWAY: Final = frozenset({Refusal.SERVER_AWAY, Refusal.DISK_FULL})


class TurnJournal:
    """A file of JSON lines, one a turn, each on disk before `keep` returns; gone when all is written."""

    def __init__(self, file: Path, make_book: Callable[[int], CallBook]) -> None:
        self._file = file
        self._make_book = make_book
        self._left: deque[tuple[int, CallTurn]] = deque(_read(file))
        self._writing = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._left)

    async def take(self, turn: CallTurn, book: CallBook, epoch: int) -> None:
        """Write a turn, or keep it while the database is away; whatever is wrong with the book, the call goes on."""
        if not self._left:
            try:
                if not await _write(turn, book):
                    log.warning("a later hub has gone on with the call %s", turn.call.id)
            except Refused as refused:
                log.warning("a turn is not written: %s", refused)
                if refused.reason not in AWAY:
                    return
            except Exception:
                log.exception("a turn is not written")
                return
            else:
                return
        self.keep(epoch, turn)

    def keep(self, epoch: int, turn: CallTurn) -> None:
        """Put a turn at the end; it is on disk afterwards."""
        line = json.dumps({"epoch": epoch, "turn": to_plain(turn)}, ensure_ascii=False)
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, f"{line}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        self._left.append((epoch, turn))

    async def write(self) -> bool:
        """Write what is left, in order and under the epoch in which it happened; False while that is not possible."""
        async with self._writing:
            while self._left:
                epoch, turn = self._left[0]
                try:
                    await _write(turn, self._make_book(epoch))  # or a later hub has gone on with this call
                except Refused as refused:
                    if refused.reason in AWAY:
                        return False
                    log.exception("a turn of the call %s is refused and left out", turn.call.id)
                except Exception:
                    # One turn that can never be written must not hold back those of every other call.
                    log.exception("a turn of the call %s cannot be written and is left out", turn.call.id)
                self._left.popleft()
            self._file.unlink(missing_ok=True)
            return True


async def _write(turn: CallTurn, book: CallBook) -> bool:
    """The call goes on even where its case may not go along (a solved one stays somebody's)."""
    try:
        return await book.write_turn(turn)
    except Refused as refused:
        if refused.reason in AWAY or not turn.cases:
            raise
        log.warning("the case of the call %s does not go along: %s", turn.call.id, refused)
        return await book.write_turn(replace(turn, cases=()))


def _read(file: Path) -> list[tuple[int, CallTurn]]:
    if not file.exists():
        return []
    turns = []
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            kept = json.loads(line)
            turns.append((int(kept["epoch"]), from_plain(CallTurn, kept["turn"])))
        except (ValueError, KeyError, TypeError):
            log.exception("an unreadable line of the journal is left out")  # the hub died while it wrote it
    return turns
