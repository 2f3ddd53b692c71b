"""guichetctl restore: a backup put back, also into a server of a newer major."""

import argparse
import asyncio
from pathlib import Path

from app.bootstrap.profile import administrator_url, service_secrets
from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.settings.service_user import service_user


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, and whether what is there may go."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--over", action="store_true", help="put the backup in the place of what is there")


def run(arguments: argparse.Namespace) -> int:
    """Put the backup back; what is there stays until the backup stands beside it, whole."""
    from app.store.backup import restore
    from app.store.engine import access_of
    from app.store.postgres_binaries import postgres_bin

    admin = access_of(administrator_url(arguments.profile))
    programs = postgres_bin(profile_paths(arguments.profile).cache, service_user())
    hub_password = service_secrets(arguments.profile).get_or_make("hub")
    try:
        made_at = asyncio.run(restore(admin, arguments.file, programs, hub_password, over=arguments.over))
    except OSError as error:
        raise MendableError(f"{error.filename} cannot be read or written: {error.strerror}.") from error
    print(f"{admin.database} is what it was at {made_at}.")
    return 0
