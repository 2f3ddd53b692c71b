"""Manage › Codes: results of calls and reasons of not being ready, added and ordered in place."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.desk.codes import LABEL_MOST, CodeKind, Codes, CodesState
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Segmented
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner
from ui.widgets.text import Elided, Text
from ui.widgets.wording import reason_words, say, translate


class CodesPage(Surface):
    """A line for each code and one to add the next."""

    def __init__(self, presenter: Codes) -> None:
        super().__init__("bg")
        self._presenter = presenter
        kinds = (
            (CodeKind.DISPOSITION, self.tr("Results of calls"), ""),
            (CodeKind.NOT_READY, self.tr("Reasons of not ready"), ""),
        )
        self._kinds = Segmented(kinds, self.tr("Codes"))
        self._kinds.picked.connect(presenter.choose)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._lines = column(gap=2)
        self._label = LineEdit(self.tr("A new one"), longest=LABEL_MOST + 20)
        self._label.setAccessibleName(self.tr("A new one"))
        self._label.returnPressed.connect(self._add)
        add = Button(self.tr("Add"), icon="plus")
        add.clicked.connect(self._add)
        new = row(self._label, add, gap=8)
        new.setStretch(0, 1)
        card = Card()
        card.body.addLayout(self._lines)
        card.body.addLayout(new)
        head = row(Text(self.tr("Codes"), Type.TITLE), STRETCH, self._kinds, gap=12, margins=(24, 14, 24, 12))
        layout = column(Surface("surface", head), hairline("hairline"), self._error, gap=0)
        layout.addWidget(Scroll(card, STRETCH), 1)
        self.setLayout(layout)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: CodesState) -> None:
        """Show the codes of the chosen kind."""
        self._kinds.show_choice(state.kind)
        self._error.show_text(say(state.error) if state.error else "")
        clear(self._lines)
        for at, code in enumerate(state.codes, 1):
            # A shipped result is translated from its label, a shipped reason from its key; the rest is theirs.
            shipped = translate("Disposition", code.label) if code.kind == "disposition" else reason_words(code.key)
            words = shipped if code.key else code.label
            self._lines.addWidget(self._line(code.id, words, first=at == 1, last=at == len(state.codes)))

    def _line(self, code_id: UUID, label: str, *, first: bool, last: bool) -> QWidget:
        up, down = IconButton(self.tr("Move up"), "chevron-up"), IconButton(self.tr("Move down"), "chevron-down")
        away = IconButton(self.tr("Remove"), "x")
        up.clicked.connect(lambda: self._presenter.move(code_id, -1))
        down.clicked.connect(lambda: self._presenter.move(code_id, 1))
        away.clicked.connect(lambda: self._presenter.remove(code_id))
        up.setEnabled(not first)
        down.setEnabled(not last)
        line = QWidget()
        layout = row(Elided(label, Type.MEDIUM), up, down, away, gap=6, margins=(0, 2, 0, 2))
        layout.setStretch(0, 1)
        line.setLayout(layout)
        return line

    def _add(self) -> None:
        if self._presenter.add(self._label.text()):
            self._label.clear()
