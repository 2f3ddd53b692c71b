"""What a server answers to good and bad ways of asking, and `guichetctl server` and `doctor` on a living one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli.__main__ import main
from app.settings.errors import MendableError
from app.store.private_server import PrivateServer, ServerAddress
from app.store.reach import reach
from tests.helpers.folders import service_folder


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with service_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[ServerAddress]:
    server = PrivateServer(home / "data/demo", home / "run/demo", home / "cache")
    yield server.start()
    server.stop()


async def test_a_good_address_tells_the_version(address: ServerAddress) -> None:
    facts = await reach(address.url())
    assert facts.major == 18
    assert facts.version.startswith("18.")
    assert not facts.encrypted


async def test_each_obstacle_has_its_sentence(address: ServerAddress) -> None:
    with pytest.raises(MendableError, match="name and password"):
        await reach(replace(address, password="wrong").url())
    with pytest.raises(MendableError, match="guichetctl database init"):
        await reach(address.url("nowhere"))
    with pytest.raises(MendableError, match="cannot be reached"):
        await reach(replace(address, port=1).url())


async def test_a_server_that_is_silent_is_given_up(address: ServerAddress) -> None:
    with pytest.raises(MendableError, match="in time"):
        await reach(address.url(), within_s=0.0001)


def test_guichetctl_finds_the_running_server(
    address: ServerAddress, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUICHET_HOME", str(home))
    assert main(["server", "status", "--json", "--profile", "demo"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["running"], facts["port"]) == (True, address.port)
    main(["doctor", "--profile", "demo"])
    said = capsys.readouterr().out
    assert f"private, on 127.0.0.1:{address.port}, PostgreSQL 18" in said
    assert address.password not in said


def test_guichetctl_starts_and_stops_a_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["server", "status", "--profile", "other"]) == 3
    assert main(["server", "start", "--profile", "other"]) == 0
    assert "answers on 127.0.0.1:" in capsys.readouterr().out
    assert main(["server", "status", "--profile", "other"]) == 0
    assert main(["server", "stop", "--profile", "other"]) == 0
    assert main(["server", "status", "--profile", "other"]) == 3
    monkeypatch.setenv("GUICHET_DATABASE_URL", "postgresql://localhost/guichet")
    assert main(["server", "stop", "--profile", "other"]) == 1
    assert "no private one to manage" in capsys.readouterr().err
