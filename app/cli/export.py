"""guichetctl export: customers, cases or tasks as a table, as an agent may see them."""

import argparse
import asyncio
from pathlib import Path

from app.bootstrap.acting import tables_of
from app.domain.import_columns import TableKind
from app.settings.errors import MendableError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is written, where, and who sees it."""
    parser.add_argument("kind", choices=[kind.value for kind in TableKind])
    parser.add_argument("file", type=Path)
    parser.add_argument("--as", dest="agent", default="", metavar="AGENT", help="as whom (default: an administrator)")


def run(arguments: argparse.Namespace) -> int:
    """Write the file whole or not at all."""
    new = arguments.file.with_name(arguments.file.name + ".new")
    try:
        size = asyncio.run(_write(arguments, new))
        new.replace(arguments.file)
    except OSError as error:
        raise MendableError(f"{new} cannot be written: {error.strerror}.") from error
    finally:
        new.unlink(missing_ok=True)
    print(f"{size} bytes in {arguments.file}.")
    return 0


async def _write(arguments: argparse.Namespace, new: Path) -> int:
    written = 0
    async with tables_of(arguments.profile, arguments.agent) as (_, exports):
        with new.open("wb") as file:
            async for part in exports.table(TableKind(arguments.kind)):
                written += file.write(part)
    return written
