import os
from pathlib import Path

import pytest

from app.settings import paths
from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from tests.helpers.folders import service_folder


def test_guichet_home_holds_everything() -> None:
    home = Path("/srv/guichet")  # short enough for a socket's path, wherever the tests' own folders are
    found = profile_paths("demo", {"GUICHET_HOME": str(home)})
    assert {found.config, found.data, found.cache, found.log, found.run} <= set_below(home)
    assert profile_paths("other", {"GUICHET_HOME": str(home)}).data != found.data


def set_below(folder: Path) -> set[Path]:
    names = ("config", "data/demo", "cache", "log/demo", "run/demo")
    return {folder / name for name in names}


def test_a_deep_home_still_gets_a_short_run_folder(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-rather-long-name"] * 6)
    found = profile_paths("demo", {"GUICHET_HOME": str(deep)})
    assert len(os.fsencode(found.run)) <= paths.LONGEST_RUN
    assert found.run != profile_paths("other", {"GUICHET_HOME": str(deep)}).run
    assert found.data.is_relative_to(deep)


def test_a_person_gets_her_own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "is_root", lambda: False)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    found = profile_paths("demo", {})
    assert found.data == tmp_path / ".local/share/guichet/demo"
    assert found.config == tmp_path / ".config/guichet"
    with service_folder() as short:
        assert profile_paths("demo", {"XDG_RUNTIME_DIR": str(short)}).run == short / "guichet/demo"


def test_root_gets_the_systems_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "is_root", lambda: True)
    found = profile_paths("demo", {})
    assert found.data == Path("/var/lib/guichet/demo")
    assert found.cache == Path("/var/cache/guichet")


@pytest.mark.parametrize("name", ["", "..", "a/b", "-x", "a b", "x" * 65])
def test_a_name_that_is_no_folders_is_refused(name: str) -> None:
    with pytest.raises(MendableError, match="profile name"):
        profile_paths(name, {})
