"""What the other side answers to our MESSAGEs: Asterisk mirrors its SIP to us (HEP 3), since ARI does not tell."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import struct
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.switch.configuration import AriAddress

log = logging.getLogger(__name__)

_PAYLOAD, _KEY = 0x000F, 0x000E
"""Kinds of chunks of a packet (HEP3 network protocol specification, sections 3.1 and 3.2)."""
MOST_CALLS: Final = 2000


class TextWatch(asyncio.DatagramProtocol):
    """Listens on loopback, at the UDP port of ARI's number; who does not know ARI's password is not believed."""

    def __init__(self, ari: AriAddress) -> None:
        self._port, self._key = int(ari.url.rpartition(":")[2].partition("/")[0]), ari.password.encode()
        self._waiting: dict[str, asyncio.Queue[tuple[int, str]]] = {}
        self._calls: OrderedDict[str, str] = OrderedDict()
        self._transport: asyncio.DatagramTransport | None = None

    async def open(self) -> None:
        """Begin to hear; again does nothing."""
        if self._transport is None:
            loop, here = asyncio.get_running_loop(), ("127.0.0.1", self._port)
            try:
                self._transport = (await loop.create_datagram_endpoint(lambda: self, local_addr=here))[0]
            except OSError as error:
                # Another hub hears it: what we send counts as accepted once the switch has it.
                log.warning("what becomes of SIP messages is not heard: %s", error.strerror)

    def close(self) -> None:
        """Hear nothing any more."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    @contextlib.contextmanager
    def watch(self, name: str) -> Iterator[asyncio.Queue[tuple[int, str]] | None]:
        """Statuses and phrases of the answers to a MESSAGE of that name; None where nothing is heard."""
        if self._transport is None:
            yield None
            return
        queue: asyncio.Queue[tuple[int, str]] = asyncio.Queue()
        self._waiting[name] = queue
        try:
            yield queue
        finally:
            del self._waiting[name]
            # It may be tried again under its name: what is still said of this try is no answer to the next one.
            for call in [call for call, its in self._calls.items() if its == name]:
                del self._calls[call]

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002 - asyncio's
        """Match an answer with its request by the Call-ID."""
        payload = unpacked(data, self._key)
        if payload is None or b"MESSAGE" not in payload[:4000]:
            return
        head = payload.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
        first, _, lines = head.partition("\r\n")
        fields = {
            name.strip().lower(): value.strip()
            for name, colon, value in (line.partition(":") for line in lines.split("\r\n"))
            if colon
        }
        call = fields.get("call-id") or fields.get("i") or ""
        if first.startswith("MESSAGE ") and fields.get("x-guichet-text") in self._waiting:
            self._calls[call] = fields["x-guichet-text"]
            while len(self._calls) > MOST_CALLS:
                self._calls.popitem(last=False)
        elif first.startswith("SIP/2.0 ") and fields.get("cseq", "").endswith("MESSAGE"):
            _, status, phrase = (*first.split(" ", 2), "", "")[:3]
            queue = self._waiting.get(self._calls.get(call, ""))
            if queue is not None and status.isdigit():
                queue.put_nowait((int(status), phrase))


def unpacked(data: bytes, key: bytes) -> bytes | None:
    """The SIP message in a packet, None where it is none or its key is another."""
    if data[:4] != b"HEP3" or len(data) < 6:
        return None
    payload, signed, at = None, False, 6
    while at + 6 <= len(data):
        _, kind, length = struct.unpack_from("!HHH", data, at)
        if length < 6:
            return None
        chunk = data[at + 6 : at + length]
        payload = chunk if kind == _PAYLOAD else payload
        signed = signed or (kind == _KEY and hmac.compare_digest(chunk, key))
        at += length
    return payload if signed else None
