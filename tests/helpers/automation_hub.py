"""The hub's automations as a process of its own, to be killed: its argument is the database's URL."""

import asyncio
import os
import sys
from pathlib import Path

from app.bootstrap.automations import automation_workers
from app.hub.supervisor import supervise
from app.store.engine import access_of, open_engine
from app.store.session import Database
from tests.helpers.mail_store import hub_access, url_of
from tests.helpers.organisation import Vallon

ROOT = Path(__file__).parents[2]


async def automation_hub(vallon: Vallon, *allowed: str) -> asyncio.subprocess.Process:
    """Start one and wait until it has begun."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.helpers.automation_hub", url_of(hub_access(vallon)), *allowed),
        stdout=-1,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    await process.stdout.readline()
    return process


async def main(url: str, allowed: list[str]) -> None:
    """Run until killed."""
    database = Database(open_engine(access_of(url), connections=6))
    print("up", flush=True)
    await supervise(automation_workers(database, allowed))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2:]))
