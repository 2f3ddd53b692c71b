"""Mail handed to an SMTP server (RFC 5321), with what it says of each recipient."""

import asyncio
import ssl
from collections.abc import Mapping

from aiosmtplib import (
    SMTP,
    SMTPConnectError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from app.domain.deliveries import DeliveryState
from app.mail.imap import connect as connect_imap
from app.services.mailboxes import Bearer, Mailbox, MailboxAwayError, MailboxRefusedError
from app.services.outbox import Outcome, Parcel

ANSWER_S = 60
_GONE = (SMTPServerDisconnected, SMTPTimeoutError, SMTPConnectError, OSError, TimeoutError)


class SmtpTransport:
    """The way out of one mailbox; one connection, opened when there is something to send and kept."""

    def __init__(self, mailbox: Mailbox, tls: ssl.SSLContext | None = None, bearer: Bearer | None = None) -> None:
        self._mailbox = mailbox
        self._tls = tls
        self._bearer = bearer
        self._client: SMTP | None = None
        self._one_at_a_time = asyncio.Lock()

    async def send(self, parcel: Parcel) -> Mapping[str, Outcome]:
        async with self._one_at_a_time:
            try:
                client = await self._connected()
            except (SMTPException, OSError, TimeoutError, MailboxAwayError, MailboxRefusedError) as error:
                # A sign-in that is refused says nothing against the message: who set the mailbox up mends it.
                self._drop()
                return dict.fromkeys(parcel.recipients, Outcome(DeliveryState.TEMPORARY, _said(error)))
            try:
                outcomes = await self._envelope(client, parcel)
            except (SMTPException, OSError, TimeoutError) as error:
                # Nothing of the message has been handed over yet.
                self._drop()
                return dict.fromkeys(parcel.recipients, _outcome(error))
            accepted = [recipient for recipient in parcel.recipients if recipient not in outcomes]
            if accepted:
                outcomes |= dict.fromkeys(accepted, await self._content(client, parcel.raw))
            else:
                await self._reset(client)
            return outcomes

    async def was_sent(self, external_id: str) -> bool | None:
        """Found in the Sent folder it did leave; that it is not there tells nothing, since SMTP files nothing."""
        try:
            token = await self._bearer() if self._bearer is not None else ""
            return await asyncio.to_thread(self._in_sent_folder, external_id, token) or None
        except (OSError, IMAPClientError, ValueError, MailboxAwayError, MailboxRefusedError):
            return None

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                await client.quit(timeout=2)
            except (SMTPException, OSError, TimeoutError):
                client.close()

    async def _connected(self) -> SMTP:
        if self._client is not None:
            try:
                await self._client.noop(timeout=5)
            except (SMTPException, OSError, TimeoutError):
                self._drop()
        if self._client is None:
            box = self._mailbox
            client = SMTP(
                hostname=box.smtp_host,
                port=box.smtp_port,
                use_tls=box.security == "tls",
                start_tls=box.security == "starttls",
                tls_context=(self._tls or ssl.create_default_context()) if box.security != "none" else None,
                username=(box.username or box.address) if self._bearer else box.username or None,
                password=box.secret if box.username and not self._bearer else None,
                oauth_token_generator=self._bearer,
                timeout=ANSWER_S,
            )
            await client.connect()
            self._client = client
        return self._client

    async def _envelope(self, client: SMTP, parcel: Parcel) -> dict[str, Outcome]:
        """Sender and recipients; gives those that were refused."""
        await client.mail("" if parcel.automatic else self._mailbox.address)
        refused: dict[str, Outcome] = {}
        for recipient in parcel.recipients:
            try:
                await client.rcpt(recipient)
            except SMTPResponseException as error:
                refused[recipient] = _outcome(error)
        return refused

    async def _content(self, client: SMTP, raw: bytes) -> Outcome:
        try:
            await client.data(raw)
        except _GONE as error:
            # It may have been taken: whoever sends it again risks that it comes twice.
            self._drop()
            return Outcome(DeliveryState.UNCONFIRMED, _said(error))
        except SMTPResponseException as error:
            await self._reset(client)
            return _outcome(error)
        except SMTPException as error:
            self._drop()
            return Outcome(DeliveryState.UNCONFIRMED, _said(error))
        return Outcome(DeliveryState.DELIVERED)

    async def _reset(self, client: SMTP) -> None:
        try:
            await client.rset()
        except (SMTPException, OSError, TimeoutError):
            self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def _in_sent_folder(self, external_id: str, token: str) -> bool:
        client = connect_imap(self._mailbox, self._tls, token)
        try:
            return _holds(client, external_id)
        finally:
            client.shutdown()


def _holds(client: IMAPClient, external_id: str) -> bool:
    sent = client.find_special_folder(b"\\Sent") or "Sent"
    client.select_folder(sent, readonly=True)
    # A search for a header is a search for a part of it: compare exactly.
    found = client.search(["HEADER", "Message-ID", external_id])
    heads = client.fetch(found[:50], ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"]) if found else {}
    wanted = external_id.encode()
    return any(
        wanted in value.split() for head in heads.values() for value in head.values() if isinstance(value, bytes)
    )


def _outcome(error: Exception) -> Outcome:
    """5xx is final for this recipient; all else, a server that is away included, is mended by time."""
    final = isinstance(error, SMTPResponseException) and 500 <= error.code < 600
    return Outcome(DeliveryState.PERMANENT if final else DeliveryState.TEMPORARY, _said(error))


def _said(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        return f"{error.code} {error.message}"[:500]
    return (str(error) or type(error).__name__)[:500]
