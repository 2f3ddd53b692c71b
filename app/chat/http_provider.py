"""Sending by a provider's HTTP interface: one form, basic auth, an id back; its web hooks tell the rest."""

import re
from collections.abc import Mapping
from typing import Any

import aiohttp

from app.domain.deliveries import DeliveryState
from app.services.outbox import Outcome, Parcel
from app.services.sms import SmsLine

PATIENCE_S = 15
_BUSY = frozenset({429, 503})
_S = DeliveryState


class HttpSms:
    """The way out of one line. A request that may have arrived is never repeated: its web hook tells."""

    def __init__(self, line: SmsLine) -> None:
        self._line = line
        self._session: aiohttp.ClientSession | None = None

    async def send(self, parcel: Parcel) -> Mapping[str, Outcome]:
        """Hand a message over once, to each of its recipients."""
        return {recipient: await self._send(parcel, recipient) for recipient in parcel.recipients}

    async def was_sent(self, external_id: str) -> bool | None:  # noqa: ARG002 - the port's
        """The provider knows messages by its own ids alone; what it took it tells by its web hook."""
        return None

    async def look(self) -> tuple[str, str]:
        """Whether the provider is there and knows the account: `reachable`, `rejected` or `unreachable`, and its word.

        Its list of messages is asked for, of which such providers give the first page; nothing is sent.
        """
        try:
            async with self._opened().get(self._line.url, params={"PageSize": "1"}, allow_redirects=False) as answer:
                said = await _said(answer) if answer.status >= 400 else {}
                word = f"HTTP {answer.status} {said.get('message', '')}".strip()
        except aiohttp.ClientConnectorError as error:
            return "unreachable", error.os_error.strerror or ""
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return "unreachable", type(error).__name__
        if answer.status in {401, 403}:
            return "rejected", word
        # Who takes messages and lists none says so (405); what is not found is another address.
        return ("unreachable", word) if answer.status == 404 or answer.status >= 500 else ("reachable", "")

    async def close(self) -> None:
        """Let the connection go."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _send(self, parcel: Parcel, recipient: str) -> Outcome:
        form = {"To": recipient, "From": self._line.number, "Body": parcel.raw.decode("utf-8")}
        if self._line.hooks_at:
            form["StatusCallback"] = status_address(self._line, parcel.external_id)
        try:
            async with self._opened().post(self._line.url, data=form, allow_redirects=False) as answer:
                return _outcome(answer.status, answer.headers.get("Retry-After", ""), await _said(answer))
        except aiohttp.ClientConnectorError as error:
            # Nobody was there: nothing left.
            return Outcome(_S.TEMPORARY, f"the provider does not answer: {error.os_error.strerror or ''}".strip(": "))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Outcome(_S.UNCONFIRMED, f"the provider stopped: {type(error).__name__}")

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"Authorization": aiohttp.encode_basic_auth(self._line.account, self._line.secret)},
                timeout=aiohttp.ClientTimeout(total=PATIENCE_S, connect=5),
                connector=aiohttp.TCPConnector(limit=16),
            )
        return self._session


def status_address(line: SmsLine, external_id: str) -> str:
    """Where the provider tells of a message; the id in it is ours, known before it is sent."""
    return f"{line.hooks_at}/sms/{line.id}/status/{external_id.strip('<>').partition('@')[0]}"


async def _said(answer: aiohttp.ClientResponse) -> dict[str, Any]:
    try:
        said = await answer.json(content_type=None)
    except (TimeoutError, ValueError, aiohttp.ClientError):
        return {}
    return said if isinstance(said, dict) else {}


def _outcome(status: int, after: str, said: dict[str, Any]) -> Outcome:
    reason = re.sub(r"\s+", " ", f"{said.get('code', '') or status} {said.get('message', '')}").strip()[:400]
    if 200 <= status < 300:
        return Outcome(_S.DELIVERED, "accepted", sent_as=str(said.get("sid", ""))[:1000])
    if status in _BUSY:
        return Outcome(_S.TEMPORARY, reason, after_s=min(float(after), 3600.0) if after.isdigit() else 0.0)
    # Behind a gateway nobody knows whether it was taken; a sign-in that is refused is mended by who set it up.
    if status >= 500:
        return Outcome(_S.UNCONFIRMED, reason)
    return Outcome(_S.TEMPORARY if status in {401, 403} else _S.PERMANENT, reason)
