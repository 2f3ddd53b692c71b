"""The demo's menu: a customer calls, writes, chats or sends an SMS, a colleague of a sub-team sits down at a desk.

The call comes over the demo trunk, the letter through the demo's post office, the chat by the hub's own socket."""

import subprocess
import sys
from functools import partial

from app.desk.commands import CommandRegistry

PROFILE = "demo"  # of build/run
COLLEAGUE = "hugo.mercier"  # resources/sample/demo.toml: a mechanic of the sub-team Atelier Beaune


def bind_demo(commands: CommandRegistry, profile: str, language: str) -> None:
    """Offer the demo's acts at a desk of the demo; elsewhere there are none."""
    if profile != PROFILE:
        return
    caller = ("app.cli", "demo", "--profile", profile, "--language", language, "--call")
    letter = ("app.cli", "demo", "--profile", profile, "--language", language, "--write")
    visitor = ("app.cli", "demo", "--profile", profile, "--language", language, "--chat")
    text = ("app.cli", "demo", "--profile", profile, "--language", language, "--text")
    colleague = ("ui", "--profile", profile, "--agent", COLLEAGUE, "--language", language)
    commands.bind("demo.customer", partial(_start, *caller))
    commands.bind("demo.writes", partial(_start, *letter))
    commands.bind("demo.texts", partial(_start, *text))
    commands.bind("demo.chats", partial(_start, *visitor))
    commands.bind("demo.colleague", partial(_start, *colleague))


def _start(module: str, *words: str) -> None:
    # In this desk's group of processes, so that what ends the demo ends them too.
    subprocess.Popen([sys.executable, "-m", module, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
