"""Server profiles: under which name this machine reaches which database."""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from app.settings.errors import MendableError
from app.settings.service_user import ServiceUser

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class ServerProfile:
    """One server to sign in to; no URL means the private server of this machine."""

    name: str
    database_url: str | None = None


class ServerProfiles:
    """The profiles that somebody named, in one file that only its owner may read."""

    def __init__(self, folder: Path, owner: ServiceUser) -> None:
        """Take the configuration folder; the file is made by the first `save`."""
        self.file = folder / "servers.toml"
        self._owner = owner

    def all(self) -> tuple[ServerProfile, ...]:
        """Give the saved profiles in the order of the file; MendableError when it cannot be understood."""
        if not self.file.exists():
            return ()
        try:
            servers = tomllib.loads(self.file.read_text(encoding="utf-8")).get("servers", {})
            found = tuple(ServerProfile(name, entry.get("database_url")) for name, entry in servers.items())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as error:
            raise MendableError(f"{self.file} cannot be understood, mend or remove it: {error}") from error
        for profile in found:
            if profile.database_url is not None:
                check_database_url(profile.database_url)
        return found

    def named(self, name: str, environ: Mapping[str, str] | None = None) -> ServerProfile:
        """Give the profile to use: GUICHET_DATABASE_URL wins, an unknown name is a private server's."""
        environ = os.environ if environ is None else environ
        if url := environ.get("GUICHET_DATABASE_URL"):
            return ServerProfile(name, check_database_url(url))
        known = {profile.name: profile for profile in self.all()}
        return known.get(name, ServerProfile(name))

    def save(self, profile: ServerProfile) -> None:
        """Add the profile or replace the one of its name; MendableError for a URL that cannot be used."""
        if profile.database_url is not None:
            check_database_url(profile.database_url)
        kept = {known.name: known for known in self.all()} | {profile.name: profile}
        self._write(tuple(kept.values()))

    def remove(self, name: str) -> None:
        """Forget the profile of that name, if there is one; the database is not touched."""
        self._write(tuple(profile for profile in self.all() if profile.name != name))

    def _write(self, profiles: tuple[ServerProfile, ...]) -> None:
        lines = []
        for profile in profiles:
            lines.append(f"[servers.{_quoted(profile.name)}]")
            if profile.database_url is not None:
                lines.append(f"database_url = {_quoted(profile.database_url)}")
        self.file.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        self._owner.write_private(self.file, "".join(f"{line}\n" for line in lines))


def check_database_url(url: str) -> str:
    """Give the URL back when it can be used; MendableError says why not, without its password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise MendableError(f"The database URL cannot be read: {error}.") from error
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        raise MendableError("A database URL looks like postgresql://host:5432/database?sslmode=verify-full.")
    if port == 0:
        raise MendableError("The database URL names port 0: PostgreSQL usually listens on 5432.")
    sslmode = parse_qs(parts.query).get("sslmode", [""])[-1]
    if host and host not in LOOPBACK and sslmode != "verify-full":
        raise MendableError(
            f"The database on {host} is reached over a network: add ?sslmode=verify-full to its URL, "
            "so that nobody in between can read or pretend."
        )
    return url


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
