"""The hub's telephony: the private Asterisk of a profile, or one that exists, joined with the call book."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.ids import new_id
from app.hub.telephony import Telephony
from app.services.call_book import CallBook
from app.settings.paths import profile_paths
from app.settings.service_user import service_user
from app.store.call_book import PostgresCallBook
from app.store.engine import Access
from app.store.hub_feed import hub_hints
from app.store.lease import RENEW_S, take_lease
from app.store.session import Database
from app.switch.ari import Ari
from app.switch.asterisk_switch import AsteriskSwitch, endpoint_of
from app.switch.instance import AsteriskInstance, SwitchAddress
from app.switch.provisioning import AgentEndpoint, Provisioning, new_password
from app.switch.speech import Speech

LEASE = "telephony"
DEMO_TRUNK = "demo"


@dataclass(frozen=True, slots=True)
class PrivateSwitch:
    """The private Asterisk of a profile, running; `started_here` when it did not run before."""

    instance: AsteriskInstance
    address: SwitchAddress
    started_here: bool


async def start_private_switch(profile: str, prefix: Path) -> PrivateSwitch:
    """Start the profile's Asterisk from an unpacked `prefix`, or attach to it when it runs."""
    instance = AsteriskInstance(profile_paths(profile).data / "asterisk", prefix, user=service_user().name)
    was_alive = instance.is_alive
    return PrivateSwitch(instance, await instance.start(), not was_alive)


def make_telephony(database: Database, access: Access, switch: PrivateSwitch, journal: Path) -> Telephony:
    """The telephony worker over one private switch; `journal` keeps what the database could not take."""
    ari = Ari(switch.address.ari)
    holder = new_id()

    async def lease() -> int | None:
        return await take_lease(database, LEASE, holder)

    async def provision(book: CallBook) -> None:
        pushing = Provisioning(ari)
        names = []
        for line in await book.lines():
            password = line.password or new_password()
            name = endpoint_of(line.agent_id)
            await pushing.push_agent(AgentEndpoint(name, password, line.name, line.language))
            await book.write_line(line, name, password, switch.address.sip_host, switch.address.sip_port)
            names.append(name)
        await pushing.set_fallback(names)
        await pushing.set_emergency_trunk(DEMO_TRUNK)

    def hints() -> AsyncIterator[tuple[str, str]]:
        return hub_hints(access)

    return Telephony(
        switch=AsteriskSwitch(ari, DEMO_TRUNK, Speech(switch.instance.folders.prompts)),
        make_book=lambda epoch: PostgresCallBook(database, epoch),
        hints=hints,
        take_lease=lease,
        provision=provision,
        journal=journal,
        renew_s=RENEW_S,
    )
