"""An authority of the private switch's own, for phones on other machines.

Desks get it through the database, over a connection that they have verified already, so nobody runs a public one.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, CertificateBuilder

_AUTHORITY_DAYS: Final = 3650
_CERTIFICATE_DAYS: Final = 397
_RENEW_BEFORE: Final = dt.timedelta(days=30)
_CLOCKS_DIFFER: Final = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """PEM files: who signs, what the switch shows, and its key."""

    authority: Path
    certificate: Path
    key: Path


def own_certificate(folder: Path, host: str) -> OwnCertificate:
    """The certificate for `host` in `folder`, made the first time and anew a month before it ends.

    The authority stays for ten years: desks that know it need not be told. Its key lies beside it, mode 0600.
    """
    files = OwnCertificate(folder / "authority.pem", folder / f"{host}.pem", folder / f"{host}.key")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = dt.datetime.now(dt.UTC)
    if not _lasts(files.authority, now) or not (folder / "authority.key").exists():
        _make_authority(files.authority, folder / "authority.key", now)
        files.certificate.unlink(missing_ok=True)
    if not _lasts(files.certificate, now) or not files.key.exists():
        _make_certificate(files, folder / "authority.key", host, now)
    return files


def _lasts(certificate: Path, now: dt.datetime) -> bool:
    try:
        return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc - _RENEW_BEFORE > now
    except (OSError, ValueError):
        return False


def _make_authority(certificate: Path, key_file: Path, now: dt.datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Guichet authority")
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = _builder(name, name, key.public_key(), now, _AUTHORITY_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    _write_key(key_file, key)
    _write(certificate, builder.add_extension(usage, critical=True).sign(key, hashes.SHA256()))


def _make_certificate(files: OwnCertificate, authority_key: Path, host: str, now: dt.datetime) -> None:
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    signing = serialization.load_pem_private_key(authority_key.read_bytes(), None)
    assert isinstance(signing, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(host[:64]), authority.subject, key.public_key(), now, _CERTIFICATE_DAYS)
    names = x509.SubjectAlternativeName([_alternative(host)])
    _write_key(files.key, key)
    _write(files.certificate, builder.add_extension(names, critical=False).sign(signing, hashes.SHA256()))


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, now: dt.datetime, days: int
) -> CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS_DIFFER)
        .not_valid_after(now + dt.timedelta(days=days))
    )


def _write_key(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    form = serialization.PrivateFormat.PKCS8
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))


def _write(file: Path, certificate: Certificate) -> None:
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
