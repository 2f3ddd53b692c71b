from pathlib import Path

import pytest

from debian_sid import EngineError, Mirror, cache_folder, mirrors, need_tools, run

DEB822 = """\
# a comment
Types: deb
URIs: http://one.example/debian http://two.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/key.gpg

Types: deb
URIs: http://security.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: sid
Components: main

Types: deb
URIs: http://inline.example/debian
Suites: trixie
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
 -----END PGP PUBLIC KEY BLOCK-----
"""
ONE_LINE = """\
deb http://three.example/debian bookworm main
# deb http://comment.example/debian sid main
deb [arch=amd64 signed-by=/etc/key.asc] http://four.example/debian stable main
deb-src http://source.example/debian stable main
deb http://other.example/apt stable nonfree
nonsense
"""


def test_both_formats_of_apt_sources_are_read(tmp_path: Path) -> None:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list.d/debian.sources").write_text(DEB822)
    (tmp_path / "sources.list").write_text(ONE_LINE)
    (tmp_path / "sources.list.d/old.list.disabled").write_text("deb http://disabled.example/debian sid main")
    found = mirrors(tmp_path)
    assert [mirror.address for mirror in found] == [
        "http://three.example/debian",
        "http://four.example/debian",
        "http://one.example/debian",
        "http://two.example/debian",
        "http://inline.example/debian",
    ]
    assert found[1] == Mirror("http://four.example/debian", "/etc/key.asc")
    assert found[2].signed_by == "/usr/share/keyrings/key.gpg"
    assert "BEGIN PGP" in found[4].signed_by


def test_no_sources_are_no_mirrors(tmp_path: Path) -> None:
    assert mirrors(tmp_path) == []


def test_a_missing_tool_and_a_failing_one_are_told_in_a_sentence() -> None:
    with pytest.raises(EngineError, match="no-such-tool"):
        need_tools("sh", "no-such-tool")
    with pytest.raises(EngineError, match=r"sh failed \(exit 3\)(.|\n)*because"):
        run("sh", "-c", "echo because; exit 3")


def test_the_cache_is_roots_or_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("debian_sid.os.geteuid", lambda: 0)
    assert cache_folder() == Path("/var/cache/guichet")
    monkeypatch.setattr("debian_sid.os.geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "guichet"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder() == Path.home() / ".cache/guichet"
