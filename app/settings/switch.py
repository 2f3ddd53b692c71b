"""What an installation says of its switch: one that exists already, and phones on other machines (`switch.toml`)."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.settings.errors import MendableError
from app.settings.profiles import LOOPBACK

SIP_PORT = 5060
TLS_PORT = 5061


@dataclass(frozen=True)
class ExistingSwitch:
    """An Asterisk that somebody else runs; the hub reaches it by ARI and pushes phones and lines into it."""

    url: str
    user: str
    password: str = field(repr=False)
    sip_host: str
    sip_port: int = SIP_PORT
    sounds: Path | None = None
    """A folder that hub and switch both see under this name; without one callers hear Asterisk's own sounds."""


@dataclass(frozen=True)
class PhonesElsewhere:
    """Phones that are not on the switch's machine: SIP over TLS and SRTP, at one name that they all know.

    Without files the private switch makes an authority of its own; an existing one has its certificate already and
    `authority` says who signed it. `stun` are `host:port` of STUN servers (ICE, RFC 8445).
    """

    host: str
    port: int = TLS_PORT
    listen: str = "0.0.0.0"  # noqa: S104 - this is what the setting is for; nothing listens without it
    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    stun: tuple[str, ...] = ()


@dataclass(frozen=True)
class SwitchChoice:
    """Which switch the hub uses and where its phones are; neither: a private one, phones on this machine."""

    existing: ExistingSwitch | None = None
    phones: PhonesElsewhere | None = None


def read_switch_choice(folder: Path) -> SwitchChoice:
    """Read `switch.toml` of the configuration folder; MendableError says what in it cannot be used."""
    file = folder / "switch.toml"
    if not file.exists():
        return SwitchChoice()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise MendableError(f"{file} cannot be understood, mend or remove it: {error}") from error
    if "existing" in content and file.stat().st_mode & 0o077:
        raise MendableError(f"{file} holds a password and others may read it: chmod 600 {file}")
    if unknown := set(content) - {"existing", "phones"}:
        raise MendableError(f"{file}: [{min(unknown)}] is unknown; there are [existing] and [phones].")
    existing = _existing(file, content["existing"]) if "existing" in content else None
    phones = _phones(file, content["phones"]) if "phones" in content else None
    if existing is not None and phones is None and existing.sip_host not in LOOPBACK:
        raise MendableError(
            f"{file}: phones reach {existing.sip_host} over a network: add [phones] with its authority."
        )
    if existing is not None and phones is not None and phones.authority is None:
        raise MendableError(
            f"{file}: [phones] needs `authority`, the PEM file of who signed that switch's certificate."
        )
    return SwitchChoice(existing, phones)


def _existing(file: Path, fields: Any) -> ExistingSwitch:
    if isinstance(fields, dict) and "sounds" in fields:
        fields = {**fields, "sounds": Path(fields["sounds"])}
    made: ExistingSwitch = _typed(ExistingSwitch, file, "existing", fields)
    parts = urlsplit(made.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise MendableError(f"{file}: `url` looks like https://pbx.example:8089/ari")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise MendableError(f"{file}: ARI on {parts.hostname} is reached over a network: its `url` must be https.")
    return made


def _phones(file: Path, fields: Any) -> PhonesElsewhere:
    if isinstance(fields, dict):
        paths = {key: Path(fields[key]) for key in ("authority", "certificate", "key") if key in fields}
        fields = {**fields, **paths, "stun": tuple(fields.get("stun", ()))}
    made: PhonesElsewhere = _typed(PhonesElsewhere, file, "phones", fields)
    files = (made.authority, made.certificate, made.key)
    for path in files:
        if path is not None and not path.is_file():
            raise MendableError(f"{file}: there is no file {path}.")
    if (made.certificate is None) != (made.key is None) or (made.certificate is not None and made.authority is None):
        raise MendableError(f"{file}: [phones] takes `authority`, `certificate` and `key` together, or makes its own.")
    return made


def _typed(kind: type[Any], file: Path, table: str, fields: Any) -> Any:
    try:
        return kind(**fields)
    except TypeError as error:
        words = str(error).replace(f"{kind.__name__}.__init__() ", "")
        raise MendableError(f"{file}: [{table}] cannot be used: {words}.") from error
