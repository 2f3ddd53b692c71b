"""guichetctl export: customers, cases or tasks as a table, as an agent may see them."""

import argparse
import asyncio
import json
from pathlib import Path

from app.bootstrap.acting import tables_of
from app.domain.import_columns import TableKind
from app.domain.refusals import Refused
from app.settings.errors import MendableError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is written, where, and who sees it."""
    parser.add_argument("kind", choices=[kind.value for kind in TableKind])
    parser.add_argument("file", type=Path)
    parser.add_argument("--as", dest="agent", default="", metavar="AGENT", help="as whom (default: an administrator)")
    parser.add_argument(
        "--mapping", type=Path, metavar="FILE.json", help='another system\'s columns: {"Its name": "our field", …}'
    )
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table; with --mapping")


def run(arguments: argparse.Namespace) -> int:
    """Write the file whole or not at all."""
    new = arguments.file.with_name(arguments.file.name + ".new")
    try:
        size = asyncio.run(_write(arguments, new))
        new.replace(arguments.file)
    except Refused as refused:
        raise MendableError(f"{refused.details.get('value', '')} is not a field of these records.") from None
    except OSError as error:
        raise MendableError(f"{new} cannot be written: {error.strerror}.") from error
    finally:
        new.unlink(missing_ok=True)
    print(f"{size} bytes in {arguments.file}.")
    return 0


def _mapping(file: Path) -> dict[str, str]:
    try:
        mapping = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise MendableError(f"{file} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise MendableError(f"{file} is not a JSON file.") from None
    if not isinstance(mapping, dict) or not mapping or not all(isinstance(one, str) for one in mapping.values()):
        raise MendableError(f'{file} needs one object: {{"Its name": "our field", …}}.')
    return mapping


async def _write(arguments: argparse.Namespace, new: Path) -> int:
    written = 0
    mapping = _mapping(arguments.mapping) if arguments.mapping is not None else None
    async with tables_of(arguments.profile, arguments.agent) as (_, exports):
        with new.open("wb") as file:
            kind = TableKind(arguments.kind)
            parts = exports.table(kind) if mapping is None else exports.mapped(kind, mapping, as_json=arguments.json)
            async for part in parts:
                written += file.write(part)
    return written
