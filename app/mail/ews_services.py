"""The services of EWS that mail needs, as exchangelib has them and where it falls short of what mail needs."""

from collections.abc import Callable
from typing import Any

from exchangelib.errors import ErrorServerBusy, ErrorTimeoutExpired
from exchangelib.fields import FieldPath
from exchangelib.items import Message
from exchangelib.properties import FolderId, ItemId
from exchangelib.services import (
    CreateItem,
    DeleteItem,
    FindFolder,
    FindItem,
    GetItem,
    GetStreamingEvents,
    SendItem,
    SubscribeToStreaming,
    SyncFolderItems,
    Unsubscribe,
)
from exchangelib.services.common import EWSService
from exchangelib.util import DummyResponse, create_element

_TYPES = "{http://schemas.microsoft.com/exchange/services/2006/types}"


class Whole:
    """A service whose answer is read at once (exchangelib reads it byte by byte) and whose hint to wait is heard."""

    @classmethod
    def _get_soap_parts(cls, response: Any) -> Any:
        if not response.content.rstrip().endswith(b"Envelope>"):
            # exchangelib's parser mends what was cut off, and would give half a mail for a whole one.
            raise ErrorTimeoutExpired("an answer that was cut off")
        return super()._get_soap_parts(DummyResponse(content=response.content))  # type: ignore[misc]

    @staticmethod
    def _get_exception(code: str, text: str, msg_xml: Any = None, rule_errors: Any = None) -> Any:
        if code == "ErrorServerBusy":
            return ErrorServerBusy(text, back_off=_back_off(msg_xml))
        return EWSService._get_exception(code, text, msg_xml, rule_errors)  # noqa: SLF001 - there is no other hook


class FoldersByName(Whole, FindFolder):  # type: ignore[misc]
    """Finds folders by their name."""

    def named(self, name: str, parent: FolderId) -> list[FolderId]:
        """Those of a name just below another one."""
        elements = self._paged_call(
            payload_func=self.get_payload,
            max_items=2,
            folders=[parent],
            additional_fields=None,
            restriction=EqualTo("folder:DisplayName", name),
            shape="IdOnly",
            depth="Shallow",
            page_size=2,
            offset=0,
        )
        return [FolderId.from_xml(element.find(FolderId.response_tag()), None) for element in elements]


class EqualTo:
    """A restriction on one property, by its name in the schema."""

    def __init__(self, field: str, value: str) -> None:
        self._field, self._value = field, value

    def to_xml(self, version: Any) -> Any:  # noqa: ARG002 - exchangelib's signature
        restriction, equal = create_element("m:Restriction"), create_element("t:IsEqualTo")
        constant = create_element("t:FieldURIOrConstant")
        constant.append(create_element("t:Constant", attrs={"Value": self._value}))
        equal.append(create_element("t:FieldURI", attrs={"FieldURI": self._field}))
        equal.append(constant)
        restriction.append(equal)
        return restriction


class Sync(Whole, SyncFolderItems):  # type: ignore[misc]
    """Tells what changed after a state."""

    def _get_element_container(self, message: Any, name: Any = None) -> Any:
        if message.get("ResponseClass") == "Error":
            # exchangelib looks for a sync state first, which an error need not have.
            return EWSService._get_element_container(self, message, name)  # noqa: SLF001 - past it to its base
        return super()._get_element_container(message, name)


class Get(Whole, GetItem):  # type: ignore[misc]
    """Gives messages out."""


class Subscribe(Whole, SubscribeToStreaming):  # type: ignore[misc]
    """Begins to be told."""


class EndSubscription(Whole, Unsubscribe):  # type: ignore[misc]
    """Ends being told."""


class Stream(GetStreamingEvents):  # type: ignore[misc]
    """Tells the response that is read, so that somebody else can end it."""

    opened: Callable[[Any], None]

    def _get_response(self, payload: Any, api_version: str) -> Any:
        response = super()._get_response(payload, api_version)
        self.opened(response)
        return response


class Create(Whole, CreateItem):  # type: ignore[misc]
    """Makes messages."""

    def draft(self, message: Message, place: Any) -> ItemId:
        """Save a message; exchangelib's own call wants a folder that it has opened before."""
        (made,) = self._elems_to_objs(
            self._chunked_get_elements(
                self.get_payload,
                items=[message],
                folder=place,
                message_disposition="SaveOnly",
                send_meeting_invitations="SendToNone",
            )
        )
        if isinstance(made, Exception):
            raise made
        return ItemId(made.id, made.changekey)


class Send(Whole, SendItem):  # type: ignore[misc]
    """Sends a draft."""


class Find(Whole, FindItem):  # type: ignore[misc]
    """Finds messages by a property."""


class Delete(Whole, DeleteItem):  # type: ignore[misc]
    """Removes messages."""


def message_fields(*names: str) -> list[FieldPath]:
    """Properties of a message, as services are asked for them."""
    return [FieldPath(field=Message.get_field_by_fieldname(name)) for name in names]


def _back_off(msg_xml: Any) -> float | None:
    for value in msg_xml.findall(f"{_TYPES}Value") if msg_xml is not None else ():
        if value.get("Name") == "BackOffMilliseconds" and (value.text or "").isdigit():
            return int(value.text) / 1000
    return None
