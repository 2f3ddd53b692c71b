"""Replies and macros at the open case: by a shortcut that is typed, or chosen from a list."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from app.desk.canned import Canned, CannedState
from app.desk.case_file import OpenCase
from app.desk.commands import CommandRegistry
from app.desk.presenter import Work
from app.services.cases import CaseFile
from ui.composer.canned_keys import CannedKeys
from ui.shell.main_window import MainWindow
from ui.widgets.options import Option
from ui.widgets.pick_popup import PickPopup
from ui.widgets.wording import say


class CannedPicker:
    """Made once; joined to the composer of each window."""

    def __init__(
        self, canned: Canned, case: OpenCase, work: Work, commands: CommandRegistry, insert: Callable[[str], None]
    ) -> None:
        self._canned, self._case, self._work, self._commands, self._insert = canned, case, work, commands, insert

    def join(
        self, window: MainWindow, fields: Iterable[QTextEdit | QPlainTextEdit], beside: Callable[[], QWidget]
    ) -> None:
        """Let shortcuts be found in what is typed, and bind the commands; lists open `beside` what is written in."""
        self._window, self._beside = window, beside
        self._fields: list[CannedKeys] = []
        for field in fields:
            self.follow(field)
        window.destroyed.connect(self._canned.subscribe(self._say))
        is_open = lambda: self._case.state.file is not None  # noqa: E731 - what both commands ask
        self._commands.bind("case.canned", self.pick_reply, is_open)
        self._commands.bind("case.macro", self.pick_macro, is_open)

    def follow(self, field: QTextEdit | QPlainTextEdit) -> None:
        """Let shortcuts be found in one more field; they are read when somebody first writes."""
        self._fields.append(CannedKeys(field, self._canned.begin, self._words_of))

    def pick_reply(self) -> None:
        """Choose a reply by typing; it stands where the cursor is."""
        self._pick(macros=False)

    def pick_macro(self) -> None:
        """Choose a macro by typing; it is run on the open case."""
        self._pick(macros=True)

    def _say(self, state: CannedState) -> None:
        if state.error is not None:
            self._window.toast(say(state.error))

    def _words_of(self, typed: str) -> str | None:
        file = self._case.state.file
        return self._canned.by_shortcut(typed, file) if file is not None else None

    def _pick(self, *, macros: bool) -> None:
        file = self._case.state.file
        if file is not None:
            # Where she writes already it goes; else it is an answer, by the channel that reaches the customer.
            self._into = next((one for one in self._fields if one.field.hasFocus()), None)
            self._canned.begin()
            self._work.latest("pick", self._pick_one(file, macros=macros))

    async def _pick_one(self, file: CaseFile, *, macros: bool) -> None:
        canned, translate, team = self._canned, QCoreApplication.translate, file.case.team_id
        await canned.ready()
        if macros:
            options = tuple(Option(one.id, one.name, "", "zap") for one in canned.usable_macros(team))
            words, nothing = (
                translate("Desk", "Which macro"),
                translate("Desk", "There is no macro. Make one in Manage."),
            )
        else:
            options = tuple(
                Option(one.id, one.name, f"/{one.shortcut}" if one.shortcut else "") for one in canned.usable(team)
            )
            words, nothing = (
                translate("Desk", "Which reply"),
                translate("Desk", "There is no reply. Make one in Manage."),
            )
        if not options:
            self._window.toast(nothing)
            return
        self.picker = PickPopup(self._beside(), words, options, icon="zap" if macros else "text-quote")
        self.picker.chosen.connect(self._take)
        self.picker.open()

    def _take(self, key: object) -> None:
        file, canned = self._case.state.file, self._canned
        if file is None:
            return
        macro = next((one for one in canned.state.macros if one.id == key), None)
        template = next((one for one in canned.state.templates if one.id == key), None)
        if macro is not None:
            canned.run(macro, file, self._case.state.types)
        elif template is not None:
            (self._into.insert if self._into is not None else self._insert)(canned.text(template, file))
