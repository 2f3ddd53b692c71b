"""The hub answers what desks ask about mail, since it alone has the secrets and the parser."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from app.domain.mail import Mail
from app.domain.mail_rules import MailRule
from app.domain.plain import from_plain, to_plain
from app.hub.mail_replay import PastMails, replay_rule
from app.services.mail_requests import (
    Checked,
    CheckStep,
    CodeSignIn,
    CodeStep,
    Counted,
    Inspector,
    MailRequest,
    RequestKind,
)
from app.services.mailboxes import Mailbox, MailboxAwayError, MailboxRefusedError

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.3
CLAIM_S = 600
SIGN_IN_S = 1200
"""A code is good for fifteen minutes as a rule (RFC 8628, section 3.2: what the server says)."""
MOST_MISSING, MOST_ATTEMPTS = 20, 3
DRY_RUN_DAYS = 30


class Requests(Protocol):
    """Where requests are kept, and what answering them needs."""

    async def claim(self, for_s: float) -> MailRequest | None: ...
    async def answer(self, request: UUID, answer: Any) -> None: ...
    async def tell(self, request: UUID, answer: Any, for_s: float) -> None: ...
    async def missing(self, mailbox: UUID, ids: Sequence[str]) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class RequestPorts:
    """What answering needs; joined in bootstrap."""

    requests: Requests
    mailboxes: Callable[[], Awaitable[Sequence[Mailbox]]]
    inspector: Callable[[Mailbox], Inspector]
    read: Callable[[bytes], Mail]
    sign_in: Callable[[Mailbox], CodeSignIn]
    past: PastMails


class MailDesk:
    """Answers requests one after the other until cancelled; one that kills its hub again and again is given up."""

    def __init__(self, ports: RequestPorts) -> None:
        self._ports = ports
        self._signing_in: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Look for requests for ever; a sign-in waits for somebody beside the others."""
        try:
            while True:
                while (request := await self._ports.requests.claim(CLAIM_S)) is not None:
                    if request.kind is RequestKind.SIGN_IN:
                        task = asyncio.create_task(self._sign_in(request), name=f"sign in {request.mailbox_id}")
                        self._signing_in.add(task)
                        task.add_done_callback(self._signing_in.discard)
                    else:
                        await self._ports.requests.answer(request.id, to_plain(await self._answer(request)))
                await asyncio.sleep(LOOK_EVERY_S)
        finally:
            for task in self._signing_in:
                task.cancel()
            await asyncio.gather(*self._signing_in, return_exceptions=True)

    async def answer_next(self) -> bool:
        """Answer the oldest request that waits for nobody's code; whether there was one."""
        request = await self._ports.requests.claim(CLAIM_S)
        if request is None or request.kind is RequestKind.SIGN_IN:
            return False
        await self._ports.requests.answer(request.id, to_plain(await self._answer(request)))
        return True

    async def _sign_in(self, request: MailRequest) -> None:
        box = next((one for one in await self._ports.mailboxes() if one.id == request.mailbox_id), None)
        if box is None or request.attempts > MOST_ATTEMPTS:
            await self._ports.requests.answer(request.id, to_plain(CodeStep(done=True, said="not in use")))
            return
        sign_in = self._ports.sign_in(box)
        try:
            code = await sign_in.begin()
            await self._ports.requests.tell(request.id, to_plain(CodeStep(code.code, code.address)), SIGN_IN_S)
            await sign_in.finish(code)
        except (MailboxAwayError, MailboxRefusedError) as error:
            step = CodeStep(done=True, said=str(error)[:400] or "away")
        else:
            step = CodeStep(done=True, ok=True)
        await self._ports.requests.answer(request.id, to_plain(step))

    async def _answer(self, request: MailRequest) -> Any:
        if request.attempts > MOST_ATTEMPTS:
            return {}
        if request.kind is RequestKind.DRY_RUN:
            asked = request.asked
            rule, days = from_plain(MailRule, asked["rule"]), int(asked.get("days", DRY_RUN_DAYS))
            return await replay_rule(self._ports.past, self._ports.read, rule, days)
        box = next((one for one in await self._ports.mailboxes() if one.id == request.mailbox_id), None)
        if request.kind is RequestKind.TEST:
            if box is None:
                return (CheckStep(Checked.SERVER, ok=False, said="not in use"),)
            return tuple(await self._ports.inspector(box).test())
        return await self.count(box) if box is not None else Counted(0, 0, said="not in use")

    async def count(self, box: Mailbox) -> Counted:
        """Every message of the server looked up in the ledger."""
        on_server, lost, named = 0, 0, list[str]()
        try:
            async for ids in self._ports.inspector(box).held():
                on_server += len(ids)
                missing = await self._ports.requests.missing(box.id, ids)
                lost += len(missing)
                named += missing[: MOST_MISSING - len(named)]
        except (MailboxAwayError, MailboxRefusedError) as error:
            return Counted(on_server, on_server - lost, said=str(error)[:400] or "away")
        return Counted(on_server, on_server - lost, tuple(named))
