"""After a call: its note and its result; filing it makes the agent available again."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.desk.calls import LiveCalls, LiveCallsState
from app.desk.commands import CommandRegistry
from app.services.calls import Disposition
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button, Role
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.inputs import TextArea
from ui.widgets.options import Option
from ui.widgets.text import Elided

WIDTH, BELOW_TOP_BAR = 360, 72


class WrapUpCard(Card):
    """Shown while the result of a call is still to be told; it never takes the keyboard by itself."""

    def __init__(self, window: QWidget, presenter: LiveCalls, commands: CommandRegistry) -> None:
        super().__init__(self.tr("Result of the call"))
        self.setParent(window)
        self._over, self._presenter = window, presenter
        self._who = Elided("", Type.SMALL, "text2")
        self._note = TextArea(self.tr("Write what was said and done…"), lines=3, most_lines=6)
        self._note.setAccessibleName(self.tr("Note"))
        self._result = Combo(self.tr("Choose a result"))
        self._result.setAccessibleName(self.tr("Result of the call"))
        self._file = Button(self.tr("File the call"), icon="check", role=Role.PRIMARY)
        for part in (self._who, self._note, self._result, self._file.fill_width()):
            self.body.addWidget(part)
        self._note.textChanged.connect(lambda: presenter.type_note(self._note.toPlainText()))
        self._file.clicked.connect(self._wrap_up)
        commands.bind("call.wrap_up", self._note.setFocus, lambda: presenter.state.to_file is not None)
        self.setFixedWidth(theme().px(WIDTH))
        window.installEventFilter(self)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: LiveCallsState) -> None:
        """Show the call that is to be filed, unless another one rings or is talked to."""
        call = state.to_file
        if call is None or state.incoming or state.front is not None:
            self.hide()
            return
        self._who.setText(state.name(call))
        self._note.blockSignals(True)
        self._note.show_text(state.note)
        self._note.blockSignals(False)
        options = tuple(Option(one.id, _words(one)) for one in state.dispositions)
        self._result.show_options(options, self._result.choice)
        self.adjustSize()
        self.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    def _wrap_up(self) -> None:
        chosen = next((one.id for one in self._presenter.state.dispositions if one.id == self._result.choice), None)
        self._presenter.wrap_up(chosen, self._note.toPlainText(), None)

    def _place(self) -> None:
        self.move(self._over.width() - self.width() - 8, theme().px(BELOW_TOP_BAR))
        self.raise_()


def _words(result: Disposition) -> str:
    shipped = {
        "answered": QCoreApplication.translate("Disposition", "Answered"),
        "to_call_back": QCoreApplication.translate("Disposition", "To call back"),
        "handed_over": QCoreApplication.translate("Disposition", "Handed over"),
        "no_answer": QCoreApplication.translate("Disposition", "No answer"),
        "wrong_number": QCoreApplication.translate("Disposition", "Wrong number"),
    }
    return shipped.get(result.key, result.label)
