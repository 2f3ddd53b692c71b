"""A real desk over a database, without a screen, that tells when words of a chat are painted.

Arguments: the database's URL, the agent's name and password. One line in: the id of a case to open. One JSON line out
for each entry of its timeline, with the instant (monotonic clock) at the end of the frame in which it stands.
"""

import asyncio
import json
import sys
import time
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.bootstrap.desk import StoreSignIn
from ui.desk import Desk
from ui.runtime.application import Application
from ui.runtime.event_loop import run
from ui.theme.theme import Look


class Frames(QObject):
    """Tells what stands in the timeline at the end of each frame."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._told, self._painting = desk, set[UUID](), False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is not QEvent.Type.UpdateRequest or self._painting or not isinstance(watched, QWidget):
            return False
        self._painting = True
        QCoreApplication.sendEvent(watched, QEvent(QEvent.Type.UpdateRequest))
        self._painting = False
        now, file = time.monotonic(), self._desk.case.state.file
        for entry in file.timeline if file is not None else ():
            if entry.id not in self._told:
                self._told.add(entry.id)
                print(json.dumps({"said": entry.body, "at": now}), flush=True)
        return True


async def serve(application: Any, url: str, name: str, password: str) -> int:
    signed_in = await StoreSignIn(lambda _: url, with_phone=False).sign_in("bench-chat", name, password)
    desk = Desk(signed_in)
    desk.window.resize(1600, 900)
    desk.window.show()
    desk.begin()
    frames = Frames(desk)
    application.installEventFilter(frames)
    print(json.dumps({"said": "", "at": time.monotonic()}), flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        desk.open_case(UUID(line.strip()))
    await desk.close()
    await signed_in.sign_out()
    return 0


if __name__ == "__main__":
    made = Application(sys.argv[:1], look=Look.LIGHT, language="en")
    sys.exit(run(made, lambda: serve(made, *sys.argv[1:4]), lambda report: print(report.text, file=sys.stderr)))
