"""guichetctl server: the private PostgreSQL of a profile."""

import argparse
import json

from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.settings.profiles import ServerProfiles
from app.settings.service_user import service_user
from app.store.private_server import PrivateServer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name what can be done with the server."""
    parser.add_argument("action", choices=["start", "stop", "status"])
    parser.add_argument("--json", action="store_true", help="print the state as JSON, the password left out")


def run(arguments: argparse.Namespace) -> int:
    """Start, stop or show the server; `status` gives 3 when it is not running, as service managers expect."""
    server = private_server(arguments.profile)
    if arguments.action == "start":
        server.start()
    elif arguments.action == "stop":
        server.stop()
    running = server.is_running()
    if arguments.json:
        print(json.dumps(_facts(server, running)))
    elif running:
        address = server.address()
        print(f"The private server of {arguments.profile} answers on {address.host}:{address.port}.")
    else:
        print(f"The private server of {arguments.profile} is not running.")
    return 3 if arguments.action == "status" and not running else 0


def private_server(name: str) -> PrivateServer:
    """Give the private server of a profile; MendableError when the profile's database is elsewhere."""
    paths = profile_paths(name)
    if ServerProfiles(paths.config, service_user()).named(name).database_url is not None:
        raise MendableError(f"The profile {name} uses a database server of its own: there is no private one to manage.")
    return PrivateServer(paths.data, paths.run, paths.cache)


def _facts(server: PrivateServer, running: bool) -> dict[str, str | int | bool]:
    facts: dict[str, str | int | bool] = {"running": running, "data": str(server.cluster)}
    if running:
        address = server.address()
        facts |= {"host": address.host, "port": address.port}
    return facts
