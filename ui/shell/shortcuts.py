"""Every command's key as a shortcut of the window; while a dialog is open only calls keep theirs.

A key may belong to several commands (F6 moves my own call, on the board another's): the first that is available is run.
The buttons of a headset are keys where the system gives them (HID usage page 0x0B, XF86AudioPlay and its like).
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.desk.commands import CommandRegistry, Context

HEADSET = (
    (Qt.Key.Key_Call, ("call.answer",)),
    (Qt.Key.Key_Hangup, ("call.hang_up",)),
    (Qt.Key.Key_ToggleCallHangup, ("call.answer", "call.hang_up")),
    (Qt.Key.Key_MediaPlay, ("call.answer", "call.hang_up")),
    (Qt.Key.Key_MediaTogglePlayPause, ("call.answer", "call.hang_up")),
    (Qt.Key.Key_MicMute, ("call.mute",)),
)
"""A button and the commands of which it does the first that makes sense now."""


class Shortcuts:
    """Keeps the window's shortcuts as the registry has the keys."""

    def __init__(self, window: QWidget, commands: CommandRegistry, dialog_open: Callable[[], bool]) -> None:
        self._window = window
        self._commands = commands
        self._dialog_open = dialog_open
        self._shortcuts: dict[str, QShortcut] = {}
        for button, ids in HEADSET:
            self._bind(QKeySequence(button), partial(self._press_button, ids))
        self._refresh()
        window.destroyed.connect(commands.subscribe(self._refresh))

    def _refresh(self) -> None:
        # Only what came and went: a window binds forty commands one by one while it is made.
        wanted = {self._commands.key(command.id) for command in self._commands.bound() if not command.within} - {""}
        for key in self._shortcuts.keys() - wanted:
            gone = self._shortcuts.pop(key)
            gone.setEnabled(False)
            gone.deleteLater()
        for key in wanted - self._shortcuts.keys():
            self._shortcuts[key] = self._make(key)

    def _make(self, key: str) -> QShortcut:
        return self._bind(QKeySequence(key), lambda: self._press(key))

    def _bind(self, keys: QKeySequence, pressed: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(keys, self._window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(pressed)
        return shortcut

    def _press_button(self, ids: tuple[str, ...]) -> None:
        for id_ in ids:
            if self._commands.run(id_):
                return

    def _press(self, key: str) -> None:
        meant = [command for command in self._commands.bound() if self._commands.key(command.id) == key]
        in_dialog = self._dialog_open()
        for command in meant:
            if (command.context is Context.CALL or not in_dialog) and self._commands.run(command.id):
                return
