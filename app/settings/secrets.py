"""Where passwords are kept: people's in the system's keyring, services' in files of the service user.

Never in a plain file of a person: without a keyring a password lives in memory until she signs out.
"""

import asyncio
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from app.settings.errors import MendableError
from app.settings.service_user import ServiceUser

SERVICE = "guichet"
# Backends that write what they are given to a file in the clear, or throw it away.
UNSAFE_BACKENDS = ("keyrings.alt.", "keyring.backends.null", "keyring.backends.fail")

Answer = TypeVar("Answer")


class KeyringBackend(Protocol):
    """What we use of a backend of the `keyring` library."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """Give the stored password or nothing."""

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Store the password."""

    def delete_password(self, service: str, username: str, /) -> None:
        """Forget the password."""


@dataclass(frozen=True)
class Kept:
    """How long a password is kept, and the sentence to show when that is not for good."""

    for_good: bool
    sentence: str = ""


FOR_GOOD = Kept(for_good=True)


class Passwords:
    """People's passwords: in the system's keyring, or in memory for this sign-in where there is none.

    A locked keyring may ask its owner in a window of its own and wait for her: every call runs in a
    thread that does not hold up the program's end.
    """

    def __init__(self, find_backend: "Callable[[], KeyringBackend] | None" = None) -> None:
        """Use the system's keyring, or what a test gives."""
        self._find_backend = find_backend or _system_keyring
        self._in_memory: dict[str, str] = {}

    async def get(self, name: str) -> str | None:
        """Give the password kept under `name`, or nothing."""
        if name in self._in_memory:
            return self._in_memory[name]
        try:
            return await _in_thread(lambda: self._find_backend().get_password(SERVICE, name))
        except _NoKeyringError:
            return None

    async def keep(self, name: str, password: str) -> Kept:
        """Keep the password as long as this machine can do it safely, and tell how long that is."""
        self._in_memory.pop(name, None)
        try:
            await _in_thread(lambda: self._find_backend().set_password(SERVICE, name, password))
        except _NoKeyringError as error:
            self._in_memory[name] = password
            return Kept(
                for_good=False,
                sentence=f"The password is kept until you sign out, for want of a usable keyring ({error}).",
            )
        return FOR_GOOD

    async def forget(self, name: str) -> None:
        """Forget the password everywhere."""
        self._in_memory.pop(name, None)
        try:
            if await self.get(name) is not None:
                await _in_thread(lambda: self._find_backend().delete_password(SERVICE, name))
        except _NoKeyringError:
            return  # nothing was kept beyond the memory


class ServiceSecrets:
    """Passwords of the services on this machine, one 0600 file each, owned by the service user."""

    def __init__(self, folder: Path, user: ServiceUser) -> None:
        """Take a profile's data folder; the secrets get a folder in it."""
        self._folder = folder / "secrets"
        self._user = user

    def get(self, name: str) -> str | None:
        """Give the secret or nothing; MendableError when the file may not be read."""
        try:
            return (self._folder / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise MendableError(
                f"{self._folder / name} belongs to {self._user.name}: run the command as her or as root."
            ) from error

    def put(self, name: str, secret: str) -> None:
        """Replace the secret; a crash leaves the old or the new one, whole."""
        self._user.make_folder(self._folder)
        self._user.write_private(self._folder / name, secret)

    def get_or_make(self, name: str) -> str:
        """Give the secret, drawn at random (256 bits) the first time."""
        if (found := self.get(name)) is not None:
            return found
        self.put(name, made := secrets.token_urlsafe(32))
        return made


class _NoKeyringError(Exception):
    """The keyring is missing, locked or broken; the text says which."""


def _system_keyring() -> KeyringBackend:
    import keyring  # 80 ms: not before it is needed

    backend = keyring.get_keyring()
    for candidate in getattr(backend, "backends", [backend]):
        if not type(candidate).__module__.startswith(UNSAFE_BACKENDS):
            found: KeyringBackend = candidate
            return found
    raise _NoKeyringError("none is running")


def keyring_name() -> str:
    """Give the name of the keyring that passwords would go to, or nothing when there is none."""
    try:
        return str(getattr(_system_keyring(), "name", "")).partition(" (")[0]
    except _NoKeyringError:
        return ""


async def _in_thread(call: Callable[[], Answer]) -> Answer:
    """Run `call` in a daemon thread, since an unanswered prompt of the keyring must not block our exit."""
    future: Future[Answer] = Future()
    future.set_running_or_notify_cancel()  # a caller that gave up must not make the late answer an error

    def run() -> None:
        from keyring.errors import KeyringError

        try:
            future.set_result(call())
        except KeyringError as error:
            future.set_exception(_NoKeyringError(str(error) or type(error).__name__))
        except BaseException as error:  # noqa: BLE001 - handed to the caller whole
            future.set_exception(error)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return await asyncio.wrap_future(future)
