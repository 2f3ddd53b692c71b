"""The demo's customer with a mobile telephone: a provider on this machine, and an SMS of hers."""

import asyncio
import json
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap.profile import administrator_url, service_secrets, web_choice
from app.chat.provider_double import HOST, ProviderDouble, Sent, a_message, call
from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.settings.resources import resource
from app.store.demo_texts import join_provider
from app.store.engine import access_of

SECRET, COUNTER = "demo.texts", "texts.json"
THINKS_S = 6.0
TRIES, TRY_EVERY_S = 20, 0.5


@dataclass(frozen=True, slots=True)
class TextStory:
    """Who writes to which number, and what she answers the first reply."""

    sender: str
    to: str
    says: str
    answers: str


@asynccontextmanager
async def provider(profile: str, language: str, story: Path | None) -> AsyncIterator[ProviderDouble]:
    """A provider that serves the demo's number until the block ends; the customer answers once."""
    told, secret = read_story(language, story), service_secrets(profile).get_or_make(SECRET)
    answered: set[str] = set()

    def answer(sent: Sent) -> str:
        first = sent.to == told.sender and sent.to not in answered
        answered.add(sent.to)
        return told.answers if first else ""

    made, paths = ProviderDouble(secret, answers=answer, thinks_s=THINKS_S), profile_paths(profile)
    counter = await made.open()
    choice = web_choice(profile)
    scheme = "https" if choice.certificate is not None else "http"
    hooks_at = f"{scheme}://{HOST}:{choice.port}"
    admin = access_of(administrator_url(profile))
    line = await join_provider(admin, told.to, counter.url, counter.account, secret, hooks_at)
    file = paths.run / COUNTER
    if line is not None:
        file.touch(mode=0o600)
        file.write_text(json.dumps({"hook": f"{hooks_at}/sms/{line}/in"}), "utf-8")
    try:
        yield made
    finally:
        file.unlink(missing_ok=True)
        await made.close()


async def write_text(profile: str, language: str, story: Path | None) -> int:
    """The customer writes an SMS; the hub may be a moment late."""
    file = profile_paths(profile).run / COUNTER
    if not file.exists():
        raise MendableError("The demo's SMS provider is closed: start the demo with `build/run` first.")
    kept, told = json.loads(file.read_text("utf-8")), read_story(language, story)
    secret = service_secrets(profile).get_or_make(SECRET)
    for _ in range(TRIES):
        if await call(secret, kept["hook"], a_message(told.sender, told.to, told.says)) == 200:
            print(f"{told.sender} has written to {told.to}.")
            return 0
        await asyncio.sleep(TRY_EVERY_S)
    raise MendableError("The demo's hub does not take the message: is `build/run` still running?")


def read_story(language: str, story: Path | None) -> TextStory:
    """The SMS of a story in one language."""
    told = tomllib.loads((story or resource("sample", "demo.toml")).read_text("utf-8"))["text"]
    return TextStory(told["from"], told["to"], told["says"][language], told["answers"][language])
