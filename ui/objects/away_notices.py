"""What happened while the agent was away: told once at sign-in, each with its case."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.desk.case_ties import CaseTies, CaseTiesState, Notice, NoticeKind
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.theme.fonts import Type
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog, primary
from ui.widgets.icon import Icon
from ui.widgets.layout import clear, column
from ui.widgets.row_button import RowButton
from ui.widgets.sign_in_card import SignInCard
from ui.widgets.text import Text
from ui.widgets.wording import day_and_clock

WIDTH, MOST, LONGEST = 620, 10, 80
_WORDS = {
    NoticeKind.MENTIONED: (QT_TRANSLATE_NOOP("Desk", "{who} names you in {case}: {said}"), "user"),
    NoticeKind.WATCHED: (QT_TRANSLATE_NOOP("Desk", "You watch {case}: {said}"), "eye"),
    NoticeKind.ANSWERED: (QT_TRANSLATE_NOOP("Desk", "{who} has answered on your case {case}: {said}"), "inbox"),
    NoticeKind.AUTOMATION: (QT_TRANSLATE_NOOP("Desk", "{who} · case {case}: {said}"), "bell"),
}


def notice_words(notice: Notice) -> str:
    """What a notice says."""
    words = QCoreApplication.translate("Desk", _WORDS[notice.kind][0])
    said = notice.said if len(notice.said) <= LONGEST else f"{notice.said[: LONGEST - 1]}…"
    return words.format(who=notice.by_name, case=notice.number, said=said or notice.subject)


class AwayDialog(Dialog):
    """All of it, the latest first; closed, it counts as seen."""

    opened = Signal(object)

    def __init__(self, window: QWidget, presenter: CaseTies, now: Callable[[], datetime]) -> None:
        super().__init__(window, "", width=WIDTH)
        self._presenter, self._now = presenter, now
        self._lines = column(gap=6)
        self._more = Text("", Type.SMALL, "text2")
        self.content.addLayout(self._lines)
        self.content.addWidget(self._more)
        fine = primary(self.tr("To my work"))
        fine.clicked.connect(self.accept)
        later = Button(self.tr("Later"))
        later.clicked.connect(self._put_off)
        self.set_answers(self.tr("Each stands on its case as well."), fine, later)
        self._show(presenter.state.away)
        self.closed.connect(presenter.see_away)

    def _show(self, away: tuple[Notice, ...]) -> None:
        self.set_title(self.tr("%n thing(s) happened while you were away", "", len(away)))
        clear(self._lines)
        for one in away[:MOST]:
            at = day_and_clock(one.at, self._now())
            line = RowButton(_WORDS[one.kind][1], notice_words(one), f"{one.subject} · {at}", tint="accent")
            line.clicked.connect(lambda _, id_=one.case_id: self._open(id_))
            self._lines.addWidget(line)
        left = len(away) - MOST
        self._more.setText(self.tr("and {0} more on your cases").replace("{0}", str(left)))
        self._more.setVisible(left > 0)

    def _put_off(self) -> None:
        self._presenter.put_off_away()
        self.accept()

    def _open(self, case_id: object) -> None:
        self.opened.emit(case_id)
        self.accept()


class AwayCard(SignInCard):
    """Says at sign-in that something happened, under what came due."""

    def __init__(self, window: QWidget, presenter: CaseTies) -> None:
        super().__init__(window, Icon("bell", "accent"), "bell")
        self.put_off.connect(presenter.put_off_away)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: CaseTiesState) -> None:
        """Stand there until the list was opened or put off."""
        words = self.tr("%n thing(s) happened while you were away", "", len(state.away))
        self.say(words, shown=bool(state.away))
