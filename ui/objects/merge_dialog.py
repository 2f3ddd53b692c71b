"""Merging two records: the open one stays, the other is found by typing and becomes part of it."""

from collections.abc import Awaitable, Callable
from html import escape
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.desk.presenter import Work
from ui.theme.tokens import Tone
from ui.widgets.combo import SearchCombo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.options import Option


class MergeDialog(Dialog):
    """Says what becomes of both before it is done."""

    def __init__(
        self,
        window: QWidget,
        kept: str,
        find: Callable[[str], Awaitable[tuple[Option, ...]]],
        merge: Callable[[UUID], None],
    ) -> None:
        super().__init__(window, "", width=520)
        self.set_title(self.tr("Merge with another record"))
        self._find, self._merge, self._kept = find, merge, kept
        self._work = Work()
        self._options: tuple[Option, ...] = ()
        self._chosen: Option | None = None
        self._links = False
        self.other = SearchCombo(self.tr("The other record"))
        self._said = Notice("", Tone.WARN, "merge")
        self.content.addWidget(Field(self.tr("Which one is the same?"), self.other, required=True))
        self.content.addWidget(self._said)
        self._said.hide()
        act = primary(self.tr("Merge"), icon="merge")
        act.clicked.connect(self._go)
        act.setEnabled(False)
        self.set_footer(self.tr("Both histories stay."), act)
        self.other.searched.connect(lambda typed: self._work.latest("search", self._search(typed)))
        self.other.picked.connect(self._choose)
        self.other.setFocus()

    def say_link(self, title: str, act: str) -> None:
        """Ask for a case to link instead: both stay what they are."""
        self.set_title(title)
        self._links = True
        if self.primary is not None:
            self.primary.set_label(act)

    async def _search(self, typed: str) -> None:
        self._options = await self._find(typed) if typed else ()
        self.other.offer(self._options)

    def _choose(self, key: object) -> None:
        self._chosen = next((one for one in self._options if one.key == key), None)
        if self._chosen is None:
            return
        self.other.setText(self._chosen.label)
        merged = self.tr("“{0}” becomes part of “{1}”. This cannot be undone.")
        words = self.tr("“{0}” is linked with “{1}”.") if self._links else merged
        self._said.text.setText(words.replace("{0}", escape(self._chosen.label)).replace("{1}", escape(self._kept)))
        self._said.show()
        if self.primary is not None:
            self.primary.setEnabled(True)

    def _go(self) -> None:
        if self._chosen is not None and isinstance(self._chosen.key, UUID):
            self._merge(self._chosen.key)
            self.accept()
