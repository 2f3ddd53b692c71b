"""What the time machines of automations and of mail rules show alike: figures, the reply, what was undone."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QWidget

from app.desk.automations import Does, SentOne, Undone
from ui.theme.fonts import Type
from ui.widgets.automation_words import does_words
from ui.widgets.card import Card, Surface, hairline
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.text import Text
from ui.widgets.wording import clock, day_and_clock

MOST_SENT = 20
ShownReply = tuple[str, str, str]
"""By which automation, where that is to be said, to whom, and the text."""


def short_day(at: datetime) -> str:
    """Return a day as narrow columns have it."""
    local = at.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), "dd/MM")


def short_moment(at: datetime) -> str:
    """Return a day and the hour as narrow columns have them."""
    return f"{short_day(at)} {clock(at)}"


class Figure(Surface):
    """One number with what it counts."""

    def __init__(self, words: str, ink: str) -> None:
        self._number, self._ink = Text("–", Type.TITLE), ink
        self._number.set_tone(ink)
        told = Text(words, Type.SMALL, "text2", wrap=True)
        super().__init__("card", column(self._number, told, STRETCH, gap=0, margins=(12, 8, 8, 8)))

    def show_number(self, number: int | None) -> None:
        """Show it; a dash before there is one."""
        self._number.setText("–" if number is None else f"{number:,}".replace(",", "\u202f"))
        self._number.set_tone(self._ink if number else "text")


class Figures(QWidget):
    """Several numbers side by side, each as wide as the others."""

    def __init__(self, *figures: Figure) -> None:
        super().__init__()
        line = row(*figures, gap=10)
        for place in range(len(figures)):
            line.setStretch(place, 1)
        self.setLayout(line)


class ReplyCard(Card):
    """The replies that would have gone out at one event."""

    def __init__(self) -> None:
        super().__init__(self.tr("Reply that would have gone out"), gap=6)
        self._lines = column(gap=6)
        self.body.addLayout(self._lines)

    def show_replies(self, replies: Sequence[ShownReply], at: datetime, now: datetime) -> None:
        """Show them, if there are any: by which automation and to whom, then what is said."""
        self.setVisible(bool(replies))
        self.heading.setText(
            self.tr("Replies that would have gone out")
            if len(replies) > 1
            else self.tr("Reply that would have gone out")
        )
        clear(self._lines)
        for place, (by, to, text) in enumerate(replies):
            words = self.tr("To {0} · {1}").replace("{0}", to or "–").replace("{1}", day_and_clock(at, now))
            if place:
                self._lines.addWidget(hairline())
            self._lines.addWidget(Text(f"{by} · {words}" if by else words, Type.SMALL, "text2", wrap=True))
            self._lines.addWidget(Text(text, Type.BODY, "text", wrap=True))


class UndoneText(Text):
    """How many cases were given back, how many were left, and what had been sent."""

    def __init__(self) -> None:
        super().__init__("", Type.BODY, "text", wrap=True)

    def show_undone(self, undone: tuple[Undone, ...], sent: tuple[SentOne, ...]) -> None:
        """Show it."""
        back = sum(1 for one in undone if one.said == "undone")
        lines = [self.tr("%n case(s) given back", "", back), self.tr("%n left as they are", "", len(undone) - back)]
        shown = ((one.number, does_words(Does(one.what))[0], one.told) for one in sent[:MOST_SENT])
        lines += [" · ".join(map(str, filter(None, line))) for line in shown]
        if len(sent) > MOST_SENT:
            lines.append(self.tr("and {0} more").replace("{0}", str(len(sent) - MOST_SENT)))
        self.setText("\n".join(lines))
