"""The commands of administrators, as they are typed, on a real server."""

import asyncio
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from app.bootstrap.profile import service_secrets
from app.cli.__main__ import main
from app.store.desk import open_desk_store
from app.store.engine import connect
from tests.helpers.organisation import PASSWORD, Vallon

Command = Callable[..., int]


@pytest.fixture
def command(vallon: Vallon, monkeypatch: pytest.MonkeyPatch) -> Command:
    """guichetctl against the test's own database, outside the test's loop as in a terminal."""
    admin = vallon.admin
    url = f"postgresql://{admin.user}:{quote(admin.password, safe='')}@{admin.host}:{admin.port}/{admin.database}"
    monkeypatch.setenv("GUICHET_ADMIN_URL", url)
    # Roles belong to the whole server, which other tests use too: a restore keeps the hub's password as it is.
    service_secrets("default").put("hub", PASSWORD)
    return lambda *words: main([str(word) for word in words])


async def test_a_table_goes_out_and_comes_in(
    vallon: Vallon, command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await vallon.customer("Fontaine", "06 39 98 78 90")
    out = tmp_path / "customers.csv"
    assert await asyncio.to_thread(command, "export", "customers", out) == 0
    text = out.read_text("utf-8-sig")
    assert "Fontaine" in text
    table = tmp_path / "new.csv"
    table.write_text("nom;téléphone\nPerrin;06 39 98 00 01\nFaux;12\n", "cp1252")
    assert await asyncio.to_thread(command, "import", "customers", table, "--preview") == 1
    assert "written" not in capsys.readouterr().err
    assert await vallon.as_agent("nadia").find_customers("perrin", 5) == ()
    assert await asyncio.to_thread(command, "import", "customers", table, "--as", "nadia") == 1
    said = capsys.readouterr().out
    assert "Windows-1252, separated by semicolons" in said
    assert "1 imported" in said
    assert "“12” is not a telephone number" in (tmp_path / "new.bad.csv").read_text("utf-8-sig")
    hit = (await vallon.as_agent("nadia").find_customers("perrin", 5))[0]
    history = await vallon.as_agent("nadia").history(hit.id, 5)
    assert [change.actor_name for change in history] == ["Nadia Benali"]


def _half_written(folder: Path) -> list[Path]:
    return list(folder.glob("*.new"))


async def test_wrong_words_get_a_sentence(
    vallon: Vallon, command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "bad.csv"
    table.write_text("colour\nred\n")
    for words, sentence in (
        (("import", "customers", table), "no column for: last_name"),
        (("import", "customers", tmp_path / "none.csv"), "cannot be read"),
        (("import", "customers", table, "--as", "nobody"), "no agent 'nobody'"),
        (("export", "cases", tmp_path / "no" / "where.csv"), "cannot be written"),
        (("customer", "export", "000001"), "Name the file"),
        (("customer", "erase", "999999", "--yes"), "no customer with the account number"),
        (("route", "explain", "--to", "+33380123450", "--at", "soon"), "is not a time"),
        (("restore", tmp_path / "bad.csv"), "not a whole backup"),
        (("sample", "--customers", "0", "--cases", "5"), "--customers"),
    ):
        assert await asyncio.to_thread(command, *words) == 1
        assert sentence in capsys.readouterr().err
    assert _half_written(tmp_path) == []


async def test_a_backup_a_customer_and_a_population(
    vallon: Vallon, command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    customer = await vallon.customer("Fontaine")
    kept, told = tmp_path / "kept.backup", tmp_path / "told.zip"
    assert await asyncio.to_thread(command, "backup", kept) == 0
    assert await asyncio.to_thread(command, "customer", "export", customer.account_number, told) == 0
    with zipfile.ZipFile(told) as archive:
        assert b"Fontaine" in archive.read("customer.json")
    assert await asyncio.to_thread(command, "customer", "erase", customer.account_number) == 1  # nobody agreed
    assert (await vallon.as_agent("nadia").customer(customer.id)).last_name == "Fontaine"
    assert await asyncio.to_thread(command, "customer", "erase", customer.account_number, "--yes") == 0
    assert await vallon.as_agent("nadia").find_customers("fontaine", 5) == ()
    population = ("sample", "--customers", 30, "--cases", 60, "--follow-ups", 90)
    assert await asyncio.to_thread(command, *population) == 0
    await vallon.close()
    assert await asyncio.to_thread(command, "restore", kept) == 1
    assert "--over" in capsys.readouterr().err
    assert await asyncio.to_thread(command, "restore", kept, "--over") == 0
    found = await vallon.as_agent("nadia").find_customers("fontaine", 5)
    assert [hit.id for hit in found] == [customer.id]


async def test_a_call_that_has_not_come_yet_is_explained(
    vallon: Vallon, command: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await vallon.customer("Fontaine", "06 39 98 78 90")
    admin = vallon.admin
    monkeypatch.setenv("GUICHET_DATABASE_URL", f"postgresql://{admin.host}:{admin.port}/{admin.database}")
    asked = ("route", "explain", "--to", "03 80 12 34 50", "--from", "06 39 98 78 90", "--at", "2026-11-24T10:00")
    assert await asyncio.to_thread(command, *asked, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["to"], told["caller"], told["team"]) == ("+33380123450", "+33639987890", "Contact centre")
    assert "Fontaine" in told["customer"]
    assert told["steps"]
    assert all(step["reason"] for step in told["steps"])
    assert await asyncio.to_thread(command, *asked) == 0
    assert "Contact centre" in capsys.readouterr().out
    assert await asyncio.to_thread(command, "route", "explain", "--to", "+33199009900") == 1
    assert "not a number of any team" in capsys.readouterr().err


async def test_a_teams_own_server_is_prepared_by_one_command(
    vallon: Vallon, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`database init` on an empty database of a server that others use too: what the README tells a team to type."""
    admin = vallon.admin
    server = await connect(admin)
    await server.execute("CREATE DATABASE own_server")
    own = replace(admin, database="own_server")
    url = f"postgresql://{own.user}:{quote(own.password, safe='')}@{own.host}:{own.port}/{own.database}"
    monkeypatch.setenv("GUICHET_ADMIN_URL", url)
    service_secrets("default").put("hub", PASSWORD)

    def init(*words: str) -> int:
        return main(["database", "init", *words])

    try:
        assert await asyncio.to_thread(init) == 0
        assert "own_server is ready" in capsys.readouterr().out
        garage = ("--organisation", "Garage Petit", "--administrator", "chief.petit", "--number")
        assert await asyncio.to_thread(init, *garage, "12") == 1
        assert "'12' is not a telephone number" in capsys.readouterr().err
        monkeypatch.setenv("GUICHET_ADMINISTRATOR_PASSWORD", "short")
        assert await asyncio.to_thread(init, *garage, "+33199001122") == 1
        assert "at least" in capsys.readouterr().err
        monkeypatch.setenv("GUICHET_ADMINISTRATOR_PASSWORD", "a long password 7")
        assert await asyncio.to_thread(init, *garage, "+33199001122") == 0
        # What was refused has left nothing behind, and once more is no harm.
        assert await asyncio.to_thread(init) == 0
        store = await open_desk_store(replace(own, user="chief.petit", password="a long password 7"))
        teams = (await store.organisation.directory()).teams
        assert sum(team.numbers != () for team in teams) == 1
        assert len(teams) > 3
        await store.close()
    finally:
        await server.execute("DROP DATABASE own_server WITH (FORCE)")
        await server.execute('DROP ROLE IF EXISTS "chief.petit"')
        await server.close()
