"""The demo's menu: a customer calls, writes, chats or sends an SMS, a colleague of a sub-team sits down at a desk.

The call comes over the demo trunk, the letter through the demo's post office, the chat by the hub's own socket."""

import asyncio
import logging
import subprocess
import sys
import tempfile
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from ui.desk import Desk

log = logging.getLogger(__name__)

PROFILE = "demo"  # of build/run
COLLEAGUE = "hugo.mercier"  # resources/sample/demo.toml: a mechanic of the sub-team Atelier Beaune
ACTS = {"demo.customer": "--call", "demo.writes": "--write", "demo.texts": "--text", "demo.chats": "--chat"}
LOOK_EVERY_S = 0.5


def bind_demo(desk: "Desk", profile: str, language: str) -> None:
    """Offer the demo's acts at a desk of the demo; elsewhere there are none."""
    if profile != PROFILE:
        return
    for command, act in ACTS.items():
        words = ("app.cli", "demo", "--profile", profile, "--language", language, act)
        desk.commands.bind(command, partial(_play, desk, words))
    colleague = ("ui", "--profile", profile, "--agent", COLLEAGUE, "--language", language)
    desk.commands.bind("demo.colleague", partial(_begin, colleague))


def _start(words: tuple[str, ...], said: int | None = None) -> "subprocess.Popen[bytes]":
    # In this desk's group of processes, so that what ends the demo ends them too.
    command = [sys.executable, "-m", *words]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)


def _begin(words: tuple[str, ...]) -> None:
    _start(words)


def _play(desk: "Desk", words: tuple[str, ...]) -> None:
    desk.shell.work.start(_follow(desk, words), "demo")


async def _follow(desk: "Desk", words: tuple[str, ...]) -> None:
    """Let somebody act, and say when she could not: she has no window of her own to say it in."""
    with tempfile.TemporaryFile() as said:
        process = _start(words, said.fileno())
        while process.poll() is None:  # noqa: ASYNC110 - it may outlive this desk: nobody waits for it
            await asyncio.sleep(LOOK_EVERY_S)
        said.seek(0)
        why = said.read().decode(errors="replace").strip()
    if process.returncode and why:
        log.warning("the demo's %s: %s", words[-1], why)
        desk.window.toast(
            QCoreApplication.translate("Desk", "The demo does not answer. Start it again with build/run.")
        )
