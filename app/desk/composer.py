"""The composer of the open case: the channel, the answer as it is typed, what to look at before it leaves, undo."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from app.desk.case_file import CaseFileState, OpenCase
from app.desk.case_mail import CaseMails, CaseMailState
from app.desk.composer_sending import Sending
from app.desk.composer_state import ComposerState, Leaving
from app.desk.mail_draft import MailDraft, kept
from app.desk.mail_writing import passed_on, written_again
from app.desk.wording import of_refusal
from app.domain import composing
from app.domain.cases import Category
from app.domain.composing import Bar
from app.domain.follow_ups import Channel
from app.domain.history import Hint
from app.domain.refusals import Refused
from app.domain.rich_text import is_blank
from app.services.cases import CaseFile
from app.services.compose import Mails
from app.services.feed import Feed
from app.services.journal import Journal
from app.services.organisation import Directory

__all__ = ["Composer", "ComposerState", "Leaving"]


class Composer(Sending):
    """Follows the open case: whom its answer goes to, who signs it, who else is answering."""

    def __init__(
        self,
        mails: Mails,
        case: OpenCase,
        letters: CaseMails,
        feed: Feed,
        journal: Journal,
        directory: Callable[[], Directory | None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(mails, case, letters, journal, directory, now)
        self._text_bar: Bar | None = None
        self._chat_bar: Bar | None = Bar.NO_CHAT
        self._offered: tuple[Channel, ...] = composing.OFFERED
        self._entered: UUID | None = None
        self.noting: Callable[[], bool] = lambda: False
        """Whether what is typed now is the note of a call, or one that was begun: no other channel opens by itself."""
        self._unfollow = (
            case.subscribe(self._follow),
            letters.subscribe(self._follow_letters),
            feed.subscribe(self._hear),
        )

    # What is shown ------------------------------------------------------------------------------------------

    def choose(self, channel: Channel) -> None:
        """Write on another channel; one that is barred is not taken."""
        chosen = next((one for one in self.state.channels if one.channel is channel and one.bar is None), None)
        if chosen is not None and channel in {Channel.NOTE, Channel.EMAIL, Channel.SMS, Channel.CHAT}:
            self.show(channel=channel, error=None)
            if channel is Channel.EMAIL and not self.state.draft.begun:
                self._begin(self._newest())

    def offer_texts(self, bar: Bar | None) -> None:
        """SMS can be chosen too, or says what bars it; one that is barred meanwhile is a note again."""
        self._offered, self._text_bar = (
            composing.WITH_CHAT if Channel.CHAT in self._offered else composing.WITH_TEXTS,
            bar,
        )
        self.refresh()
        self._leave_barred(Channel.SMS)

    def offer_chat(self, bar: Bar | None) -> None:
        """The live chat of the open case can be chosen too, or says what bars it."""
        self._offered, self._chat_bar = composing.WITH_CHAT, bar
        self.refresh()
        self._leave_barred(Channel.CHAT)

    def _leave_barred(self, channel: Channel) -> None:
        barred = any(one.channel is channel and one.bar is not None for one in self.state.channels)
        if self.state.channel is channel and barred:
            self.show(channel=Channel.NOTE)

    def answer(self, follow_up_id: UUID | None = None) -> None:
        """Answer a mail of the case, or its newest one; what was begun already stays as it is."""
        if self.state.bar is not None or self.state.case_id is None:
            return
        self.show(channel=Channel.EMAIL, error=None)
        letter = self._letters.state.mails.get(follow_up_id) if follow_up_id else self._newest()
        if not self.state.draft.begun or is_blank(self.state.draft.blocks):
            self._begin(letter)

    def yield_to_call(self) -> None:
        """A call on this case began: where nothing was written for the customer, the note stands ready."""
        blank = is_blank(self.state.draft.blocks) and not self.state.files
        if self.state.channel is Channel.EMAIL and blank:
            self.show(channel=Channel.NOTE)

    def edit_again(self, follow_up_id: UUID, recipients: tuple[str, ...]) -> None:
        """Write a mail that failed anew, to those whom it did not reach."""
        self.work.latest("edit again", self._edit_again(follow_up_id, recipients))

    def pass_on(self, follow_up_id: UUID, lines: str) -> None:
        """Pass a mail on to somebody else with all that came with it, under lines that say what it was.

        What was begun already stays as it is.
        """
        if self.state.bar is None and (not self.state.draft.begun or is_blank(self.state.draft.blocks)):
            self.work.latest("pass on", self._pass_on(follow_up_id, lines))

    def unfinished(self) -> tuple[UUID, ...]:
        """The cases that a mail was begun for."""
        ids = [UUID(key.removeprefix("mail/")) for key in self._journal.kept("mail/")]
        found = ((case_id, kept(self._journal, case_id)) for case_id in ids)
        return tuple(case_id for case_id, draft in found if draft is not None and not is_blank(draft.blocks))

    def discard(self) -> None:
        """Throw the answer away and be a note again."""
        case_id = self.state.case_id
        if case_id is not None:
            self._forget(case_id)
            self.show(
                channel=Channel.NOTE, draft=MailDraft(), files=(), lost=(), worries=(), asked=False, error=None,
                loads=self.state.loads + 1,
            )  # fmt: skip
            self.work.start(self._drop(case_id), "drop draft")

    def take_case(self) -> None:
        """Have the case, and sign."""
        directory = self._directory()
        if directory is not None:
            self._case.assign(directory.me.id)

    def refresh(self) -> None:
        """Judge again: the directory may say otherwise who I am."""
        if self._case.state.file is not None and self._case.state.file.case.id == self.state.case_id:
            self._judge(self._case.state.file)

    async def close(self) -> None:
        """End the subscriptions too."""
        for end in self._unfollow:
            end()
        await super().close()

    # Following ----------------------------------------------------------------------------------------------

    def _follow(self, state: CaseFileState) -> None:
        file = state.file
        if file is None or file.case.id != state.case_id:
            return
        if file.case.id != self.state.case_id:
            self._enter(file)
        self._judge(file)

    def _follow_letters(self, _: CaseMailState) -> None:
        if self._case.state.file is not None and self.state.case_id == self._letters.state.case_id:
            self._judge(self._case.state.file)

    def _enter(self, file: CaseFile) -> None:
        draft = kept(self._journal, file.case.id)
        if draft is None or (is_blank(draft.blocks) and not draft.files):
            draft = MailDraft()  # opened and left again: nothing was begun
        files = self._files.get(file.case.id, ())
        lost = tuple(name for name in draft.files if name not in {one.name for one in files})
        self.show(
            case_id=file.case.id, sender=None, channel=Channel.EMAIL if draft.begun else Channel.NOTE, draft=draft,
            files=files, lost=lost, answering=(), asked=False, sending=False, error=None, saved_at=None, found=(),
            loads=self.state.loads + 1,
        )  # fmt: skip
        self.work.latest("enter", self._read(file.case.id))

    def _judge(self, file: CaseFile) -> None:
        directory, case = self._directory(), file.case
        me = directory.me if directory else None
        mine = directory is not None and case.team_id in {team.id for team in directory.my_teams()}
        signing = composing.signing_of(
            me.signature if me else "",
            mine=me is not None and case.assignee_id == me.id,
            somebodys=case.assignee_id is not None,
            takes=mine,
        )
        channels = composing.channels_of(
            file.customer,
            # Until the mailbox has been looked up nothing is barred by it; sending waits for it.
            has_mailbox=self.state.sender is not None or self._sender_of != case.id,
            may_write=file.may_edit,
            closed=case.category is Category.CLOSED,
            offered=self._offered,
            text_bar=self._text_bar,
            chat_bar=self._chat_bar,
        )
        self.show(signing=signing, assignee=file.row.assignee_name, channels=channels, may_take=mine)
        self.show(worries=self._worries(self.state.draft))

    async def _read(self, case_id: UUID) -> None:
        try:
            if not self._own:
                self._own = await self._mails.own_addresses()
            sender = await self._mails.sender(case_id)
            answering = await self._mails.answering(case_id)
        except Refused as refused:
            if self.state.channel is Channel.EMAIL:
                self.show(error=of_refusal(refused))
            return
        if self.state.case_id == case_id:
            self._sender_of = case_id
            self.show(sender=sender, answering=answering)
            if self._case.state.file is not None:
                self._judge(self._case.state.file)
                self._open_on_preferred(self._case.state.file)

    def _open_on_preferred(self, file: CaseFile) -> None:
        """A case that is opened stands on the channel that its customer prefers, once."""
        first, self._entered = self._entered != file.case.id, file.case.id
        prefers = file.customer.preferred_channel == Channel.EMAIL.value
        if first and prefers and self.state.channel is Channel.NOTE and not self.noting():
            self.choose(Channel.EMAIL)

    def _hear(self, hint: Hint) -> None:
        if hint.kind == "draft" and hint.parent_id == self.state.case_id and self.state.case_id is not None:
            self.work.merged("answering", self._read_answering)

    async def _read_answering(self) -> None:
        case_id = self.state.case_id
        if case_id is not None:
            try:
                found = await self._mails.answering(case_id)
            except Refused:
                return
            if self.state.case_id == case_id:
                self.show(answering=found)

    async def _pass_on(self, follow_up_id: UUID, lines: str) -> None:
        letter, file = self._letters.state.mails.get(follow_up_id), self._case.state.file
        if letter is None or file is None:
            return
        try:
            whole = await self._mails.whole(follow_up_id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        draft, files = passed_on(letter, whole, lines, file.case.number)
        self.show(channel=Channel.EMAIL, error=None)
        self._put(draft)
        for one in files:
            self.attach(one.name, one.data, one.content_id)
        self.show(loads=self.state.loads + 1)

    async def _edit_again(self, follow_up_id: UUID, recipients: tuple[str, ...]) -> None:
        letter = self._letters.state.mails.get(follow_up_id)
        if letter is None or self.state.bar is not None:
            return
        try:
            whole = await self._mails.whole(follow_up_id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        draft = written_again(letter, whole, recipients)
        self.show(channel=Channel.EMAIL, error=None)
        self._put(draft, loads=self.state.loads + 1)
        for part in whole.parts:
            self.attach(part.name or "file", part.data, part.content_id if part.inline else "")
