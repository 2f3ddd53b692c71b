"""To, Cc or Bcc: chips, and a field that completes customers' addresses; what is pasted is read as a list."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.mail import MailAddress
from ui.composer.party_chip import PartyChip
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button, Role
from ui.widgets.combo import SearchCombo
from ui.widgets.flow import Flow
from ui.widgets.layout import row
from ui.widgets.options import Option
from ui.widgets.text import Text

LABEL_WIDTH = 32
LONGEST = 1_000_000


class _Typing(SearchCombo):
    """Enter, a comma or leaving the field takes what stands there; Backspace in an empty one the last chip."""

    given = Signal(str)
    last_left = Signal()

    def __init__(self) -> None:
        super().__init__(icon="")
        self.setMaxLength(LONGEST)
        self.setFrame(False)
        self.setProperty("bare", "true")
        self.setFixedHeight(theme().px(25))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(56), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(56), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ends = event.key() in (Qt.Key.Key_Comma, Qt.Key.Key_Semicolon) and bool(self.text().strip())
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._open()
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.last_left.emit()
        elif plain and (ends or enters):
            self.given.emit(self.text())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.text().strip():
            self.given.emit(self.text())

    def _open(self) -> bool:
        return self._list is not None and self._list.isVisible()


class RecipientLine(QWidget):
    """One of the three lines; it tells what was typed and lets its presenter judge."""

    searched = Signal(str)
    removed = Signal(object)
    put_back = Signal(object)

    def __init__(self, label: str, add: Callable[[str], bool]) -> None:
        super().__init__()
        self._add = add
        self._shown: tuple[object, ...] = ()
        self._parties: tuple[MailAddress, ...] = ()
        self._label = Text(label, Type.BODY, "text2")
        self._label.setFixedSize(theme().px(LABEL_WIDTH), theme().px(25))
        self.typing = _Typing()
        self.typing.setAccessibleName(label)
        self.typing.given.connect(self._give)
        self.typing.last_left.connect(self._leave_last)
        self.typing.searched.connect(self.searched)
        self.typing.picked.connect(self._give)
        self._flow = Flow(self.typing)
        self.ends = row(gap=12)
        layout: QHBoxLayout = row(gap=8)
        layout.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._flow, 1)
        layout.addLayout(self.ends)
        self.setLayout(layout)

    def show_parties(
        self, parties: tuple[MailAddress, ...], added: tuple[MailAddress, ...], dropped: tuple[MailAddress, ...] = ()
    ) -> None:
        """Show who is in this line, who of them is new, and who was in the answered mail and is not any more."""
        if (parties, added, dropped) == self._shown:
            return
        self._shown, self._parties = (parties, added, dropped), parties
        widgets: list[QWidget] = []
        for party in parties:
            chip = PartyChip(party, added=party in added)
            chip.left.connect(lambda party=party: self.removed.emit(party))
            widgets.append(chip)
        for party in dropped:
            widgets += self._dropped(party)
        self._flow.show_widgets(widgets)
        self.updateGeometry()

    def offer(self, found: tuple[MailAddress, ...]) -> None:
        """Offer addresses for what is being typed."""
        self.typing.offer(tuple(Option(f"{one.name} <{one.address}>", one.name, one.address, "user") for one in found))

    def _dropped(self, party: MailAddress) -> list[QWidget]:
        chip = PartyChip(party, dropped=True)
        back = Button(self.tr("Put back"), role=Role.LINK, height=25)
        for button in (chip, back):
            button.clicked.connect(lambda _=False: self.put_back.emit(party))
        said = Text(self.tr("was in the answered mail"), Type.SMALL, "text2")
        said.setFixedHeight(theme().px(25))
        return [chip, said, back]

    def finish(self) -> bool:
        """Take what is still being typed; False when it is no address."""
        typed = self.typing.text().strip()
        if typed and not self._add(typed):
            return False
        self.typing.clear()
        return True

    def _give(self, typed: str) -> None:
        if typed.strip() and self._add(str(typed)):
            self.typing.clear()

    def _leave_last(self) -> None:
        if self._parties:
            self.removed.emit(self._parties[-1])
