"""A switch made of two sockets: it registers whoever comes, calls, sends what it likes, and may fall silent."""

import asyncio
import re
import uuid
from collections.abc import Callable

from tests.voice.parties import until

HOST = "127.0.0.1"
Address = tuple[str, int]


class FalseSwitch:
    """Speaks just enough SIP over UDP to be a phone's switch, and sends RTP while `speaking`."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.phone: Address | None = None
        self.speaking = True
        self.listening = True
        self.negotiating = True
        """Whether an INVITE of the phone is answered at once; else it waits for `take`."""
        self.rtp_received = 0
        self._sip: asyncio.DatagramTransport | None = None
        self._rtp: asyncio.DatagramTransport | None = None
        self._rtp_to: Address | None = None
        self._talk: asyncio.Task[None] | None = None
        self._branches = 0

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._sip, _ = await loop.create_datagram_endpoint(lambda: _Socket(self._heard), local_addr=(HOST, 0))
        self._rtp, _ = await loop.create_datagram_endpoint(lambda: _Socket(self._heard_rtp), local_addr=(HOST, 0))
        self._talk = asyncio.create_task(self._speak())

    def close(self) -> None:
        assert self._sip is not None
        assert self._rtp is not None
        assert self._talk is not None
        self._talk.cancel()
        self._sip.close()
        self._rtp.close()

    @property
    def port(self) -> int:
        assert self._sip is not None
        return int(self._sip.get_extra_info("sockname")[1])

    def send(self, message: str | bytes) -> None:
        """Send any bytes to the phone."""
        assert self._sip is not None
        self._sip.sendto(message.encode() if isinstance(message, str) else message, self.phone)

    async def answers(self, start: str, within_s: float = 5.0) -> str:
        """The first message that begins like this, waited for and then forgotten."""
        found = await until(lambda: next((m for m in self.received if m.startswith(start)), None), start, within_s)
        self.received.remove(found)
        return found

    async def final_answer(self, call_id: str, method: str, within_s: float = 5.0) -> str:
        """The final answer to a request of ours."""

        def find() -> str | None:
            for message in self.received:
                is_final = re.match(r"SIP/2.0 [2-6]", message)
                if is_final and call_id in _header(message, "Call-ID") and method in _header(message, "CSeq"):
                    return message
            return None

        return await until(find, f"an answer to {method}", within_s)

    async def is_answered(self) -> bool:
        """Whether the phone still answers an OPTIONS."""
        call_id = uuid.uuid4().hex
        self.send(self.request("OPTIONS", call_id, 1))
        try:
            await self.final_answer(call_id, "OPTIONS", 3)
        except AssertionError:
            return False
        return True

    def request(
        self, method: str, call_id: str, number: int, *, to_tag: str = "", headers: str = "", body: str = ""
    ) -> str:
        """A request of ours to the phone; header lines end with CRLF."""
        assert self.phone is not None
        self._branches += 1
        tag = f";tag={to_tag}" if to_tag else ""
        kind = "Content-Type: application/sdp\r\n" if body else ""
        return (
            f"{method} sip:camille@{HOST}:{self.phone[1]} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {HOST}:{self.port};branch=z9hG4bK{self._branches}-{call_id};rport\r\n"
            f"From: <sip:+33380221417@{HOST}>;tag=ours\r\n"
            f"To: <sip:camille@{HOST}>{tag}\r\n"
            f"Call-ID: {call_id}\r\n"
            f"CSeq: {number} {method}\r\n"
            f"Contact: <sip:switch@{HOST}:{self.port}>\r\n"
            f"Max-Forwards: 70\r\n{headers}{kind}Content-Length: {len(body)}\r\n\r\n{body}"
        )

    def sdp(self, direction: str = "sendrecv") -> str:
        assert self._rtp is not None
        port = self._rtp.get_extra_info("sockname")[1]
        return (
            f"v=0\r\no=- 1 1 IN IP4 {HOST}\r\ns=-\r\nc=IN IP4 {HOST}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
            f"a={direction}\r\n"
        )

    def invite(self, call_id: str, headers: str = "") -> None:
        self.send(self.request("INVITE", call_id, 1, headers=headers, body=self.sdp()))

    async def acknowledge(self, call_id: str) -> str:
        """Take the 200 of our INVITE; returns the phone's tag."""
        ok = await self.final_answer(call_id, "INVITE")
        assert ok.startswith("SIP/2.0 200"), ok.splitlines()[0]
        tag = re.search(r"^To:.*;tag=([^\r\n;]+)", ok, re.MULTILINE | re.IGNORECASE)
        assert tag is not None
        self._send_rtp_to(ok)
        self.send(self.request("ACK", call_id, 1, to_tag=tag[1]))
        return tag[1]

    def take(self, invite: str) -> None:
        """Answer an INVITE of the phone."""
        self._send_rtp_to(invite)
        held = "a=sendonly" in invite or "a=inactive" in invite
        body = self.sdp("inactive" if held else "sendrecv")
        self._reply(invite, "200 OK", f"Contact: <sip:switch@{HOST}:{self.port}>\r\n", body)

    def _heard(self, data: bytes, source: Address) -> None:
        if not self.listening:
            return
        message = data.decode(errors="replace")
        if message.startswith("REGISTER"):
            self.phone = source
            self._reply(message, "200 OK", "Expires: 60\r\n" + _header(message, "Contact"))
        elif message.startswith("INVITE") and self.negotiating:
            self.take(message)
        elif message.startswith("BYE"):
            self._reply(message, "200 OK")
        self.received.append(message)

    def _reply(self, request: str, status: str, headers: str = "", body: str = "") -> None:
        assert self._sip is not None
        copied = "".join(_header(request, name) for name in ("Via", "From", "To", "Call-ID", "CSeq"))
        if ";tag=" not in _header(request, "To"):
            copied = copied.replace(_header(request, "To"), _header(request, "To").replace("\r\n", ";tag=ours\r\n"))
        kind = "Content-Type: application/sdp\r\n" if body else ""
        text = f"SIP/2.0 {status}\r\n{copied}{headers}{kind}Content-Length: {len(body)}\r\n\r\n{body}"
        self._sip.sendto(text.encode(), self.phone)

    def _send_rtp_to(self, message: str) -> None:
        if port := re.search(r"^m=audio (\d+)", message, re.MULTILINE):
            self._rtp_to = (HOST, int(port[1]))

    def _heard_rtp(self, data: bytes, _source: Address) -> None:
        self.rtp_received += 1

    async def _speak(self) -> None:
        sequence = 0
        while True:
            await asyncio.sleep(0.02)
            sequence += 1
            if self.speaking and self._rtp_to is not None and self._rtp is not None:
                head = bytes([0x80, 0]) + (sequence % 65536).to_bytes(2) + (sequence * 160 % 2**32).to_bytes(4)
                self._rtp.sendto(head + b"\0\0\0\1" + b"\xff" * 160, self._rtp_to)


class _Socket(asyncio.DatagramProtocol):
    def __init__(self, heard: Callable[[bytes, Address], None]) -> None:
        self._heard = heard

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._heard(data, addr)


def _header(message: str, name: str) -> str:
    found = re.search(rf"^{name}:[^\r\n]*\r\n", message, re.MULTILINE | re.IGNORECASE)
    return found[0] if found else ""
