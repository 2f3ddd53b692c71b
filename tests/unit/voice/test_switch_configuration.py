import json
import stat
from pathlib import Path

import pytest

from app.switch.configuration import (
    AriAddress,
    SwitchFolders,
    SwitchPorts,
    SwitchSettings,
    TlsFiles,
    write_configuration,
)
from app.switch.engine import AsteriskEngine, SwitchError
from app.switch.fallback import FallbackMessage
from app.switch.provisioning import AgentEndpoint, Trunk, new_password

PORTS = SwitchPorts(15060, 18088, 15070, 20000, 20799)
ARI = AriAddress("http://127.0.0.1:18088/ari", "guichet", "a secret")


@pytest.fixture
def engine(tmp_path: Path) -> AsteriskEngine:
    prefix = tmp_path / "prefix"
    for name in ("usr/sbin/asterisk", "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", "guichet-engine.json"):
        (prefix / name).parent.mkdir(parents=True, exist_ok=True)
        (prefix / name).touch()
    for name in ("usr/lib/x86_64-linux-gnu/asterisk/modules", "usr/share/asterisk"):
        (prefix / name).mkdir(parents=True)
    return AsteriskEngine.at(prefix)


def written(tmp_path: Path, engine: AsteriskEngine, settings: SwitchSettings) -> dict[str, str]:
    folders = SwitchFolders(tmp_path / "s")
    for folder in folders.all():
        folder.mkdir(parents=True, exist_ok=True)
    files = write_configuration(folders, engine, PORTS, ARI, settings)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    return {file.name: file.read_text() for file in files}


def test_every_placeholder_is_filled_and_nothing_listens_off_loopback(tmp_path: Path, engine: AsteriskEngine) -> None:
    files = written(tmp_path, engine, SwitchSettings())
    assert not any("%%" in text for text in files.values())
    binds = [
        line.split("=")[1].strip() for text in files.values() for line in text.splitlines() if line.startswith("bind")
    ]
    assert binds
    assert all(bind.startswith("127.0.0.1") or bind == "18088" for bind in binds)
    assert "a secret" in files["ari.conf"]
    assert [name for name, text in files.items() if "a secret" in text] == ["ari.conf", "hep.conf"]


def test_tls_and_the_demo_trunk_are_there_only_when_wanted(tmp_path: Path, engine: AsteriskEngine) -> None:
    tls = TlsFiles("192.0.2.1", 5061, tmp_path / "c.pem", tmp_path / "k.pem")
    plain = written(tmp_path, engine, SwitchSettings(demo=False))["pjsip.conf"]
    full = written(tmp_path, engine, SwitchSettings(tls=tls, demo=True))["pjsip.conf"]
    assert "transport-tls" not in plain
    assert "[demo]" not in plain
    assert "bind = 192.0.2.1:5061" in full
    assert "[demo]" in full


def test_a_folder_too_deep_for_the_socket_is_told(tmp_path: Path, engine: AsteriskEngine) -> None:
    with pytest.raises(SwitchError, match="too long a name"):
        write_configuration(SwitchFolders(tmp_path / ("x" * 100)), engine, PORTS, ARI, SwitchSettings())


def test_a_prefix_without_asterisk_is_told(tmp_path: Path) -> None:
    with pytest.raises(SwitchError, match="no Asterisk"):
        AsteriskEngine.at(tmp_path)


def test_an_unpacked_engine_is_run_by_its_own_loader(engine: AsteriskEngine) -> None:
    assert engine.command[0].endswith("ld-linux-x86-64.so.2")
    assert engine.command[-1].endswith("usr/sbin/asterisk")


@pytest.mark.parametrize(
    ("prefix", "program", "modules", "data"),
    [
        ("usr", "usr/sbin/asterisk", "usr/lib/x86_64-linux-gnu/asterisk/modules", "usr/share/asterisk"),
        ("usr", "usr/sbin/asterisk", "usr/lib64/asterisk/modules", "var/lib/asterisk"),
        ("usr/local", "usr/local/sbin/asterisk", "usr/local/lib/asterisk/modules", "usr/local/var/lib/asterisk"),
    ],
)
def test_an_installed_engine_is_found(tmp_path: Path, prefix: str, program: str, modules: str, data: str) -> None:
    (tmp_path / program).parent.mkdir(parents=True)
    (tmp_path / program).touch()
    for folder in (modules, data):
        (tmp_path / folder).mkdir(parents=True)
    found = AsteriskEngine.at(tmp_path / prefix)
    assert found.command == (str(tmp_path / program),)
    assert found.modules == tmp_path / modules
    assert found.data.resolve() == tmp_path / data


def test_secrets_are_not_shown() -> None:
    password = new_password()
    assert len(password) >= 24
    assert password != new_password()
    for value in (
        AgentEndpoint("camille", password),
        Trunk("acme", "h", password=password),
        AriAddress("u", "g", password),
    ):
        assert password not in repr(value)
        assert password not in json.dumps(str(value))


def test_messages_left_without_a_hub_are_told_by_their_names() -> None:
    message = FallbackMessage.of("fallback--+33380221417--+33380123450--1700000000--1700000000.5")
    assert message is not None
    assert (message.number, message.dialled) == ("+33380221417", "+33380123450")
    assert message.at.isoformat() == "2023-11-14T22:13:20+00:00"
    assert FallbackMessage.of("fallback------1700000000--1.5") is not None
    assert FallbackMessage.of("call-123") is None
    assert FallbackMessage.of("fallback--x") is None
