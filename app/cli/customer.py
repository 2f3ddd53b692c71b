"""guichetctl customer: everything about one customer in a file, or erased."""

import argparse
import asyncio
import sys
from pathlib import Path

from app.bootstrap.profile import administrator_url
from app.settings.errors import MendableError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with whom."""
    parser.add_argument("act", choices=("export", "erase"))
    parser.add_argument("number", help="the customer's account number")
    parser.add_argument("file", type=Path, nargs="?", help="where an export goes (a zip)")
    parser.add_argument(
        "--organisation", default="", help="whose customer, where several organisations use this number"
    )
    parser.add_argument("--yes", action="store_true", help="erase without asking")


def run(arguments: argparse.Namespace) -> int:
    """Give out, or erase for good."""
    from app.store.engine import access_of
    from app.store.one_customer import erase_customer, export_customer

    admin = access_of(administrator_url(arguments.profile))
    if arguments.act == "export":
        if arguments.file is None:
            raise MendableError("Name the file that the export goes into.")
        try:
            count = asyncio.run(export_customer(admin, arguments.number, arguments.file, arguments.organisation))
        except OSError as error:
            raise MendableError(f"{error.filename} cannot be written: {error.strerror}.") from error
        print(f"{count} records are in {arguments.file}.")
        return 0
    if not arguments.yes and not _agreed(arguments.number):
        print("Nothing was erased.")
        return 1
    count = asyncio.run(erase_customer(admin, arguments.number, arguments.organisation))
    print(f"{count} records were erased. Backups made before still hold them: remove those too.")
    return 0


def _agreed(number: str) -> bool:
    if not sys.stdin.isatty():
        return False
    print("Her cases, notes, tasks, calls, recordings and files go for good; nothing brings them back.")
    return input("Type the account number again to go on: ").strip() == number
