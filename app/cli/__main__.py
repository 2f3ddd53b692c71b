"""guichetctl: finds the command's module and gives it the words after it.

A command is a row of COMMANDS and a module with `add_arguments(parser)` and `run(arguments) -> exit code`,
imported only when its command is given, so that the overview is instant.
"""

import argparse
import importlib
import logging
import os
import sys
from importlib.metadata import version
from typing import Protocol, cast

from app.settings.errors import MendableError

# name: (module, what it is for)
COMMANDS: dict[str, tuple[str, str]] = {
    "backup": ("app.cli.backup", "write the whole database, sign-ins included, into one file"),
    "customer": ("app.cli.customer", "give out, or erase, all that is kept about one customer"),
    "database": ("app.cli.database", "prepare a database, or bring it to this version"),
    "demo": (
        "app.cli.demo",
        "make the demo organisation, the first time; --call: its customer calls",
    ),
    "doctor": ("app.cli.doctor", "tell what is installed, running, reachable and wrong, and how to mend it"),
    "export": ("app.cli.export", "write customers, cases or tasks as a table (CSV)"),
    "hours": ("app.cli.hours", "tell what business hours make of times and durations"),
    "hub": ("app.cli.hub", "run the hub: timers, call routing, mail"),
    "import": ("app.cli.imports", "bring customers, cases or tasks in from a table (CSV)"),
    "mail": ("app.cli.mail", "show how mails are understood; count and replay the ledger"),
    "restore": ("app.cli.restore", "put a backup back, also into a server of a newer major"),
    "sample": ("app.cli.sample", "add an invented population, as large as one likes"),
    "route": ("app.cli.route", "tell what would become of a call, and why"),
    "server": ("app.cli.server", "start, stop or look at the private PostgreSQL of this machine"),
}


class Command(Protocol):
    """A module of this package that carries out one command."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Name the command's own arguments; `--profile` is there already."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Carry the command out and give the exit code; MendableError becomes a sentence on stderr."""


def main(words: list[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when it did not, 2 when it was not understood."""
    words = sys.argv[1:] if words is None else words
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        return 0
    if words[0] == "--version":
        print(f"guichet {version('guichet')}")
        return 0
    if words[0] not in COMMANDS:
        print(f"There is no command {words[0]!r}.\n\n{overview()}", file=sys.stderr)
        return 2
    return _run(words[0], words[1:])


def overview() -> str:
    """Give the list of commands."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {purpose}" for name, (_, purpose) in COMMANDS.items()]
    return "\n".join(
        ["Usage: guichetctl COMMAND [--profile NAME] …", "", *lines, "", "guichetctl COMMAND --help tells more."]
    )


def _run(name: str, words: list[str]) -> int:
    module, purpose = COMMANDS[name]
    command = cast("Command", importlib.import_module(module))
    parser = argparse.ArgumentParser(prog=f"guichetctl {name}", description=f"{purpose[0].upper()}{purpose[1:]}.")
    parser.add_argument(
        "--profile",
        default=os.environ.get("GUICHET_PROFILE", "default"),
        help="which server to work with (default: $GUICHET_PROFILE, or 'default')",
    )
    command.add_arguments(parser)
    arguments = parser.parse_intermixed_args(words)  # options may stand between the files
    try:
        return command.run(arguments)
    except MendableError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # `guichetctl … | head`: nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        logging.getLogger(__name__).info("ended by Ctrl+C")
        return 130


if __name__ == "__main__":
    sys.exit(main())
