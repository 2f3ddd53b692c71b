"""A customer of the demo calls: a SIP user agent of its own with a voice, over the demo trunk, as from outside."""

import asyncio
import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.domain.phone_numbers import normalise
from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.settings.resources import resource
from app.switch.instance import AsteriskInstance

REGION = "FR"


@dataclass(frozen=True, slots=True)
class DemoCall:
    """Who calls which number and what she says; the numbers in E.164."""

    caller: str
    name: str
    dialled: str
    words: str


def demo_call(language: str, caller: str = "", dialled: str = "") -> DemoCall:
    """The call of the demo's story: its first customer rings the contact centre; others on request."""
    story = tomllib.loads(resource("sample", "demo.toml").read_text("utf-8"))
    customer = story["customers"][0]
    name = " ".join(part for part in (customer.get("first_name", ""), customer.get("last_name", "")) if part)
    number, called = caller or customer["phones"][0], dialled or story["teams"][0]["number"]
    return DemoCall(_e164(number), "" if caller else name, _e164(called), story["call"]["says"][language])


async def place(profile: str, call: DemoCall, language: str) -> int:
    """Call, speak as long as the call lasts, and tell each state; 0 when somebody answered."""
    folder = profile_paths(profile).data / "asterisk"
    address = AsteriskInstance(folder, Path()).address
    if address is None:
        raise MendableError("The demo's switch does not run: start the demo with `build/run` first.")
    words = await asyncio.to_thread(speech, call.words, language, profile_paths(profile).cache / "demo")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app.phone.customer", "--switch", f"{address.sip_host}:{address.sip_port}",
        "--number", call.caller, "--name", call.name,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    answered = False
    try:
        async for line in process.stdout:
            if not line.startswith(b"{"):
                continue  # the engine's own words
            state = json.loads(line).get("state", "")
            if state == "ready":
                if words is not None:
                    process.stdin.write(f"play {words}\n".encode())
                process.stdin.write(f"call {call.dialled}\n".encode())
            elif state:
                print(f"{call.name or call.caller}: {state}", flush=True)
            answered = answered or state == "talking"
            if state == "ended":
                break
    finally:
        process.stdin.close()
        await process.wait()
    return 0 if answered else 1


def speech(words: str, language: str, folder: Path) -> Path | None:
    """A recording of the words, spoken by espeak-ng; None where it is not installed (the customer is silent)."""
    program = shutil.which("espeak-ng")
    if program is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"customer-{language}.wav"
    voice = {"fr": "fr-fr", "en": "en-gb"}[language]
    made = subprocess.run([program, "-v", voice, "-s", "150", "-w", str(file), words], check=False, capture_output=True)
    return file if made.returncode == 0 else None


def _e164(number: str) -> str:
    found = normalise(number, REGION)
    if found is None:
        raise MendableError(f"{number} is not a telephone number.")
    return found
