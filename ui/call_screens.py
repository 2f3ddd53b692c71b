"""The phone's screens joined to the desk: bar, cards, panel and keypad, their commands, and the note of a live call."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.desk.caller import Caller
from app.desk.calls import LiveCalls
from app.desk.case_file import OpenCase
from app.desk.commands import CommandRegistry
from app.desk.live_calls import About, LiveCallsState
from app.desk.transfer import Transfer
from app.desk.wrap_up import WrapUp
from app.services.organisation import Directory
from ui.composer.note import NoteComposer
from ui.shell.main_window import MainWindow
from ui.softphone.call_bar import CallBar
from ui.softphone.call_panel import CallPanel
from ui.softphone.dial_dialog import DialDialog
from ui.softphone.incoming_card import IncomingCard
from ui.softphone.keypad import Keypad
from ui.softphone.leaving_card import LeavingCard
from ui.widgets.wording import say


class CallScreens:
    """What a desk shows of calls; made anew with its window."""

    def __init__(
        self,
        window: MainWindow,
        calls: LiveCalls,
        transfer: Transfer,
        wrap_up: WrapUp,
        caller: Caller,
        case: OpenCase,
        commands: CommandRegistry,
        directory: Callable[[], Directory | None],
        now: Callable[[], datetime],
    ) -> None:
        self._window, self._calls, self._transfer, self._case = window, calls, transfer, case
        self._directory = directory
        window.top_bar.put_call_bar(CallBar(calls, commands, now))
        self.panel = CallPanel(calls, transfer, wrap_up, caller, commands, directory, now)
        window.put_beside(self.panel)
        self._keypad = Keypad(window, calls)
        LeavingCard(window, calls, directory, now)
        self._incoming = IncomingCard(window, calls, commands, directory, now)
        self._bind(commands)
        self._told = calls.state.error
        window.destroyed.connect(calls.subscribe(self._show_phone))
        window.destroyed.connect(calls.subscribe(self._tell))

    def dial(self, number: str = "", about: About | None = None) -> None:
        """Ask for a number and call it; a number that is given waits for Enter, so that nothing is dialled unseen."""
        directory = self._directory()
        if directory is None or self._window.dialog_open() or not self._calls.state.has_phone:
            return
        file = self._case.state.file
        context = about or (About(file.case.id, file.case.customer_id) if file is not None and number else About())
        shown = self._shown(directory, context)

        def go(target: str) -> None:
            self._calls.dial(target, context)

        DialDialog(self._window, directory.organisation.region, shown, go, number).open()

    def call(self, number: str, about: About | None = None) -> None:
        """Call a number that somebody chose on purpose: a customer's, a reminder's."""
        if self._calls.state.has_phone:
            self._calls.dial(number, about)
        else:
            QDesktopServices.openUrl(QUrl(f"tel:{number}"))

    def open_keypad(self) -> None:
        """Show the keys of a telephone over the call bar."""
        self._keypad.toggle()

    def _tell(self, state: LiveCallsState) -> None:
        """Say once why something was refused; the call goes on."""
        error, self._told = (state.error if state.error != self._told else None), state.error
        if error is not None:
            self._window.toast(say(error))

    def _show_phone(self, state: LiveCallsState) -> None:
        in_call = state.front is not None or state.front_leg is not None
        self._window.top_bar.show_phone(ready=state.registered or not state.has_phone or in_call)

    def _shown(self, directory: Directory, about: About) -> str:
        """The number that the called person sees: the case's, else the one of the agent's own team."""
        file = self._case.state.file
        numbers = {number.id: number for team in directory.teams for number in team.numbers}
        if file is not None and file.case.id == about.case_id and file.case.number_id in numbers:
            return numbers[file.case.number_id].e164
        mine = directory.me.default_team_id
        home = next((team for team in directory.teams if team.id == mine), None)
        if home is not None and home.communication_team_id is not None:
            home = directory.team(home.communication_team_id)
        return home.numbers[0].e164 if home is not None and home.numbers else ""

    def _bind(self, commands: CommandRegistry) -> None:
        calls = self._calls
        if calls.state.has_phone:
            commands.bind("call.dial", self.dial)
        commands.bind("call.answer", calls.answer, lambda: bool(calls.state.incoming))
        commands.bind("call.keypad", self.open_keypad, lambda: calls.state.front_leg is not None)
        # While she consults, F3 goes back to the caller, F6 completes, F7 swaps and Shift+F7 merges.
        commands.bind("call.hold", self._hold, lambda: self._in_call() or calls.state.handed_on is not None)
        commands.bind("call.transfer", self._move, lambda: calls.state.front is not None)
        commands.bind("call.consult", self._consult, self._may_consult)
        commands.bind("call.merge", calls.merge, lambda: calls.state.consulting)
        commands.bind("call.mute", calls.mute, self._in_call)
        commands.bind("call.record", calls.record, lambda: calls.state.front is not None)
        commands.bind("call.hang_up", calls.hang_up, lambda: bool(calls.state.incoming) or self._in_call())

    def _in_call(self) -> bool:
        return self._calls.state.front_leg is not None

    def _hold(self) -> None:
        if self._calls.state.consulting:
            self._calls.back()
        elif self._in_call():
            self._calls.hold()
        else:
            self._calls.take_back()

    def _move(self) -> None:
        if self._calls.state.consulting:
            self._calls.complete()
        elif self._transfer.state.open:
            self._transfer.hand_over()
        else:
            self._transfer.open()

    def _may_consult(self) -> bool:
        return self._transfer.state.open or self._calls.state.consulting or self._handed_to_me()

    def _handed_to_me(self) -> bool:
        return any(call.handed_by_name for call in self._calls.state.incoming)

    def _consult(self) -> None:
        if self._calls.state.consulting:
            self._calls.swap()
        elif self._transfer.state.open:
            self._transfer.consult()
        else:
            self._incoming.ask()


class LiveNote:
    """While I talk about the open case, its composer is the note of the call: it goes along when the call moves."""

    def __init__(
        self, composer: NoteComposer, case: OpenCase, calls: LiveCalls, opened: Callable[[UUID], None]
    ) -> None:
        self._composer, self._case, self._calls, self._open = composer, case, calls, opened
        self._popped: UUID | None = None
        self.began: Callable[[], None] = lambda: None
        """Told when a call on the open case is answered, or its case opened."""
        composer.typed.connect(self._type)
        composer.filed.connect(case.file_note)
        composer.destroyed.connect(case.subscribe(lambda _: self._render()))
        composer.destroyed.connect(calls.subscribe(self._follow))

    @property
    def live(self) -> bool:
        """Whether what is typed now is the note of the call."""
        front, file = self._calls.state.front, self._case.state.file
        return front is not None and file is not None and front.case_id == file.case.id

    @property
    def elsewhere(self) -> bool:
        """Whether I talk about a case that is not the open one."""
        front = self._calls.state.front
        return front is not None and front.case_id is not None and not self.live

    def focus(self) -> None:
        """Go to the note: the call's case comes first."""
        front = self._calls.state.front
        if self.elsewhere and front is not None and front.case_id is not None:
            self._open(front.case_id)
        self._composer.text.setFocus()

    def _type(self, text: str) -> None:
        if self.live:
            self._calls.type_note(text)
        else:
            self._case.type_note(text)

    def _follow(self, state: LiveCallsState) -> None:
        """Open the case of a call that is answered, once."""
        front = state.front
        if front is not None and front.case_id is not None and front.case_id != self._popped:
            self._popped = front.case_id
            self._open(front.case_id)
            self.began()
        elif front is None:
            self._popped = None
        self._render()

    def _render(self) -> None:
        state = self._case.state
        self._composer.show_live(live=self.live)
        note, told = self._calls.state.note if self.live else state.note, state.error or state.done
        self._composer.show_files(state.files)
        self._composer.show_note(note, filing=state.filing, error=say(told) if told else "")
