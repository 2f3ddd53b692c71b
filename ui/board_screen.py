"""The live board joined to the desk: its screen, its commands, and the question before a call is ended."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.desk.board import Board
from app.desk.commands import CommandRegistry
from app.desk.floor_chats import FloorChats
from app.desk.shell import Screen, Shell
from ui.board.board_view import BoardView
from ui.board.words import caller
from ui.shell.main_window import MainWindow
from ui.widgets.button import Role
from ui.widgets.dialog import Dialog, primary
from ui.widgets.text import Text


class BoardScreen:
    """Made anew with its window."""

    def __init__(
        self,
        window: MainWindow,
        board: Board,
        shell: Shell,
        commands: CommandRegistry,
        now: Callable[[], datetime],
        chats: FloorChats | None = None,
        open_case: Callable[[UUID], None] = lambda _: None,
    ) -> None:
        self._window, self._board, self._shell = window, board, shell

        def make() -> BoardView:
            view = BoardView(board, commands, now, chats)
            if view.chats is not None:
                view.chats.opened.connect(open_case)
            return view

        window.offer_screen(Screen.BOARD, make)
        if chats is not None:
            self._bind(commands, "chat.take", chats.take, lambda: chats.state.may_take)
        self._bind(commands, "call.take", board.take, lambda: board.state.waits)
        self._bind(commands, "call.sooner", lambda: board.put(-1), self._may_be_sooner)
        self._bind(commands, "call.later", lambda: board.put(1), lambda: board.state.waits)
        self._bind(commands, "call.listen", board.listen, lambda: board.state.talks and board.state.heard is None)
        self._bind(commands, "call.leave", board.leave, lambda: board.state.heard is not None)
        self._bind(commands, "call.whisper", board.whisper, lambda: board.state.talks)
        self._bind(commands, "call.barge", board.barge, lambda: board.state.talks)
        self._bind(commands, "call.end", self._ask_end, lambda: board.state.call is not None)
        self._bind(
            commands, "call.move", self._move, lambda: board.state.call is not None and board.state.leaving is None
        )

    def _bind(
        self, commands: CommandRegistry, id_: str, run: Callable[[], None], available: Callable[[], bool]
    ) -> None:
        commands.bind(id_, run, lambda: self._shell.state.screen is Screen.BOARD and available())

    def _may_be_sooner(self) -> bool:
        call = self._board.state.call
        return call is not None and self._board.state.waits and self._board.state.place(call) > 1

    def _may_move(self) -> bool:
        return self._board.state.call is not None and self._board.state.leaving is None

    def _move(self) -> None:
        if self._board.state.moving:
            self._board.move()
        else:
            self._board.open_move()

    def _ask_end(self) -> None:
        call = self._board.state.call
        if call is None:
            return
        dialog = Dialog(self._window, QCoreApplication.translate("Board", "End this call?"), width=460)
        words = QCoreApplication.translate("Board", "{0} is disconnected at once. This cannot be taken back.")
        dialog.content.addWidget(Text(words.replace("{0}", caller(call, self._board.state.region)), wrap=True))
        end = primary(QCoreApplication.translate("Board", "End the call"), icon="phone-off")
        end.set_role(Role.HANG_UP)

        def agreed() -> None:
            dialog.accept()
            self._board.choose(call.id)
            self._board.end()

        end.clicked.connect(agreed)
        dialog.set_footer("", end)
        dialog.open()
