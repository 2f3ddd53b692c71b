"""An Exchange server for tests: the documented operations of EWS on one mailbox in memory, over HTTP on loopback.

Every request is held against the schema where that is at hand; what it was asked is remembered by name.
"""

# ruff: noqa: N802 - what answers an operation bears its name

import asyncio
import base64
import os
from collections.abc import Callable
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from pathlib import Path
from typing import Any

import spnego
from aiohttp import web
from lxml import etree

from tests.mail.dovecot import SECRET, free_port
from tests.mail.ews_schema import MESSAGES, SOAP, TYPES, faults_of

_M, _T = f"{{{MESSAGES}}}", f"{{{TYPES}}}"
_ENVELOPE = (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
    '<s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="1544" MinorBuildNumber="4" '
    f'Version="V2017_07_11" xmlns:h="{TYPES}"/></s:Header>'
    f'<s:Body xmlns:m="{MESSAGES}" xmlns:t="{TYPES}">%s</s:Body></s:Envelope>'
)
_HAS_SCHEMA = Path(os.environ.get("GUICHET_TEST_DATA") or Path(__file__).parents[3] / "shared" / "data").exists()


class RefusalError(Exception):
    """An error of EWS as an answer, and what more its MessageXml says."""

    def __init__(self, code: str, more: str = "") -> None:
        super().__init__(code)
        self.code, self.more = code, more


class EwsDouble:
    """The server; what it holds and what is wrong with it is set from outside."""

    def __init__(self, address: str, shared_by: str) -> None:
        self.address, self.name = address, shared_by
        self.port = free_port()
        self.folders: dict[str, list[str]] = {"inbox": [], "sentitems": [], "drafts": []}
        self.items: dict[str, bytes] = {}
        self.hidden: dict[str, list[str]] = {}
        self.broken: set[str] = set()
        self.era = 1
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.requests: list[bytes] = []
        self.received: list[tuple[str, bytes]] = []
        self.refuses: dict[str, str] = {}
        self.is_away = False
        self.fails: dict[str, list[Callable[[], web.Response | None]]] = {}
        self.renames: str = ""
        self.loses: set[str] = set()
        self.subscriptions: set[str] = set()
        self.changed = asyncio.Event()
        self.ntlm = False
        self._handshakes: dict[Any, Any] = {}
        self._signed_in: set[Any] = set()
        self._made = 0
        self._open: list[web.Request] = []
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        application = web.Application(client_max_size=100_000_000)
        application.router.add_post("/EWS/Exchange.asmx", self._answer)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        self.subscriptions.clear()
        self.changed.set()
        self.cut()
        if self._runner is not None:
            await self._runner.cleanup()
        assert self.faults == [], "every request is as the schema has it"

    def put(self, folder: str, raw: bytes) -> str:
        self._made += 1
        item = base64.b64encode(f"item {self._made}".encode()).decode()
        self.items[item] = raw
        self.folders[folder].append(item)
        self.changed.set()
        return item

    def cut(self) -> None:
        """Every connection ends in the middle."""
        for request in self._open:
            if request.transport is not None:
                request.transport.abort()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self._open.append(request)
        try:
            return await self._answered(request)
        finally:
            self._open.remove(request)

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        if self.is_away:
            return _aborted(request)
        challenge = self._challenge(request)
        if challenge is not None:
            return web.Response(status=401, headers={"WWW-Authenticate": challenge})
        content = await request.read()
        self.requests.append(content)
        if _HAS_SCHEMA:
            self.faults += faults_of(content)
        (body,) = etree.fromstring(content).find(f"{SOAP}Body")
        operation = etree.QName(body).localname
        self.asked.append(operation)
        for fail in self.fails.get(operation, [])[:1]:
            self.fails[operation].remove(fail)
            failed = fail()
            return failed if failed is not None else _aborted(request)
        if operation == "GetStreamingEvents":
            return await self._stream(request, body)
        try:
            answer = getattr(self, f"_{operation}")(body)
        except RefusalError as refusal:
            answer = _refused(operation, refusal)
        if operation in self.loses:
            return _aborted(request)
        return web.Response(text=_ENVELOPE % answer, content_type="text/xml")

    def _challenge(self, request: web.Request) -> str | None:
        """What is asked of who has not signed in yet; with NTLM it is the connection that signs in ([MS-NTHT])."""
        shown = request.headers.get("Authorization", "")
        if not self.ntlm:
            wanted = "Basic " + base64.b64encode(f"{self.name}:{SECRET}".encode()).decode()
            return None if shown == wanted else 'Basic realm="exchange.example"'
        if request.transport in self._signed_in:
            return None
        if not shown.startswith("NTLM "):
            return "NTLM"
        server = self._handshakes.setdefault(request.transport, spnego.server(protocol="ntlm"))
        answer = server.step(base64.b64decode(shown.removeprefix("NTLM ")))
        if server.complete:
            self._signed_in.add(request.transport)
            return None
        return "NTLM " + base64.b64encode(answer or b"").decode()

    def _SyncFolderItems(self, body: Any) -> str:
        folder = self._folder(body.find(f"{_M}SyncFolderId"))
        state = body.findtext(f"{_M}SyncState") or ""
        start = 0
        if state:
            era, _, position = base64.b64decode(state).decode().partition(" ")
            if int(era) != self.era:
                raise RefusalError("ErrorInvalidSyncStateData", "<m:SyncState/>")
            start = int(position)
        end = min(start + int(body.findtext(f"{_M}MaxChangesReturned")), len(self.folders[folder]))
        changes = "".join(
            f'<t:Create><t:Message><t:ItemId Id="{one}" ChangeKey="CQAA"/>'
            f"<t:DateTimeReceived>2026-11-23T10:{n // 60 % 60:02}:{n % 60:02}Z</t:DateTimeReceived>"
            f"<t:Size>{len(self.items[one])}</t:Size></t:Message></t:Create>"
            for n, one in enumerate(self.folders[folder][start:end], start)
        )
        state = base64.b64encode(f"{self.era} {end}".encode()).decode()
        last = "true" if end == len(self.folders[folder]) else "false"
        # Somebody read one: a change that is no mail.
        read = '<t:ReadFlagChange><t:ItemId Id="QQ=="/><t:IsRead>true</t:IsRead></t:ReadFlagChange>' if start else ""
        return _told(
            "SyncFolderItems",
            f"<m:SyncState>{state}</m:SyncState><m:IncludesLastItemInRange>{last}</m:IncludesLastItemInRange>"
            f"<m:Changes>{changes}{read}</m:Changes>",
        )

    def _GetItem(self, body: Any) -> str:
        fields = {one.get("FieldURI") for one in body.iter(f"{_T}FieldURI")}
        told = []
        for one in body.iter(f"{_T}ItemId"):
            item = one.get("Id")
            if item not in self.items:
                told.append(_message("GetItem", RefusalError("ErrorItemNotFound", "<m:Items/>")))
            elif item in self.broken:
                told.append(_message("GetItem", RefusalError("ErrorMimeContentConversionFailed", "<m:Items/>")))
            else:
                told.append(_success("GetItem", f"<m:Items>{self._shown(item, fields)}</m:Items>"))
        return _response("GetItem", "".join(told))

    def _shown(self, item: str, fields: set[str | None]) -> str:
        raw = self.items[item]
        mime = base64.b64encode(raw).decode() if "item:MimeContent" in fields else ""
        mime = f'<t:MimeContent CharacterSet="UTF-8">{mime}</t:MimeContent>' if mime else ""
        known = f"<t:InternetMessageId>{_escaped(self._name_of(item))}</t:InternetMessageId>"
        known = known if "message:InternetMessageId" in fields else ""
        return f'<t:Message>{mime}<t:ItemId Id="{item}" ChangeKey="CQAB"/>{known}</t:Message>'

    def _name_of(self, item: str) -> str:
        return self.renames or str(BytesHeaderParser().parsebytes(self.items[item])["Message-ID"] or "")

    def _CreateItem(self, body: Any) -> str:
        assert body.get("MessageDisposition") == "SaveOnly"
        message = body.find(f".//{_T}Message")
        raw = base64.b64decode(message.findtext(f"{_T}MimeContent"))
        item = self.put(self._folder(body.find(f"{_M}SavedItemFolderId")), raw)
        bcc = message.find(f"{_T}BccRecipients")
        self.hidden[item] = [one.text for one in bcc.iter(f"{_T}EmailAddress")] if bcc is not None else []
        made = f'<m:Items><t:Message><t:ItemId Id="{item}" ChangeKey="CQAA"/></t:Message></m:Items>'
        return _told("CreateItem", made)

    def _SendItem(self, body: Any) -> str:
        (one,) = body.iter(f"{_T}ItemId")
        item = one.get("Id")
        assert one.get("ChangeKey") == "CQAB", "the newest change key sends"
        raw = self.items[item]
        head = BytesHeaderParser().parsebytes(raw)
        named = [address for _, address in getaddresses(head.get_all("To", []) + head.get_all("Cc", [])) if address]
        recipients = [*named, *self.hidden[item]]
        for recipient in recipients:
            if self.refuses.get(recipient, "").startswith("5"):
                raise RefusalError("ErrorInvalidRecipients")
            if recipient in self.refuses:
                value = '<m:MessageXml><t:Value Name="BackOffMilliseconds">120000</t:Value></m:MessageXml>'
                raise RefusalError("ErrorServerBusy", value)
        self.received += [(recipient, raw) for recipient in recipients]
        self.folders["drafts"].remove(item)
        self.folders[self._folder(body.find(f"{_M}SavedItemFolderId"))].append(item)
        return _told("SendItem", "")

    def _FindItem(self, body: Any) -> str:
        wanted = body.find(f".//{_T}Constant").get("Value")
        inside = self.folders[self._folder(body.find(f"{_M}ParentFolderIds"))]
        # As a server that looks for less than it was asked for: whoever asks compares for herself.
        found = [item for item in inside if wanted.strip("<>") in self._name_of(item)]
        shown = "".join(self._shown(item, {"message:InternetMessageId"}) for item in found)
        view = f'TotalItemsInView="{len(found)}" IncludesLastItemInRange="true" IndexedPagingOffset="{len(found)}"'
        return _told("FindItem", f"<m:RootFolder {view}><t:Items>{shown}</t:Items></m:RootFolder>")

    def _FindFolder(self, body: Any) -> str:
        wanted = body.find(f".//{_T}Constant").get("Value")
        found = f'<t:Folder><t:FolderId Id="{wanted}" ChangeKey="AQ"/></t:Folder>' if wanted in self.folders else ""
        view = f'TotalItemsInView="{int(bool(found))}" IncludesLastItemInRange="true"'
        return _told("FindFolder", f"<m:RootFolder {view}><t:Folders>{found}</t:Folders></m:RootFolder>")

    def _DeleteItem(self, body: Any) -> str:
        for one in body.iter(f"{_T}ItemId"):
            self.folders["drafts"].remove(one.get("Id"))
        return _told("DeleteItem", "")

    def _Subscribe(self, body: Any) -> str:
        self._folder(body.find(f".//{_T}FolderIds"))
        subscription = base64.b64encode(f"subscription {len(self.asked)}".encode()).decode()
        self.subscriptions.add(subscription)
        self.changed.clear()
        return _told("Subscribe", f"<m:SubscriptionId>{subscription}</m:SubscriptionId>")

    def _Unsubscribe(self, body: Any) -> str:
        self.subscriptions.discard(body.findtext(f"{_M}SubscriptionId"))
        return _told("Unsubscribe", "")

    async def _stream(self, request: web.Request, body: Any) -> web.StreamResponse:
        (subscription,) = (one.text for one in body.iter(f"{_T}SubscriptionId"))
        if subscription not in self.subscriptions:
            refused = _refused("GetStreamingEvents", RefusalError("ErrorSubscriptionNotFound"))
            return web.Response(text=_ENVELOPE % refused, content_type="text/xml")
        stream = web.StreamResponse(headers={"Content-Type": "text/xml"})
        stream.enable_chunked_encoding()
        await stream.prepare(request)
        beat = _told("GetStreamingEvents", "<m:ConnectionStatus>OK</m:ConnectionStatus>")
        await stream.write((_ENVELOPE % beat).encode())
        while subscription in self.subscriptions:
            await self.changed.wait()
            if request.transport is None or subscription not in self.subscriptions:
                break
            self.changed.clear()
            event = (
                f"<m:Notifications><m:Notification><t:SubscriptionId>{subscription}</t:SubscriptionId><t:NewMailEvent>"
                '<t:TimeStamp>2026-11-23T10:00:00Z</t:TimeStamp><t:ItemId Id="QQ==" ChangeKey="CQAA"/>'
                '<t:ParentFolderId Id="QQ==" ChangeKey="AQAA"/></t:NewMailEvent></m:Notification></m:Notifications>'
            )
            await stream.write((_ENVELOPE % _told("GetStreamingEvents", event)).encode())
        return stream

    def _folder(self, place: Any) -> str:
        known = next(place.iter(f"{_T}DistinguishedFolderId"), None)
        if known is None:
            return str(next(place.iter(f"{_T}FolderId")).get("Id"))
        if known.findtext(f"{_T}Mailbox/{_T}EmailAddress") != self.address:
            raise RefusalError("ErrorNonExistentMailbox")
        return str(known.get("Id"))


def busy(after_ms: int) -> Callable[[], web.Response]:
    """A fault as a throttled server gives it (EWS throttling in Exchange)."""
    fault = (
        "<s:Fault><faultcode>a:ErrorServerBusy</faultcode><faultstring>The server cannot service this request right "
        'now. Try again later.</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/'
        'services/2006/errors">ErrorServerBusy</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/'
        'exchange/services/2006/errors">Try again later.</e:Message><t:MessageXml>'
        f'<t:Value Name="BackOffMilliseconds">{after_ms}</t:Value></t:MessageXml></detail></s:Fault>'
    )
    return lambda: web.Response(status=500, text=_ENVELOPE % fault, content_type="text/xml")


def status(number: int, **headers: str) -> Callable[[], web.Response]:
    return lambda: web.Response(status=number, headers={k.replace("_", "-"): v for k, v in headers.items()})


def dropped() -> None:
    """The connection ends without an answer."""


def half() -> web.Response:
    """An answer that stops in the middle, though it looks complete."""
    return web.Response(text=(_ENVELOPE % _told("SyncFolderItems", "<m:SyncState>QQ"))[:-120], content_type="text/xml")


def refused(operation: str, code: str) -> Callable[[], web.Response]:
    return lambda: web.Response(text=_ENVELOPE % _refused(operation, RefusalError(code)), content_type="text/xml")


def _aborted(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _success(operation: str, inside: str) -> str:
    return (
        f'<m:{operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>'
        f"{inside}</m:{operation}ResponseMessage>"
    )


def _message(operation: str, refusal: RefusalError) -> str:
    before, after = (refusal.more, "") if "MessageXml" in refusal.more else ("", refusal.more)
    return (
        f'<m:{operation}ResponseMessage ResponseClass="Error"><m:MessageText>It was refused.</m:MessageText>'
        f"<m:ResponseCode>{refusal.code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>"
        f"{before}{after}</m:{operation}ResponseMessage>"
    )


def _refused(operation: str, refusal: RefusalError) -> str:
    return _response(operation, _message(operation, refusal))


def _told(operation: str, inside: str) -> str:
    return _response(operation, _success(operation, inside))


def _response(operation: str, messages: str) -> str:
    return f"<m:{operation}Response><m:ResponseMessages>{messages}</m:ResponseMessages></m:{operation}Response>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
