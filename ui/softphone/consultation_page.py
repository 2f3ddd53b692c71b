"""A consultation: the two parties, who hears whom, and the ways on: complete, swap, merge, back."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.desk.commands import CommandRegistry
from app.desk.live_calls import LiveCallsState
from app.services.calls import CallView
from app.services.organisation import Directory
from ui.softphone.party import Party
from ui.theme.fonts import Type
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.text import Text
from ui.widgets.wording import duration


class ConsultationPage(QWidget):
    """Shown to the agent who asks somebody while her caller waits."""

    def __init__(
        self, commands: CommandRegistry, directory: Callable[[], Directory | None], now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._directory, self._now = directory, now
        self._call: CallView | None = None
        self._began: tuple[str, datetime] | None = None
        self._asked, self._caller = Party(), Party()
        self._number = Text("", Type.SMALL, "text2", tabular=True)
        self._swap = Button(self.tr("Swap"), icon="arrow-right-left", key=commands.key("call.consult"))
        self._complete = Button(
            "", icon="phone-forwarded", key=commands.key("call.transfer"), role=Role.PRIMARY, height=40
        )
        self._merge = Button(self.tr("Merge to three"), icon="merge", key=commands.key("call.merge"), height=36)
        back = Button(self.tr("Back to the caller"), icon="undo-2", key=commands.key("call.hold"), height=36)
        self._comfort = Text("", Type.SMALL, "text2", wrap=True)
        for button, command in (
            (self._swap, "call.consult"),
            (self._complete, "call.transfer"),
            (self._merge, "call.merge"),
            (back, "call.hold"),
        ):
            button.clicked.connect(lambda _=False, id_=command: commands.run(id_))
        head = row(Icon("users", "accent"), Text(self.tr("Consultation"), Type.HEADING), STRETCH, self._number)
        sunk = Surface("sunk")
        self._sees = Text("", Type.LABEL, "text2", wrap=True)
        sunk.setLayout(column(
            self._sees,
            row(Icon("check", "ok"), Text(self.tr("The case and its history")), STRETCH),
            row(Icon("check", "ok"), Text(self.tr("Your note, as you type it")), STRETCH),
            gap=6, margins=(12, 10, 12, 10),
        ))  # fmt: skip
        body = column(
            head, self._asked, row(STRETCH, self._swap, STRETCH), self._caller, sunk, gap=12, margins=(16, 14, 16, 14)
        )
        foot = column(
            self._complete.fill_width(),
            self._merge.fill_width(),
            back.fill_width(),
            self._comfort,
            gap=8,
            margins=(16, 12, 16, 14),
        )
        self.setLayout(column(body, hairline(), foot, STRETCH, gap=0))

    def render_state(self, state: LiveCallsState) -> None:
        """Show the call I consult about."""
        self._call = call = state.front
        directory = self._directory()
        if call is None or directory is None or not call.consultation:
            return
        if self._began is None or self._began[0] != call.consultation:
            self._began = (call.consultation, self._now())
        names = {agent.id: agent.name for agent in directory.agents}
        teams = {team.id: team.name for team in directory.teams}
        asked = names.get(call.consulted, "") if call.consulted else ""
        asked = asked or self.tr("The colleague")
        home = next((a.default_team_id for a in directory.agents if a.id == call.consulted), None)
        with_caller = call.consultation in {"with_caller", "merged"}
        with_asked = call.consultation in {"away", "merged"}
        words, icon, tone = (
            (self.tr("Talks to you"), "mic", "accent")
            if with_asked
            else (self.tr("On hold, hears music"), "pause", "warn")
        )
        if call.consultation == "ringing":
            words, icon, tone = self.tr("Rings"), "phone", "accent"
        self._asked.show_party(asked, teams.get(home, "") if home else "", words, icon, tone, lit=with_asked)
        words, icon, tone = (
            (self.tr("Talks to you"), "mic", "accent")
            if with_caller
            else (self.tr("On hold, hears music"), "pause", "warn")
        )
        number = state.shown(call.caller_number)
        self._caller.show_party(state.name(call), call.organisation or number, words, icon, tone, lit=with_caller)
        self._number.setText(f"#{call.case_number}" if call.case_number else "")
        self._sees.setText(self.tr("{0} has on screen").replace("{0}", asked))
        self._complete.set_label(self.tr("Complete: {0} takes the call").replace("{0}", asked.split(" ")[0]))
        self._comfort.setText(self.tr("If {0} hangs up, you are back with the caller.").replace("{0}", asked))
        met = call.consultation != "ringing"
        self._swap.setEnabled(met and call.consultation != "merged")
        self._merge.setEnabled(met and call.consultation != "merged")
        self.tick()

    def tick(self) -> None:
        """Count the seconds."""
        if self._call is not None and self._began is not None:
            now = self._now()
            self._asked.show_clock(duration((now - self._began[1]).total_seconds()))
            held = self._call.held_since_at
            self._caller.show_clock(duration((now - held).total_seconds()) if held else "")
