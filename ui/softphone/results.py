"""The results of a call as a grid of choices: by mouse, by arrows, or by typing how they begin."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QSizePolicy, QWidget

from app.services.calls import Disposition
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.layout import clear
from ui.widgets.painting import draw_box, draw_focus_ring, make_painter, shows_focus
from ui.widgets.rows import draw_line

FORGET_MS = 1200


class Choice(QRadioButton):
    """One line with a disc; the chosen one is tinted."""

    typed = Signal(str)
    entered = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(120, theme().px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, theme().px(34))

    def hitButton(self, pos: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), make_painter(self)
        rect, on = QRectF(self.rect()), self.isChecked()
        fill = look.colour("accent_soft" if on else "hover" if self.underMouse() else "surface")
        draw_box(painter, rect, 8, fill, look.colour("accent" if on else "border"), 2 if on else 1)
        disc = QRectF(11, (self.height() - 16) / 2, 16, 16)
        draw_box(painter, disc, 8, look.colour("surface"), look.colour("accent" if on else "edge"), 1.6)
        if on:
            draw_box(painter, disc.adjusted(4, 4, -4, -4), 4, look.colour("accent"))
        room = QRect(36, 0, self.width() - 44, self.height())
        draw_line(painter, room, self.text(), Type.STRONG if on else Type.MEDIUM, "accent" if on else "text")
        if shows_focus(self):
            draw_focus_ring(painter, rect, 8)
        painter.end()


class Results(QWidget):
    """Two columns of choices."""

    chosen = Signal(object)
    typed = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._grid)
        self._results: tuple[Disposition, ...] = ()
        self._choices: dict[UUID, Choice] = {}
        self._group = QButtonGroup(self)
        self._word = ""
        self._forget = QTimer(self, interval=FORGET_MS, singleShot=True)
        self._forget.timeout.connect(self._begin_again)

    def show_results(self, results: tuple[Disposition, ...], chosen: UUID | None) -> None:
        """Show the results with one chosen, or none."""
        if results != self._results:
            self._fill(results)
        self._group.setExclusive(False)
        for id_, choice in self._choices.items():
            choice.setChecked(id_ == chosen)
        self._group.setExclusive(True)

    def take_focus(self) -> None:
        """Go to the chosen one, or the first."""
        choices = list(self._choices.values())
        at = next((choice for choice in choices if choice.isChecked()), choices[0] if choices else None)
        if at is not None:
            at.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill(self, results: tuple[Disposition, ...]) -> None:
        clear(self._grid)
        self._results, self._choices = results, {}
        for place, result in enumerate(results):
            choice = Choice(result_words(result))
            choice.clicked.connect(lambda _=False, id_=result.id: self.chosen.emit(id_))
            choice.typed.connect(self._type)
            choice.entered.connect(self.entered)
            self._group.addButton(choice)
            self._grid.addWidget(choice, place // 2, place % 2)
            self._choices[result.id] = choice

    def _type(self, letter: str) -> None:
        self._word += letter
        self._forget.start()
        self.typed.emit(self._word)

    def _begin_again(self) -> None:
        self._word = ""


def result_words(result: Disposition) -> str:
    """A shipped result in the agent's language, an organisation's own as it was named."""
    shipped = {
        "answered": QCoreApplication.translate("Disposition", "Answered"),
        "solved": QCoreApplication.translate("Disposition", "Solved"),
        "information_given": QCoreApplication.translate("Disposition", "Information given"),
        "to_call_back": QCoreApplication.translate("Disposition", "To call back"),
        "handed_over": QCoreApplication.translate("Disposition", "Handed over"),
        "no_answer": QCoreApplication.translate("Disposition", "No answer"),
        "wrong_number": QCoreApplication.translate("Disposition", "Wrong number"),
    }
    return shipped.get(result.key, result.label)
