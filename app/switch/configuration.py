"""The configuration files of the private switch, made from the templates in `resources/asterisk`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.switch.engine import SwitchError

if TYPE_CHECKING:
    from app.switch.engine import AsteriskEngine

TEMPLATES: Final = Path(__file__).parents[2] / "resources" / "asterisk"
_TLS_TEMPLATE: Final = "pjsip_tls.conf"
_DEMO_TEMPLATE: Final = "pjsip_demo.conf"
_OUTSIDE_TEMPLATE: Final = "pjsip_outside.conf"
_NAME = re.compile(r"%%(\w+)%%")
# Asterisk keeps its control socket in a field of this size (sockaddr_un).
_SOCKET_LIMIT: Final = 107


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """What phones on other machines need: an address to listen on and a certificate, PEM files."""

    host: str
    port: int
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class SwitchSettings:
    """What can be chosen about the private switch."""

    language: str = "fr"
    country: str = "fr"
    """Whose ringing and busy tones are played (`indications.conf`)."""
    tls: TlsFiles | None = None
    demo: bool = True
    """Whether anybody on this machine may call in as a customer, over the demo trunk."""
    outside_port: int = 0
    """The UDP port of lines to providers elsewhere; 0: there are none, and nothing listens beyond this machine."""
    music: Path | None = None
    """Folder of hold music; None: what came with Asterisk."""


@dataclass(frozen=True, slots=True)
class SwitchPorts:
    """The loopback ports of one private switch, chosen once and kept while they stay free."""

    sip: int
    http: int
    customer: int
    """Where the demo trunk expects the customer's own SIP user agent."""
    rtp_first: int
    rtp_last: int


@dataclass(frozen=True, slots=True)
class AriAddress:
    """Where ARI answers and with which credentials."""

    url: str
    user: str
    password: str

    def __repr__(self) -> str:
        """Without the password: this value ends up in logs."""
        return f"AriAddress({self.user!r} at {self.url})"


@dataclass(frozen=True, slots=True)
class SwitchFolders:
    """The private switch's own folders, all below one."""

    root: Path

    @property
    def etc(self) -> Path:
        """Generated configuration."""
        return self.root / "etc"

    @property
    def spool(self) -> Path:
        """Recordings and voicemail."""
        return self.root / "spool"

    @property
    def texts(self) -> Path:
        """Text messages that no hub has taken yet."""
        return self.spool / "texts"

    @property
    def run(self) -> Path:
        """Process id and control socket."""
        return self.root / "run"

    @property
    def log(self) -> Path:
        """Asterisk's log and output."""
        return self.root / "log"

    @property
    def var(self) -> Path:
        """Asterisk's own database: what was pushed, and who is registered."""
        return self.root / "var"

    @property
    def prompts(self) -> Path:
        """What the hub had spoken for the callers."""
        return self.root / "prompts"

    def all(self) -> tuple[Path, ...]:
        """Every folder that must exist before a start; bridge recording answers 500 without its own."""
        spooled = (self.spool / name for name in ("recording", "voicemail", "monitor", "outgoing", "tmp", "texts"))
        return (
            self.root,
            self.etc,
            self.run,
            self.log,
            self.var,
            self.var / "keys",
            self.prompts,
            self.spool,
            *spooled,
        )


def write_configuration(
    folders: SwitchFolders,
    engine: AsteriskEngine,
    ports: SwitchPorts,
    ari: AriAddress,
    settings: SwitchSettings,
    templates: Path = TEMPLATES,
) -> list[Path]:
    """Write every configuration file anew, readable by their owner only; returns them."""
    if len(str(folders.run / "asterisk.ctl")) > _SOCKET_LIMIT:
        raise SwitchError(f"The folder {folders.root} has too long a name for the switch's socket.")
    values = {
        "etc": folders.etc, "modules": engine.modules, "data": engine.data, "var": folders.var,
        "spool": folders.spool, "run": folders.run, "log": folders.log,
        "music": settings.music or engine.music,
        "language": settings.language, "country": settings.country, "host": "127.0.0.1",
        "sip_port": ports.sip, "http_port": ports.http, "customer_port": ports.customer,
        "rtp_first": ports.rtp_first, "rtp_last": ports.rtp_last,
        "outside_port": settings.outside_port,
        "ari_user": ari.user, "ari_password": ari.password,
    }  # fmt: skip
    tls = settings.tls
    if tls:
        values |= {
            "tls_host": tls.host, "tls_port": tls.port, "tls_certificate": tls.certificate, "tls_key": tls.key
        }  # fmt: skip
    written = []
    for template in sorted(templates.glob("*.conf")):
        if template.name in {_TLS_TEMPLATE, _DEMO_TEMPLATE, _OUTSIDE_TEMPLATE}:
            continue
        text = template.read_text()
        if template.name == "pjsip.conf":
            parts = (
                (_TLS_TEMPLATE, tls is not None),
                (_DEMO_TEMPLATE, settings.demo),
                (_OUTSIDE_TEMPLATE, settings.outside_port != 0),
            )
            text += "".join((templates / part).read_text() for part, wanted in parts if wanted)
        file = folders.etc / template.name
        file.unlink(missing_ok=True)
        file.touch(mode=0o600)
        file.write_text(_NAME.sub(lambda found: str(values[found[1]]), text))
        written.append(file)
    return written
