"""One run of the desk: sign-in, the desk itself, signing out, and what a fault looks like."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.bootstrap.door import LocalDoor
from app.bootstrap.modules import read_module
from app.desk.commands import CommandRegistry
from app.desk.links import number_of
from app.desk.shell import Shell
from app.desk.sign_in import SignIn
from app.settings.paths import profile_paths
from ui.demo import bind_demo
from ui.runtime.application import Application
from ui.runtime.crash_report import CrashReport
from ui.runtime.first_paint import FirstPaint
from ui.runtime.link_handler import can_register, register
from ui.runtime.quick_imports import importing
from ui.runtime.watchdog import Watchdog
from ui.runtime.window_state import WindowState
from ui.shell.main_window import MainWindow
from ui.theme.theme import Look
from ui.widgets.wording import now_utc

if TYPE_CHECKING:
    from app.desk.sign_in import SignInState
    from app.services.desk import Entered, SignedIn
    from ui.desk import Desk
    from ui.first_list import FirstList
    from ui.seat import Seat

log = logging.getLogger(__name__)

FIRST = ("app.bootstrap.desk", "app.store.entrance", "sqlalchemy.dialects.postgresql.asyncpg", "ui.first_list")
"""What the first list is made of, the store's libraries before the view's: they are waited for."""
LATER = ("app.bootstrap.desk_phone", "app.bootstrap.desk_journal", "app.bootstrap.desk_services", "ui.desk", "ui.seat")
"""What the rest of the desk is made of, in the order in which it is waited for."""


class DeskSession:
    """What the process shows, from the first paint to the end."""

    def __init__(
        self, application: Application, kept: WindowState, profile: str, agent: str, started: float, link: str = ""
    ) -> None:
        self._application = application
        self._kept = kept
        self._started = started
        self._agent = agent
        self._profile, self._link = profile, link
        self._seat: Seat | None = None
        self._leaving: asyncio.Task[None] | None = None
        self._reading: asyncio.Future[None] | None = None
        self._begun: FirstList | None = None
        self._door = LocalDoor(profile, agent)
        self._over: asyncio.Future[int] | None = None
        self._desk: Desk | None = None
        self._sign_in: SignIn | None = None
        self._window: QWidget | None = None
        self._frame: MainWindow | None = None
        self._signed_in: SignedIn | None = None

    async def live(self) -> int:
        """Show sign-in, then the desk, until the window is closed; gives the exit code."""
        loop = asyncio.get_running_loop()
        self._over = loop.create_future()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._end(0))
        # Python handles a signal between two of its own steps: a timer makes sure that there are some.
        beat = QTimer(interval=200)
        beat.timeout.connect(lambda: None)
        beat.start()
        watchdog = Watchdog(self._application)
        watchdog.start()
        if self._agent and self._kept.enters_alone:
            self._show_frame()
        else:
            self._show_sign_in()
        try:
            return await self._over
        finally:
            beat.stop()
            watchdog.stop()
            await self._close()

    def woken(self, link: str) -> None:
        """A second start came: come forward, and dial what it was asked to dial."""
        if self._window is not None:
            self._window.showNormal()
            self._window.raise_()
            self._window.activateWindow()
        self._link = link
        self._follow_link()

    def _follow_link(self) -> None:
        number = number_of(self._link)
        if number and self._desk is not None:
            self._link = ""
            self._desk.calls.screens.dial(number)

    def crashed(self, report: CrashReport) -> None:
        """One sentence, and a report to copy; the desk goes on."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setText(QCoreApplication.translate("Desk", "Something went wrong in Guichet. You can go on working."))
        box.setDetailedText(report.text)
        box.open()

    def _show_sign_in(self) -> None:
        self._sign_in = SignIn(self._door, self._entered)
        self._show_door()
        self._sign_in.begin()
        if self._agent:
            self._sign_in.subscribe(self._enter_by_itself)

    def _show_door(self) -> None:
        from ui.shell.sign_in import SignInView

        assert self._sign_in is not None
        view = SignInView(self._sign_in, self._choose_look, self._choose_language, self._application.language)
        self._show(view)
        view.begin()

    def _show_frame(self) -> None:
        """The window of the desk at once, where the last start asked for nothing either."""
        self._frame = MainWindow(Shell(), self._commands(), now_utc)
        self._sign_in = SignIn(self._door, self._entered, self._list_first)
        self._show(self._frame)
        self._sign_in.begin()
        self._sign_in.subscribe(self._enter_by_itself)
        self._sign_in.subscribe(self._ask_after_all)

    def _enter_by_itself(self, state: SignInState) -> None:
        presenter = self._sign_in
        if presenter is None or not self._agent or not state.password or state.busy or state.done:
            return  # once: what was refused is hers to try again
        self._agent, name = "", state.name
        if name:
            self._kept.enters_alone = True
            presenter.enter(name, state.password)

    def _ask_after_all(self, state: SignInState) -> None:
        """The password is not known any more, or the server does not let her in: the door and the reason."""
        refused = state.error is not None or state.away is not None
        if self._frame is not None and (refused or (state.looked and not state.password and not state.done)):
            self._frame = None
            self._leave_first_list()
            self._kept.enters_alone = False
            self._show_door()

    def _commands(self) -> CommandRegistry:
        return CommandRegistry(keys=self._kept.keys(), keep=self._kept.keep_key)

    async def _list_first(self, entered: Entered) -> None:
        """Her list is painted before anything else is read: imports hold Python's lock."""
        if self._reading is not None:
            await self._reading
        if self._frame is not None:
            from ui.first_list import FirstList

            self._begun = FirstList(self._frame, entered, now_utc)
            await self._begun.painted()
        self._read(*LATER)

    def _leave_first_list(self) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            self._desk_work(begun.close())

    def _entered(self, signed_in: SignedIn) -> None:
        self._signed_in = signed_in
        assert self._sign_in is not None
        self._sign_in.work.start(self._furnish(signed_in), "furnish")

    async def _furnish(self, signed_in: SignedIn) -> None:
        if self._reading is not None:
            await self._reading  # elsewhere: the window stays alive meanwhile
        if self._over is None or self._over.done():
            return
        from ui.desk import Desk  # its screens are not needed for the first paint
        from ui.seat import Seat

        frame, self._frame = self._frame, None
        begun, self._begun = self._begun, None
        commands = frame.commands if frame is not None else self._commands()
        self._desk = Desk(signed_in, commands, frame=frame, begun=begun)
        if signed_in.phone is not None:
            self._seat = Seat(self._desk, signed_in.phone, self._kept)
        if can_register():
            self._desk.commands.bind("call.links", self._take_links)
        bind_demo(self._desk, self._profile, self._application.language)
        self._desk.commands.bind("sign_out", lambda: self._desk_work(self._sign_out()))
        self._show_desk(self._desk.window)
        self._desk.begin()
        if self._seat is not None:
            self._seat.take()
        if begun is not None and begun.asked:
            commands.run(begun.asked)
        self._follow_link()

    def _take_links(self) -> None:
        if self._desk is not None and self._signed_in is not None:
            register(self._profile, self._signed_in.directory.me.role_name)
            done = QCoreApplication.translate("Desk", "Telephone links of this computer now open in Guichet.")
            self._desk.window.toast(done)

    def _desk_work(self, act: Coroutine[Any, Any, None]) -> None:
        self._leaving = asyncio.get_running_loop().create_task(act)

    async def _sign_out(self) -> None:
        """Leave this desk to the next one: the sign-in page, with the password to type."""
        desk, signed_in = self._desk, self._signed_in
        self._desk = self._signed_in = self._seat = None
        self._show_sign_in()
        if desk is not None:
            await desk.close()
        if signed_in is not None:
            await signed_in.sign_out()

    def _show_desk(self, window: MainWindow) -> None:
        window.look_chosen = self._choose_look
        window.language_chosen = self._choose_language
        window.keys_changed = self._make_window_anew
        self._show(window)

    def _show(self, window: QWidget) -> None:
        before, self._window = self._window, window
        who = self._signed_in.directory.me.name if self._signed_in is not None else ""
        window.setWindowTitle(f"{who} – Guichet" if who else "Guichet")
        if before is window:
            return
        self._kept.restore(window)
        FirstPaint(window, self._painted)
        window.installEventFilter(_Closing(window, lambda: self._end(0)))
        window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _painted(self) -> None:
        log.info("first paint after %.0f ms", 1000 * (time.monotonic() - self._started))
        if self._reading is None:  # while she types her password, or while the server answers
            self._read(*FIRST, *(() if self._frame is not None else LATER))

    def _read(self, *modules: str) -> None:
        """Import in a thread."""
        assert self._over is not None
        cache = profile_paths(self._profile).cache
        self._reading = self._over.get_loop().run_in_executor(None, _read_modules, cache, modules)

    def _choose_look(self, look: Look) -> None:
        self._kept.look = look
        self._application.theme.choose(look)

    def _choose_language(self, language: str) -> None:
        self._kept.language = language
        self._application.speak(language)
        if self._desk is not None:
            self._make_window_anew()
        elif self._frame is not None:
            self._leave_first_list()
            self._frame = MainWindow(self._frame.shell, self._frame.commands, now_utc)
            self._show(self._frame)
        elif self._sign_in is not None:
            self._show_sign_in()

    def _make_window_anew(self) -> None:
        assert self._desk is not None
        self._desk.window = self._desk.make_window()
        self._show_desk(self._desk.window)
        self._desk.begin()

    def _end(self, code: int) -> None:
        if self._over is not None and not self._over.done():
            self._over.set_result(code)

    async def _close(self) -> None:
        if self._window is not None:
            self._kept.keep(self._window)
            self._window.hide()
        if self._desk is not None:
            await self._desk.close()
        if self._signed_in is not None:
            await self._signed_in.sign_out()
        QApplication.processEvents()


def _read_modules(cache: Path, modules: tuple[str, ...]) -> None:
    patience = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)  # the window and the server's answers come between two lines of an import
    try:
        with importing(cache, modules[-1]):
            for name in modules:
                read_module(name)
    finally:
        sys.setswitchinterval(patience)


class _Closing(QObject):
    """Tells when the window of the desk is closed by its agent."""

    def __init__(self, window: QWidget, closed: Callable[[], None]) -> None:
        super().__init__(window)
        self._closed = closed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Close:
            self._closed()
        return False
