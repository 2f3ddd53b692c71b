"""Runs the real desk and does by the toolkit's events what its agent does, as asked over standard input.

One JSON line in, one JSON line out. Times are of the monotonic clock, which all processes of a machine share.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.settings.paths import profile_paths
from ui.runtime.quick_imports import importing, make_imports_quick

make_imports_quick()  # as the desk's own entry does before its imports

with importing(profile_paths().cache, "probe"):
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    import ui.runtime.event_loop
    from app.domain.follow_ups import Channel, FollowUp
    from app.domain.ids import new_id
    from app.domain.views import View, ViewKind
    from ui.__main__ import main
    from ui.session import DeskSession
    from ui.shell.main_window import MainWindow

FRAME_S = 1 / 60
KEY_S = 0.12
"""The pause between two keys of a quick typist."""


class Frames(QObject):
    """Tells the end of each frame of the window that is shown: all that was changed before it is painted then."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[tuple[Callable[[], bool], asyncio.Future[float]]] = []
        self._painting = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is not QEvent.Type.UpdateRequest or self._painting or not isinstance(watched, QWidget):
            return False
        self._painting = True
        QCoreApplication.sendEvent(watched, QEvent(QEvent.Type.UpdateRequest))
        self._painting = False
        now = time.monotonic()
        for waiting in tuple(self._waiting):
            holds, told = waiting
            if not told.done() and holds():
                told.set_result(now)
                self._waiting.remove(waiting)
        return True

    async def painted(self, holds: Callable[[], bool], within_s: float = 30) -> float:
        """When the first frame ended in which this held."""
        told: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append((holds, told))
        return await asyncio.wait_for(told, within_s)


class Probe:
    """What can be asked of the desk."""

    def __init__(self) -> None:
        self.frames = Frames()
        self.session: DeskSession | None = None
        self._desk: Any = None

    async def run(self) -> None:
        """Answer until the input ends."""
        say(await self._start())
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            asked = json.loads(line)
            act: Callable[..., Awaitable[Any]] = getattr(self, asked.pop("do"))
            say(await act(**asked))
        session = self.session
        assert session is not None
        session._end(0)

    async def choose(self, kind: str, team: str = "") -> float:
        """Show a view's list: milliseconds to its painted first page."""
        view = View(ViewKind(kind), UUID(team) if team else None)
        rows = self._desk.list
        began = time.monotonic()
        self._desk.shell.choose(view)
        ended = await self.frames.painted(
            lambda: rows.state.view == view and bool(rows.state.rows) and not rows.state.loading
        )
        return 1000 * (ended - began)

    async def scroll(self, notches: int) -> list[float]:
        """Turn the wheel over the list at sixty frames a second: milliseconds from each notch to its painted frame."""
        listed = self._list()
        viewport = listed.viewport()
        bar = listed.verticalScrollBar()
        at = QPointF(viewport.width() / 2, viewport.height() / 2)
        frames = []
        for _ in range(notches):
            before, began = bar.value(), time.monotonic()
            wheel = QWheelEvent(at, viewport.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
            QApplication.sendEvent(viewport, wheel)
            if bar.value() == before:  # at the end of what is read: the next page is on its way
                longest = bar.maximum()
                ended = await self.frames.painted(lambda longest=longest: bar.maximum() > longest)  # type: ignore[misc]
            else:
                ended = await self.frames.painted(lambda: True)
            frames.append(1000 * (ended - began))
            await asyncio.sleep(max(0, FRAME_S - (time.monotonic() - began)))
        return frames

    async def search(self, sign: str, words: list[str]) -> list[float]:
        """Type words into the palette: milliseconds from each key's event to the painted rows."""
        palette = self._desk.palette
        if palette.open_customer is None:
            palette.open_customer = lambda _id: None
        taken = []
        for word in words:
            self._desk.commands.run("palette")
            line = QApplication.focusWidget()
            assert line is not None
            view = self._palette_view()
            QTest.keyClicks(line, sign)
            for n, letter in enumerate(word):
                typed = sign + word[: n + 1]

                def found(typed: str = typed) -> bool:
                    return bool(palette.state.typed == typed and not palette.state.searching)

                def repaint(_: object, found: Callable[[], bool] = found, view: QWidget = view) -> None:
                    if found():  # the same rows again are a frame too
                        view.update()

                forget = palette.subscribe(repaint)
                began = time.monotonic()
                QTest.keyClicks(line, letter)
                taken.append(1000 * (await self.frames.painted(found) - began))
                forget()
                await asyncio.sleep(max(0, KEY_S - (time.monotonic() - began)))
            view.close_palette()
            await asyncio.sleep(KEY_S)
        return taken

    async def team(self) -> str:
        """The id of the agent's own team."""
        return str(self._desk.shell.state.directory.me.default_team_id)

    async def rows(self) -> list[str]:
        """The ids of the cases in the list."""
        return [str(row.id) for row in self._desk.list.state.rows]

    async def open(self, case: str) -> float:
        """Open a case of the list: milliseconds until it is painted."""
        began = time.monotonic()
        self._desk.open_case(UUID(case))
        shown = self._desk.case
        ended = await self.frames.painted(
            lambda: shown.state.file is not None and str(shown.state.file.case.id) == case
        )
        return 1000 * (ended - began)

    async def note(self, case: str, words: str) -> float:
        """File a note on a case: the instant at which its commit was acknowledged."""
        note = FollowUp(new_id(), UUID(case), Channel.NOTE, words, datetime.now(UTC))
        await self._desk._services.cases.follow_up(note)
        return time.monotonic()

    async def watch(self, words: str) -> float:
        """The instant at which a row with these last words is painted."""
        rows = self._desk.list
        return await self.frames.painted(lambda: any(row.preview == words for row in rows.state.rows))

    async def memory(self) -> float:
        """Resident memory of this process in MB."""
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: ASYNC230, PTH123 - at once, and not a file
            return next(int(line.split()[1]) / 1000 for line in status if line.startswith("VmRSS"))

    async def _start(self) -> dict[str, float]:
        """When the sign-in, the shell and the first rows were painted."""
        session = self.session
        assert session is not None
        # Asked for together: the first frame may be the shell's already, and no other follows it for a while.
        first, shell = await asyncio.gather(
            self.frames.painted(lambda: True), self.frames.painted(lambda: isinstance(session._window, MainWindow))
        )
        listed = await self.frames.painted(lambda: _rows_shown(session._window))
        await self.frames.painted(lambda: session._desk is not None)
        self._desk = session._desk
        return {"first": first, "shell": shell, "list": listed}

    def _list(self) -> Any:
        from ui.objects.case_list import CaseListView

        return self._desk.window.findChild(CaseListView).list

    def _palette_view(self) -> Any:
        from ui.shell.palette import PaletteView

        return self._desk.window.findChildren(PaletteView)[-1]


def _rows_shown(window: QWidget | None) -> bool:
    """Whether the window shows rows of a list of cases, which this frame then painted."""
    read = sys.modules.get("ui.objects.case_list")  # the desk imports it when it wants to
    views = window.findChildren(read.CaseListView) if read is not None and isinstance(window, MainWindow) else []
    return any(view.list.isVisible() and view.list.model().rowCount() > 0 for view in views)


def say(answer: object) -> None:
    """One line for who asked."""
    print(json.dumps(answer), flush=True)


def install(probe: Probe) -> None:
    """Let the probe live beside the desk."""
    run = ui.runtime.event_loop.run

    def run_both(application: Any, desk: Callable[[], Any], crashed: Callable[[Any], None]) -> int:
        probe.session = desk.__self__  # type: ignore[attr-defined]

        async def both() -> int:
            application.installEventFilter(probe.frames)
            probing = asyncio.ensure_future(probe.run())
            try:
                return int(await desk())
            finally:
                probing.cancel()

        return run(application, both, crashed)

    ui.runtime.event_loop.run = run_both


if __name__ == "__main__":
    install(Probe())
    sys.exit(main())
