"""Text messages through Asterisk (SIP MESSAGE, RFC 3428): what comes over our lines, and sending over them.

What is too long leaves in parts, and where a later part fails it is unconfirmed. A final refusal is permanent;
busy, 5xx or a refused sign-in is temporary; silence is unconfirmed and never repeated. What came while no hub
listened lies as a file and is taken once.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote
from uuid import UUID

from app.domain.deliveries import DeliveryState
from app.domain.sms import parts
from app.services.outbox import Outcome
from app.services.sms import TextArrived
from app.switch.ari_events import TextCame
from app.switch.ari_http import AriError
from app.switch.ari_stream import switch_events

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from pathlib import Path

    from app.services.outbox import Parcel, Transport
    from app.services.sms import SmsLine
    from app.switch.ari import Ari
    from app.switch.text_watch import TextWatch

MOST_BYTES: Final = 1000
"""Of one MESSAGE: with its head it stays below 1300 bytes, which is all that may go by UDP (RFC 3428, section 8)."""
ANSWER_S: Final = 35
"""After 32 s a request without an answer is given up (RFC 3261, timer F)."""
NAME_HEADER: Final = "X-Guichet-Text"
_BUSY = frozenset({408, 429, 480, 486, 491, 500, 503, 504, 600})
_REFUSED_US = frozenset({401, 403, 407})
_S = DeliveryState


def line_name(trunk_id: UUID) -> str:
    """A trunk's name on the switch: two organisations may call theirs the same."""
    return f"line-{trunk_id.hex}"


def trunk_of(endpoint: str) -> UUID | None:
    """The trunk of an endpoint's name, or None when it is somebody's phone."""
    prefix, _, digits = endpoint.partition("-")
    return UUID(hex=digits) if prefix == "line" and len(digits) == 32 else None


class SwitchTexts:
    """Both directions over one Asterisk; `watch` hears what the other side answers, where the switch is our own."""

    def __init__(self, ari: Ari, application: str, watch: TextWatch | None = None, folder: Path | None = None) -> None:
        # An application of this hub alone: another hub hears the same, and the ledger takes a message once.
        self._ari, self._application, self._watch, self._folder = ari, application, watch, folder

    async def arrivals(self) -> AsyncIterator[TextArrived]:
        """What comes over the lines, for ever; what a phone or the demo's trunk sends is nobody's SMS."""
        if self._watch is not None:
            await self._watch.open()
        async with contextlib.aclosing(switch_events(self._ari.address, self._application, "endpoint:")) as events:
            async for event in events:
                if isinstance(event, TextCame) and (trunk := trunk_of(event.endpoint)) is not None:
                    call, number = event.variables.get("Call-ID", ""), event.variables.get("CSeq", "")
                    name = _name(call, number)
                    yield TextArrived(trunk, user_of(event.sender), user_of(event.to), event.text, name)

    async def kept(self) -> Sequence[tuple[str, TextArrived]]:
        """What the dialplan kept (extensions.conf): the same that ARI told of, and what it had nobody to tell."""
        return await asyncio.to_thread(self._read_kept) if self._folder is not None else ()

    async def forget(self, name: str) -> None:
        """Take a kept message away."""
        if self._folder is not None:
            await asyncio.to_thread((self._folder / name).unlink, missing_ok=True)

    def _read_kept(self) -> list[tuple[str, TextArrived]]:
        assert self._folder is not None
        found = []
        for file in sorted(self._folder.glob("*.text")):
            try:
                words = [base64.b64decode(word, validate=True).decode() for word in file.read_text().split(" ")]
                sender, to, call, number, text = words
            except (OSError, ValueError):
                continue  # it is being written at this moment
            found.append((file.name, TextArrived(None, user_of(sender), user_of(to), text, _name(call, number))))
        return found

    def transport(self, line: SmsLine) -> Transport:
        """The way out over a line's trunk."""
        assert line.trunk_id is not None
        return SipSms(self._ari, line_name(line.trunk_id), line.number, self._watch)

    async def close(self) -> None:
        """Hear nothing any more."""
        if self._watch is not None:
            self._watch.close()
        await self._ari.close()


class SipSms:
    """The way out of one line. A MESSAGE that may have arrived is never repeated."""

    def __init__(self, ari: Ari, endpoint: str, number: str, watch: TextWatch | None) -> None:
        self._ari, self._endpoint, self._number, self._watch = ari, endpoint, number, watch

    async def send(self, parcel: Parcel) -> Mapping[str, Outcome]:
        """Hand a message over once, to each of its recipients."""
        return {recipient: await self._send(parcel, recipient) for recipient in parcel.recipients}

    async def was_sent(self, external_id: str) -> bool | None:  # noqa: ARG002 - the port's
        """SIP keeps nothing that could be asked."""
        return None

    async def close(self) -> None:
        """The connection is the switch's."""

    async def _send(self, parcel: Parcel, recipient: str) -> Outcome:
        try:
            contact = await self._ari.contact_of(self._endpoint)
        except AriError:
            return Outcome(_S.TEMPORARY, "the switch does not answer")
        if contact is None:
            return Outcome(_S.TEMPORARY, "the line does not answer")
        texts = parts(parcel.raw.decode("utf-8"), MOST_BYTES)
        outcome = Outcome(_S.PERMANENT, "nothing to send")
        for number, text in enumerate(texts):
            name = f"{parcel.external_id.strip('<>').partition('@')[0]}-{recipient}-{number}"
            outcome = await self._send_part(contact, recipient, name, text)
            if outcome.state is not _S.DELIVERED and number > 0:
                # A part has arrived: sent again, she would read it twice.
                return Outcome(_S.UNCONFIRMED, f"part {number + 1} of {len(texts)}: {outcome.reason}")
            if outcome.state is not _S.DELIVERED:
                break
        return outcome

    async def _send_part(self, contact: str, recipient: str, name: str, text: str) -> Outcome:
        to = f"pjsip:{self._endpoint}/sip:{recipient}@{contact}"
        sender = f"sip:{self._number}@{contact.partition(';')[0].rpartition(':')[0] or contact}"
        watching = self._watch.watch(name) if self._watch is not None else contextlib.nullcontext()
        with watching as answers:
            try:
                await self._ari.send_text(to, sender, text, {NAME_HEADER: name})
            except AriError as error:
                if 400 <= error.status < 500:
                    return Outcome(_S.PERMANENT, f"the switch refused it: {error.status}")
                return Outcome(_S.UNCONFIRMED, "the switch stopped")
            if answers is None:
                return Outcome(_S.DELIVERED, "accepted")  # a switch of somebody else does not tell more
            return await _outcome(answers)


async def _outcome(answers: asyncio.Queue[tuple[int, str]]) -> Outcome:
    last = (0, "")
    try:
        async with asyncio.timeout(ANSWER_S):
            while True:
                last = await answers.get()
                # A challenge is answered by the switch, with the same request once more.
                if last[0] >= 200 and last[0] not in {401, 407}:
                    break
                if last[0] >= 300:
                    async with asyncio.timeout(3):
                        last = await answers.get()
                    break
    except TimeoutError:
        if last[0] < 300:
            return Outcome(_S.UNCONFIRMED, "the line did not say")
    status, said = last
    if status < 300:
        return Outcome(_S.DELIVERED, "accepted")
    reason = f"{status} {said}".strip()[:400]
    return Outcome(_S.TEMPORARY if status in _BUSY | _REFUSED_US else _S.PERMANENT, reason)


def user_of(address: str) -> str:
    """The user part of a SIP or tel address, as a display name and parameters may stand around it (RFC 3261, 25.1)."""
    inner = address.rpartition("<")[2].partition(">")[0] if "<" in address else address
    scheme, colon, rest = inner.strip().partition(":")
    user = (rest if colon and scheme.lower() in {"sip", "sips", "tel", "pjsip"} else inner).partition("@")[0]
    return unquote(user.partition(";")[0]).strip()


def _name(call: str, number: str) -> str:
    """What a MESSAGE is known by when it comes again: its Call-ID and number."""
    return f"sip:{quote(call.strip(), safe='@.-')}:{number.strip().partition(' ')[0]}" if call.strip() else ""
