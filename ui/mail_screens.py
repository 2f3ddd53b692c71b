"""Mail joined to the desk: the timeline's mails, the composer beside the note, undo, the profile, what arrives."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk.canned import Canned
from app.desk.case_file import OpenCase
from app.desk.case_mail import CaseMails, CaseMailState
from app.desk.commands import CommandRegistry
from app.desk.composer import Composer, ComposerState
from app.desk.mail_arrivals import MailArrivals
from app.desk.profile import Profile
from app.desk.shell import Shell
from app.desk.spelling import Spelling
from app.desk.texting import Texting
from app.domain.composing import Ending
from app.domain.follow_ups import Channel
from app.services.compose import Arrived
from app.services.desk import SignedIn
from app.services.organisation import Directory
from ui.administration.profile_dialog import ProfileDialog
from ui.canned_picker import CannedPicker
from ui.composer.channel_button import ChannelButton
from ui.composer.chat_composer import ChatComposer
from ui.composer.mail_composer import MailComposer
from ui.composer.note import NoteComposer
from ui.composer.spell_check import SpellCheck
from ui.composer.text_composer import TextComposer
from ui.composer.undo_toast import UndoToast
from ui.objects.case_view import CaseView
from ui.objects.mail_dialog import MailDialog
from ui.objects.mail_words import forwarded_lines
from ui.shell.main_window import MainWindow
from ui.widgets.typography import named

_IMAGES = "*.png *.jpg *.jpeg *.gif *.webp"


class MailDesk:
    """The presenters of mail of one signed-in agent; their views are made with each window."""

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        case: OpenCase,
        commands: CommandRegistry,
        now: Callable[[], datetime],
        open_case: Callable[[UUID], None],
    ) -> None:
        self._services, self._shell, self._case, self._commands, self._now = services, shell, case, commands, now
        self._open_case = open_case
        self.call: Callable[[str], None] = lambda _: None
        self.letters = CaseMails(services.mails, case, services.feed)
        self.composer = Composer(
            services.mails, case, self.letters, services.feed, services.journal, self._known_directory, now
        )
        self.arrivals = MailArrivals(services.mails, services.feed, self._arrived)
        self.spelling = (
            Spelling(services.speller, case, self._known_directory) if services.speller is not None else None
        )
        region = services.directory.organisation.region
        self.texting = (
            Texting(services.texts, case, self.composer, services.journal, now, region) if services.texts else None
        )
        self.chat: ChatComposer | None = None
        self._channel = Channel.NOTE
        self._split_off: UUID | None = None
        automations = services.automations
        self.canned = (
            Canned(automations, services.cases, services.feed, self._known_directory, self._insert_words)
            if automations is not None
            else None
        )
        self.picking = (
            CannedPicker(self.canned, case, shell.work, commands, self._insert_words)
            if self.canned is not None
            else None
        )

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in (self.letters, self.composer, self.arrivals, self.spelling, self.canned, self.texting):
            if presenter is not None:
                await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        for presenter in (self.arrivals, self.texting, self.composer, self.letters, self.spelling, self.canned):
            if presenter is not None:
                await presenter.close()

    def make_views(self, window: MainWindow, view: CaseView, note: NoteComposer, rest: Callable[[], None]) -> None:
        """Put the composer beside the note and bind the commands; `rest` is where the keyboard goes after sending."""
        self._window, self._view, self._note, self._rest = window, view, note, rest
        self.mail = MailComposer(self.composer, self._commands)
        view.put_composer(self.mail)
        self.sms = TextComposer(self.texting, self.composer) if self.texting is not None else None
        if self.sms is not None:
            view.put_composer(self.sms)
            self.sms.hide()
            self.sms.channel.chosen.connect(self._choose)
        channel = ChannelButton()
        note.put_channel(channel)
        for button in (channel, self.mail.channel):
            button.chosen.connect(self._choose)
        note.destroyed.connect(self.composer.subscribe(lambda state: self._follow(state, channel)))
        self.mail.files_asked.connect(lambda: self._pick(self._attach))
        self.mail.picture_asked.connect(lambda: self._pick(self._insert, pictures=True))
        self.mail.files_dropped.connect(lambda paths: self._read(paths, self._attach))
        self.mail.profile_asked.connect(self.edit_profile)
        self.mail.destroyed.connect(self._shell.subscribe(lambda _: self._follow_directory()))
        fields = (self.mail.text, note.text, *((self.sms.text,) if self.sms is not None else ()))
        if self.spelling is not None:
            for typing in fields:
                SpellCheck(typing, self.spelling)
        self.undo = UndoToast(self.composer, view, view.timeline)
        self._join(view)
        bind = self._commands.bind
        bind("case.reply", self.answer, self._may_answer)
        bind("case.forward", self.pass_on, self._may_pass_on)
        bind("mail.send", lambda: self._send(Ending.SEND), self.writing)
        bind("mail.send_solve", lambda: self._send(Ending.SOLVE), self.writing)
        bind("mail.send_wait", lambda: self._send(Ending.WAIT), self.writing)
        bind("mail.undo", self.composer.undo, lambda: self.composer.state.leaving is not None)
        bind("profile", self._edit_profile)
        if self.picking is not None:
            self.picking.join(window, fields, self._beside)

    def put_chat(self, chat: ChatComposer) -> None:
        """Put the composer of a live chat beside the others."""
        self.chat = chat
        chat.hide()
        self._view.put_composer(chat)
        chat.channel.chosen.connect(self._choose)
        if self.spelling is not None:
            SpellCheck(chat.text, self.spelling)
        if self.picking is not None:
            self.picking.follow(chat.text)
        self._follow(self.composer.state, chat.channel)

    def _insert_words(self, text: str) -> None:
        if self.chat is not None and self.composer.state.channel is Channel.CHAT:
            self.chat.text.insertPlainText(text)
            return
        if not self.writing():
            self.answer()
        channel = self.composer.state.channel
        if self.sms is not None and channel is Channel.SMS:
            self.sms.text.insertPlainText(text)
        elif channel is Channel.EMAIL:
            self.mail.text.insert_words(text)
        else:  # nothing reaches her by what is written: it is said, and noted
            self._note.text.insertPlainText(text)

    def _beside(self) -> QWidget:
        """What is written in now."""
        return next(
            (one for one in (self.mail, self.sms, self.chat) if one is not None and one.isVisible()), self._note
        )

    def _may_answer(self) -> bool:
        texts = self.texting is not None and self.texting.preferred
        return self._case.state.file is not None and (texts or self.composer.state.bar is None)

    def writing(self) -> bool:
        """Whether something for the customer is being written on the open case."""
        return self._case.state.file is not None and self.composer.state.channel in {Channel.EMAIL, Channel.SMS}

    def solve(self) -> None:
        """Send and solve when something is being written, end a chat and solve in one, else solve."""
        if self.chat is not None and self.composer.state.channel is Channel.CHAT:
            self.chat.solve()
        elif self.writing():
            self._send(Ending.SOLVE)
        else:
            self._case.solve()

    def answer(self, follow_up_id: UUID | None = None) -> None:
        """Answer a mail, or the customer on the channel that she prefers, and write at once."""
        if follow_up_id is None and self.texting is not None and self.texting.preferred:
            self.composer.choose(Channel.SMS)
        else:
            self.composer.answer(follow_up_id)
        if self.writing():
            self._focus_text()

    def pass_on(self, follow_up_id: UUID | None = None) -> None:
        """Pass a mail of the case on to somebody else, or the newest one."""
        file, letters = self._case.state.file, self.letters.state.mails
        shown = [one for one in (file.timeline if file is not None else ()) if one.id in letters]
        wanted = next((one for one in reversed(shown) if follow_up_id in {None, one.id}), None)
        if wanted is not None:
            self.composer.pass_on(wanted.id, forwarded_lines(letters[wanted.id], wanted.at))
            self.mail.to.typing.setFocus()

    def _may_pass_on(self) -> bool:
        return bool(self.letters.state.mails) and self.composer.state.bar is None

    def _send(self, ending: Ending) -> None:
        if self.sms is not None and self.composer.state.channel is Channel.SMS:
            self.sms.send(ending)
        else:
            self.mail.send(ending)

    def _focus_text(self) -> None:
        channel = self.composer.state.channel
        shown = {Channel.EMAIL: self.mail, Channel.SMS: self.sms, Channel.CHAT: self.chat}.get(channel)
        (shown.text if shown is not None else self._note.text).setFocus()

    def note(self) -> None:
        """Write a note instead; the mail that was begun stays."""
        self.composer.choose(Channel.NOTE)

    def yield_to_call(self) -> None:
        """A call on the open case began: its note stands ready, unless something is being written."""
        self.composer.yield_to_call()
        if self.texting is not None:
            self.texting.yield_to_call()

    def edit_profile(self) -> ProfileDialog | None:
        """Open my profile."""
        directory = self._known_directory()
        if directory is None or self._window.dialog_open():
            return None
        said = QCoreApplication.translate("Desk", "Your profile was saved.")
        presenter = Profile(self._services.administration, directory.me, lambda: self._window.toast(said))
        dialog = ProfileDialog(self._window, presenter)
        dialog.closed.connect(lambda: self._shell.work.start(presenter.close(), "close profile"))
        dialog.open()
        return dialog

    def show_whole(self, follow_up_id: UUID) -> MailDialog | None:
        """Open the whole of a mail."""
        if self._window.dialog_open():
            return None
        self.letters.open_whole(follow_up_id)
        dialog = MailDialog(self._window, self.letters, self._now())
        dialog.open()
        return dialog

    def _join(self, view: CaseView) -> None:
        timeline = view.timeline
        timeline.whole_asked.connect(self.show_whole)
        timeline.answer_asked.connect(self.answer)
        timeline.pass_on_asked.connect(self.pass_on)
        timeline.edit_asked.connect(self._edit_again)
        timeline.sent_again.connect(self.letters.send_again)
        timeline.arrived.connect(self.letters.it_arrived)
        timeline.given_up.connect(self.letters.give_up)
        timeline.split_asked.connect(self.letters.split)
        timeline.destroyed.connect(self.letters.subscribe(self._show_letters))
        # The entries come with the case, the mails a moment later, or were there before.
        timeline.destroyed.connect(self._case.subscribe(lambda _: self._show_letters(self.letters.state)))

    def _show_letters(self, state: CaseMailState) -> None:
        if state.split_off is not None and state.split_off != self._split_off:
            self._tell_split(state.split_off)
        self._split_off = state.split_off
        if state.case_id == self._case.state.case_id:
            self._view.timeline.show_mails(state.mails, self._now(), may_act=state.may_act)

    def _tell_split(self, case_id: UUID) -> None:
        said = QCoreApplication.translate("Desk", "The mail is a case of its own now.")
        undo = QCoreApplication.translate("Desk", "Undo")
        self._window.toast(said, undo, lambda: self.letters.unsplit(case_id))

    def _follow(self, state: ComposerState, channel: ChannelButton) -> None:
        channel.show_channels(state.channel, state.channels)
        places: dict[Channel, QWidget | None] = {
            Channel.EMAIL: self.mail,
            Channel.SMS: self.sms,
            Channel.CHAT: self.chat,
        }
        shown = places.get(state.channel) or self._note
        # First away, then in: for a moment both would make the window grow.
        for one in (self._note, self.mail, self.sms, self.chat):
            if one is not None and one is not shown:
                one.hide()
        shown.show()
        if self._channel in places and state.channel not in places and state.leaving is not None:
            self._rest()
        self._channel = state.channel

    def _follow_directory(self) -> None:
        directory = self._known_directory()
        if directory is not None:
            self.mail.show_signature(directory.me.signature)
            self.composer.refresh()

    def _choose(self, channel: Channel) -> None:
        file = self._case.state.file
        if channel is Channel.CALL and file is not None and file.customer.phones:
            self.call(file.customer.phones[0].e164)
            return
        self.composer.choose(channel)
        self._focus_text()

    def _edit_again(self, follow_up_id: UUID, failed: tuple[str, ...]) -> None:
        self.composer.edit_again(follow_up_id, failed)
        self.mail.text.setFocus()

    def _edit_profile(self) -> None:
        self.edit_profile()

    def _arrived(self, arrived: Arrived) -> None:
        said = QCoreApplication.translate("Desk", "{0} has answered on your case {1}: {2}")
        if arrived.automatic:
            said = QCoreApplication.translate("Desk", "{0} · case {1}: {2}")
        words = said.replace("{0}", arrived.author).replace("{1}", str(arrived.number))
        words = words.replace("{2}", arrived.said or arrived.subject)
        if self._case.state.case_id == arrived.case_id:
            self._window.toast(words)
        else:
            opens = QCoreApplication.translate("Desk", "Open the case")
            self._window.toast(words, opens, lambda: self._open_case(arrived.case_id))

    def _known_directory(self) -> Directory | None:
        return self._shell.state.directory or self._services.directory

    def _attach(self, name: str, data: bytes) -> None:
        self.composer.attach(name, data)

    def _insert(self, name: str, data: bytes) -> None:
        if not self.mail.text.insert_picture(name, data):
            self.composer.attach(name, data)

    def _read(self, paths: list[str], take: Callable[[str, bytes], None]) -> None:
        for path in paths:
            self._shell.work.start(self._take(Path(path), take), "read")

    async def _take(self, path: Path, take: Callable[[str, bytes], None]) -> None:
        try:
            data = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            self._window.toast(named(path.name, error.strerror or ""))
            return
        take(path.name, data)

    def _pick(self, take: Callable[[str, bytes], None], *, pictures: bool = False) -> None:
        translate = QCoreApplication.translate
        title = translate("Desk", "Put a picture in") if pictures else translate("Desk", "Attach a file")
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        if pictures:
            dialog.setNameFilter(_IMAGES)
        dialog.filesSelected.connect(lambda paths: self._read(paths, take))
        dialog.open()
