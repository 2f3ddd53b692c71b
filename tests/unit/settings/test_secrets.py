import asyncio
import stat
import threading
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked

from app.settings.secrets import FOR_GOOD, Passwords, ServiceSecrets, _system_keyring
from app.settings.service_user import ServiceUser


class FakeKeyring:
    """A keyring in memory that can be locked."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.locked = False
        self.threads: set[str] = set()

    def _touch(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.locked:
            raise KeyringLocked("the keyring is locked")

    def get_password(self, service: str, username: str, /) -> str | None:
        self._touch()
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str, /) -> None:
        self._touch()
        self.kept[username] = password

    def delete_password(self, service: str, username: str, /) -> None:
        self._touch()
        del self.kept[username]


async def test_a_password_lives_in_the_keyring_and_off_the_loops_thread() -> None:
    keyring = FakeKeyring()
    assert await Passwords(lambda: keyring).keep("demo/anna", "s3cret") is FOR_GOOD
    assert await Passwords(lambda: keyring).get("demo/anna") == "s3cret"
    await Passwords(lambda: keyring).forget("demo/anna")
    assert keyring.kept == {}
    assert keyring.threads == {"keyring"}


async def test_without_a_keyring_the_password_lives_until_sign_out_and_that_is_said() -> None:
    keyring = FakeKeyring()
    keyring.locked = True
    passwords = Passwords(lambda: keyring)
    assert await passwords.get("demo/anna") is None
    kept = await passwords.keep("demo/anna", "s3cret")
    assert not kept.for_good
    assert "until you sign out" in kept.sentence
    assert "locked" in kept.sentence
    assert "s3cret" not in kept.sentence
    assert await passwords.get("demo/anna") == "s3cret"
    await passwords.forget("demo/anna")
    assert await passwords.get("demo/anna") is None
    await passwords.forget("demo/anna")


async def test_a_bare_machine_has_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.fail import Keyring as NoBackend

    monkeypatch.setattr(keyring, "get_keyring", NoBackend)
    kept = await Passwords(_system_keyring).keep("demo/anna", "s3cret")
    assert not kept.for_good


async def test_a_bug_in_a_backend_is_not_swallowed() -> None:
    def broken() -> FakeKeyring:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Passwords(broken).get("demo/anna")


async def test_a_prompt_nobody_answers_can_be_given_up() -> None:
    answered = threading.Event()

    class Prompting(FakeKeyring):
        def _touch(self) -> None:
            answered.wait(10)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await Passwords(Prompting).get("demo/anna")
    answered.set()


def test_services_secrets_are_private_files(tmp_path: Path) -> None:
    secrets = ServiceSecrets(tmp_path, ServiceUser("ourselves", tmp_path.stat().st_uid, 0, is_other=False))
    assert secrets.get("hub") is None
    made = secrets.get_or_make("hub")
    assert len(made) >= 43
    assert secrets.get_or_make("hub") == made
    secrets.put("hub", "another")
    assert secrets.get("hub") == "another"
    file = tmp_path / "secrets" / "hub"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["hub"]
