"""A whole database in one file, with its sign-ins, made while people work; and back, into a server of any newer major.

The file is a tar of `guichet.json` (what it is, and the agents' SCRAM verifiers, which no database holds) and
`database.dump` (pg_dump's custom format). It is as secret as the database itself.
"""

import asyncio
import json
import os
import re
import tarfile
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from app.settings.errors import MendableError
from app.store import database
from app.store.engine import LOOPBACK, Access, connect
from app.store.postgres_binaries import program

FORMAT = 1
FACTS, DUMP = "guichet.json", "database.dump"
RESTORED = "guichet_restored"

_SIGN_INS = """
SELECT a.role_name AS name, r.rolpassword AS verifier, r.rolcanlogin AS may_sign_in
FROM guichet.agents a JOIN pg_authid r ON r.rolname = a.role_name ORDER BY 1"""


async def backup(admin: Access, file: Path, programs: Path) -> int:
    """Write a backup of `admin.database`; gives its size in bytes. The file appears whole or not at all."""
    connection = await connect(admin)
    try:
        sign_ins = [dict(row) for row in await connection.fetch(_SIGN_INS)]
        revision = await connection.fetchval("SELECT version_num FROM guichet.alembic_version")
    finally:
        await connection.close()
    facts = {"format": FORMAT, "revision": revision, "made_at": datetime.now(UTC).isoformat(), "sign_ins": sign_ins}
    # The sign-ins were read first: a dump made after them may only know more agents, who can be given a password.
    with tempfile.TemporaryDirectory(prefix=".guichet-backup-", dir=file.parent) as folder:
        dump = Path(folder, DUMP)
        await _call(programs, "pg_dump", admin, "--format=custom", "--schema=guichet", f"--file={dump}")
        return _pack(facts, dump, file)


async def restore(admin: Access, file: Path, programs: Path, hub_password: str, *, over: bool) -> str:
    """Make `admin.database` what the backup holds, at this version; gives the time at which the backup was made.

    MendableError when the file is no backup, or when an organisation is there already and `over` is not asked for.
    Until the last moment the database that is there is left as it is.
    """
    facts = _facts(file)
    await database.prepare_server(admin, hub_password)
    new = replace(admin, database=RESTORED)
    server = await connect(replace(admin, database="postgres"))
    try:
        if not over and await _is_used(server, admin):
            raise MendableError(
                f"The database {admin.database} holds an organisation already: add --over to put the backup in its place."
            )
        await server.execute(f"DROP DATABASE IF EXISTS {RESTORED} WITH (FORCE)")
        await server.execute(f"CREATE DATABASE {RESTORED} TEMPLATE template0")
        for sign_in in facts["sign_ins"]:
            await _make_sign_in(server, sign_in)
        with tempfile.TemporaryDirectory(prefix=".guichet-restore-", dir=file.parent) as folder:
            with tarfile.open(file) as tar:
                tar.extract(DUMP, folder, filter="data")
            dump = f"{folder}/{DUMP}"
            await _call(programs, "pg_restore", new, "--exit-on-error", "--jobs=2", f"--dbname={RESTORED}", dump)
        await database.prepare_database(new)
        await database.upgrade(new)
        await _begin_epoch(new)
        await _put_in_place(server, admin)
    finally:
        await server.execute(f"DROP DATABASE IF EXISTS {RESTORED} WITH (FORCE)")
        await server.close()
    return str(facts["made_at"])


def _pack(facts: dict[str, Any], dump: Path, file: Path) -> int:
    told, whole = dump.with_name(FACTS), dump.with_name("whole")
    told.write_text(json.dumps(facts), encoding="utf-8")
    with tarfile.open(whole, "w") as tar:
        for part in (told, dump):
            tar.add(part, part.name)
    whole.chmod(0o600)
    size = whole.stat().st_size
    whole.replace(file)
    return size


def _facts(file: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as tar:
            told = tar.extractfile(FACTS)
            facts: dict[str, Any] = json.loads(told.read()) if told is not None else {}
            tar.getmember(DUMP)
    except FileNotFoundError as error:
        raise MendableError(f"There is no file {file}.") from error
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise MendableError(f"{file} is not a whole backup of Guichet: take another one.") from error
    if facts.get("format") != FORMAT:
        raise MendableError(f"{file} was made by a newer Guichet: restore it with that one.")
    return facts


async def _is_used(server: asyncpg.Connection, admin: Access) -> bool:
    if not await server.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", admin.database):
        return False
    there = await connect(admin)
    try:
        made = await there.fetchval("SELECT to_regclass('guichet.organisations') IS NOT NULL")
        return bool(made and await there.fetchval("SELECT EXISTS (SELECT FROM guichet.organisations)"))
    finally:
        await there.close()


async def _make_sign_in(server: asyncpg.Connection, sign_in: dict[str, Any]) -> None:
    # As the keeper, so that she may reset it later.
    if not re.fullmatch(r"[a-z][a-z0-9._-]+", sign_in["name"]) or "'" in sign_in["verifier"]:
        raise MendableError("This backup was changed by other hands: take another one.")
    name = f'"{sign_in["name"]}"'
    there = await server.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", sign_in["name"])
    login = "LOGIN" if sign_in["may_sign_in"] else "NOLOGIN"
    async with server.transaction():
        await server.execute("SET LOCAL ROLE guichet_keeper")
        verb = "ALTER" if there else "CREATE"
        await server.execute(f"{verb} ROLE {name} {login} CONNECTION LIMIT 8 PASSWORD '{sign_in['verifier']}'")
        await server.execute(f"GRANT guichet_agent TO {name}")
        await server.execute(f"GRANT {name} TO guichet_hub WITH INHERIT FALSE, SET TRUE")


async def _begin_epoch(restored: Access) -> None:
    # Transaction ids begin anew here: desks that come back read what changed in the new epoch.
    connection = await connect(restored)
    try:
        await connection.execute("UPDATE guichet.schema_info SET epoch = epoch + 1")
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


async def _put_in_place(server: asyncpg.Connection, admin: Access) -> None:
    name = '"' + admin.database.replace('"', '""') + '"'
    await server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await server.execute(f"ALTER DATABASE {RESTORED} RENAME TO {name}")


async def _call(programs: Path, name: str, access: Access, *arguments: str) -> None:
    environment = os.environ | {
        "PGHOST": access.host,
        "PGPORT": str(access.port),
        "PGUSER": access.user,
        "PGPASSWORD": access.password,
        "PGDATABASE": access.database,
        "PGSSLMODE": "disable" if access.host in LOOPBACK else "verify-full",
        "PGSSLROOTCERT": "system",
    }
    if access.host in LOOPBACK:
        del environment["PGSSLROOTCERT"]
    process = await asyncio.create_subprocess_exec(
        str(programs / program(name)), *arguments, stderr=asyncio.subprocess.PIPE, env=environment
    )
    _, said = await process.communicate()
    if process.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        raise MendableError(f"{name} could not do its work: {lines[0] if lines else process.returncode}")
