"""Where the demo's hub serves its pages: on a port of its own, so that it stands beside another hub of this machine."""

import socket

import aiohttp

from app.bootstrap.profile import administrator_url
from app.settings.paths import profile_paths
from app.settings.ports import is_free
from app.settings.web import FILE, PORT, read_web_choice
from app.store.demo_chat import chat_key, lead_pages
from app.store.engine import access_of

HOST = "127.0.0.1"
ASKED_S = 2


async def settle_pages(profile: str) -> None:
    """Keep the demo's port while it is free, or while the demo's own hub has it; else take another."""
    folder, admin = profile_paths(profile).data, access_of(administrator_url(profile))
    kept = folder / FILE
    port = read_web_choice(folder).port if kept.exists() else PORT
    if not is_free(port) and not await _is_ours(port, await chat_key(admin)):
        port = _free_port()
    kept.write_text(f"port = {port}\n", "utf-8")
    await lead_pages(admin, f"http://{HOST}:{port}")


async def _is_ours(port: int, key: str) -> bool:
    """Whether who listens there knows our chat's key, which nobody guesses."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ASKED_S)) as client,
            client.get(f"http://{HOST}:{port}/chat/{key}") as answer,
        ):
            return bool(key) and answer.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])
