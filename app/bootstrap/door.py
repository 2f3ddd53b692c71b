"""Sign-in's door: the servers that this computer knows, the keyring, and the store behind them."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.bootstrap.modules import module
from app.bootstrap.profile import database_url, demo_password
from app.desk.sign_in import Remembered, ServerProfile
from app.domain.refusals import Refusal, Refused
from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.settings.profiles import ServerProfiles
from app.settings.secrets import Passwords, keyring_name
from app.settings.service_user import service_user

if TYPE_CHECKING:
    from app.desk.sign_in import ListFirst
    from app.services.desk import SignedIn

log = logging.getLogger(__name__)


class LocalDoor:
    """Door of one computer; `profile` and `agent` are what the command line named."""

    def __init__(self, profile: str, agent: str = "") -> None:
        self._profile = profile
        self._agent = agent
        self._passwords = Passwords()

    def profiles(self) -> tuple[ServerProfile, ...]:
        """The named profile first, then the others that were saved."""
        saved = ServerProfiles(profile_paths(self._profile).config, service_user()).all()
        hosts = {profile.name: urlsplit(profile.database_url or "").hostname or "" for profile in saved}
        names = dict.fromkeys([self._profile, *hosts])
        return tuple(ServerProfile(name, name, hosts.get(name, "")) for name in names)

    async def keyring_works(self) -> bool:
        return bool(await asyncio.to_thread(keyring_name))

    async def remembered(self, profile: str) -> Remembered:
        """The name that the command line gave, and its password from the keyring or, in the demo, from its file."""
        if not self._agent:
            return Remembered()
        password = demo_password(profile, self._agent) or await self._passwords.get(_entry(profile, self._agent))
        return Remembered(self._agent, password or "")

    async def enter(self, profile: str, name: str, password: str, *, keep: bool, first: ListFirst) -> SignedIn:
        signing_in = await module("app.bootstrap.desk")
        try:
            signed_in: SignedIn = await signing_in.StoreSignIn(database_url).sign_in(profile, name, password, first)
        except MendableError as error:
            log.info("no way to the server of %s: %s", profile, error)
            raise Refused(Refusal.SERVER_AWAY, server=profile) from error
        except Refused as refused:
            if refused.reason is Refusal.SERVER_AWAY:
                refused.details["server"] = profile
            raise
        if keep and demo_password(profile, name) is None:
            await self._passwords.keep(_entry(profile, name), password)
        return signed_in


def _entry(profile: str, name: str) -> str:
    return f"{profile}/{name}"
