"""A real desk over a database for tests of chat: its window, keys as a person presses them, and what it has painted.

Arguments: the database's URL, the agent's name and password. One JSON line in is an act, one out is what it gave.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.bootstrap.desk import StoreSignIn
from app.domain.agents import AgentState
from ui.desk import Desk
from ui.objects.timeline import Timeline
from ui.runtime.application import Application
from ui.runtime.event_loop import run
from ui.theme.theme import Look


class Painted(QObject):
    """Keeps the text of every label of the timeline once it was painted where it can be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint and isinstance(watched, QLabel) and _in_timeline(watched):
            text = watched.text()
            if text and text not in self.texts and not watched.visibleRegion().isEmpty():
                self.texts.append(text)
        return False


class Hands:
    """What a person does at the desk, and what she sees."""

    def __init__(self, desk: Desk, painted: Painted) -> None:
        self._desk, self._painted = desk, painted

    def do(self, act: str, what: str = "") -> None:
        window = self._desk.window
        target = QApplication.focusWidget() or window
        match act:
            case "press":
                QTest.keySequence(target, QKeySequence(what))
            case "type":
                QTest.keyClicks(target, what)
            case "file":
                self._desk.shell.work.start(self._desk.chats.say_files((Path(what),)), "read")
            case "state":
                self._desk.shell.set_state(AgentState(what))
            case "picture":
                window.grab().save(what)

    def see(self) -> dict[str, Any]:
        chats, focus = self._desk.chats, QApplication.focusWidget()
        card, composer = chats.card, chats.composer
        return {
            "card": " ".join(_said(card)) if card.isVisible() else "",
            "composer": composer.isVisible(),
            "channel": composer.channel.label if composer.isVisible() else "",
            "typed": composer.text.toPlainText(),
            "focus": focus.accessibleName() if focus is not None else "",
            "state": self._desk.shell.state.presence.state.value if self._desk.shell.state.presence else "",
            "painted": self._painted.texts,
        }


def _said(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible() and one.text()]


def _in_timeline(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Timeline):
        parent = parent.parentWidget()
    return parent is not None


async def serve(application: Any, url: str, name: str, password: str) -> int:
    """Sit at the desk until the other side hangs up."""
    signed_in = await StoreSignIn(lambda _: url, with_phone=False).sign_in(f"chat-{name}", name, password)
    desk, painted = Desk(signed_in), Painted()
    desk.window.resize(1600, 900)
    desk.window.show()
    desk.window.activateWindow()
    desk.begin()
    application.installEventFilter(painted)
    hands, loop = Hands(desk, painted), asyncio.get_running_loop()
    print(json.dumps(hands.see()), flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        hands.do(*json.loads(line))
        print(json.dumps(hands.see()), flush=True)
    await desk.close()
    await signed_in.sign_out()
    return 0


if __name__ == "__main__":
    made = Application(sys.argv[:1], look=Look.LIGHT, language="en")
    sys.exit(run(made, lambda: serve(made, *sys.argv[1:4]), lambda report: print(report.text, file=sys.stderr)))
