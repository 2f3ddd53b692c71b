"""Check the headset: microphone, speaker, ringer, and a sentence that comes back from the switch."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.desk.headset import CHECK_S, Headset, HeadsetState
from app.domain.phone import AudioCheck, DeviceRole
from ui.softphone.level import Level
from ui.theme.fonts import Type
from ui.widgets.button import Button
from ui.widgets.card import Surface
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.options import Option
from ui.widgets.text import Text
from ui.widgets.wording import say

SYSTEM = "system"


class HeadsetDialog(Dialog):
    """Opened at the first sign-in on a computer that has a headset, and from the settings; Esc skips it."""

    def __init__(self, window: QWidget, presenter: Headset) -> None:
        super().__init__(window, "")
        self.set_title(self.tr("Check the headset"))
        self._presenter = presenter
        self._combos = {role: Combo(self.tr("As the system has it")) for role in DeviceRole}
        names = {
            DeviceRole.MICROPHONE: self.tr("Microphone"),
            DeviceRole.SPEAKER: self.tr("Speaker"),
            DeviceRole.RINGER: self.tr("Ringer"),
        }
        self._level, self._loud = Level(), Text("", Type.SMALL, "text2")
        play = Button(self.tr("Play"), icon="volume-2", height=32)
        ring = Button(self.tr("Ring"), icon="bell", height=32)
        self.content.addWidget(Field(names[DeviceRole.MICROPHONE], self._combos[DeviceRole.MICROPHONE]))
        self.content.addLayout(column(self._level, self._loud, gap=4))
        for role, button in ((DeviceRole.SPEAKER, play), (DeviceRole.RINGER, ring)):
            line = row(gap=8)
            line.addWidget(Field(names[role], self._combos[role]), 1)
            beside = column(STRETCH, button, gap=0)
            line.addLayout(beside)
            self.content.addLayout(line)
        self._icon = Icon("rotate-cw", "accent")
        self._title2 = Text(self.tr("Both ways: say a sentence, it comes back"), Type.STRONG)
        self._told = Text("", Type.SMALL, "text2", wrap=True)
        self._again = Button(self.tr("Again"), icon="rotate-cw", height=28)
        box = Surface("sunk")
        box.setLayout(
            column(row(self._icon, self._title2, STRETCH, self._again), self._told, gap=6, margins=(12, 10, 12, 10))
        )
        self.content.addWidget(box)
        self._auto = Check(self.tr("Answer calls by itself after 2 seconds"))
        self._echo = Check(self.tr("Take the echo of loudspeakers out"))
        for check in (self._auto, self._echo):
            self.content.addWidget(check)
            check.clicked.connect(self._set_up)
        self._error = Text("", Type.SMALL, "bad", wrap=True)
        self.content.addWidget(self._error)
        ready = primary(self.tr("Take calls"), icon="phone")
        self.set_footer(self.tr("Remembered on this computer."), ready)
        ready.clicked.connect(self.accept)
        self.closed.connect(presenter.done)
        play.clicked.connect(lambda: presenter.play(on_ringer=False))
        ring.clicked.connect(lambda: presenter.play(on_ringer=True))
        self._again.clicked.connect(presenter.check)
        for role, combo in self._combos.items():
            combo.picked.connect(lambda name, role=role: presenter.choose(role, "" if name == SYSTEM else str(name)))
        self._left = QTimer(self, interval=200)
        self._seconds = CHECK_S
        self._left.timeout.connect(self._tick)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: HeadsetState) -> None:
        """Show devices, level and what the check found."""
        chosen = {role: getattr(state.choice, role.value) for role in DeviceRole}
        for role, combo in self._combos.items():
            used = getattr(state.use, role.value)
            system = self.tr("As the system has it")
            options: tuple[Option, ...] = (Option(SYSTEM, system, used if not chosen[role] else ""),)
            options += tuple(Option(one.name, one.name) for one in state.offered(role) if one.name)
            combo.show_options(options, chosen[role] or SYSTEM)
        self._auto.setChecked(state.options.auto_answer_s is not None)
        self._echo.setChecked(state.options.echo_cancellation)
        self._level.show_db(state.microphone_db)
        self._loud.setText(self.tr("Good level.") if state.heard else self.tr("Speak as you would to a customer."))
        self._error.setText(say(state.error) if state.error else "")
        self._error.setVisible(state.error is not None)
        self._again.setEnabled(not state.checking)
        if state.checking and not self._left.isActive():
            self._seconds = CHECK_S
            self._left.start()
        if not state.checking:
            self._left.stop()
            self._show_result(state.result)

    def _set_up(self) -> None:
        self._presenter.set_up(auto_answer=self._auto.isChecked(), echo_cancellation=self._echo.isChecked())

    def _tick(self) -> None:
        self._seconds = max(0.0, self._seconds - 0.2)
        self._icon.show_icon("rotate-cw", "accent")
        self._told.setText(
            self.tr("Goes to the switch and back, like a call: {0} s").replace("{0}", f"{self._seconds:.0f}")
        )

    def _show_result(self, result: AudioCheck | None) -> None:
        if result is None:
            self._told.setText("")
            return
        self._icon.show_icon("circle-check" if result.passed else "triangle-alert", "ok" if result.passed else "bad")
        if result.passed:
            words = self.tr("It came back after {0} ms, {1} % lost.")
            words = words.replace("{0}", f"{result.returned_after_ms or 0:.0f}").replace(
                "{1}", f"{result.loss_percent:.0f}"
            )
        elif not result.returned:
            words = self.tr("Nothing came back from the switch. Is the network there?")
        else:
            words = self.tr("The network is uneven: {0} % lost, {1} ms of jitter. Use a cable if you can.")
            words = words.replace("{0}", f"{result.loss_percent:.0f}").replace("{1}", f"{result.jitter_ms:.0f}")
        self._told.setText(words)
