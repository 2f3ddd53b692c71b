"""A telephone operator that speaks SIP MESSAGE over UDP, on an address of its own; answers are what a test wishes."""

import asyncio
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from app.chat.provider_double import Sent

HOST = "127.0.0.2"
SILENT = 0


@dataclass
class Asked:
    """One request or answer as it came."""

    first: str
    head: dict[str, str]
    body: str
    raw_head: str


class SipOperator(asyncio.DatagramProtocol):
    """Takes MESSAGEs and keeps them; `becomes` gives the status for a number, SILENT for none at all."""

    def __init__(self, host: str = HOST) -> None:
        self.host = host
        self.becomes: Callable[[str], int] = lambda number: 404 if number.endswith("00") else 202
        self.sent: list[Sent] = []
        self.sizes: list[int] = []
        self._answers: dict[str, asyncio.Future[int]] = {}
        self._seen: set[str] = set()
        self._told: list[tuple[Asked, tuple[str, int], int]] = []
        self._transport: asyncio.DatagramTransport | None = None
        self.port = 0

    async def open(self, port: int = 0) -> None:
        loop = asyncio.get_running_loop()
        made = await loop.create_datagram_endpoint(lambda: self, local_addr=(self.host, port))
        self._transport = made[0]
        self.port = made[0].get_extra_info("sockname")[1]

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    async def text(self, switch_port: int, sender: str, to: str, text: str, name: str = "") -> int:
        """Send a MESSAGE to the switch; the final status that it answers, 0 when it says nothing."""
        call = name or uuid.uuid4().hex
        body = text.encode()
        head = (
            f"MESSAGE sip:{to}@127.0.0.1:{switch_port} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {self.host}:{self.port};branch=z9hG4bK{uuid.uuid4().hex}\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:{sender}@{self.host}>;tag={uuid.uuid4().hex[:8]}\r\n"
            f"To: <sip:{to}@127.0.0.1>\r\nCall-ID: {call}\r\nCSeq: 1 MESSAGE\r\n"
            f"Content-Type: text/plain; charset=UTF-8\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        answer = self._answers[call] = asyncio.get_running_loop().create_future()
        assert self._transport is not None
        self._transport.sendto(head.encode() + body, ("127.0.0.1", switch_port))
        try:
            return await asyncio.wait_for(answer, 3)
        except TimeoutError:
            return SILENT

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        asked = _read(data)
        if asked.first.startswith("SIP/2.0 "):
            status, waiting = int(asked.first.split(" ")[1]), self._answers.get(asked.head["call-id"])
            if status >= 200 and waiting is not None and not waiting.done():
                waiting.set_result(status)
        elif asked.first.startswith("MESSAGE "):
            self._take(asked, addr, len(data))
        else:
            self._answer(asked, addr, 200)

    def _take(self, asked: Asked, addr: tuple[str, int], size: int) -> None:
        to = asked.first.split(" ")[1].removeprefix("sip:").partition("@")[0]
        status, again = self.becomes(to), asked.head["via"] in self._seen
        self._seen.add(asked.head["via"])
        if not again and status < 300:
            sender = re.search(r"sip:([^@>]+)@", asked.head["from"])
            assert sender is not None
            self.sent.append(Sent(asked.head["call-id"], sender[1], to, asked.body))
            self.sizes.append(size)
        if status != SILENT:
            self._told.append((asked, addr, status))
            self._answer(asked, addr, status)

    def say_again(self) -> None:
        """Repeat every answer that was given, as a slow operator does who was asked twice."""
        for asked, addr, status in self._told:
            self._answer(asked, addr, status)

    def _answer(self, asked: Asked, addr: tuple[str, int], status: int) -> None:
        vias = "\r\n".join(line for line in asked.raw_head.split("\r\n") if line.lower().startswith("via:"))
        lines = (
            f"SIP/2.0 {status} Said", vias, f"From: {asked.head['from']}", f"To: {asked.head['to']};tag=operator",
            f"Call-ID: {asked.head['call-id']}", f"CSeq: {asked.head['cseq']}", "Content-Length: 0",
        )  # fmt: skip
        if self._transport is not None:
            self._transport.sendto(("\r\n".join(lines) + "\r\n\r\n").encode(), addr)


def _read(data: bytes) -> Asked:
    head, _, body = data.partition(b"\r\n\r\n")
    first, _, lines = head.decode().partition("\r\n")
    fields = {
        name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in lines.split("\r\n"))
    }
    return Asked(first, fields, body.decode(), lines)
