"""Handing a case to another organisation: to which of its teams, and with what words."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.desk.case_ties import Way
from ui.widgets.combo import Combo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import TextArea
from ui.widgets.options import Option


class ReferDialog(Dialog):
    """The case stays here; a new one is made there with its customer, its subject and these words."""

    def __init__(self, window: QWidget, ways: tuple[Way, ...], refer: Callable[[UUID, str], None]) -> None:
        super().__init__(window, "", width=560)
        self.set_title(self.tr("Hand over to another organisation"))
        self._refer = refer
        self._to, self._note = Combo(self.tr("Choose a team")), TextArea(lines=3)
        options = tuple(Option(way.id, way.organisation, way.team, "building-2") for way in ways if way.outward)
        self._to.show_options(options, options[0].key if len(options) == 1 else None)
        self._to.picked.connect(lambda _: self._tell())
        hint = self.tr("They read this, the subject, the description and who the customer is; nothing else.")
        self.content.addWidget(Field(self.tr("To"), self._to, required=True))
        self.content.addWidget(Field(self.tr("What they should know"), self._note, hint=hint))
        act = primary(self.tr("Hand over"))
        act.clicked.connect(self._go)
        self.set_footer(self.tr("This case stays here, with a trace."), act)
        self._tell()

    def _tell(self) -> None:
        if self.primary is not None:
            self.primary.setEnabled(self._to.choice is not None)

    def _go(self) -> None:
        if isinstance(self._to.choice, UUID):
            self._refer(self._to.choice, self._note.toPlainText())
            self.accept()
