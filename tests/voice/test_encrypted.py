"""A phone on another machine: SIP over TLS and SRTP, and nothing else will do."""

import asyncio
import contextlib
import datetime as dt
import ipaddress
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.domain.phone import CallState, RegistrationState, SipCredentials, SipTransport
from app.phone.client import PhoneProcess
from app.switch.configuration import SwitchSettings, TlsFiles
from app.switch.instance import AsteriskInstance
from app.switch.provisioning import AgentEndpoint, Provisioning, new_password
from tests.voice.conftest import ordinary_user
from tests.voice.parties import QUIET, Desk, Hub, until

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Authority:
    """A certificate authority and what it signed, as files."""

    authority: Path
    certificate: Path
    key: Path


def make_authority(folder: Path, address: str) -> Authority:
    """An authority with one P-256 certificate for an address."""
    now = dt.datetime.now(dt.UTC)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Authority {folder.name}")])

    def builder(subject: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(root)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(hours=1))
            .not_valid_after(now + dt.timedelta(days=1))
        )

    authority = builder(root, root_key.public_key()).add_extension(x509.BasicConstraints(True, None), True)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    certificate = builder(subject, key.public_key()).add_extension(names, False)
    folder.mkdir()
    made = Authority(folder / "authority.pem", folder / "certificate.pem", folder / "key.pem")
    pem = serialization.Encoding.PEM
    made.authority.write_bytes(authority.sign(root_key, hashes.SHA256()).public_bytes(pem))
    made.certificate.write_bytes(certificate.sign(root_key, hashes.SHA256()).public_bytes(pem))
    made.key.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return made


@pytest.fixture
async def secured(asterisk: Path, folder: Path) -> AsyncIterator[tuple[Hub, Authority, int]]:
    await asyncio.to_thread(folder.chmod, 0o755)
    files = make_authority(folder / "ours", HOST)
    with contextlib.closing(await asyncio.start_server(lambda r, w: None, HOST, 0)) as free:
        port = int(free.sockets[0].getsockname()[1])
    settings = SwitchSettings(demo=False, tls=TlsFiles(HOST, port, files.certificate, files.key))
    instance = AsteriskInstance(folder / "switch", asterisk, user=ordinary_user(), settings=settings)
    hub = Hub(await instance.start())
    await hub.open()
    yield hub, files, port
    await hub.close()
    await instance.stop()


@contextlib.asynccontextmanager
async def phone_of(hub: Hub, folder: Path, credentials: SipCredentials) -> AsyncIterator[Desk]:
    await Provisioning(hub.ari).push_agent(AgentEndpoint(credentials.user, credentials.password, encrypted=True))
    desk = Desk(credentials.user, PhoneProcess(folder / "phone", idle_s=5))
    await desk.phone.attach()
    await desk.phone.set_options(QUIET)
    await desk.phone.register(credentials)
    try:
        yield desk
    finally:
        await desk.phone.shut_down()


async def test_a_call_over_tls_and_srtp(secured: tuple[Hub, Authority, int], folder: Path) -> None:
    hub, files, port = secured
    login = SipCredentials("camille", new_password(), HOST, port, SipTransport.TLS, files.authority.read_text())
    async with phone_of(hub, folder, login) as camille:
        phone = camille.phone
        await until(lambda: phone.snapshot.registration.state is RegistrationState.REGISTERED, "the registration")
        check = await phone.check_audio("echo", 1.5)
        assert check.passed, check.sentence
        await hub.put_through(camille, "talk")
        talking = await camille.talks()
        await phone.hang_up(talking.key)
        await camille.reaches(talking.key, CallState.ENDED)


async def test_a_switch_with_the_wrong_certificate_gets_no_password(
    secured: tuple[Hub, Authority, int], folder: Path
) -> None:
    hub, _, port = secured
    other = make_authority(folder / "other", HOST)
    login = SipCredentials("camille", new_password(), HOST, port, SipTransport.TLS, other.authority.read_text())
    async with phone_of(hub, folder, login) as camille:
        phone = camille.phone
        await until(lambda: phone.snapshot.registration.state is RegistrationState.FAILED, "the refusal")
        assert phone.snapshot.registration.code == 503


async def test_a_phone_without_encryption_cannot_call(secured: tuple[Hub, Authority, int], folder: Path) -> None:
    hub, _, _ = secured
    login = SipCredentials("camille", new_password(), HOST, hub.address.sip_port)
    async with phone_of(hub, folder, login) as camille:
        await until(
            lambda: camille.phone.snapshot.registration.state is RegistrationState.REGISTERED, "the registration"
        )
        key = await camille.phone.dial("0380123450")
        ended = await camille.reaches(key, CallState.ENDED)
        assert ended.end is not None
        assert ended.end.code == 488
        assert not hub.started
