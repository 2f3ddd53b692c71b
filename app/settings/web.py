"""Where the hub serves its pages (`web.toml`): this computer only, unless somebody says otherwise."""

import ipaddress
import ssl
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.settings.errors import MendableError
from app.settings.profiles import LOOPBACK

PORT = 8466
FILE = "web.toml"


@dataclass(frozen=True)
class WebChoice:
    """Host and port to listen on; off loopback with a certificate, unless a proxy on this machine ends TLS."""

    host: str = "127.0.0.1"
    port: int = PORT
    certificate: Path | None = None
    key: Path | None = None
    # Addresses and networks of proxies of one's own: what they say of a request is believed, nobody else.
    proxies: tuple[str, ...] = ()

    def tls(self) -> ssl.SSLContext | None:
        """What TLS needs, where a certificate was given."""
        if self.certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, self.key)
        return context


def read_web_choice(*folders: Path) -> WebChoice:
    """Read the first `web.toml` of these folders; MendableError says what in it cannot be used."""
    file = next((one for folder in folders if (one := folder / FILE).exists()), None)
    if file is None:
        return WebChoice()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        paths: dict[str, Path] = {name: Path(content[name]) for name in ("certificate", "key") if name in content}
        choice = WebChoice(**(content | dict[str, Any](paths) | {"proxies": tuple(content.get("proxies", ()))}))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, TypeError) as error:
        raise MendableError(f"{file} cannot be understood, mend or remove it: {error}") from error
    for path in paths.values():
        if not path.is_file():
            raise MendableError(f"{file}: there is no file {path}.")
    for proxy in choice.proxies:
        if not _is_network(proxy):
            raise MendableError(
                f"{file}: {proxy!r} is neither an address nor a network, as 10.0.0.5 or 10.0.0.0/24 are."
            )
    if choice.host not in LOOPBACK and choice.certificate is None:
        raise MendableError(f"{file}: pages on {choice.host} are reached over a network: add `certificate` and `key`.")
    return choice


def _is_network(typed: object) -> bool:
    try:
        ipaddress.ip_network(str(typed), strict=False)
    except ValueError:
        return False
    return True
