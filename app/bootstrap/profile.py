"""A profile's server: where it is, and how its administrator reaches it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.settings.profiles import ServerProfiles
from app.settings.secrets import ServiceSecrets
from app.settings.service_user import service_user
from app.settings.web import WebChoice, read_web_choice

if TYPE_CHECKING:
    from app.store.private_server import PrivateServer

DATABASE = "guichet"


def database_url(profile: str, environ: Mapping[str, str] | None = None) -> str:
    """The database URL that a desk signs in to; no name and no password stand in it."""
    paths = profile_paths(profile)
    named = ServerProfiles(paths.config, service_user()).named(profile, environ)
    if named.database_url is not None:
        return named.database_url
    port = paths.data / "postgresql.port"
    if not port.exists():
        raise MendableError(f"The profile {profile} has no server yet: start it with `guichetctl server start`.")
    return f"postgresql://127.0.0.1:{port.read_text('ascii').strip()}/{DATABASE}"


def administrator_url(profile: str) -> str:
    """The URL of the server's superuser: the private server's own, or what GUICHET_ADMIN_URL names."""
    import os

    if url := os.environ.get("GUICHET_ADMIN_URL"):
        return url
    from app.store.private_server import PrivateServer

    paths = profile_paths(profile)
    return PrivateServer(paths.data, paths.run, paths.cache).start().url(DATABASE)


def private_server(profile: str) -> "PrivateServer | None":
    """The private server of a profile; None when its database is somewhere else."""
    from app.store.private_server import PrivateServer

    paths = profile_paths(profile)
    if ServerProfiles(paths.config, service_user()).named(profile).database_url is not None:
        return None
    return PrivateServer(paths.data, paths.run, paths.cache)


def web_choice(profile: str) -> WebChoice:
    """Where the hub of a profile serves its pages; what lies beside its own data (the demo's) comes first."""
    paths = profile_paths(profile)
    return read_web_choice(paths.data, paths.config)


def service_secrets(profile: str) -> ServiceSecrets:
    """The secrets of a profile's services, in 0600 files of their user."""
    return ServiceSecrets(profile_paths(profile).data, service_user())


def demo_password(profile: str, agent: str) -> str | None:
    """The password of a demo agent on this machine, or None when she is none."""
    return service_secrets(profile).get(f"agent.{agent}")


def with_sign_in(url: str, user: str, password: str) -> str:
    """A database URL that signs in as somebody."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{rest.rpartition('@')[2]}"
