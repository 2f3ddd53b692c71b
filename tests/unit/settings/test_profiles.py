import stat
from pathlib import Path

import pytest

from app.settings.errors import MendableError
from app.settings.profiles import ServerProfile, ServerProfiles, check_database_url
from app.settings.service_user import ServiceUser

OFFICE = "postgresql://db.example.org:5432/guichet?sslmode=verify-full"
OURSELVES = ServiceUser("ourselves", 0, 0, is_other=False)


@pytest.fixture
def profiles(tmp_path: Path) -> ServerProfiles:
    return ServerProfiles(tmp_path / "config", OURSELVES)


def test_an_unknown_name_is_a_private_servers(profiles: ServerProfiles) -> None:
    assert profiles.all() == ()
    assert profiles.named("demo", {}) == ServerProfile("demo", None)


def test_saved_profiles_come_back_in_order_and_readable_by_their_owner_only(profiles: ServerProfiles) -> None:
    office = ServerProfile('the "office"\n\x7f é', OFFICE)
    demo = ServerProfile("demo")
    profiles.save(office)
    profiles.save(demo)
    profiles.save(office)
    assert profiles.all() == (office, demo)
    assert profiles.named(office.name, {}) == office
    assert stat.S_IMODE(profiles.file.stat().st_mode) == 0o600
    profiles.remove(office.name)
    assert profiles.all() == (demo,)


def test_the_environment_wins(profiles: ServerProfiles) -> None:
    profiles.save(ServerProfile("office", OFFICE))
    other = "postgresql://localhost/other"
    assert profiles.named("office", {"GUICHET_DATABASE_URL": other}) == ServerProfile("office", other)


@pytest.mark.parametrize("text", ["[servers", "servers = 3", "[servers.a]\ndatabase_url = 'mysql://x/y'", "\udcff"])
def test_a_damaged_file_is_said_and_kept(profiles: ServerProfiles, text: str) -> None:
    profiles.file.parent.mkdir()
    profiles.file.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(MendableError):
        profiles.all()
    with pytest.raises(MendableError):
        profiles.save(ServerProfile("demo"))
    assert profiles.file.exists()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://localhost/guichet", "looks like"),
        ("postgresql://localhost", "looks like"),
        ("postgresql://localhost:many/guichet", "cannot be read"),
        ("postgresql://localhost:0/guichet", "port 0"),
        ("postgresql://anna:hidden-word@db.example.org/guichet", "verify-full"),
        ("postgresql://anna:hidden-word@db.example.org/guichet?sslmode=require", "verify-full"),
    ],
)
def test_a_url_that_cannot_be_used_gets_a_sentence_without_its_password(url: str, sentence: str) -> None:
    with pytest.raises(MendableError, match=sentence) as refused:
        check_database_url(url)
    assert "hidden-word" not in str(refused.value)


@pytest.mark.parametrize("url", [OFFICE, "postgresql://127.0.0.1:5433/guichet", "postgres:///guichet?host=/run"])
def test_good_urls_pass(url: str) -> None:
    assert check_database_url(url) == url
