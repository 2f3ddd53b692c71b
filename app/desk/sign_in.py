"""Sign-in: which server, who, the password, and one sentence when it does not work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.refusals import QT_TRANSLATE_NOOP, Refusal, Refused

if TYPE_CHECKING:
    from app.services.desk import Entered, SignedIn

ListFirst: TypeAlias = "Callable[[Entered], Awaitable[None]]"
"""Shows the first list; what comes after waits for it."""


@dataclass(frozen=True, slots=True)
class ServerProfile:
    """One server that this computer knows; the private one has no host to show."""

    key: str
    name: str
    host: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What this computer kept of the last sign-in at a server."""

    name: str = ""
    password: str = ""


class Door(Protocol):
    """What sign-in needs: the known servers, the keyring, and the server itself."""

    def profiles(self) -> tuple[ServerProfile, ...]: ...
    async def keyring_works(self) -> bool: ...
    async def remembered(self, profile: str) -> Remembered: ...
    async def enter(self, profile: str, name: str, password: str, *, keep: bool, first: ListFirst) -> SignedIn:
        """Open the desk, or raise Refused(WRONG_PASSWORD, SERVER_AWAY, SCHEMA_TOO_NEW, SCHEMA_TOO_OLD).

        `first` is given what a list needs as soon as that is there; all else waits until it returns.
        """
        ...


@dataclass(frozen=True, slots=True)
class SignInState:
    """What the sign-in page shows; `looked` once this computer's memory was read."""

    profiles: tuple[ServerProfile, ...] = ()
    profile: str = ""
    name: str = ""
    password: str = ""
    keep: bool = True
    keyring: bool = True
    looked: bool = False
    busy: bool = False
    done: bool = False
    error_field: str = ""
    error: Sentence | None = None
    away: Sentence | None = None


class SignIn(Presenter[SignInState]):
    """Signs an agent in; what she typed stays when it is refused."""

    def __init__(self, door: Door, entered: Callable[[SignedIn], None], first: ListFirst | None = None) -> None:
        profiles = door.profiles()
        chosen = profiles[0].key if profiles else ""
        super().__init__(SignInState(profiles=profiles, profile=chosen))
        self._door = door
        self._entered = entered
        self._first = first or _nothing_first

    def begin(self) -> None:
        """Read what this computer remembers."""
        self.work.latest("remember", self._remember(self.state.profile))

    def choose_profile(self, key: str) -> None:
        """Choose another server."""
        self.show(profile=key, away=None, error=None, error_field="")
        self.work.latest("remember", self._remember(key))

    def keep(self, keep: bool) -> None:
        """Keep the password in the system's keyring, or do not."""
        self.show(keep=keep)

    def enter(self, name: str, password: str) -> None:
        """Sign in with what was typed."""
        if self.state.busy:
            return
        self.show(name=name.strip(), password=password, error=None, error_field="", away=None)
        if not name.strip():
            self.show(error_field="name", error=desk(QT_TRANSLATE_NOOP("Desk", "Type your name for signing in.")))
        elif not password:
            self.show(error_field="password", error=desk(QT_TRANSLATE_NOOP("Desk", "Type your password.")))
        else:
            self.show(busy=True)
            self.work.start(self._enter(name.strip(), password), "sign-in")

    def retry(self) -> None:
        """Try the server again with the same words."""
        self.enter(self.state.name, self.state.password)

    async def _remember(self, profile: str) -> None:
        kept = await self._door.remembered(profile)
        # What is kept already need not be kept again, and looking for a keyring takes a tenth of a second.
        keep = not kept.password and self.state.keep
        self.show(name=kept.name, password=kept.password, keep=keep, looked=True)
        if not kept.password:
            await self._look_for_keyring()

    async def _look_for_keyring(self) -> None:
        works = await self._door.keyring_works()
        self.show(keyring=works, keep=works and self.state.keep)

    async def _enter(self, name: str, password: str) -> None:
        state = self.state
        try:
            signed_in = await self._door.enter(
                state.profile, name, password, keep=state.keep and state.keyring, first=self._first
            )
        except Refused as refused:
            sentence = of_refusal(refused)
            if refused.reason is Refusal.WRONG_PASSWORD:
                self.show(busy=False, error_field="password", error=sentence, keep=True)
                await self._look_for_keyring()
            else:
                self.show(busy=False, away=sentence)
            return
        self.show(busy=False, done=True, password="")
        self._entered(signed_in)


async def _nothing_first(entered: Entered) -> None:
    """Nobody waits for a list."""
