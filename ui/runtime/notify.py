"""The desktop's own notification, as a second channel beside the card in the window."""

import shutil

from PySide6.QtCore import QProcess

_COMMAND = "notify-send"


def notify(title: str, text: str) -> bool:
    """Tell the desktop; False when this one has no such command.

    A tray message is lost without a tray and QtDBus cannot call Notify from Python: the desktop's command can.
    """
    program = shutil.which(_COMMAND)
    if program is None:
        return False
    started = QProcess.startDetached(program, ["--app-name=Guichet", "--icon=appointment-soon", "--", title, text])
    return bool(started[0] if isinstance(started, tuple) else started)
