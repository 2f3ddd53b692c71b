"""The private server against the real PostgreSQL: whole lives of a cluster, the violent ends too."""

import asyncio
import os
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import pytest

from app.store.private_server import PORTS, PrivateServer, PrivateServerError, ServerAddress
from tests.helpers.folders import service_folder


@pytest.fixture
def home() -> Iterator[Path]:
    with service_folder() as folder:
        yield folder


@pytest.fixture
def server(home: Path) -> Iterator[PrivateServer]:
    server = server_in(home)
    yield server
    server.stop()


def server_in(home: Path) -> PrivateServer:
    return PrivateServer(home / "data", home / "run", home / "cache")


def postmaster(server: PrivateServer) -> int:
    return int((server.cluster / "postmaster.pid").read_text().splitlines()[0])


async def fetch(address: ServerAddress, sql: str) -> object:
    connection = await asyncpg.connect(address.url())
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_one_that_died_is_started_again_and_one_that_was_stopped_is_not(server: PrivateServer) -> None:
    assert not server.start_again(), "it has never been started"
    before = server.start()
    assert not server.start_again()
    os.kill(postmaster(server), signal.SIGKILL)
    while server.is_running():
        await asyncio.sleep(0.01)
    assert server.start_again()
    assert server.address() == before, "desks find it where it was"
    assert await fetch(before, "SELECT 1") == 1
    server.stop()
    assert not server.start_again()
    assert not server.is_running()


async def test_starts_answers_and_stops(server: PrivateServer) -> None:
    assert not server.is_running()
    address = server.start()
    assert server.is_running()
    assert server.address() == address
    assert str(await fetch(address, "SHOW server_version")).startswith("18")
    assert await fetch(address, "SHOW jit") == "off"
    assert await fetch(address, "SELECT datlocprovider::text FROM pg_database WHERE datname = 'postgres'") == "b"
    server.stop()
    assert not server.is_running()
    with pytest.raises(PrivateServerError, match="guichetctl server start"):
        server.address()
    server.stop()  # a stopped server may be stopped


async def test_keeps_port_password_and_rows_over_a_restart(server: PrivateServer) -> None:
    first = server.start()
    await fetch(first, "CREATE TABLE kept AS SELECT 1 AS one")
    server.stop()
    assert server.start() == first
    assert await fetch(first, "SELECT one FROM kept") == 1


async def test_takes_another_port_when_its_own_is_gone(server: PrivateServer) -> None:
    first = server.start()
    server.stop()
    with socket.create_server((first.host, first.port)):
        second = server.start()
    assert second.port != first.port
    assert await fetch(second, "SELECT 1") == 1


async def test_waits_for_its_port_where_somebody_has_it_for_a_moment(server: PrivateServer) -> None:
    """As a client does that looked for a dead server, and was given the server's own port to look from."""
    first = server.start()
    assert first.port in PORTS
    server.stop()
    with socket.socket() as held:
        held.bind((first.host, first.port))
        held.listen()
        with ThreadPoolExecutor(1) as pool:
            starting = pool.submit(server.start)
            await asyncio.sleep(0.5)
            assert not starting.done()
            held.close()
            assert starting.result() == first


async def test_second_start_attaches(home: Path, server: PrivateServer) -> None:
    first = server.start()
    pid = postmaster(server)
    assert server_in(home).start() == first
    assert postmaster(server) == pid


def test_starts_at_once_from_several_sides_make_one_server(home: Path, server: PrivateServer) -> None:
    with ThreadPoolExecutor(4) as pool:
        addresses = set(pool.map(lambda _: server_in(home).start(), range(4)))
    assert addresses == {server.address()}


async def test_committed_rows_survive_kill_9(server: PrivateServer) -> None:
    address = server.start()
    await fetch(address, "CREATE TABLE kept (n int)")
    connection = await asyncpg.connect(address.url())
    await connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    open_transaction = connection.transaction()
    await open_transaction.start()
    await connection.execute("INSERT INTO kept SELECT generate_series(1, 500)")
    os.kill(postmaster(server), signal.SIGKILL)
    assert await fetch(server.start(), "SELECT count(*) FROM kept") == 1000
    connection.terminate()


@pytest.fixture
def bystander(server: PrivateServer) -> "Iterator[subprocess.Popen[bytes]]":
    """A process of the server's user."""
    with subprocess.Popen(["sleep", "300"], **server.user.identity()) as process:
        yield process
        process.kill()


async def test_a_dead_servers_number_on_another_process_hinders_nothing(
    server: PrivateServer, bystander: "subprocess.Popen[bytes]"
) -> None:
    """As after kill -9 in a container whose first process reaps nobody, or when the number is in use again."""
    await fetch(server.start(), "CREATE TABLE kept AS SELECT 1 AS one")
    note = server.cluster / "postmaster.pid"
    pid = postmaster(server)
    os.kill(pid, signal.SIGKILL)
    note.write_text(note.read_text().replace(str(pid), str(bystander.pid), 1))
    assert not server.is_running()
    assert await fetch(server.start(), "SELECT one FROM kept") == 1
    assert bystander.poll() is None


def test_an_empty_note_of_a_power_cut_hinders_nothing(server: PrivateServer) -> None:
    server.start()
    server.stop()
    (server.cluster / "postmaster.pid").touch()
    server.start()
    assert server.is_running()


def test_refuses_the_data_of_another_major_version(server: PrivateServer) -> None:
    server.start()
    server.stop()
    version = server.cluster / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(PrivateServerError, match=r"PostgreSQL 17 and this Guichet brings 18: make a backup"):
        server.start()
    assert not (server.cluster / "postmaster.pid").exists()


def test_a_killed_first_start_is_made_good(home: Path, server: PrivateServer) -> None:
    half_made = home / "data" / "postgresql.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    server.start()
    assert server.is_running()
    assert not half_made.exists()


def test_says_why_it_does_not_start(server: PrivateServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.start()
    server.stop()
    monkeypatch.setattr("app.store.private_server.START_ATTEMPTS", 1)
    monkeypatch.setattr("app.store.private_server.server_conf", lambda *_: "shared_buffers = many\n")
    with pytest.raises(PrivateServerError, match=r"does not start: .*shared_buffers|does not start: .*errors"):
        server.start()


@pytest.mark.parametrize("password", ["", "wrong"])
async def test_nobody_gets_in_without_the_password(server: PrivateServer, password: str) -> None:
    address = server.start()
    ways_in = (address.host, str(server.cluster.parents[1] / "run"))
    for host in ways_in:
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(
                host=host,
                port=address.port,
                user="postgres",
                database="postgres",
                password=password,
                passfile="/",
            )


async def test_listens_on_loopback_only(server: PrivateServer) -> None:
    address = server.start()
    assert address.host == "127.0.0.1"
    assert await fetch(address, "SHOW listen_addresses") == "127.0.0.1"
    assert await fetch(address, "SELECT array_agg(DISTINCT address) FROM pg_hba_file_rules WHERE type <> 'local'") == [
        "127.0.0.1"
    ]
    for other in {"127.0.0.2", own_address()} - {"127.0.0.1"}:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((other, address.port), timeout=5)


def own_address() -> str:
    """Give the address that this machine shows to others; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:  # no network at all
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def test_runs_as_an_ordinary_user_with_files_of_her_own(home: Path, server: PrivateServer) -> None:
    server.start()
    owner = Path("/proc", str(postmaster(server))).stat().st_uid
    assert owner != 0
    for path in (server.cluster, home / "data" / "postgresql.password"):
        found = path.stat()
        assert found.st_uid == owner
        assert stat.S_IMODE(found.st_mode) & 0o077 == 0


async def test_a_backend_that_dies_does_not_end_the_server(server: PrivateServer) -> None:
    address = server.start()
    pid = postmaster(server)
    connection = await asyncpg.connect(address.url())
    os.kill(await connection.fetchval("SELECT pg_backend_pid()"), signal.SIGKILL)
    async with asyncio.timeout(10):
        while True:  # PostgreSQL ends the other backends and replays its log before it answers again
            try:
                assert await fetch(address, "SELECT 1") == 1
                break
            except (asyncpg.PostgresError, OSError):
                await asyncio.sleep(0.02)
    assert postmaster(server) == pid
    connection.terminate()


def test_the_password_stays_out_of_the_address_as_shown(server: PrivateServer) -> None:
    address = server.start()
    assert address.password not in repr(address)
