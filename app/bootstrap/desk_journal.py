"""The journal of an agent on this computer, opened with the key that the system's keyring keeps for it."""

import asyncio
import base64
import secrets

from app.desk.journal import KEY, FileJournal, key_of_password, salt_of
from app.settings.paths import profile_paths
from app.settings.secrets import Passwords


async def open_journal(profile: str, agent: str, password: str) -> FileJournal:
    """Open or make it; without a keyring its key comes from the password that was just typed."""
    file = profile_paths(profile).data / "desk" / agent / "journal"
    salt = await asyncio.to_thread(salt_of, file)
    key = await _key_of_keyring(f"{profile}/{agent}/journal")
    if key is None:
        key = await asyncio.to_thread(key_of_password, password, salt)
    return await asyncio.to_thread(FileJournal, file, key, salt)


async def _key_of_keyring(name: str) -> bytes | None:
    passwords = Passwords()
    if (kept := await passwords.get(name)) is not None:
        return base64.b64decode(kept)
    fresh = secrets.token_bytes(KEY)
    done = await passwords.keep(name, base64.b64encode(fresh).decode())
    return fresh if done.for_good else None
