"""The authority that a private switch makes itself."""

import datetime as dt
from pathlib import Path

import pytest
from cryptography import x509

from app.switch import certificates
from app.switch.certificates import own_certificate


@pytest.mark.parametrize("host", ["192.0.2.7", "guichet.example"])
def test_it_signs_for_the_host_and_keeps_its_keys_to_itself(tmp_path: Path, host: str) -> None:
    made = own_certificate(tmp_path / "tls", host)
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    certificate = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    certificate.verify_directly_issued_by(authority)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    found = [*map(str, names.get_values_for_type(x509.IPAddress)), *names.get_values_for_type(x509.DNSName)]
    assert found == [host]
    assert {file.stat().st_mode & 0o777 for file in tmp_path.rglob("*.key")} == {0o600}


def test_it_is_made_once_and_anew_a_month_before_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = own_certificate(tmp_path, "guichet.example")
    authority, certificate = first.authority.read_bytes(), first.certificate.read_bytes()
    assert own_certificate(tmp_path, "guichet.example").certificate.read_bytes() == certificate
    monkeypatch.setattr(certificates, "_RENEW_BEFORE", dt.timedelta(days=398))
    assert own_certificate(tmp_path, "guichet.example").certificate.read_bytes() != certificate
    assert first.authority.read_bytes() == authority
