"""The export feed against a real receiver: away for long, killed after it kept a batch, a hub killed before it knew."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from app.domain.export_feed import Place, pause_after
from app.domain.follow_ups import Channel, FollowUp
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.hub.export_feed import ExportRoom
from app.services.export_feed import ExportTarget, ExportTargets, Outlet, TargetAwayError
from app.store.engine import connect, open_engine
from app.store.export_feed import PostgresExportLog, PostgresTargets
from app.store.session import Database
from app.web.outlets import FolderOutlet, HttpsOutlet
from tests.helpers.mail_store import hub_database
from tests.helpers.organisation import Vallon

SECRET = "shared with the aggregator"
PATIENCE_S = 120
HERE = ("127.0.0.1",)
FAST = 0.002
"""An hour of pauses in seconds: five, thirty, a hundred and twenty, then six hundred seconds each."""


@dataclass
class World:
    """The organisation, an administrator's targets, the hub, and where the aggregator keeps things."""

    vallon: Vallon
    targets: ExportTargets
    hub: Database
    admin: asyncpg.Connection
    folder: Path
    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def receive(self) -> subprocess.Popen[bytes]:
        """Start the aggregator."""
        program = Path(__file__).with_name("aggregator.py")
        process = subprocess.Popen([sys.executable, str(program), str(self.port), str(self.file), SECRET])
        self.processes.append(process)
        return process

    @property
    def file(self) -> Path:
        return self.folder / "received.jsonl"

    def received(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.file.read_text().splitlines()] if self.file.exists() else []

    async def work(self, count: int) -> None:
        """Cases with notes."""
        nadia = self.vallon.as_agent("nadia")
        for _ in range(count):
            case_id = await self.vallon.case(by="nadia")
            await nadia.insert_follow_up(FollowUp(new_id(), case_id, Channel.NOTE, "seen", datetime.now(UTC)))

    async def logged(self) -> list[str]:
        rows = await self.admin.fetch(
            "SELECT epoch, xid::text AS xid, seq FROM changes h WHERE organisation_id = $1 ORDER BY epoch, h.xid, seq",
            self.vallon.organisation_id,
        )
        return [str(Place(row["epoch"], int(row["xid"]), row["seq"])) for row in rows]

    async def target(self, **more: object) -> UUID:
        target = ExportTarget(new_id(), "Global dashboard", url=f"http://127.0.0.1:{self.port}/in", secret=SECRET)
        await self.targets.save(replace(target, **more))  # type: ignore[arg-type]
        return target.id

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        outlets: dict[str, Outlet] = {"https": HttpsOutlet(HERE), "folder": FolderOutlet(self.folder / "exports")}
        room = asyncio.create_task(ExportRoom(PostgresExportLog(self.hub), outlets, pace=FAST).run())
        try:
            yield
        finally:
            room.cancel()
            await asyncio.gather(room, return_exceptions=True)

    async def until(self, met: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not met():
                await asyncio.sleep(0.02)


@pytest.fixture
async def world(vallon: Vallon, tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[World]:
    ada = Database(open_engine(vallon.access("ada")))
    hub, admin = hub_database(vallon), await connect(vallon.admin)
    made = World(vallon, ExportTargets(PostgresTargets(ada)), hub, admin, tmp_path, unused_tcp_port)
    yield made
    for process in made.processes:
        process.kill()
        process.wait()
    await admin.close()
    await hub.close()
    await ada.close()


@pytest.mark.row("S4-25")
async def test_a_receiver_that_was_down_for_an_hour_gets_everything_once_and_in_order(world: World) -> None:
    await world.work(3)
    target_id = await world.target()
    async with world.serving():
        failures = 0
        # Six pauses of the shortened clock are more than an hour of the real one.
        assert sum(pause_after(n).total_seconds() for n in range(1, 11)) > 3600
        async with asyncio.timeout(PATIENCE_S):
            while failures < 10:
                failures = await world.admin.fetchval("SELECT failures FROM export_targets WHERE id = $1", target_id)
                await asyncio.sleep(0.02)
        assert (await world.targets.read())[0].said != ""
        await world.work(3)
        world.receive()
        await world.until(lambda: len(world.received()) > 10)
        await world.work(3)
        wanted = await world.logged()
        await world.until(lambda: [line["cursor"] for line in world.received()] == wanted)
        async with asyncio.timeout(PATIENCE_S):  # what was taken is written down a moment later
            while (target := (await world.targets.read())[0]).sent < len(wanted):
                await asyncio.sleep(0.02)
    assert (target.sent, target.failures, target.said) == (len(wanted), 0, "")
    kinds = {line["kind"] for line in world.received()}
    assert {"case", "customer", "follow_up"} <= kinds
    case = next(line for line in world.received() if line["kind"] == "case")
    assert case["record"]["subject"] == "Hydraulic leak"  # type: ignore[index]
    assert "search" not in case["record"]  # type: ignore[operator]


async def test_a_receiver_that_dies_after_it_kept_a_batch_keeps_nothing_twice(world: World) -> None:
    process = world.receive()
    (world.folder / "die").touch()
    await world.work(2)
    await world.target()
    async with world.serving():
        await world.until(lambda: process.poll() is not None)
        (world.folder / "die").unlink()
        world.receive()
        await world.work(1)
        wanted = await world.logged()
        await world.until(lambda: [line["cursor"] for line in world.received()] == wanted)
        await world.until(lambda: len(world.received()) == len(wanted))


async def test_a_hub_that_dies_before_it_knows_gives_the_same_again_and_two_hubs_do_not_meet(world: World) -> None:
    world.receive()
    await world.work(2)
    await world.target()
    exports = PostgresExportLog(world.hub)
    claimed = await exports.claim(0.2)
    assert claimed is not None
    assert await exports.claim(60) is None, "one hub serves a target at a time"
    batch = await exports.batch(claimed, 500)
    assert batch is not None
    await world.until(lambda: _reachable(world.port))
    await HttpsOutlet(HERE).give(claimed, batch)  # and dies
    async with world.serving():
        wanted = await world.logged()
        async with asyncio.timeout(PATIENCE_S):
            while (await world.targets.read())[0].sent < len(wanted):
                await asyncio.sleep(0.02)
    assert [line["cursor"] for line in world.received()] == wanted
    assert not await exports.taken(claimed, batch), "its claim is over"


async def test_a_target_in_a_private_network_gets_nothing_unless_its_host_was_named(world: World) -> None:
    world.receive()
    await world.until(lambda: _reachable(world.port))
    await world.work(1)
    exports = PostgresExportLog(world.hub)
    for host in ("127.0.0.1", "localhost"):
        target = await world.target(name=host, url=f"http://{host}:{world.port}/in")
        claimed = await exports.claim(60)
        assert claimed is not None
        batch = await exports.batch(claimed, 500)
        assert batch is not None
        with pytest.raises(TargetAwayError, match="private network"):
            await HttpsOutlet().give(claimed, batch)
        assert world.received() == []
        await HttpsOutlet([host]).give(claimed, batch)
        assert len(world.received()) == len(batch.lines)
        await world.targets.remove(target)
        world.file.unlink()


async def test_what_a_running_transaction_writes_is_not_passed_over(world: World) -> None:
    await world.target(kind="folder", url="", folder="global")
    exports = PostgresExportLog(world.hub)
    slow = await connect(world.vallon.access("nadia"))
    transaction = slow.transaction()
    await transaction.start()
    await slow.execute("UPDATE customers SET pinned_note = 'x' WHERE false")
    await slow.fetchval("SELECT pg_current_xact_id()")
    before = len(await world.logged())
    await world.work(1)
    claimed = await exports.claim(60)
    found = await exports.batch(claimed, 500) if claimed is not None else None
    assert len(found.lines if found is not None else ()) <= before
    await transaction.commit()
    await slow.close()
    if claimed is not None:
        await exports.release(claimed)
    async with world.serving():
        wanted = await world.logged()
        async with asyncio.timeout(PATIENCE_S):
            while (await world.targets.read())[0].sent < len(wanted):
                await asyncio.sleep(0.02)
    files = sorted((world.folder / "exports" / "global").iterdir())
    lines = [json.loads(line)["cursor"] for file in files for line in file.read_text().splitlines()]
    assert lines == wanted


async def test_only_an_administrator_sets_a_target_up_and_its_secret_is_never_read(world: World) -> None:
    target_id = await world.target()
    for name in ("sofia", "nadia"):
        database = Database(open_engine(world.vallon.access(name)))
        theirs = ExportTargets(PostgresTargets(database))
        assert await theirs.read() == ()
        with pytest.raises(Refused) as refused:
            await theirs.save(ExportTarget(target_id, "Mine", url="https://example.com/in"))
        assert refused.value.reason is Refusal.NOT_PERMITTED
        await database.close()
    ada = await connect(world.vallon.access("ada"))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ada.fetch("SELECT secret FROM export_targets")
    await ada.close()
    for wrong in ({"url": "http://example.com/in"}, {"kind": "folder", "url": "", "folder": "../etc"}):
        with pytest.raises(Refused) as address:
            await world.target(**wrong)
        assert address.value.reason is Refusal.NOT_A_URL
    await world.targets.remove(target_id)
    assert await world.targets.read() == ()


def _reachable(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
