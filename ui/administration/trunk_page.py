"""Manage › Trunks: the lines to the outside, each with what the switch found when it last looked."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit

from app.desk.records import Records, RecordsState
from app.desk.voice_pages import TrunkLine
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, row
from ui.widgets.pill import Pill
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Elided
from ui.widgets.typed_lines import NumberLine
from ui.widgets.wording import ago, say

_TOP = Qt.AlignmentFlag.AlignTop


class TrunkPage(RecordPage[TrunkLine]):
    """Every line of the organisation."""

    def __init__(
        self, presenter: Records[TrunkLine], look: Callable[[UUID], None], now: Callable[[], datetime]
    ) -> None:
        columns = (Column(self.tr("Line"), 1.6), Column(self.tr("State"), 1.4))
        nothing = (
            self.tr("There is no line to the outside."),
            self.tr("Without one, calls come from inside only. Your operator gives address, name and password."),
        )
        super().__init__(
            presenter, self.tr("Trunks"), columns, self._cells, nothing,
            new=self.tr("New line"), remove=self.tr("Remove"),
        )  # fmt: skip
        self._now = now
        self._line, self._host, self._port = LineEdit(longest=31), LineEdit("sip.example.org"), NumberLine(1, 65535)
        self._user, self._password = LineEdit(longest=100), LineEdit(longest=200)
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        # What the switch and the database take as a name, a host, an account.
        for typed, pattern in (
            (self._line, "[a-z][a-z0-9-]{0,30}"), (self._host, "[A-Za-z0-9.:-]*"), (self._user, "[A-Za-z0-9._+@-]*"),
        ):  # fmt: skip
            typed.setValidator(QRegularExpressionValidator(QRegularExpression(pattern), typed))
        self._registers = Check(self.tr("Register with this server (otherwise it knows our address)"))
        edit = presenter.edit
        self._line.textEdited.connect(lambda text: edit(name=text))
        self._host.textEdited.connect(lambda text: edit(host=text))
        self._port.changed.connect(lambda port: edit(port=port))
        self._user.textEdited.connect(lambda text: edit(username=text))
        self._password.textEdited.connect(lambda text: edit(password=text))
        self._registers.clicked.connect(lambda on: edit(registers=on))
        self._fields = {
            "name": Field(self.tr("Name"), self._line, hint=self.tr("Small letters, digits, hyphens."), required=True),
            "host": Field(self.tr("Server"), self._host, required=True),
            "username": Field(self.tr("Name of the account"), self._user),
        }
        kept = self.tr("Only the hub reads it. Left empty, the one that is kept stays.")
        card = Card(gap=12)
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(16)
        pairs.setVerticalSpacing(12)
        for place in range(2):
            pairs.setColumnStretch(place, 1)
        pairs.addWidget(self._fields["name"], 0, 0, 1, 2, _TOP)
        pairs.addWidget(self._fields["host"], 1, 0, _TOP)
        pairs.addWidget(Field(self.tr("Port"), self._port), 1, 1, _TOP)
        pairs.addWidget(self._fields["username"], 2, 0, _TOP)
        pairs.addWidget(Field(self.tr("Password"), self._password, hint=kept), 2, 1, _TOP)
        card.body.addLayout(pairs)
        card.body.addWidget(self._registers)
        self.form.addWidget(card)
        self._state, self._looked = Pill(""), Elided("", Type.SMALL, "text2")
        self._test = Button(self.tr("Test the line"), icon="rotate-cw")
        self._test.clicked.connect(lambda: self._look(look))
        self._tested = Card(self.tr("What the switch found"))
        line = row(self._state, self._looked, STRETCH, self._test, gap=10)
        line.setStretch(1, 1)
        self._tested.body.addLayout(line)
        self.form.addWidget(self._tested)
        self.follow()

    def title_of(self, item: TrunkLine, state: RecordsState[TrunkLine]) -> str:
        """Name the line."""
        return item.name or self.tr("New line")

    def show_item(self, item: TrunkLine, state: RecordsState[TrunkLine]) -> None:
        """Show the line."""
        for line, text in (
            (self._line, item.name), (self._host, item.host), (self._user, item.username),
            (self._password, item.password),
        ):  # fmt: skip
            line.show_text(text)
        self._port.show_number(item.port)
        self._registers.setChecked(item.registers)
        words, tone = self._found(item.state)
        self._state.show_state(words, tone)
        looked = item.looked_at
        self._looked.setText(ago(looked, self._now()) if looked is not None else self.tr("not looked at yet"))
        self._tested.setVisible(state.stored is not None)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")

    def _found(self, state: str) -> tuple[str, Tone]:
        known = {
            "registered": (self.tr("Registered"), Tone.OK),
            "reachable": (self.tr("Reachable"), Tone.OK),
            "unreachable": (self.tr("Unreachable"), Tone.BAD),
            "rejected": (self.tr("Rejected: name or password"), Tone.BAD),
        }
        return known.get(state, (self.tr("Unknown"), Tone.NEUTRAL))

    def _cells(self, item: TrunkLine) -> Cells:
        words, tone = self._found(item.state)
        return (Cell(item.name, type_=Type.STRONG), Cell(words, pill=tone))

    def _look(self, look: Callable[[UUID], None]) -> None:
        stored = self._presenter.state.stored
        if stored is not None:
            look(stored.id)
