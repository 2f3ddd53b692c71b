"""Splitting a case: which of its entries become a case of their own, and what that is called."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.desk.case_file import CaseFile
from app.domain.follow_ups import Channel
from ui.theme.fonts import Type
from ui.widgets.choice import Check
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import column, row
from ui.widgets.text import Elided, Text
from ui.widgets.wording import channel_words, day_and_clock

SHOWN = 200


class SplitDialog(Dialog):
    """A tick for each entry, the newest first."""

    def __init__(
        self, window: QWidget, file: CaseFile, split: Callable[[tuple[UUID, ...], str], None], now: datetime
    ) -> None:
        super().__init__(window, "", width=640)
        self.set_title(self.tr("Split off a part of case {0}").format(file.case.number))
        self._split = split
        self._subject = LineEdit(longest=250)
        self._subject.textEdited.connect(lambda _: self._tell())
        self._checks: dict[UUID, Check] = {}
        self.content.addWidget(Field(self.tr("Subject of the new case"), self._subject, required=True))
        self.content.addWidget(Text(self.tr("What goes into it"), Type.LABEL, "text2"))
        for one in reversed(file.timeline):
            if one.channel is Channel.SYSTEM:
                continue
            name, _ = channel_words(one.channel)
            words = " ".join(one.body.split())
            check = Check(f"{name} · {day_and_clock(one.at, now)}")
            check.setAccessibleDescription(words[:SHOWN])
            check.clicked.connect(lambda _: self._tell())
            self._checks[one.id] = check
            said = Elided(words, Type.SMALL, "text2")
            self.content.addLayout(column(check, row(26, said, gap=0), gap=0))
            said.setVisible(bool(words))
        act = primary(self.tr("Split off"))
        act.clicked.connect(self._go)
        self.set_footer(self.tr("Mails and files go along."), act)
        self._tell()

    def chosen(self) -> tuple[UUID, ...]:
        """The entries that are ticked."""
        return tuple(id_ for id_, check in self._checks.items() if check.isChecked())

    def _tell(self) -> None:
        if self.primary is not None:
            self.primary.setEnabled(bool(self.chosen() and self._subject.text().strip()))

    def _go(self) -> None:
        self._split(self.chosen(), self._subject.text())
        self.accept()
