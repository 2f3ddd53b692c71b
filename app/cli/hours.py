"""guichetctl hours: what business hours make of times and durations, without any server."""

import argparse
import json
from pathlib import Path

from app.settings.errors import MendableError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`explain` with a file of a calendar and cases."""
    parser.add_argument("what", choices=["explain"], help="explain: one JSON line a case, {index, result}")
    parser.add_argument("file", type=Path, metavar="FILE.json", help="a calendar and cases")


def run(arguments: argparse.Namespace) -> int:
    """Answer each case on standard output; a file that cannot be read is a sentence on standard error."""
    from app.domain.hours_file import HoursFileError, results

    try:
        document = json.loads(arguments.file.read_text("utf-8-sig"))
    except OSError as error:
        raise MendableError(f"{arguments.file} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise MendableError(f"{arguments.file} is not a JSON file.") from None
    if not isinstance(document, dict):
        raise MendableError(f"{arguments.file} has no calendar: an object with “calendar” and “cases” is needed.")
    try:
        for line in results(document):
            print(json.dumps(line, ensure_ascii=False))
    except HoursFileError as error:
        raise MendableError(f"{arguments.file} cannot be understood: {error}.") from None
    return 0
