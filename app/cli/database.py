"""guichetctl database: prepare a server's database, or bring it to this version."""

import argparse
import asyncio
import getpass
import os
import sys

from app.bootstrap.profile import administrator_url, service_secrets
from app.settings.errors import MendableError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and, for a fresh organisation, its name, its number and its first administrator."""
    parser.add_argument("act", choices=("init", "upgrade"))
    parser.add_argument("--organisation", default="", help="make a starter organisation of this name")
    parser.add_argument("--number", default="", help="its contact centre's telephone number (+33…)")
    parser.add_argument("--language", choices=("en", "fr"), default="fr")
    parser.add_argument("--administrator", default="admin", help="the first administrator's sign-in name")


def run(arguments: argparse.Namespace) -> int:
    """Work as the superuser of the private server, or of the one that GUICHET_ADMIN_URL names."""
    from app.store import database, versions
    from app.store.engine import access_of

    admin = access_of(administrator_url(arguments.profile))
    if arguments.act == "upgrade":
        asyncio.run(database.upgrade(admin))
        print(f"The database {admin.database} is at version {versions.VERSION}.")
        return 0
    asyncio.run(database.initialise(admin, service_secrets(arguments.profile).get_or_make("hub")))
    print(f"The database {admin.database} is ready.")
    if arguments.organisation:
        _make_organisation(arguments)
    return 0


def _make_organisation(arguments: argparse.Namespace) -> None:
    from app.domain.agents import Agent, Role
    from app.domain.ids import new_id
    from app.domain.organisations import Organisation
    from app.domain.phone_numbers import normalise
    from app.domain.refusals import Refused
    from app.services.organisation import PASSWORD_LEAST
    from app.store.engine import access_of
    from app.store.starter import make_starter_organisation

    organisation = Organisation(new_id(), arguments.organisation, language=arguments.language)
    number = normalise(arguments.number, organisation.region)
    if number is None:
        raise MendableError(f"{arguments.number!r} is not a telephone number: give --number +33…")
    password = os.environ.get("GUICHET_ADMINISTRATOR_PASSWORD") or (
        getpass.getpass(f"Password for {arguments.administrator}: ") if sys.stdin.isatty() else ""
    )
    if len(password) < PASSWORD_LEAST:
        raise MendableError(f"The administrator's password needs at least {PASSWORD_LEAST} characters.")
    chief = Agent(new_id(), arguments.administrator, arguments.administrator, Role.ADMINISTRATOR)
    admin = access_of(administrator_url(arguments.profile))
    try:
        asyncio.run(make_starter_organisation(admin, organisation, number, chief, password))
    except Refused as refused:
        raise MendableError(str(refused)) from refused
    print(f"{arguments.organisation} is there; {arguments.administrator} signs in.")
