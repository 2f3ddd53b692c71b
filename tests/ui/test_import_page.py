"""Manage › Import over the real store: a file is previewed, its good lines go in, the others are saved with reasons."""

from pathlib import Path

import pytest

from app.desk.imports import TableImport
from app.domain.import_columns import TableKind
from app.domain.tables import read_table
from app.services.imports import Imports
from app.store.engine import open_engine
from app.store.session import Database
from app.store.tables import PostgresTables
from tests.helpers.organisation import Vallon
from ui.administration.import_page import ImportPage
from ui.runtime.application import Application

TEXT = "Nom;Téléphone\nFontaine;06 39 98 78 90\nPerrin;12\n"


@pytest.mark.row("S3-03")
async def test_a_file_is_seen_before_it_is_imported_and_its_bad_lines_come_back(
    vallon: Vallon, qapp: Application, tmp_path: Path
) -> None:
    directory = await vallon.as_agent("ada").directory()
    database = Database(open_engine(vallon.access("ada")))
    presenter = TableImport(lambda known: Imports(PostgresTables(database), known), lambda: directory)
    page = ImportPage(presenter)
    page.show()
    file = tmp_path / "clients.csv"
    file.write_bytes(TEXT.encode("cp1252"))
    page._read(file)
    await presenter.work.settle()
    assert "2 lines, written in Windows-1252, separated by semicolons" in page._facts.text()
    assert page._begin.text() == "Import 1 line"
    assert await vallon.as_agent("ada").find_customers("fontaine", 5) == ()
    page._begin.click()
    await presenter.work.settle()
    assert page._result.text() == "1 line went in. 1 did not."
    assert not page._begin.isVisibleTo(page)
    qapp.speak("fr")
    page._write(tmp_path / "bad.csv")
    back = read_table((tmp_path / "bad.csv").read_bytes())
    assert back.heading[:2] == ("Nom", "Téléphone")
    assert "numéro de téléphone" in next(back.lines()).values[-1]
    qapp.speak("en")
    # The same file as something else, then one that cannot be read.
    presenter.choose_kind(TableKind.CASES)
    await presenter.work.settle()
    assert page._missing.isVisibleTo(page)
    assert not page._begin.isEnabled()
    presenter.read("empty.csv", b"")
    await presenter.work.settle()
    assert page._empty.isVisibleTo(page)
    page._read(tmp_path / "nowhere.csv")
    assert "nowhere.csv" in page._error._notice.text.text()
    await presenter.close()
    await database.close()
