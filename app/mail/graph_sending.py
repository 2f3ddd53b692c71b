"""Mail handed to Microsoft 365 by Graph: saved as a draft, its id kept, sent, and looked up in Sent Items."""

import asyncio
import base64
import ssl
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import aiohttp

from app.domain.deliveries import DeliveryState
from app.mail.envelope import addressed
from app.mail.graph_parts import File, lightened
from app.mail.graph_server import MOVING, GraphError, GraphServer
from app.services.mailboxes import Mailbox, MailboxAwayError, MailboxRefusedError, Tokens
from app.services.outbox import Outcome, Parcel

MOST_AT_ONCE = 3_000_000
PIECE = 10 * 320 * 1024
"""Pieces of an upload are multiples of 320 KiB and below 4 MB."""
_WRONG = (GraphError, aiohttp.ClientError, TimeoutError, OSError, MailboxAwayError, MailboxRefusedError, KeyError)
_PERMANENT = frozenset({"ErrorSendAsDenied", "ErrorMessageSizeExceeded", "ErrorInvalidRecipients"})


class GraphTransport:
    """The way out of one mailbox, one request at a time; a message goes to all of its recipients or to none."""

    def __init__(self, mailbox: Mailbox, tokens: Tokens, tls: ssl.SSLContext | None = None) -> None:
        self._server = GraphServer(mailbox, tokens, tls)
        self._one_at_a_time = asyncio.Lock()
        # Drafts of which we never heard whether they were saved; they are looked for before another one is made.
        self._perhaps_drafted: set[str] = set()

    async def send(self, parcel: Parcel) -> Mapping[str, Outcome]:
        async with self._one_at_a_time:
            return dict.fromkeys(parcel.recipients, await self._send(parcel))

    async def was_sent(self, external_id: str) -> bool | None:
        """Found in Sent Items it did leave; that it is not there yet tells nothing."""
        async with self._one_at_a_time:
            try:
                return bool(await self._found("sentitems", external_id)) or None
            except _WRONG:
                return None

    async def close(self) -> None:
        await self._server.close()

    async def _send(self, parcel: Parcel) -> Outcome:
        draft = ""
        try:
            draft, sent_as = await self._draft(parcel)
        except _WRONG as error:
            return _outcome(error)  # nothing of it has left
        try:
            await self._server.ask("POST", f"{self._of(draft)}/send", b"")
        except _WRONG as error:
            if not _was_not_done(error):
                # It may have been sent: whoever sends it again risks that it comes twice.
                return Outcome(DeliveryState.UNCONFIRMED, _said(error), sent_as=sent_as)
            await self._forget(draft)
            return _outcome(error)
        return Outcome(DeliveryState.DELIVERED, sent_as=sent_as)

    async def _draft(self, parcel: Parcel) -> tuple[str, str]:
        """The draft's id, and the Message-ID it has if that is not the one we gave."""
        if parcel.external_id in self._perhaps_drafted:
            for one in await self._found("drafts", parcel.external_id):
                await self._forget(one)
        self._perhaps_drafted.add(parcel.external_id)
        raw, hidden = addressed(parcel.raw, parcel.recipients)
        light, files = await asyncio.to_thread(lightened, raw)
        mime = base64.b64encode(light)
        saved = (await self._server.ask("POST", f"{self._server.base}/messages", mime, "text/plain")).json()
        draft = saved["id"]
        try:
            made = await self._amended(draft, saved, parcel.external_id, hidden)
            for file in files:
                await self._attach(draft, file)
        except _WRONG:
            await self._forget(draft)
            raise
        self._perhaps_drafted.discard(parcel.external_id)
        name = str(made.get("internetMessageId") or parcel.external_id)
        return draft, name if name != parcel.external_id else ""

    async def _amended(
        self, draft: str, made: Mapping[str, Any], external_id: str, hidden: tuple[str, ...]
    ) -> Mapping[str, Any]:
        changes: dict[str, Any] = {}
        if hidden:
            changes["bccRecipients"] = [{"emailAddress": {"address": address}} for address in hidden]
        if made.get("internetMessageId") != external_id:
            changes["internetMessageId"] = external_id
        return (await self._server.ask("PATCH", self._of(draft), changes)).json() if changes else made

    async def _attach(self, draft: str, file: File) -> None:
        if len(file.content) <= MOST_AT_ONCE:
            attachment = {
                "@odata.type": "#microsoft.graph.fileAttachment",
                "name": file.name,
                "contentType": file.content_type,
                "contentBytes": base64.b64encode(file.content).decode(),
                **_inline(file),
            }
            await self._server.ask("POST", f"{self._of(draft)}/attachments", attachment)
            return
        item = {
            "attachmentType": "file",
            "name": file.name,
            "contentType": file.content_type,
            "size": len(file.content),
            **_inline(file),
        }
        opened = await self._server.ask(
            "POST", f"{self._of(draft)}/attachments/createUploadSession", {"AttachmentItem": item}
        )
        address = opened.json()["uploadUrl"]
        for start in range(0, len(file.content), PIECE):
            await self._server.upload(address, file.content[start : start + PIECE], start, len(file.content))

    async def _found(self, place: str, external_id: str) -> list[str]:
        named = quote("internetMessageId eq '" + external_id.replace("'", "''") + "'", safe="")
        url = f"{self._server.base}/mailFolders/{place}/messages?$filter={named}&$select=internetMessageId"
        found = (await self._server.read(url)).json().get("value", [])
        return [one["id"] for one in found if one.get("internetMessageId") == external_id]

    async def _forget(self, draft: str) -> None:
        with suppress(*_WRONG):
            await self._server.ask("DELETE", self._of(draft))

    def _of(self, draft: str) -> str:
        return f"{self._server.base}/messages/{quote(draft, safe='')}"


def _inline(file: File) -> dict[str, Any]:
    return {"isInline": file.inline, **({"contentId": file.content_id} if file.content_id else {})}


def _was_not_done(error: Exception) -> bool:
    """Whether the server said that it did not send, or was never reached."""
    if isinstance(error, GraphError):
        # 404: the draft is gone, and somebody else may have sent it. 408: it came too late, or not whole.
        return error.after_s is not None or error.status == 429 or error.status in (400, 401, 402, 403, 405, 413)
    return isinstance(error, aiohttp.ClientConnectorError | MailboxAwayError | MailboxRefusedError)


def _outcome(error: Exception) -> Outcome:
    """What is wrong with the message itself is final; all else, a sign-in that fails included, somebody mends."""
    if isinstance(error, GraphError):
        final = (error.status in (400, 413) and error.code not in MOVING) or error.code in _PERMANENT
        state = DeliveryState.PERMANENT if final else DeliveryState.TEMPORARY
        return Outcome(state, _said(error), error.after_s or 0)
    return Outcome(DeliveryState.TEMPORARY, _said(error))


def _said(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:500]
