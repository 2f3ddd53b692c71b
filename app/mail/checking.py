"""A mailbox looked at for the one who sets it up: which step fails and what the server says, and what it holds."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import TypeVar

from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from app.mail.headers import message_id
from app.mail.identity import arrival_of
from app.mail.imap import connect, uids_after
from app.mail.parsing import head_of
from app.services.mail_requests import Checked, CheckStep
from app.services.mailboxes import Mailbox, MailboxAwayError, MailboxRefusedError

_T = TypeVar("_T")
PIECE = 500
ANSWER_S = 20


class ImapInspector:
    """Tests IMAP and SMTP of one mailbox, and lists what the folder holds."""

    def __init__(self, mailbox: Mailbox, tls: ssl.SSLContext | None = None) -> None:
        self._mailbox, self._tls = mailbox, tls

    async def test(self) -> Sequence[CheckStep]:
        return [*await asyncio.to_thread(self._reading), *await self._sending()]

    async def held(self) -> AsyncIterator[Sequence[str]]:
        client = await _in_thread(lambda: connect(self._mailbox, self._tls))
        try:
            selected = await _in_thread(lambda: client.select_folder(self._mailbox.folder, readonly=True))
            windows = uids_after(client, selected, 0)
            while uids := await _in_thread(lambda: next(windows, [])):
                for start in range(0, len(uids), PIECE):
                    yield await _in_thread(partial(_ids, client, uids[start : start + PIECE]))
        finally:
            with contextlib.suppress(OSError, IMAPClientError):
                await asyncio.to_thread(client.shutdown)

    def _reading(self) -> list[CheckStep]:
        try:
            client = connect(self._mailbox, self._tls)
        except LoginError as error:
            return [CheckStep(Checked.SERVER, ok=True), CheckStep(Checked.SIGN_IN, ok=False, said=_said(error))]
        except (OSError, IMAPClientError, EOFError, ValueError) as error:
            return [CheckStep(Checked.SERVER, ok=False, said=_said(error))]
        found = [CheckStep(Checked.SERVER, ok=True), CheckStep(Checked.SIGN_IN, ok=True)]
        try:
            client.select_folder(self._mailbox.folder, readonly=True)
        except (OSError, IMAPClientError) as error:
            return [*found, CheckStep(Checked.FOLDER, ok=False, said=_said(error))]
        finally:
            with contextlib.suppress(OSError, IMAPClientError):
                client.shutdown()
        return [*found, CheckStep(Checked.FOLDER, ok=True)]

    async def _sending(self) -> list[CheckStep]:
        """Up to the sender's address, and back: nothing is sent."""
        box = self._mailbox
        client = SMTP(
            hostname=box.smtp_host,
            port=box.smtp_port,
            use_tls=box.security == "tls",
            start_tls=box.security == "starttls",
            tls_context=(self._tls or ssl.create_default_context()) if box.security != "none" else None,
            timeout=ANSWER_S,
        )
        step = Checked.SENDING
        try:
            await client.connect()
            if box.username:
                # A server that asks for no sign-in takes mail without one, as when it sends.
                await client.ehlo()
                if client.supports_extension("auth"):
                    await client.login(box.username, box.secret)
            step = Checked.SENDER
            await client.mail(box.address)
            await client.rset()
        except (SMTPException, OSError, TimeoutError) as error:
            refused = isinstance(error, SMTPAuthenticationError)
            before = [] if step is Checked.SENDING else [CheckStep(Checked.SENDING, ok=True)]
            return [*before, CheckStep(Checked.SENDING if refused else step, ok=False, said=_said(error))]
        finally:
            client.close()
        return [CheckStep(Checked.SENDING, ok=True), CheckStep(Checked.SENDER, ok=True)]


def _ids(client: IMAPClient, uids: list[int]) -> list[str]:
    """By the Message-ID; a mail without one is read whole, since it is known by what it holds."""
    field = b"BODY[HEADER.FIELDS (MESSAGE-ID)]"
    found, bare = [], []
    heads = client.fetch(uids, ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"])
    for uid in uids:
        named = message_id(head_of(heads[uid][field])) if uid in heads and field in heads[uid] else None
        if named:
            found.append(named[:900])
        elif uid in heads:
            bare.append(uid)
    for uid in bare:
        whole = client.fetch([uid], ["BODY.PEEK[]"])
        if uid in whole:
            found.append(arrival_of(whole[uid][b"BODY[]"], uid).external_id[:900])
    return found


async def _in_thread(act: Callable[[], _T]) -> _T:
    try:
        return await asyncio.to_thread(act)
    except LoginError as error:
        raise MailboxRefusedError(_said(error)) from error
    except (OSError, IMAPClientError, EOFError, ValueError) as error:
        raise MailboxAwayError(_said(error)) from error


def _said(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate: {error.verify_message}"
    return (str(error) or type(error).__name__)[:400]
