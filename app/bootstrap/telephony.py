"""The hub's telephony: the private Asterisk of a profile, or one that exists, joined with the call book."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.domain.ids import new_id
from app.domain.phone import SipCredentials, SipTransport
from app.hub.telephony import Telephony
from app.services.call_book import CallBook, OutsideLine
from app.settings.paths import profile_paths
from app.settings.service_user import service_user
from app.settings.switch import ExistingSwitch, PhonesElsewhere
from app.store.call_book import PostgresCallBook
from app.store.engine import Access
from app.store.hub_hints import hub_hints
from app.store.lease import RENEW_S, take_lease
from app.store.session import Database
from app.switch.ari import Ari
from app.switch.asterisk_switch import AsteriskSwitch, endpoint_of
from app.switch.certificates import OwnCertificate, own_certificate
from app.switch.configuration import AriAddress, SwitchSettings, TlsFiles
from app.switch.instance import AsteriskInstance, SwitchAddress
from app.switch.provisioning import AgentEndpoint, Provisioning, Trunk, is_here, new_password
from app.switch.speech import Speech
from app.switch.text_watch import TextWatch
from app.switch.texts import SwitchTexts, line_name

LEASE = "telephony"
DEMO_TRUNK = "demo"
LOOKS, LOOK_EVERY_S = 20, 0.25
OUTSIDE_PORT = 5060


@dataclass(frozen=True, slots=True)
class PhonesReach:
    """Where the agents' phones register; TLS where they may be on other machines."""

    host: str
    port: int
    transport: SipTransport = SipTransport.UDP
    authority: str = ""
    stun: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunningSwitch:
    """An Asterisk that answers; `instance` is our private one, and `started_here` when it did not run before."""

    ari: AriAddress
    phones: PhonesReach
    sounds: Path | None
    instance: AsteriskInstance | None = None
    started_here: bool = False


def private_switch(
    instance: AsteriskInstance, address: SwitchAddress, phones: PhonesReach | None = None, *, started_here: bool = False
) -> RunningSwitch:
    """Our own Asterisk, running; phones on this machine alone, unless told otherwise."""
    reach = phones or PhonesReach(address.sip_host, address.sip_port)
    return RunningSwitch(address.ari, reach, instance.folders.prompts, instance, started_here)


def existing_switch(existing: ExistingSwitch, elsewhere: PhonesElsewhere | None) -> RunningSwitch:
    """An Asterisk that somebody else runs: nothing is started or stopped."""
    reach = PhonesReach(existing.sip_host, existing.sip_port)
    if elsewhere is not None:
        assert elsewhere.authority is not None
        reach = _reach(elsewhere, elsewhere.authority)
    return RunningSwitch(AriAddress(existing.url, existing.user, existing.password), reach, existing.sounds)


async def start_private_switch(
    profile: str, prefix: Path, database: Database, elsewhere: PhonesElsewhere | None
) -> RunningSwitch:
    """Start the profile's Asterisk from an unpacked `prefix`, or attach to it when it runs.

    It listens beyond this machine only for `elsewhere` and when a line leads there; the first such line needs a new
    start of the hub.
    """
    hosts = await database.rows("SELECT host FROM trunks WHERE archived_at IS NULL")
    outside = any(not is_here(row["host"]) for row in hosts)
    folder = profile_paths(profile).data / "asterisk"
    tls, phones = None, None
    if elsewhere is not None:
        files = _tls_files(folder / "tls", elsewhere)
        tls = TlsFiles(elsewhere.listen, elsewhere.port, files.certificate, files.key)
        phones = _reach(elsewhere, files.authority)
    settings = SwitchSettings(outside_port=OUTSIDE_PORT if outside else 0, tls=tls)
    instance = AsteriskInstance(folder, prefix, user=service_user().name, settings=settings)
    was_alive = instance.is_alive
    return private_switch(instance, await instance.start(), phones, started_here=not was_alive)


def _tls_files(folder: Path, elsewhere: PhonesElsewhere) -> OwnCertificate:
    if elsewhere.authority is None or elsewhere.certificate is None or elsewhere.key is None:
        return own_certificate(folder, elsewhere.host)
    return OwnCertificate(elsewhere.authority, elsewhere.certificate, elsewhere.key)


def _reach(elsewhere: PhonesElsewhere, authority: Path) -> PhonesReach:
    pem = authority.read_text(encoding="ascii")
    return PhonesReach(elsewhere.host, elsewhere.port, SipTransport.TLS, pem, elsewhere.stun)


def _trunk(line: OutsideLine) -> Trunk:
    return Trunk(
        line_name(line.trunk_id),
        line.host,
        line.port,
        line.username,
        line.password,
        line.registers,
        line.matches,
        line.codecs,
    )


async def push_lines(pushing: Provisioning, switch: AsteriskSwitch, lines: tuple[OutsideLine, ...]) -> None:
    """Every line to the outside into the switch; without any, numbers are called over the demo trunk."""
    for line in lines:
        await pushing.push_trunk(_trunk(line))
    switch.trunks = tuple(line_name(line.trunk_id) for line in lines) or (DEMO_TRUNK,)
    await pushing.set_emergency_trunk(switch.trunks[0])


def make_texts(switch: RunningSwitch) -> SwitchTexts:
    """The switch's text messages for one hub; only our own switch tells what became of them."""
    application = f"guichet-texts-{new_id().hex}"
    if switch.instance is None:
        return SwitchTexts(Ari(switch.ari), application)
    return SwitchTexts(Ari(switch.ari), application, TextWatch(switch.ari), switch.instance.folders.texts)


def make_telephony(database: Database, access: Access, switch: RunningSwitch, journal: Path) -> Telephony:
    """The telephony worker over one switch; `journal` keeps what the database could not take."""
    ari, phones = Ari(switch.ari), switch.phones
    asterisk = AsteriskSwitch(ari, DEMO_TRUNK, Speech(switch.sounds))
    holder = new_id()

    async def lease() -> int | None:
        return await take_lease(database, LEASE, holder)

    async def provision(book: CallBook) -> None:
        pushing = Provisioning(ari)
        names = []
        for line in await book.lines():
            password = line.password or new_password()
            name = endpoint_of(line.agent_id)
            encrypted = phones.transport is SipTransport.TLS
            await pushing.push_agent(
                AgentEndpoint(name, password, line.name, line.language, encrypted, tries_ways=bool(phones.stun))
            )
            await book.write_line(
                line,
                SipCredentials(
                    name, password, phones.host, phones.port, phones.transport, phones.authority, phones.stun
                ),
            )
            names.append(name)
        await pushing.set_fallback(names)
        await push_lines(pushing, asterisk, await book.outside_lines())

    def hints() -> AsyncIterator[tuple[str, str]]:
        return hub_hints(access)

    async def look_at_line(book: CallBook, trunk_id: UUID) -> None:
        """Push a line and tell whether its other end answers: the test button."""
        pushing, lines = Provisioning(ari), await book.outside_lines()
        await push_lines(pushing, asterisk, lines)
        line = next((line for line in lines if line.trunk_id == trunk_id), None)
        if line is None:
            await pushing.remove_trunk(line_name(trunk_id))
            return
        await pushing.ask_anew(_trunk(line))
        state = "unreachable"
        for _ in range(LOOKS):
            if await pushing.is_reachable(line_name(trunk_id)):
                state = "reachable"
                break
            await asyncio.sleep(LOOK_EVERY_S)
        await pushing.push_trunk(_trunk(line))  # asked as seldom as before
        await book.write_line_state(trunk_id, state)

    return Telephony(
        switch=asterisk,
        look_at_line=look_at_line,
        make_book=lambda epoch: PostgresCallBook(database, epoch),
        hints=hints,
        take_lease=lease,
        provision=provision,
        journal=journal,
        renew_s=RENEW_S,
    )
