"""SIP telephones by the hundred in one socket: they register, call, answer, hang up, and know when each thing happened.

Only for loopback: nothing is sent twice. Sound is one telephone's own byte, so that who hears whom can be told.
"""

import asyncio
import hashlib
import re
import socket
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

HOST: Final = "127.0.0.1"
PACKET_S: Final = 0.02
KEPT_ALIVE_EVERY: Final = 100
"""A silent telephone sends one packet in so many, lest the switch takes its line for broken."""
SILENCE: Final = 0xFF
Address = tuple[str, int]


@dataclass(eq=False)
class SipCall:
    """One call of one telephone; times are of the monotonic clock, 0 for what has not happened."""

    id: str
    user: str
    incoming: bool
    remote: str
    invite: str = ""
    peer_tag: str = ""
    cseq: int = 1
    rtp_to: Address | None = None
    began: float = field(default_factory=time.monotonic)
    rang: float = 0
    answered: float = 0
    ended: float = 0
    code: int = 0
    ended_by_peer: bool = False
    voice: int | None = None
    heard: list[tuple[float, int]] | None = None

    @property
    def header(self) -> str:
        """The hub's name for the call."""
        found = re.search(r"^X-Guichet-Call: *(\S+)", self.invite, re.MULTILINE)
        return found[1] if found else ""


class Telephones:
    """Every telephone of a benchmark; `on_ring` and `on_end` are told of their calls."""

    def __init__(self, switch_port: int) -> None:
        self._switch = (HOST, switch_port)
        self._sip: asyncio.DatagramTransport | None = None
        self._rtp: asyncio.DatagramTransport | None = None
        self._talking: asyncio.Task[None] | None = None
        self._registering: dict[str, tuple[str, asyncio.Future[None]]] = {}
        self.calls: dict[str, SipCall] = {}
        self._by_rtp: dict[Address, SipCall] = {}
        self.on_ring: Callable[[SipCall], None] = self.answer
        self.on_end: Callable[[SipCall], None] = lambda _: None

    async def open(self) -> None:
        """Take the sockets."""
        loop = asyncio.get_running_loop()
        self._sip, _ = await loop.create_datagram_endpoint(lambda: _Socket(self._message), sock=_socket())
        self._rtp, _ = await loop.create_datagram_endpoint(lambda: _Socket(self._packet), sock=_socket())
        self._talking = asyncio.create_task(self._talk())

    async def close(self) -> None:
        """Hang everything up and be gone."""
        for call in tuple(self.calls.values()):
            if not call.ended:
                self.hang_up(call)
        await asyncio.sleep(0.1)
        if self._talking is not None:
            self._talking.cancel()
            await asyncio.gather(self._talking, return_exceptions=True)
        for transport in (self._sip, self._rtp):
            if transport is not None:
                transport.close()

    async def register(self, user: str, password: str) -> None:
        """Be reachable as `user` (RFC 3261 §10, digest of RFC 2617)."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._registering[user] = (password, done)
        self._send(self._register(user, 1, ""))
        await asyncio.wait_for(done, 5)

    def call(self, number: str, caller: str, *, voice: int | None = None) -> SipCall:
        """Dial a number from outside, over the demo trunk."""
        call = SipCall(uuid.uuid4().hex, caller, incoming=False, remote=f"sip:{number}@{HOST}:{self._switch[1]}")
        call.voice, call.heard = voice, [] if voice is not None else None
        self.calls[call.id] = call
        self._send(self._request(call, "INVITE", self._sdp()))
        return call

    def answer(self, call: SipCall, voice: int | None = None) -> None:
        """Take a call that rings."""
        call.voice, call.heard = voice, [] if voice is not None else None
        call.answered = time.monotonic()
        self._reply(call.invite, "200 OK", call, self._sdp())

    def refuse(self, call: SipCall) -> None:
        """Be busy."""
        self._reply(call.invite, "486 Busy Here", call)
        self._over(call)

    def hang_up(self, call: SipCall) -> None:
        """End a call, also one that still rings on the other side."""
        if call.incoming and not call.answered and not call.ended:
            self.refuse(call)
        elif not call.ended:
            call.cseq += 1
            self._send(self._request(call, "BYE"))
            self._over(call)

    # SIP

    def _message(self, data: bytes, _source: Address) -> None:
        text = data.decode(errors="replace")
        start, call_id = text.partition("\r\n")[0], _value(text, "Call-ID")
        call = self.calls.get(call_id)
        if start.startswith("SIP/2.0"):
            if "REGISTER" in _value(text, "CSeq"):
                self._registered(text, int(start.split()[1]))
            elif call is not None:
                self._answered(call, text, int(start.split()[1]))
            return
        method = start.split()[0]
        if method == "INVITE" and call is None:
            self._rings(text, call_id)
        elif method == "INVITE":
            self._reply(text, "200 OK", call, self._sdp())
        elif method == "CANCEL" and call is not None:
            self._reply(text, "200 OK", call)
            self._reply(call.invite, "487 Request Terminated", call)
            self._over(call)
        elif method == "BYE":
            self._reply(text, "200 OK", call)
            if call is not None and not call.ended:
                call.ended_by_peer = True
                self._over(call)
        elif method != "ACK":
            self._reply(text, "200 OK", call)

    def _rings(self, text: str, call_id: str) -> None:
        user = text.partition(" ")[2].partition("@")[0].removeprefix("sip:")
        remote = re.search(r"<([^>]+)>", _value(text, "Contact"))
        call = SipCall(call_id, user, incoming=True, remote=remote[1] if remote else "", invite=text)
        call.peer_tag = _tag(_value(text, "From"))
        call.rtp_to = _rtp_of(text)
        self.calls[call_id] = call
        call.rang = time.monotonic()
        self._reply(text, "180 Ringing", call)
        self.on_ring(call)

    def _answered(self, call: SipCall, text: str, code: int) -> None:
        if "INVITE" not in _value(text, "CSeq") or code == 100:
            return
        if code < 200:
            call.rang = call.rang or time.monotonic()
            return
        call.code = code
        call.peer_tag = _tag(_value(text, "To"))
        if code >= 300:
            self._send(self._request(call, "ACK", branch=f"z9hG4bK{call.id}1"))
            self._over(call)
            return
        if not call.answered:
            call.answered = time.monotonic()
            call.rtp_to = _rtp_of(text)
            if call.rtp_to is not None:
                self._by_rtp[call.rtp_to] = call
        self._send(self._request(call, "ACK"))

    def _registered(self, text: str, code: int) -> None:
        user = _value(text, "To").partition("sip:")[2].partition("@")[0]
        password, done = self._registering[user]
        if code == 401:
            self._send(self._register(user, 2, _digest(_value(text, "WWW-Authenticate"), user, password)))
        elif not done.done():
            done.set_result(None)

    def _over(self, call: SipCall) -> None:
        call.ended = time.monotonic()
        if call.rtp_to is not None:
            self._by_rtp.pop(call.rtp_to, None)
        self.calls.pop(call.id, None)
        self.on_end(call)

    def _request(self, call: SipCall, method: str, body: str = "", branch: str = "") -> str:
        ours = f"<sip:{call.user}@{HOST}>;tag=t{call.id}"
        theirs = f"<{call.remote}>" + (f";tag={call.peer_tag}" if call.peer_tag else "")
        branch = branch or f"z9hG4bK{call.id}{call.cseq}{'a' if method == 'ACK' else ''}"
        return _message(f"{method} {call.remote} SIP/2.0", (
            f"Via: SIP/2.0/UDP {HOST}:{self._port};branch={branch};rport",
            f"From: {ours}", f"To: {theirs}", f"Call-ID: {call.id}", f"CSeq: {call.cseq} {method}",
            f"Contact: <sip:{call.user}@{HOST}:{self._port}>", "Max-Forwards: 70",
        ), body)  # fmt: skip

    def _register(self, user: str, number: int, authorization: str) -> str:
        lines = [
            f"Via: SIP/2.0/UDP {HOST}:{self._port};branch=z9hG4bK{user}{number};rport",
            f"From: <sip:{user}@{HOST}>;tag=r", f"To: <sip:{user}@{HOST}>", f"Call-ID: register-{user}",
            f"CSeq: {number} REGISTER", f"Contact: <sip:{user}@{HOST}:{self._port}>", "Expires: 300",
            "Max-Forwards: 70",
        ]  # fmt: skip
        if authorization:
            lines.append(f"Authorization: {authorization}")
        return _message(f"REGISTER sip:{HOST}:{self._switch[1]} SIP/2.0", tuple(lines))

    def _reply(self, request: str, status: str, call: SipCall | None, body: str = "") -> None:
        to = _value(request, "To")
        tag = "" if ";tag=" in to or call is None else f";tag=t{call.id}"
        vias = re.findall(r"^Via:[^\r\n]*", request, re.MULTILINE)
        self._send(_message(f"SIP/2.0 {status}", (
            *vias, f"From: {_value(request, 'From')}", f"To: {to}{tag}", f"Call-ID: {_value(request, 'Call-ID')}",
            f"CSeq: {_value(request, 'CSeq')}", f"Contact: <sip:{call.user if call else 'us'}@{HOST}:{self._port}>",
        ), body))  # fmt: skip

    def _sdp(self) -> str:
        assert self._rtp is not None
        port = self._rtp.get_extra_info("sockname")[1]
        return (
            f"v=0\r\no=- 1 1 IN IP4 {HOST}\r\ns=-\r\nc=IN IP4 {HOST}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n"
        )

    def _send(self, text: str) -> None:
        assert self._sip is not None
        self._sip.sendto(text.encode(), self._switch)

    @property
    def _port(self) -> int:
        assert self._sip is not None
        return int(self._sip.get_extra_info("sockname")[1])

    # Sound

    def _packet(self, data: bytes, source: Address) -> None:
        call = self._by_rtp.get(source)
        if call is not None and call.heard is not None and len(data) > 100:
            sound = data[12:].translate(None, b"\xff\x7f")  # PCMU's two zeros
            call.heard.append((time.monotonic(), sound[len(sound) // 2] if sound else SILENCE))

    async def _talk(self) -> None:
        assert self._rtp is not None
        beat, due = 0, time.monotonic()
        while True:
            beat, due = beat + 1, due + PACKET_S
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            head = bytes([0x80, 0]) + (beat % 65536).to_bytes(2) + (beat * 160 % 2**32).to_bytes(4)
            for call in tuple(self.calls.values()):
                silent = call.voice is None
                if call.answered and call.rtp_to and not (silent and (beat + hash(call)) % KEPT_ALIVE_EVERY):
                    voice = bytes([SILENCE if call.voice is None else call.voice]) * 160
                    self._rtp.sendto(head + (hash(call) & 0xFFFFFFFF).to_bytes(4) + voice, call.rtp_to)


class _Socket(asyncio.DatagramProtocol):
    def __init__(self, heard: Callable[[bytes, Address], None]) -> None:
        self._heard = heard

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._heard(data, addr)


def _socket() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_000_000)
    made.bind((HOST, 0))
    made.setblocking(False)
    return made


def _message(start: str, lines: tuple[str, ...], body: str = "") -> str:
    kind = ("Content-Type: application/sdp",) if body else ()
    return "\r\n".join((start, *lines, *kind, f"Content-Length: {len(body)}", "", body))


def _value(text: str, name: str) -> str:
    found = re.search(rf"^{name}: *([^\r\n]*)", text, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


def _tag(header: str) -> str:
    return header.partition(";tag=")[2].partition(";")[0]


def _rtp_of(text: str) -> Address | None:
    found = re.search(r"^m=audio (\d+)", text, re.MULTILINE)
    return (HOST, int(found[1])) if found else None


def _digest(challenge: str, user: str, password: str) -> str:
    asked = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    uri = f"sip:{HOST}"

    def md5(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    secret, act = md5(f"{user}:{asked['realm']}:{password}"), md5(f"REGISTER:{uri}")
    if "qop" in asked:
        response = md5(f"{secret}:{asked['nonce']}:00000001:c:auth:{act}")
        more = ', qop=auth, nc=00000001, cnonce="c"'
    else:
        response, more = md5(f"{secret}:{asked['nonce']}:{act}"), ""
    opaque = f', opaque="{asked["opaque"]}"' if "opaque" in asked else ""
    return (
        f'Digest username="{user}", realm="{asked["realm"]}", nonce="{asked["nonce"]}", uri="{uri}", '
        f'response="{response}"{opaque}{more}, algorithm=MD5'
    )
