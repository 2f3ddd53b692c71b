"""A colleague changed the same record a moment ago: both versions, and the choice between them."""

from collections.abc import Callable
from html import escape
from typing import Any

from PySide6.QtCore import Signal

from app.desk.clash import Clash
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.layout import row
from ui.widgets.notice import Notice


class ClashNotice(Notice):
    """Shown in the form that could not be saved; nothing is lost whichever is chosen."""

    keep_mine = Signal()
    take_theirs = Signal()

    def __init__(self) -> None:
        super().__init__("", Tone.WARN, "users", title=" ")
        mine = Button(self.tr("Save mine"))
        theirs = Button(self.tr("Take theirs"))
        mine.clicked.connect(self.keep_mine)
        theirs.clicked.connect(self.take_theirs)
        self.remedies.addLayout(row(mine, theirs))
        self.hide()

    def show_clash(self, clash: Clash[Any] | None, words: Callable[[str, Any], tuple[str, str]]) -> None:
        """Show who changed it and each field that both wrote; `words` names a field and tells its value."""
        self.setVisible(clash is not None)
        if clash is None:
            return
        who = clash.agent or self.tr("A colleague")
        self.title.setText(self.tr("{0} changed this a moment ago.").replace("{0}", who))
        lines = []
        for name, mine, theirs in clash.both:
            label, my_words = words(name, mine)
            _, their_words = words(name, theirs)
            said = self.tr("{field}: yours “{mine}”, theirs “{theirs}”").replace("{field}", escape(label))
            lines.append(said.replace("{mine}", escape(my_words)).replace("{theirs}", escape(their_words)))
        both = self.tr("You changed different fields: saving keeps both.")
        self.text.setText("<br>".join(lines) or both)
