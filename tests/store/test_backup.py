"""Backups: made while people work, put back whole, into another server too; a broken one changes nothing."""

import asyncio
import json
import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from app.domain.follow_ups import Channel, FollowUp
from app.domain.history import Hint
from app.domain.ids import new_id
from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.store import database
from app.store.backup import DUMP, FACTS, backup, restore
from app.store.engine import access_of, connect
from app.store.feed import PostgresFeed
from app.store.private_server import PrivateServer
from tests.helpers.folders import service_folder
from tests.helpers.organisation import PASSWORD, Store, Vallon


async def test_what_was_there_comes_back_and_what_came_after_is_gone(
    vallon: Vallon, server: PrivateServer, tmp_path: Path
) -> None:
    file = tmp_path / "whole.backup"
    nadia = vallon.as_agent("nadia")
    case_id = await vallon.case()
    await nadia.insert_follow_up(FollowUp(new_id(), case_id, Channel.NOTE, "Before the backup", datetime.now(UTC)))
    feed = PostgresFeed(vallon.access("nadia"), vallon.organisation_id)
    await feed.start()
    busy = await connect(vallon.access("camille"))
    turn = busy.transaction()  # somebody is in the middle of something
    await turn.start()
    await busy.execute("UPDATE customers SET pinned_note = 'not committed yet'")
    size = await backup(vallon.admin, file, server.programs)
    assert size == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0
    await turn.commit()
    await busy.close()
    later = await vallon.case()
    await vallon.close()
    await restore(vallon.admin, file, server.programs, PASSWORD, over=True)
    nadia = vallon.as_agent("nadia")
    opened = await nadia.case_file(case_id)
    assert [f.body for f in opened.timeline] == ["Before the backup"]
    assert opened.customer.pinned_note == ""
    admin = await connect(vallon.admin)
    assert await admin.fetchval("SELECT count(*) FROM cases WHERE id = $1", later) == 0
    assert await admin.fetchval("SELECT epoch FROM schema_info") == 2
    # The desk that was cut off hears what changes in the new epoch, although its transaction ids are lower.
    heard: list[Hint] = []
    feed.subscribe(heard.append)
    made = await vallon.customer("After the restore")
    async with asyncio.timeout(20):
        while made.id not in {hint.record_id for hint in heard}:
            await asyncio.sleep(0.02)
    await feed.stop()
    assert await database.is_current(vallon.admin)
    hub = await connect(replace(vallon.admin, user=database.HUB_ROLE, password=PASSWORD))
    assert await hub.fetchval("SELECT count(*) FROM cases") == 1
    await hub.close()
    # Nobody has more rights than before.
    assert not await admin.fetchval("SELECT has_database_privilege('public', current_database(), 'CONNECT')")
    await admin.close()


async def test_a_backup_goes_into_another_server_with_its_sign_ins(
    vallon: Vallon, server: PrivateServer, tmp_path: Path
) -> None:
    file = tmp_path / "moved.backup"
    case_id = await vallon.case()
    await vallon.as_agent("ada").disable_agent(vallon.agents["victor"])
    await backup(vallon.admin, file, server.programs)
    await vallon.as_agent("ada").enable_agent(vallon.agents["victor"])
    with service_folder() as folder:
        other = PrivateServer(folder / "data", folder / "run", profile_paths().cache)
        admin = access_of(other.start().url("guichet"))
        try:
            await restore(admin, file, other.programs, "another hub's password", over=False)
            nadia = Store(replace(admin, user="nadia", password=PASSWORD))
            assert (await nadia.case(case_id)).subject == "Hydraulic leak"
            await nadia.close()
            with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
                await connect(replace(admin, user="victor", password=PASSWORD))
            ada = Store(replace(admin, user="ada", password=PASSWORD))
            await ada.enable_agent(vallon.agents["victor"])
            await ada.close()
            with pytest.raises(MendableError, match="--over"):
                await restore(admin, file, other.programs, "another hub's password", over=False)
        finally:
            other.stop()


async def test_what_is_no_backup_changes_nothing(vallon: Vallon, server: PrivateServer, tmp_path: Path) -> None:
    case_id = await vallon.case()
    file = tmp_path / "good.backup"
    await backup(vallon.admin, file, server.programs)
    half = tmp_path / "half.backup"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    newer = tmp_path / "newer.backup"
    (tmp_path / FACTS).write_text(json.dumps({"format": 99}))
    (tmp_path / DUMP).write_bytes(b"")
    with tarfile.open(newer, "w") as tar:
        tar.add(tmp_path / FACTS, FACTS)
        tar.add(tmp_path / DUMP, DUMP)
    broken = tmp_path / "broken.backup"
    (tmp_path / FACTS).write_text(json.dumps({"format": 1, "made_at": "", "sign_ins": []}))
    with tarfile.open(broken, "w") as tar:
        tar.add(tmp_path / FACTS, FACTS)
        tar.add(tmp_path / DUMP, DUMP)
    for wrong, said in ((tmp_path / "none", "no file"), (half, "whole"), (newer, "newer"), (broken, "pg_restore")):
        with pytest.raises(MendableError, match=said):
            await restore(vallon.admin, wrong, server.programs, PASSWORD, over=True)
    assert (await vallon.as_agent("nadia").case(case_id)).id == case_id
