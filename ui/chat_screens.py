"""Chats joined to the desk: card, composer, marks in rail, list and timeline, commands."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk.calls import LiveCalls
from app.desk.case_file import OpenCase
from app.desk.chats import ChatDesk, ChatsState, ChatView
from app.desk.chatting import Chatting, ChattingState
from app.desk.commands import CommandRegistry
from app.desk.composer import Composer
from app.desk.floor_chats import FloorChats
from app.desk.presenter import Presenter
from app.desk.shell import Screen, Shell
from app.domain.chats import ChatState
from app.domain.follow_ups import Channel
from app.services.desk import SignedIn
from ui.chats.chat_card import ChatCard
from ui.chats.chat_notice import ChatNotice
from ui.composer.chat_composer import ChatComposer
from ui.mail_screens import MailDesk
from ui.objects.case_list import CaseListView
from ui.objects.case_view import CaseView
from ui.shell.main_window import MainWindow
from ui.widgets.options import Option
from ui.widgets.pick_popup import PickPopup
from ui.widgets.typography import named
from ui.widgets.wording import say

_MOST_WORDS = 90


class ChatScreens:
    """The presenters of chats of one signed-in agent; their views are made with each window."""

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        case: OpenCase,
        composer: Composer,
        calls: LiveCalls,
        commands: CommandRegistry,
        open_case: Callable[[UUID], None],
        now: Callable[[], datetime],
    ) -> None:
        self._services, self._shell, self._case, self._calls = services, shell, case, calls
        self._commands, self._open_case, self._now, self._composer = commands, open_case, now, composer
        self._accepted: UUID | None = None
        self._joins: UUID | None = None
        self.desk: ChatDesk | None = None
        self.chatting: Chatting | None = None
        self.floor: FloorChats | None = None
        if services.chats is not None:
            me = services.directory.me.id
            self.desk = ChatDesk(services.chats, services.feed, me, self._arrived)
            self.chatting = Chatting(services.chats, case, composer, services.feed, services.journal, me, now)
            self.floor = floor = FloorChats(services.chats, services.feed, me, self._take_in)
            shell.subscribe(lambda state: floor.open(shown=state.screen is Screen.BOARD))

    def begin(self) -> None:
        """Read what waits, and say what an earlier desk could not."""
        if self.desk is not None and self.chatting is not None:
            self.desk.begin()
            self.chatting.begin()

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in self._presenters():
            await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        for presenter in self._presenters():
            await presenter.close()

    def _presenters(self) -> Iterator[Presenter[Any]]:
        yield from (one for one in (self.desk, self.chatting, self.floor) if one is not None)

    def make_views(self, window: MainWindow, view: CaseView, listed: CaseListView, mail: MailDesk) -> None:
        """Put the composer beside the others and the notice over them; bind the commands."""
        if self.desk is None or self.chatting is None:
            return
        self._window, self._view, self._listed = window, view, listed
        view.put_notice(ChatNotice(self.chatting))
        self.composer = ChatComposer(self.chatting, self._composer, self._now)
        mail.put_chat(self.composer)
        self.composer.files_asked.connect(self._pick)
        self.composer.hand_over_asked.connect(self.pick_target)
        self.card = ChatCard(window, self.desk, self._commands, self._now)
        view.destroyed.connect(self.desk.subscribe(self._show))
        view.destroyed.connect(self.chatting.subscribe(self._show_marks))
        view.destroyed.connect(self._case.subscribe(lambda _: self._show_marks()))
        view.destroyed.connect(self._composer.subscribe(lambda _: self._enter()))
        self._bind(self.desk, self.chatting)

    def _bind(self, desk: ChatDesk, chatting: Chatting) -> None:
        calls = self._calls

        def free() -> bool:
            """A call that comes has the keys first."""
            return bool(desk.state.offers) and not calls.state.incoming

        self._commands.bind("chat.accept", self.accept, free)
        self._commands.bind("chat.decline", desk.decline, lambda: free() and calls.state.front_leg is None)
        self._commands.bind("chat.list", self.pick_chat)
        self._commands.bind(
            "chat.hand_over",
            lambda: self.pick_target(self.composer),
            lambda: chatting.state.live and calls.state.front is None,
        )

    def accept(self) -> None:
        """Take the chat that asks, and open its case."""
        if self.desk is not None and self.desk.state.offers:
            self._accepted = self.desk.state.offers[0].id
            self.desk.accept(self._accepted)

    def pick_chat(self) -> None:
        """Choose one of the live chats by typing; its case is opened."""
        if self.desk is None:
            return
        state = self.desk.state
        options = tuple(self._option(one, state) for one in sorted(state.chats, key=lambda one: not one.unread))
        if not options:
            self._window.toast(QCoreApplication.translate("Desk", "No chat is going on."))
            return
        self.picker = PickPopup(
            self._listed, QCoreApplication.translate("Desk", "Which chat"), options, icon="message-circle"
        )
        self.picker.chosen.connect(self._open_case)
        self.picker.open()

    def pick_target(self, beside: QWidget) -> None:
        """Choose the team or the person who goes on with the chat; sub-teams stand first."""
        directory, chatting = self._shell.state.directory, self.chatting
        chat = chatting.state.chat if chatting is not None else None
        if directory is None or chatting is None or chat is None:
            return
        teams = sorted(
            (one for one in directory.teams if one.id != chat.team_id),
            key=lambda one: one.communication_team_id is None,
        )
        people = (one for one in directory.agents if one.active and one.id != directory.me.id)
        options = (
            *(Option(("team", one.id), one.name, "", one.icon) for one in teams),
            *(Option(("agent", one.id), one.name, "", "user") for one in people),
        )
        words = QCoreApplication.translate("Desk", "Hand the chat over to")
        self.picker = PickPopup(beside, words, options, icon="arrow-right-left")
        self.picker.chosen.connect(lambda key: chatting.hand_over(*key))
        self.picker.open()

    def _option(self, chat: ChatView, state: ChatsState) -> Option:
        translate = QCoreApplication.translate
        if chat.state is ChatState.WAITING:
            said = translate("Desk", "waits")
        elif chat.agent_id == state.me:
            said = translate("Desk", "{0} new").replace("{0}", str(chat.unread)) if chat.unread else ""
        else:
            said = chat.agent_name
        return Option(chat.case_id, f"{chat.name} · {chat.case_number}", said, "message-circle")

    def _show(self, state: ChatsState) -> None:
        """The counts in the rail, the marks in the list, and the case of a chat that I have just taken."""
        waiting = [one for one in state.waiting if one.handed_by != state.me]
        self._window.show_chats(state.unread, len(waiting))
        translate = QCoreApplication.translate
        marks = {one.case_id: translate("Desk", "chat waits") for one in waiting}
        marks |= {
            one.case_id: translate("Desk", "{0} new").replace("{0}", str(one.unread))
            for one in state.mine
            if one.unread
        }
        self._listed.show_chats(marks)
        taken = next((one for one in state.mine if one.id == self._accepted), None)
        if taken is not None:
            self._accepted = None
            self._take_in(taken.case_id)
        if state.error is not None and self.desk is not None:
            self._window.toast(say(state.error))
            self.desk.show(error=None)

    def _show_marks(self, _: ChattingState | None = None) -> None:
        state = self.chatting.state if self.chatting is not None else ChattingState()
        chat, translate = state.chat, QCoreApplication.translate
        if chat is None or state.case_id != self._case.state.case_id:
            return
        read, got, sent = translate("Desk", "read"), translate("Desk", "arrived"), translate("Desk", "sent")
        self._view.timeline.show_marks(
            {
                id_: read if seq <= chat.visitor_seen else got if seq <= chat.got else sent
                for id_, seq in state.marks.items()
            }
        )

    def _take_in(self, case_id: UUID) -> None:
        """A chat is mine from now on: its case stands open."""
        self._joins = case_id
        self._open_case(case_id)
        self._enter()

    def _enter(self) -> None:
        """Who has just taken a chat writes next: the keyboard goes there once it stands open."""
        state = self.chatting.state if self.chatting is not None else ChattingState()
        if self._joins is not None and state.live and state.case_id == self._joins and not self.composer.isHidden():
            self._joins = None
            self.composer.text.setFocus()

    def _arrived(self, chat: ChatView) -> None:
        """Somebody wrote in a chat that is not in front of me."""
        chatting = self._composer.state.channel is Channel.CHAT
        if self._case.state.case_id == chat.case_id and chatting and self._window.isActiveWindow():
            return
        words = " ".join(chat.last_words.split())
        words = words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS].rstrip()}…"
        opens = QCoreApplication.translate("Desk", "Open the case")
        if self._case.state.case_id == chat.case_id:
            return
        self._window.toast(named(chat.name, words), opens, lambda: self._open_case(chat.case_id))

    def _pick(self) -> None:
        dialog = QFileDialog(self._window, QCoreApplication.translate("Desk", "Attach a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(
            lambda paths: self._shell.work.start(self.say_files(tuple(map(Path, paths))), "read")
        )
        dialog.open()

    async def say_files(self, paths: tuple[Path, ...]) -> None:
        """Say what stands there with files of this computer."""
        files = []
        for path in paths:
            try:
                files.append((path.name, await asyncio.to_thread(path.read_bytes)))
            except OSError as error:
                self._window.toast(named(path.name, error.strerror or ""))
        if self.chatting is not None and files:
            self.chatting.say(tuple(files))
