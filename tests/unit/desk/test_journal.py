"""The journal keeps what is typed: encrypted, torn at most at its end, never thrown away."""

import os
from pathlib import Path
from uuid import UUID

import pytest

from app.desk.case_file import OpenCase
from app.desk.draft import Draft
from app.desk.journal import FileJournal, key_of_password, salt_of
from app.desk.new_case import NewCaseForm
from app.domain.cases import Case, Category
from app.domain.refusals import Refusal, Refused
from app.services.attachments import Attachments
from app.services.cases import Cases
from app.services.customers import Customers
from tests.helpers.sample import NOW, SampleBlobs, SampleStore, key

CASE = key("48213")


def reopened(file: Path, password: str = "a long password") -> FileJournal:
    salt = salt_of(file)
    return FileJournal(file, key_of_password(password, salt), salt)


async def test_what_was_kept_is_back_and_what_was_forgotten_is_not(tmp_path: Path) -> None:
    journal = reopened(tmp_path / "journal")
    journal.keep("note/1", "L’huile coule")
    journal.keep("note/2", "x")
    journal.keep("note/2", None)
    await journal.close()
    assert reopened(tmp_path / "journal").kept("note/") == {"note/1": "L’huile coule"}


async def test_nothing_can_be_read_without_the_key(tmp_path: Path) -> None:
    file = tmp_path / "journal"
    journal = reopened(file)
    journal.keep("note/1", "a secret of the customer")
    await journal.close()
    assert b"secret" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    other = reopened(file, "another password")
    assert other.kept() == {}
    assert other.put_aside is not None
    other.put_aside.rename(file)
    assert reopened(file).kept() == {"note/1": "a secret of the customer"}


async def test_files_lie_beside_their_value_sealed_and_go_with_it(tmp_path: Path) -> None:
    file, folder = tmp_path / "journal", tmp_path / "journal.files"
    journal, photo = reopened(file), ("photo.png", b"a secret picture" * 100_000)
    journal.keep("said/1", {"body": "x"})
    await journal.keep_files("said/1", [photo, ("é.txt", b"2")])
    await journal.keep_files("said/2", [photo])  # its value never came: the desk died
    await journal.close()
    kept = sorted(folder.iterdir())
    assert len(kept) == 3
    assert not any(b"secret" in one.read_bytes() or one.stat().st_mode & 0o077 for one in kept)
    again = reopened(file)
    assert await again.files("said/1") == (photo, ("é.txt", b"2"))
    assert await again.files("said/2") == ()
    os.truncate(min(folder.iterdir()), 100)
    assert await again.files("said/1") == (("é.txt", b"2"),)
    again.keep("said/1", None)
    await again.close()
    assert list(folder.iterdir()) == []


async def test_files_that_the_key_does_not_open_are_put_aside_too(tmp_path: Path) -> None:
    file = tmp_path / "journal"
    journal = reopened(file)
    journal.keep("said/1", "x")
    await journal.keep_files("said/1", [("a", b"b")])
    await journal.close()
    other = reopened(file, "another password")
    assert other.put_aside is not None
    assert len(list(other.put_aside.with_name(f"{other.put_aside.name}.files").iterdir())) == 1


@pytest.mark.parametrize("lost", [1, 7, 20])
async def test_a_torn_end_loses_the_last_record_only(tmp_path: Path, lost: int) -> None:
    file = tmp_path / "journal"
    journal = reopened(file)
    journal.keep("note/1", "first")
    await journal.close()
    journal.keep("note/2", "second")
    await journal.close()
    os.truncate(file, file.stat().st_size - lost)
    assert reopened(file).kept() == {"note/1": "first"}


def open_case(store: SampleStore) -> OpenCase:
    return OpenCase(Cases(store), store, lambda: store.kept, lambda: NOW, store.journal, Attachments(store.blobs))


@pytest.mark.row("S5-16")
async def test_a_note_filed_without_the_server_is_filed_once_it_is_back() -> None:
    store = SampleStore()
    case = open_case(store)
    case.open(CASE)
    await case.work.settle()
    case.type_note("Hose ordered")
    store.reachable = False
    case.file_note()
    await case.work.settle()
    assert case.state.done is not None
    assert store.notes == []
    store.reachable = True
    store.hint("presence")
    await case.work.settle()
    store.hint("presence")
    await case.work.settle()
    assert [note.body for note in store.notes] == ["Hose ordered"]
    await case.close()


async def test_a_case_is_solved_with_the_note_that_was_typed() -> None:
    saved: list[Case] = []

    class Keeping(SampleStore):
        async def update_case(self, case: Case) -> Case:
            saved.append(case)
            return case

    store = Keeping()
    case = open_case(store)
    case.open(CASE)
    await case.work.settle()
    case.type_note("Hose fitted")
    case.solve()
    await case.work.settle()
    assert [note.body for note in store.notes] == ["Hose fitted"]
    assert [one.category for one in saved] == [Category.SOLVED]
    await case.close()


async def test_files_are_stored_with_their_note_and_one_too_large_is_told() -> None:
    store = SampleStore()
    case = open_case(store)
    case.open(CASE)
    await case.work.settle()
    case.attach("huge.bin", b"x" * 50_000_001)
    assert case.state.error is not None
    case.attach("coupling.jpg", b"jpeg")
    case.attach("wrong.txt", b"oops")
    case.detach(1)
    shown = [case.state.files]
    case.file_note()
    await case.work.settle()
    assert store.blobs.of == {store.notes[0].id: [("coupling.jpg", b"jpeg")]}
    assert [*shown, case.state.files] == [("coupling.jpg",), ()]
    await case.close()


async def test_a_note_whose_file_failed_is_not_filed_a_second_time() -> None:
    class FullDisk(SampleBlobs):
        full = True

        async def keep(self, follow_up_id: UUID, attachment_id: UUID, name: str, kind: str, data: bytes) -> str:
            if self.full and name == "second.jpg":
                raise Refused(Refusal.DISK_FULL)
            return await super().keep(follow_up_id, attachment_id, name, kind, data)

    store = SampleStore()
    store.blobs = disk = FullDisk()
    case = open_case(store)
    case.open(CASE)
    await case.work.settle()
    case.type_note("Both couplings photographed")
    case.attach("first.jpg", b"1")
    case.attach("second.jpg", b"2")
    case.file_note()
    await case.work.settle()
    assert case.state.error is not None
    assert (case.state.note, case.state.files) == ("", ("second.jpg",))
    disk.full = False
    case.file_note()
    await case.work.settle()
    (note,) = {note.id: note for note in store.notes}.values()
    assert note.body == "Both couplings photographed"
    assert disk.of == {note.id: [("first.jpg", b"1"), ("second.jpg", b"2")]}
    case.type_note("Sent to the workshop")
    case.file_note()
    await case.work.settle()
    assert [one.body for one in store.notes][-1] == "Sent to the workshop"
    assert store.notes[-1].id != note.id
    await case.close()


async def test_the_draft_of_a_new_case_is_back_in_the_next_desk() -> None:
    store = SampleStore()
    names = ("customer", "subject", "team", "type_id", "number")

    def form() -> NewCaseForm:
        return NewCaseForm(Cases(store), Customers(store), store.kept, lambda _: None)

    first = form()
    Draft(store.journal, "case", first, names)
    hit = (await store.find_customers("girard", 1))[0]
    first.choose_customer(hit)
    first.type_subject("Belt of the baler")
    first.choose_team(key("Atelier Beaune"))
    await first.work.settle()
    second = form()
    draft = Draft(store.journal, "case", second, names)
    assert draft.restored
    assert second.state.customer == hit
    assert (second.state.subject, second.state.team) == ("Belt of the baler", store.kept.team(key("Atelier Beaune")))
    draft.forget()
    assert store.journal.kept("form/") == {}
