"""Signing in to a mailbox by a code: the page to open, the code to type there, and what came of it."""

from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from app.desk.email_hub import CodeStep
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.announce import announce
from ui.widgets.button import Button, Role
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Notice
from ui.widgets.text import Text


class CodeSignInLine(QWidget):
    """Stands under a mailbox that is opened by a code; the hub waits while somebody types it."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._step = CodeStep()
        self._ask = Button(self.tr("Sign in with a code"), icon="log-in", height=28)
        self._ask.clicked.connect(self.asked)
        self.code = Text("", Type.TITLE, tabular=True)
        self.code.setAccessibleName(self.tr("Code"))
        self._copy = Button(self.tr("Copy the code"), icon="file", height=28)
        self._copy.clicked.connect(self._take)
        self._open = Button(self.tr("Open the page"), icon="link", role=Role.PRIMARY, height=28)
        self._open.clicked.connect(self._go)
        self.said = Notice("", Tone.NEUTRAL, "info")
        self._typed = QWidget()
        self._typed.setLayout(row(self.code, self._copy, self._open, STRETCH, gap=12))
        self.setLayout(column(self.said, self._typed, row(self._ask, STRETCH), gap=8))

    def show_step(self, step: CodeStep | None, *, may_act: bool) -> None:
        """Show how far the sign-in is; None: nobody has asked for a code."""
        waits = step is not None and not step.done
        code = step.code if step is not None and waits else ""
        fresh = bool(code) and code != self._step.code
        self._step = step or CodeStep()
        self._typed.setVisible(bool(code) and may_act)
        self.code.setText(code)
        self._ask.setVisible(may_act and not waits)
        words = self._words(step)
        self.said.setVisible(bool(words))
        self.said.text.setText(words)
        if fresh:
            announce(self, f"{self.said.text.text()} {code}")

    def _words(self, step: CodeStep | None) -> str:
        if step is None:
            return escape(self.tr("Nobody has signed in yet. Ask for a code, and type it on Microsoft’s page."))
        if step.done and step.ok:
            return escape(self.tr("Signed in: the mailbox is read within a minute."))
        if step.done:
            told = self.tr("The sign-in did not work. Ask for a new code. Microsoft says: {0}")
            return escape(told.replace("{0}", step.said))
        if not step.code:
            return escape(self.tr("Microsoft is asked for a code…"))
        told = self.tr("Open {0}, sign in as who may read the mailbox, and type this code. It is waited for here.")
        return escape(told).replace("{0}", f"<b>{escape(step.address)}</b>")

    def _take(self) -> None:
        QGuiApplication.clipboard().setText(self._step.code)
        announce(self, self.tr("The code was copied."))

    def _go(self) -> None:
        if self._step.address.startswith("https://"):
            QDesktopServices.openUrl(QUrl(self._step.address))
