"""The hub's mail as a process that dies by itself, with -9, right after one named step of its work.

Arguments: the database's URL, the step, after how many times, and `waits` where somebody else is to die there: then it
says that it got so far and does nothing before it is told to go on.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from app.bootstrap.mail import mail_ports, mail_workers
from app.hub.mail import MailPorts
from app.hub.supervisor import supervise
from app.store.engine import access_of, open_engine
from app.store.session import Database

STEPS = ("fetched", "kept", "claimed", "settled", "sending", "handed over", "written down")


class Mortal:
    """Counts what a step did and ends the process."""

    def __init__(self, step: str, times: int, *, waits: bool = False) -> None:
        self._step, self._left, self._waits = step, times, waits

    def after(self, step: str, act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """The same act; the process ends when it has done something often enough."""

        async def done(*words: Any, **more: Any) -> Any:
            result = await act(*words, **more)
            idle = isinstance(result, list) and not result
            if step == self._step and not idle and getattr(result, "arrivals", True):
                self._left -= 1
                if self._left == 0:
                    self._end()
            return result

        return done

    def _end(self) -> None:
        if not self._waits:
            os.kill(os.getpid(), signal.SIGKILL)
        print("there", flush=True)
        sys.stdin.readline()

    def ports(self, ports: MailPorts) -> MailPorts:
        """The same ports, mortal."""
        ledger: Any = ports.ledger
        outbox: Any = ports.outbox
        ledger.keep = self.after("kept", ledger.keep)
        ledger.claim = self.after("claimed", ledger.claim)
        outbox.claim = self.after("sending", outbox.claim)
        outbox.finish = self.after("written down", outbox.finish)

        def source(mailbox: Any) -> Any:
            made: Any = ports.source(mailbox)
            made.fetch = self.after("fetched", made.fetch)
            return made

        def transport(mailbox: Any) -> Any:
            made: Any = ports.transport(mailbox)
            made.send = self.after("handed over", made.send)
            return made

        settle = self.after("settled", ports.settle)
        return replace(ports, settle=settle, source=source, transport=transport)


async def main(url: str, step: str, times: int, *, waits: bool) -> None:
    database = Database(open_engine(access_of(url), connections=4))
    await supervise(mail_workers(database, Mortal(step, times, waits=waits).ports(mail_ports(database))))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), waits="waits" in sys.argv[4:]))
