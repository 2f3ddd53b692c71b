"""guichetctl backup: the whole database in one file, while people work."""

import argparse
import asyncio
from pathlib import Path

from app.bootstrap.profile import administrator_url
from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.settings.service_user import service_user


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file."""
    parser.add_argument("file", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Write the backup of the profile's database."""
    from app.store.backup import backup
    from app.store.engine import access_of
    from app.store.postgres_binaries import postgres_bin

    admin = access_of(administrator_url(arguments.profile))
    programs = postgres_bin(profile_paths(arguments.profile).cache, service_user())
    try:
        size = asyncio.run(backup(admin, arguments.file, programs))
    except OSError as error:
        raise MendableError(f"{error.filename} cannot be written: {error.strerror}.") from error
    print(f"{arguments.file} holds {admin.database}: {size / 1e6:.1f} MB. Keep it as safe as the server itself.")
    return 0
