"""Mail handed to an Exchange server by EWS: saved as a draft, its id kept, sent, and looked up in Sent Items."""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from exchangelib.account import Account
from exchangelib.errors import (
    ErrorAccessDenied,
    ErrorInvalidRecipients,
    ErrorMailRecipientNotFound,
    ErrorMessageSizeExceeded,
    ErrorMimeContentInvalid,
    ErrorMissingRecipients,
    ErrorSendAsDenied,
    ErrorServerBusy,
    EWSError,
    UnauthorizedError,
)
from exchangelib.items import Message
from exchangelib.properties import ItemId
from exchangelib.properties import Mailbox as EwsMailbox
from requests.exceptions import RequestException

from app.domain.deliveries import DeliveryState
from app.mail.envelope import addressed
from app.mail.ews_server import causes, connect, said, well_known
from app.mail.ews_services import Create, Delete, EqualTo, Find, Get, Send, message_fields
from app.services.mailboxes import Mailbox
from app.services.outbox import Outcome, Parcel

_PERMANENT = (
    ErrorSendAsDenied,
    ErrorInvalidRecipients,
    ErrorMailRecipientNotFound,
    ErrorMissingRecipients,
    ErrorMessageSizeExceeded,
    ErrorMimeContentInvalid,
)
_NOT_DONE = (ErrorServerBusy, ErrorAccessDenied, UnauthorizedError, *_PERMANENT)
_WRONG = (EWSError, RequestException, OSError, ValueError, AttributeError)
_T = TypeVar("_T")


class EwsTransport:
    """The way out of one mailbox; Exchange takes a message for all of its recipients or for none."""

    def __init__(self, mailbox: Mailbox, tls: ssl.SSLContext | None = None) -> None:
        self._mailbox, self._tls = mailbox, tls
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="ews-out")
        self._account: Account | None = None
        # Drafts of which we never heard whether they were saved; they are looked for before another one is made.
        self._perhaps_drafted: set[str] = set()

    async def send(self, parcel: Parcel) -> Mapping[str, Outcome]:
        outcome = await self._in_thread(lambda: self._send(parcel))
        return dict.fromkeys(parcel.recipients, outcome)

    async def was_sent(self, external_id: str) -> bool | None:
        """Found in Sent Items it did leave; that it is not there yet tells nothing."""
        try:
            return await self._in_thread(lambda: bool(self._found("sentitems", external_id))) or None
        except _WRONG:
            return None

    async def close(self) -> None:
        if self._account is not None:
            await self._in_thread(self._account.protocol.close)
        self._threads.shutdown(wait=False)

    async def _in_thread(self, act: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, act)

    def _connected(self) -> Account:
        if self._account is None:
            self._account = connect(self._mailbox, self._tls)
        return self._account

    def _send(self, parcel: Parcel) -> Outcome:
        try:
            draft = self._draft(parcel)
            sent_as = self._name_of(draft)
        except _WRONG as error:
            return _outcome(error)  # nothing of it has left
        try:
            account = self._connected()
            Send(account=account).get(
                items=[draft], saved_item_folder=well_known(account, "sentitems"), expect_result=None
            )
        except _WRONG as error:
            if not isinstance(error, _NOT_DONE):
                # It may have been sent: whoever sends it again risks that it comes twice.
                return Outcome(DeliveryState.UNCONFIRMED, said(error), sent_as=_other(sent_as, parcel.external_id))
            self._forget(draft)
            return _outcome(error)
        return Outcome(DeliveryState.DELIVERED, sent_as=_other(sent_as, parcel.external_id))

    def _draft(self, parcel: Parcel) -> ItemId:
        if parcel.external_id in self._perhaps_drafted:
            for one in self._found("drafts", parcel.external_id):
                self._forget(one)
        self._perhaps_drafted.add(parcel.external_id)
        raw, hidden = addressed(parcel.raw, parcel.recipients)
        message = Message(
            mime_content=raw,
            message_id=parcel.external_id,
            bcc_recipients=[EwsMailbox(email_address=address) for address in hidden] or None,
        )
        account = self._connected()
        draft = Create(account=account).draft(message, well_known(account, "drafts"))
        self._perhaps_drafted.discard(parcel.external_id)
        return draft

    def _name_of(self, draft: ItemId) -> str:
        """The Message-ID as the server has it: some servers give their own."""
        found = Get(account=self._connected()).get(
            items=[draft], additional_fields=message_fields("message_id"), shape="IdOnly"
        )
        # Whoever looks at a draft may find another change key than who saved it; it is sent by the newer one.
        draft.changekey = found.changekey or draft.changekey
        return found.message_id or ""

    def _found(self, name: str, external_id: str) -> list[ItemId]:
        account = self._connected()
        found = Find(account=account).call(
            folders=[well_known(account, name)],
            additional_fields=message_fields("message_id"),
            restriction=EqualTo("message:InternetMessageId", external_id),
            order_fields=None,
            shape="IdOnly",
            query_string=None,
            depth="Shallow",
            calendar_view=None,
            max_items=10,
            offset=0,
        )
        return [ItemId(one.id, one.changekey) for one in found if getattr(one, "message_id", "") == external_id]

    def _forget(self, draft: ItemId) -> None:
        with suppress(*_WRONG):
            Delete(account=self._connected()).get(
                items=[draft],
                delete_type="HardDelete",
                send_meeting_cancellations="SendToNone",
                affected_task_occurrences="AllOccurrences",
                suppress_read_receipts=True,
                expect_result=None,
            )


def _other(sent_as: str, external_id: str) -> str:
    return sent_as if sent_as != external_id else ""


def _outcome(error: Exception) -> Outcome:
    """What is wrong with the message itself is final; all else, a sign-in that fails included, somebody mends."""
    final = any(isinstance(one, _PERMANENT) for one in causes(error))
    state = DeliveryState.PERMANENT if final else DeliveryState.TEMPORARY
    return Outcome(state, said(error), getattr(error, "back_off", None) or 0)
