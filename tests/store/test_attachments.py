"""Files on follow-ups: once by content, typed by their bytes, read only through the case, nothing half-stored."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.cases import Visibility
from app.domain.file_types import UNKNOWN, sniff
from app.domain.follow_ups import Channel, FollowUp
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.services.attachments import MOST, Attachments
from app.settings.paths import profile_paths
from app.store.blobs import PostgresBlobs
from app.store.engine import access_of, connect, open_engine
from app.store.private_server import PrivateServer
from app.store.session import Database
from tests.helpers.folders import service_folder
from tests.helpers.organisation import Vallon, make_vallon

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 3_000


class Files:
    """The attachments of one agent."""

    def __init__(self, vallon: Vallon, agent: str) -> None:
        self.database = Database(open_engine(vallon.access(agent)))
        self.attachments = Attachments(PostgresBlobs(self.database))

    async def __aenter__(self) -> Attachments:
        return self.attachments

    async def __aexit__(self, *_: object) -> None:
        await self.database.close()


async def _note(vallon: Vallon, case_id: UUID, by: str = "nadia") -> UUID:
    note = FollowUp(new_id(), case_id, Channel.NOTE, "See the file", datetime.now(UTC))
    await vallon.as_agent(by).insert_follow_up(note)
    return note.id


async def test_a_file_is_kept_once_and_read_back_whole(vallon: Vallon) -> None:
    case_id = await vallon.case()
    async with Files(vallon, "nadia") as files:
        first = await files.add(await _note(vallon, case_id), "C:\\photos\\leak.pdf", PNG)
        second = await files.add(await _note(vallon, case_id), "again.png", PNG)
        assert first == second
        timeline = (await vallon.as_agent("nadia").case_file(case_id)).timeline
        kept = [attachment for entry in timeline for attachment in entry.attachments]
        assert [(a.name, a.content_type, a.size, a.sha256) for a in kept] == [
            ("leak.pdf", "image/png", len(PNG), first),
            ("again.png", "image/png", len(PNG), first),
        ]
        assert await files.read(kept[0].id) == PNG
    admin = await connect(vallon.admin)
    assert await admin.fetchval("SELECT count(*) FROM blobs") == 1
    await admin.close()


async def test_nobody_reads_a_file_of_a_case_that_is_not_hers(vallon: Vallon) -> None:
    case_id = await vallon.case(visibility=Visibility.INTERNAL)
    async with Files(vallon, "nadia") as files, Files(vallon, "lucie") as foreign:
        await files.add(await _note(vallon, case_id), "secret.png", PNG)
        attachment = (await vallon.as_agent("nadia").case_file(case_id)).timeline[-1].attachments[0]
        with pytest.raises(Refused) as refused:
            await foreign.read(attachment.id)
        assert refused.value.reason is Refusal.NOT_FOUND
        with pytest.raises(Refused):  # a colleague's follow-up is not hers to hang files on
            await foreign.add(await _note(vallon, case_id), "mine.txt", b"text")
    own = await connect(vallon.access("lucie"))
    assert await own.fetchval("SELECT count(*) FROM blobs") == 0
    assert await own.fetchval("SELECT count(*) FROM blob_chunks") == 0
    await own.close()


async def test_what_is_too_large_or_empty_is_refused_before_it_travels(vallon: Vallon) -> None:
    note = await _note(vallon, await vallon.case())
    async with Files(vallon, "nadia") as files:
        with pytest.raises(Refused) as refused:
            await files.add(note, "huge.bin", bytes(MOST + 1))
        assert refused.value.reason is Refusal.ATTACHMENT_TOO_LARGE
        assert "huge.bin" in str(refused.value)
        for name, data in (("", b"x"), ("a/", b"x"), ("empty.txt", b"")):
            with pytest.raises(Refused):
                await files.add(note, name, data)
        # The database holds the limit too, whatever a desk believes.
        blobs = files._blobs
        assert isinstance(blobs, PostgresBlobs)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("app.store.blobs.ATTACHMENT_MOST", 10)
            with pytest.raises(Refused) as held:
                await blobs.keep(note, new_id(), "eleven.txt", "text/plain", b"01234567890")
        assert held.value.reason is Refusal.ATTACHMENT_TOO_LARGE
    admin = await connect(vallon.admin)
    assert await admin.fetchval("SELECT count(*) FROM blobs") == 0
    await admin.close()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF1234WAVEfmt ", "audio/wav"),
        (b"PK\x03\x04....xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"PK\x03\x04....", "application/zip"),
        (b"MZ\x90\x00", "application/vnd.microsoft.portable-executable"),
        ("Réparé".encode(), "text/plain"),
        (b"a" * 8_191 + "é".encode() + b"a", "text/plain"),
        (b"a\x00b", UNKNOWN),
        (b"\xe9t\xe9", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_a_file_is_what_its_bytes_say(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system with room for a database and little more."""
    with service_folder() as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=240m,mode=0755", "none", str(folder)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("a small file system cannot be mounted here: that takes root's rights")
        yield folder
        subprocess.run(["umount", str(folder)], check=True)


async def _fill(files: Attachments, note: UUID) -> None:
    for n in range(20):  # each is another file of ten megabytes
        await files.add(note, f"{n}.bin", n.to_bytes(4) + bytes(10_000_000))


def _make_room(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=500m", str(disk)], check=True)


async def test_a_full_disk_refuses_a_file_and_keeps_everything_else(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.private_server.STOP_WITHIN_S", 10)
    server = PrivateServer(small_disk / "data", small_disk / "run", profile_paths().cache)
    vallon = await make_vallon(access_of(server.start().url("guichet")))
    try:
        case_id = await vallon.case()
        async with Files(vallon, "nadia") as files:
            note = await _note(vallon, case_id)
            await files.add(note, "small.png", PNG)
            with pytest.raises(Refused) as refused:
                await _fill(files, note)
            assert refused.value.reason in {Refusal.DISK_FULL, Refusal.SERVER_AWAY}
        # The room is given back, and what was stored before is there and can be read.
        server.stop()
        _make_room(small_disk)
        await vallon.close()
        again = access_of(server.start().url("guichet"))
        moved = replace(vallon, admin=again, stores={})
        timeline = (await moved.as_agent("nadia").case_file(case_id)).timeline
        names = [attachment.name for entry in timeline for attachment in entry.attachments]
        assert "small.png" in names
        admin = await connect(again)
        unsealed = await admin.fetchval("SELECT count(*) FROM blobs WHERE sha256 IS NULL")
        assert unsealed == 0
        assert await admin.fetchval("SELECT count(*) FROM attachments") == len(names)
        await admin.close()
        async with Files(moved, "nadia") as files:
            first = next(a for entry in timeline for a in entry.attachments if a.name == "small.png")
            assert await files.read(first.id) == PNG
            await files.add(note, "afterwards.png", PNG)
        await moved.close()
    finally:
        server.stop()
