"""The world that the ground is measured in: a server with a large organisation, loaded once, copied for each run."""

import hashlib
import os
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from app.bootstrap.profile import DATABASE, service_secrets
from app.domain.agents import Agent, Role
from app.domain.ids import new_id
from app.domain.organisations import Organisation
from app.settings.errors import MendableError
from app.settings.file_lock import file_lock
from app.settings.paths import profile_paths
from app.settings.resources import resource
from app.settings.service_user import service_user
from app.store import database
from app.store.engine import Access, access_of, connect
from app.store.private_server import PrivateServer
from app.store.sample import load_sample
from app.store.sample_rows import Size
from app.store.starter import make_agent, make_organisation, make_team

ROOT = Path(__file__).parents[2]
PROFILE = "bench"
TEAMS, NUMBERED, AGENTS = 20, 4, 60
FULL, SMALL = Size(1_000_000, 2_000_000, 5_000_000), Size(100_000, 200_000, 500_000)
LITTLE = Size(10_000, 20_000, 50_000)
"""What a long list is compared with: twenty thousand cases."""
CHIEF = "bench.chief"
"""A supervisor: she sees every case that is not private."""
EMPTY = "ground_empty"
EDITION = b"1"
"""To be raised with the people and teams below: the data is then loaded anew."""
# What the loaded data depends on besides; later migrations run over the copies.
_MADE_BY = ("app/store/sample*.py", "resources/sample/words.toml", "app/store/schema/ground/*.sql",
            "app/store/schema/speed/*.sql")  # fmt: skip


@dataclass(frozen=True)
class World:
    """A running server whose database of the profile is a fresh copy of the loaded one."""

    admin: Access
    password: str
    size: Size
    load_s: float

    def access(self, agent: str, database_name: str = DATABASE) -> Access:
        return replace(self.admin, user=agent, password=self.password, database=database_name)


def agent_name(number: int) -> str:
    """The sign-in name of one of AGENTS; number 19 works in the smallest team, number 0 in the largest."""
    return f"bench.{number:02}"


@asynccontextmanager
async def world(*, small: bool) -> AsyncIterator[World]:
    """Load what is not loaded yet, copy it, and stop the server at the end."""
    size = SMALL if small else FULL
    with _home() as home, file_lock(home / "lock", "the benchmark"):
        _refresh(home)
        server = _server()
        admin = access_of(server.start().url(DATABASE))
        try:
            password = service_secrets(PROFILE).get_or_make("agent")
            await _make_empty(admin, password)
            load_s = await _load(admin, _name(size), size)
            await _load(admin, _name(LITTLE), LITTLE)
            for template, copy in ((_name(size), DATABASE), (_name(LITTLE), copy_name(LITTLE))):
                await _settle(replace(admin, database=template))
                await copy_database(admin, template, copy)
            yield World(admin, password, size, load_s)
        finally:
            server.stop()


async def copy_database(admin: Access, template: str, copy: str) -> None:
    """A fresh copy of a database, file by file, with the rights that a copy does not take over."""
    server = await connect(replace(admin, database="postgres"))
    try:
        await server.execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
        await server.execute(f"CREATE DATABASE {copy} TEMPLATE {template} STRATEGY file_copy")
        await server.execute(f"REVOKE ALL ON DATABASE {copy} FROM PUBLIC")
        await server.execute(f"GRANT CONNECT ON DATABASE {copy} TO guichet_agent, guichet_hub")
        await server.execute(f"ALTER DATABASE {copy} SET search_path = guichet, pg_catalog")
    finally:
        await server.close()


@contextmanager
def _home() -> Iterator[Path]:
    """Everything lies in out/bench, or, where the servers' user cannot get there, in the cache."""
    before = dict(os.environ)
    for home in (ROOT / "out" / "bench", profile_paths(environ={}).cache / "bench"):
        os.environ["GUICHET_HOME"] = str(home)
        try:
            home.mkdir(parents=True, exist_ok=True)
            home.chmod(0o755)
            service_user().make_folder(home / "data")
            break
        except MendableError as error:
            print(f"  not in {home}: {error}", flush=True)
    try:
        yield home
    finally:
        os.environ.clear()
        os.environ |= before


def _server() -> PrivateServer:
    paths = profile_paths(PROFILE)
    return PrivateServer(paths.data, paths.run, profile_paths(environ={}).cache)


def _refresh(home: Path) -> None:
    """Forget data that was made by other code than this."""
    digest = hashlib.sha256(EDITION)
    for pattern in _MADE_BY:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.read_bytes())
    stamp = home / "made_by"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    _server().stop()
    shutil.rmtree(home / "data")
    stamp.write_text(digest.hexdigest())


async def _make_empty(admin: Access, password: str) -> None:
    """The organisation with its people and no customer yet: the sign-ins belong to the server, once."""
    server = await connect(replace(admin, database="postgres"))
    made = await server.fetchval(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1", EMPTY
    )
    await server.close()
    if made == "made":
        return
    empty = replace(admin, database=EMPTY)
    await database.initialise(empty, password)
    connection = await connect(empty)
    async with connection.transaction():
        await connection.execute("SET LOCAL ROLE guichet_owner")
        organisation = Organisation(new_id(), "Bench")
        await make_organisation(connection, organisation)
        teams: list[UUID] = []
        for number in range(TEAMS):
            tied = {"number": f"+3319900{number:04}"} if number < NUMBERED else {"speaks_as": teams[number % NUMBERED]}
            teams.append(await make_team(connection, organisation.id, f"Team {number:02}", **tied))
        people = [(agent_name(n), Role.AGENT, (teams[n % TEAMS],)) for n in range(AGENTS)]
        for name, role, its_teams in [*people, (CHIEF, Role.SUPERVISOR, tuple(teams[:1]))]:
            agent = Agent(new_id(), name, name.replace(".", " ").title(), role, language="en")
            await make_agent(connection, organisation.id, agent, password, its_teams)
    for name, _, _ in (*people, (CHIEF, None, None)):
        service_secrets(PROFILE).put(f"agent.{name}", password)
    await connection.execute(f"COMMENT ON DATABASE {EMPTY} IS 'made'")
    await connection.close()


async def _load(admin: Access, name: str, size: Size) -> float:
    """Load one size when it is not there; gives the seconds that it took."""
    server = await connect(replace(admin, database="postgres"))
    took = await server.fetchval(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1", name
    )
    await server.close()
    if took is not None:
        return float(took)
    await copy_database(admin, EMPTY, name)
    print(f"  loading {size.customers:,} customers, {size.cases:,} cases, {size.follow_ups:,} follow-ups", flush=True)
    began = time.monotonic()
    loaded = replace(admin, database=name)
    await load_sample(loaded, size, resource("sample", "words.toml"), lambda done: print(f"    {done}", flush=True))
    connection = await connect(loaded)
    seconds = time.monotonic() - began
    await connection.execute(f"COMMENT ON DATABASE {name} IS '{seconds:.0f}'")
    await connection.close()
    return seconds


async def _settle(loaded: Access) -> None:
    """What a hub would have done over the years: the figures of all cases, and a log that is read to its end."""
    await database.upgrade(loaded)
    connection = await connect(loaded)
    await connection.execute("SELECT measure_missing(2147483647)")
    await connection.execute("UPDATE automation_place SET xid = pg_snapshot_xmin(pg_current_snapshot()), seq = 0")
    await connection.execute("ANALYZE case_measures, metric_events, level_queue")
    await connection.close()


def copy_name(size: Size) -> str:
    """The database that a run may change; the large one is the profile's own."""
    return f"{_name(size)}_copy"


def _name(size: Size) -> str:
    return f"ground_{size.cases}"
