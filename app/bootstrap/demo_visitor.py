"""A visitor of the demo chats: the frames of the widget, over the hub's own socket."""

import asyncio
import secrets
import tomllib
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

from app.bootstrap.profile import administrator_url, web_choice
from app.settings.errors import MendableError
from app.settings.resources import resource
from app.store.demo_chat import chat_key
from app.store.engine import access_of

THINKS_S, TYPES_S = 3.0, 2.0
STAYS_S = 1800


async def chat(profile: str, language: str, story: Path | None) -> int:
    """Write, wait for an agent, answer her first words, and stay until the chat is over."""
    told = tomllib.loads((story or resource("sample", "demo.toml")).read_text("utf-8"))["visitor"]
    key = await chat_key(access_of(administrator_url(profile)))
    if not key:
        raise MendableError("The demo has no chat: make it anew with a fresh profile.")
    choice = web_choice(profile)
    scheme = "https" if choice.certificate is not None else "http"
    home = f"{scheme}://{choice.host}:{choice.port}"
    async with aiohttp.ClientSession() as client:
        try:
            # On this machine, whatever name stands in the certificate.
            socket = await client.ws_connect(f"{home}/chat/{key}/socket", headers={"Origin": home}, ssl=False)
        except aiohttp.ClientError as error:
            raise MendableError("The demo's hub does not answer: start the demo with `build/run` first.") from error
        async with socket:
            await _talk(socket, told, language)
    return 0


async def _talk(socket: aiohttp.ClientWebSocketResponse, told: dict[str, Any], language: str) -> None:
    secret = secrets.token_urlsafe(32)
    await socket.send_json({"t": "hello", "lang": language})
    await socket.send_json(
        {
            "t": "begin", "id": str(uuid4()), "secret": secret, "name": told["name"], "email": told["email"],
            "body": told["says"][language], "lang": language,
        }
    )  # fmt: skip
    print(f"{told['name']} chats.", flush=True)
    answers = list(told["answers"][language])
    async with asyncio.timeout(STAYS_S):
        async for message in socket:
            frame = message.json()
            if frame["t"] == "msg":
                await socket.send_json({"t": "seen", "seq": frame["seq"]})
                if frame["by"] == "agent" and answers:
                    await _answer(socket, answers.pop(0))
            elif frame["t"] == "chat" and frame["state"] == "ended":
                return


async def _answer(socket: aiohttp.ClientWebSocketResponse, words: str) -> None:
    await asyncio.sleep(THINKS_S)
    await socket.send_json({"t": "typing"})
    await asyncio.sleep(TYPES_S)
    await socket.send_json({"t": "say", "id": str(uuid4()), "body": words, "files": []})
