import argparse
import subprocess
import sys

import pytest

from app.cli import __main__ as guichetctl
from app.settings.errors import MendableError


def test_every_command_names_its_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    for name, (_, purpose) in guichetctl.COMMANDS.items():
        with pytest.raises(SystemExit) as ended:
            guichetctl.main([name, "--help"])
        assert ended.value.code == 0
        assert " ".join(purpose.split()[1:4]) in " ".join(capsys.readouterr().out.split())


def test_the_overview_names_every_command_and_imports_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert guichetctl.main([]) == 0
    assert set(guichetctl.COMMANDS) <= set(capsys.readouterr().out.split())
    code = (
        "import sys; from app.cli.__main__ import main; main([]); "
        "assert not {'asyncpg', 'sqlalchemy', 'keyring', 'aiohttp'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert guichetctl.main(["colour"]) == 2
    assert "'colour'" in capsys.readouterr().err


def test_what_the_user_can_mend_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(arguments: argparse.Namespace) -> int:
        raise MendableError(f"{arguments.profile} is asleep: wake it.")

    monkeypatch.setattr("app.cli.server.run", refuse)
    assert guichetctl.main(["server", "status", "--profile", "office"]) == 1
    assert capsys.readouterr().err == "office is asleep: wake it.\n"


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert guichetctl.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("guichet ")
