"""The two ways of an SMS, told alike: an HTTP provider's, and SIP MESSAGE through a real Asterisk."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Protocol

from app.bootstrap.telephony import make_texts, private_switch
from app.chat.provider_double import Sent
from app.domain.ids import new_id
from app.services.sms import TextSwitch
from app.store.engine import connect
from app.switch.ari import Ari
from app.switch.instance import AsteriskInstance, SwitchAddress
from app.switch.provisioning import Provisioning, Trunk
from app.switch.texts import line_name
from tests.chat.counter import JANE, NUMBER, Texting
from tests.chat.sip_operator import HOST, SipOperator


class Way(Protocol):
    """A line's other side."""

    texting: Texting

    @property
    def switch(self) -> TextSwitch | None: ...

    @property
    def sent(self) -> list[Sent]: ...
    async def texts(self, text: str, sender: str = JANE, name: str = "") -> bool:
        """A customer writes; whether it was taken."""
        ...

    def becomes(self, status: int) -> None:
        """Answer so from now on: 0 not at all, 200 take it."""
        ...


class HttpWay:
    """By a provider."""

    def __init__(self, texting: Texting) -> None:
        self.texting = texting

    @property
    def switch(self) -> TextSwitch | None:
        return None

    @property
    def sent(self) -> list[Sent]:
        return self.texting.provider.sent

    async def texts(self, text: str, sender: str = JANE, name: str = "") -> bool:
        return await self.texting.texts(text, sender, name) == 200

    def becomes(self, status: int) -> None:
        self.texting.provider.fails_with = 0 if status == 200 else status
        self.texting.provider.hangs_up = status == 0


class SipWay:
    """By an operator's line."""

    def __init__(self, texting: Texting, switch: TextSwitch, address: SwitchAddress, operator: SipOperator) -> None:
        self.texting, self._switch, self.address, self.operator = texting, switch, address, operator

    @property
    def switch(self) -> TextSwitch | None:
        return self._switch

    @property
    def sent(self) -> list[Sent]:
        return self.operator.sent

    async def texts(self, text: str, sender: str = JANE, name: str = "") -> bool:
        return await self.operator.text(self.address.sip_port, sender, NUMBER, text, name) in {200, 202}

    def becomes(self, status: int) -> None:
        self.operator.becomes = lambda _: status


@contextlib.asynccontextmanager
async def sip_way(texting: Texting, instance: AsteriskInstance) -> AsyncIterator[SipWay]:
    """A trunk to an operator on this machine, a line over it, and the hub's part of the switch."""
    address = await instance.start()
    for left in instance.folders.texts.iterdir():
        left.unlink()
    operator = SipOperator()
    await operator.open()
    trunk = new_id()
    ada = await connect(texting.vallon.access("ada"))
    await ada.execute(
        "INSERT INTO trunks (id, organisation_id, name, host, port) VALUES ($1, $2, $3, $4, $5)",
        trunk, texting.vallon.organisation_id, f"op-{trunk.hex[:8]}", HOST, operator.port,
    )  # fmt: skip
    await ada.close()
    await texting.add_line(kind="sip", trunk_id=trunk, url="", account="", secret="", hooks_at="")
    ari = Ari(address.ari)
    pushing = Provisioning(ari)
    await pushing.push_trunk(Trunk(line_name(trunk), HOST, operator.port), asked_every_s=1)
    async with asyncio.timeout(20):
        while not await ari.is_online(line_name(trunk)):
            await asyncio.sleep(0.05)
    texts = make_texts(private_switch(instance, address))
    try:
        yield SipWay(texting, texts, address, operator)
    finally:
        await pushing.remove_trunk(line_name(trunk))
        operator.close()
        await texts.close()
        await ari.close()
