"""The sign-in page: server, name, password, and one plain sentence when something is in the way."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainterPath, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from app.desk.sign_in import SignIn, SignInState
from ui.theme.fonts import Type
from ui.theme.theme import Look, theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Scroll, Surface
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.icon import Icon
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.painting import draw_box, make_painter
from ui.widgets.text import Text
from ui.widgets.wording import say

WIDTH, SIDE, HEIGHT = 880, 296, 40


class _Side(QFrame):
    """The green side: what the desk is, in one sentence and three steps."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme().px(SIDE))
        promise = Text(
            self.tr("The call, the case and the promise at one desk."), Type.HEADING, "on_call_bar2", wrap=True
        )
        steps = (
            (self.tr("Sign in"), "circle-dot", "on_call_bar"),
            (self.tr("Answer and note"), "circle", "on_call_bar2"),
            (self.tr("Keep what was promised"), "circle", "on_call_bar2"),
        )
        brand = row(Icon("headphones", "on_call_bar", 28), Text("Guichet", Type.TITLE, "on_call_bar"), STRETCH, gap=12)
        lines = [
            row(Icon(icon, tone), Text(words, Type.STRONG if not at else Type.MEDIUM, tone), STRETCH, gap=10)
            for at, (words, icon, tone) in enumerate(steps)
        ]
        self.setLayout(column(brand, 18, promise, 24, *lines, STRETCH, gap=8, margins=(32, 32, 28, 32)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, 20, 0), 16, 16)
        painter.setClipRect(self.rect())
        painter.fillPath(path, theme().colour("call_bar"))
        painter.end()


class _Sheet(QFrame):
    """The card that holds the side and the form."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        draw_box(painter, QRectF(self.rect()), 16, theme().colour("surface"), theme().colour("border"))
        painter.end()


class SignInView(Surface):
    """Shows the presenter's state; paste works, and what was typed stays."""

    def __init__(
        self,
        presenter: SignIn,
        choose_look: Callable[[Look], None],
        choose_language: Callable[[str], None],
        language: str,
    ) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._profile = Combo(height=HEIGHT)
        self._name = LineEdit(icon="user", height=HEIGHT)
        self._password = LineEdit(icon="lock", height=HEIGHT)
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = IconButton(self.tr("Show the password"), "eye", size=28)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._reveal)
        self._password.setTextMargins(24, 0, 34, 0)
        self._password.setLayout(row(STRETCH, self._eye, gap=0, margins=(0, 0, 6, 0)))
        self._keep = Check(self.tr("Keep me signed in on this computer"))
        self._kept = Text("", Type.SMALL, "text2", wrap=True)
        retry = Button(self.tr("Try now"), icon="rotate-cw", key="F5", height=28)
        retry.clicked.connect(presenter.retry)
        self._away = Notice("", Tone.WARN, "server-off", retry)
        self._enter = Button(self.tr("Sign in"), icon="log-in", key="Return", role=Role.PRIMARY, height=44).fill_width()
        self._fields = {
            "profile": Field(self.tr("Server"), self._profile),
            "name": Field(self.tr("Name"), self._name),
            "password": Field(self.tr("Password"), self._password),
        }
        keep = QFrame()
        keep.setLayout(column(self._keep, row(26, self._kept, gap=0), gap=0, margins=(12, 6, 12, 8)))
        box = Surface("sunk", column(keep, gap=0))
        form = column(
            Text(self.tr("Sign in"), Type.DISPLAY), *self._fields.values(), box, self._away, STRETCH, self._enter
        )
        form.setSpacing(12)
        form.setContentsMargins(32, 30, 32, 28)
        sheet = _Sheet()
        sheet.setFixedWidth(theme().px(WIDTH))
        sheet.setMinimumHeight(theme().px(540))
        inside = row(_Side(), gap=0)
        inside.addLayout(form, 1)
        sheet.setLayout(inside)
        foot = row(STRETCH, *self._languages(language, choose_language), 16, self._look(choose_look), STRETCH, gap=4)
        page = column(STRETCH, row(STRETCH, sheet, STRETCH), 12, foot, STRETCH, gap=0)
        self.setLayout(column(Scroll(page, margins=(16, 16, 16, 16)), gap=0))
        self._profile.picked.connect(presenter.choose_profile)
        self._keep.toggled.connect(presenter.keep)
        self._enter.clicked.connect(self._press)
        self._name.returnPressed.connect(self._press)
        self._password.returnPressed.connect(self._press)
        QShortcut(QKeySequence("F5"), self, presenter.retry)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def begin(self) -> None:
        """Put the keyboard where something is missing."""
        line = self._password if self._name.text() else self._name
        line.setFocus()
        line.end(False)

    def render_state(self, state: SignInState) -> None:
        """Show what is remembered, what is wrong, and whether it is under way."""
        options = tuple(Option(profile.key, profile.name, profile.host, "server") for profile in state.profiles)
        self._profile.show_options(options, state.profile)
        self._fields["profile"].setVisible(len(options) > 1)
        for line, text in ((self._name, state.name), (self._password, state.password)):
            if not line.isModified():
                line.show_text(text)
        self._keep.setChecked(state.keep and state.keyring)
        self._keep.setEnabled(state.keyring)
        self._kept.setText(
            self.tr("The password stays in the system’s keyring, never in a file.")
            if state.keyring
            else self.tr("This computer has no keyring: the password is asked at each sign-in.")
        )
        for name, field in self._fields.items():
            field.show_error(say(state.error) if state.error is not None and state.error_field == name else "")
        self._away.setVisible(state.away is not None)
        if state.away is not None:
            self._away.text.setText(say(state.away))
        self._enter.setEnabled(not state.busy)
        self._enter.set_label(self.tr("Signing in…") if state.busy else self.tr("Sign in"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press()
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        self._presenter.enter(self._name.text(), self._password.text())

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._password.setEchoMode(mode)

    def _languages(self, language: str, choose: Callable[[str], None]) -> list[QWidget]:
        buttons: list[QWidget] = [Icon("languages", "text2")]
        for code, name in (("en", "English"), ("fr", "Français")):
            button = Button(name, role=Role.PLAIN if code == language else Role.GHOST, height=28)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setChecked(code == language)
            if code != language:
                button.clicked.connect(lambda _, code=code: choose(code))
            buttons.append(button)
        return buttons

    def _look(self, choose: Callable[[Look], None]) -> Button:
        button = Button(self.tr("Light or dark"), icon="moon", role=Role.GHOST, height=28)
        button.clicked.connect(lambda: choose(Look.LIGHT if theme().dark else Look.DARK))
        return button
