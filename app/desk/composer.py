"""The composer of the open case: the channel, the answer as it is typed, what to look at before it leaves, undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.desk.case_file import CaseFileState, OpenCase
from app.desk.case_mail import CaseMails, CaseMailState
from app.desk.composer_state import ComposerState, Leaving
from app.desk.mail_draft import MailDraft, begin, keep, kept
from app.desk.mail_writing import composition, domains_of, parted, written_again
from app.desk.presenter import Presenter
from app.desk.wording import of_refusal
from app.domain import composing
from app.domain.cases import Category
from app.domain.composing import UNDO_S, Bar, Ending, Recipients, Worry
from app.domain.follow_ups import Channel, FollowUp
from app.domain.history import Hint
from app.domain.mail import MailAddress
from app.domain.refusals import Refusal, Refused
from app.domain.rich_text import BlockKind, Blocks, from_text, is_blank, own_words
from app.services.cases import CaseFile
from app.services.compose import CaseMail, Composition, Mails, NamedFile, check_files
from app.services.feed import Feed
from app.services.journal import Journal
from app.services.organisation import Directory

__all__ = ["Composer", "ComposerState", "Leaving"]

SHARE_AFTER_S, SHARE_EVERY_S = 0.3, 1.0
FOUND = 8


class Composer(Presenter[ComposerState]):
    """Keeps each case's unfinished answer, sends it, and takes it back."""

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
        super().__init__(ComposerState())
        self._mails, self._case, self._letters = mails, case, letters
        self._journal, self._directory, self._now = journal, directory, now
        self._own: frozenset[str] = frozenset()
        self._sender_of: UUID | None = None
        self._files: dict[UUID, tuple[NamedFile, ...]] = {}
        self._taken_back: tuple[UUID, MailDraft, tuple[NamedFile, ...]] | None = None
        self._text_bar: Bar | None = None
        self._offered: tuple[Channel, ...] = composing.OFFERED
        self.undone: Callable[[Leaving], None] = lambda _: None
        self._unfollow = (
            case.subscribe(self._follow),
            letters.subscribe(self._follow_letters),
            feed.subscribe(self._hear),
        )

    # What is shown ------------------------------------------------------------------------------------------

    def choose(self, channel: Channel) -> None:
        """Write on another channel; one that is barred is not taken."""
        chosen = next((one for one in self.state.channels if one.channel is channel and one.bar is None), None)
        if chosen is not None and channel in {Channel.NOTE, Channel.EMAIL, Channel.SMS}:
            self.show(channel=channel, error=None)
            if channel is Channel.EMAIL and not self.state.draft.begun:
                self._begin(self._newest())

    def offer_texts(self, bar: Bar | None) -> None:
        """SMS can be chosen too, or says what bars it; one that is barred meanwhile is a note again."""
        self._offered, self._text_bar = composing.WITH_TEXTS, bar
        self.refresh()
        barred = any(one.channel is Channel.SMS and one.bar is not None for one in self.state.channels)
        if self.state.channel is Channel.SMS and barred:
            self.show(channel=Channel.NOTE)

    def left(self, leaving: Leaving) -> None:
        """Something that is no mail was sent, and can be taken back in the same way."""
        self._taken_back = None
        self.show(leaving=leaving, channel=Channel.NOTE, error=None)
        self._case.refresh()

    def answer(self, follow_up_id: UUID | None = None) -> None:
        """Answer a mail of the case, or its newest one; what was begun already stays as it is."""
        if self.state.bar is not None or self.state.case_id is None:
            return
        self.show(channel=Channel.EMAIL, error=None)
        letter = self._letters.state.mails.get(follow_up_id) if follow_up_id else self._newest()
        if not self.state.draft.begun or is_blank(self.state.draft.blocks):
            self._begin(letter)

    def edit_again(self, follow_up_id: UUID, recipients: tuple[str, ...]) -> None:
        """Write a mail that failed anew, to those whom it did not reach."""
        self.work.latest("edit again", self._edit_again(follow_up_id, recipients))

    # What is typed ------------------------------------------------------------------------------------------

    def type(self, blocks: Blocks) -> None:
        """Keep the text."""
        self._put(replace(self.state.draft, blocks=blocks, begun=True))

    def name(self, subject: str) -> None:
        """Keep the subject."""
        self._put(replace(self.state.draft, subject=subject, begun=True))

    def add(self, field_: str, typed: str) -> bool:
        """Put what was typed or pasted into To, Cc or Bcc; False when it holds no address."""
        try:
            parties = composing.read_parties(typed)
            recipients = composing.with_more(self.state.draft.recipients, field_, parties)
            if parties:
                composing.check_recipients(recipients)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return False
        self._put(replace(self.state.draft, recipients=recipients, begun=True), found=(), error=None)
        return bool(parties)

    def remove(self, party: MailAddress) -> None:
        """Take somebody out."""
        was = self.state.draft.recipients
        kept_ = (tuple(one for one in part if not composing.same(one, party)) for part in (was.to, was.cc, was.bcc))
        self._put(replace(self.state.draft, recipients=Recipients(*kept_), begun=True), error=None)

    def put_back(self, party: MailAddress) -> None:
        """Let somebody who was dropped have this mail after all."""
        field_ = "to" if any(composing.same(one, party) for one in self.state.draft.proposed.to) else "cc"
        recipients = composing.with_more(self.state.draft.recipients, field_, (party,))
        self._put(replace(self.state.draft, recipients=recipients, begun=True))

    def look_up(self, typed: str) -> None:
        """Offer customers' addresses for what is being typed."""
        if len(typed.strip()) < 2:
            self.show(found=())
        else:
            self.work.latest("look up", self._look_up(typed.strip()))

    def attach(self, name: str, data: bytes, content_id: str = "") -> None:
        """Put a file beside the text, or a picture into it."""
        case_id = self.state.case_id
        if case_id is None or not data:
            return
        files = (*self.state.files, NamedFile(name, data, content_id))
        try:
            check_files(files)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self._files[case_id] = files
        self.show(files=files, error=None, lost=tuple(one for one in self.state.lost if one != name))
        self._put(replace(self.state.draft, begun=True, files=tuple(one.name for one in files)))

    def detach(self, at: int) -> None:
        """Take a file away again."""
        if self.state.case_id is not None:
            files = self.state.files[:at] + self.state.files[at + 1 :]
            self._files[self.state.case_id] = files
            self.show(files=files)
            self._put(replace(self.state.draft, files=tuple(one.name for one in files)))

    def quote(self, line: str) -> None:
        """Put the answered mail's words under the text, behind a line that says whose they are."""
        words = self._answered_words()
        if words:
            quoted = (*from_text(line), *from_text(words.strip(), BlockKind.QUOTE))
            blocks = (*self.state.draft.blocks, *from_text("\n"), *quoted)
            self._put(replace(self.state.draft, blocks=blocks, begun=True), loads=self.state.loads + 1)

    def unfinished(self) -> tuple[UUID, ...]:
        """The cases that a mail was begun for."""
        ids = [UUID(key.removeprefix("mail/")) for key in self._journal.kept("mail/")]
        found = ((case_id, kept(self._journal, case_id)) for case_id in ids)
        return tuple(case_id for case_id, draft in found if draft is not None and not is_blank(draft.blocks))

    def answered(self) -> FollowUp | None:
        """The follow-up that is answered."""
        file, wanted = self._case.state.file, self.state.draft.answers
        return next((one for one in file.timeline if one.id == wanted), None) if file and wanted else None

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

    # Sending ------------------------------------------------------------------------------------------------

    def send(self, ending: Ending = Ending.SEND) -> None:
        """Send, once what there is to look at was looked at: the second press sends anyway."""
        state = self.state
        if state.sending or state.sender is None or state.bar is not None or state.case_id is None:
            return
        if state.worries and not state.asked:
            self.show(asked=True)
            return
        self.show(sending=True, error=None)
        self.work.start(self._send(ending), "send")

    def undo(self) -> None:
        """Take back what has not left yet."""
        if self.state.leaving is not None:
            self.work.start(self._undo(self.state.leaving), "undo")

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
        )
        self.show(
            signing=signing, assignee=file.row.assignee_name, channels=channels, may_take=mine,
            worries=self._worries(self.state.draft),
        )  # fmt: skip

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

    # The draft ----------------------------------------------------------------------------------------------

    def _newest(self) -> CaseMail | None:
        file = self._case.state.file
        letters = self._letters.state.mails
        found = [
            letters[one.id]
            for one in (file.timeline if file else ())
            if one.id in letters and one.channel is Channel.EMAIL
        ]
        came = [one for one in found if not one.sent]
        return came[-1] if came else (found[-1] if found else None)

    def _begin(self, letter: CaseMail | None) -> None:
        file = self._case.state.file
        if file is not None:
            draft = begin(file, letter, self._own)
            self._put(replace(draft, blocks=self.state.draft.blocks, begun=True), loads=self.state.loads + 1)

    def _put(self, draft: MailDraft, **more: object) -> None:
        case_id = self.state.case_id
        if case_id is None:
            return
        keep(self._journal, case_id, draft)
        changed = draft.blocks != self.state.draft.blocks or draft.recipients != self.state.draft.recipients
        asked = self.state.asked and not changed
        more = {"worries": self._worries(draft), "asked": asked, "saved_at": self._now()} | more
        self.show(draft=draft, **more)
        if not is_blank(draft.blocks):
            self.work.merged("share", self._share, after_s=SHARE_AFTER_S, pause_s=SHARE_EVERY_S)

    def _worries(self, draft: MailDraft) -> tuple[Worry, ...]:
        file = self._case.state.file
        if file is None or not draft.begun:
            return ()
        known = domains_of(self._letters.state.mails.values(), file.customer, self._own)
        beside, placed = parted(self.state.files, draft.blocks)
        files = len(beside) + len(placed)
        return composing.worries(draft.blocks, draft.recipients, known, files=files, lost=self.state.lost)

    async def _share(self) -> None:
        state = self.state
        if state.case_id is not None and not state.sending and not is_blank(state.draft.blocks):
            try:
                await self._mails.share_draft(state.case_id, own_words(state.draft.blocks))
            except Refused:
                return  # the draft is kept here; colleagues see it when the server is back

    async def _drop(self, case_id: UUID) -> None:
        try:
            await self._mails.drop_draft(case_id)
        except Refused:
            return

    async def _look_up(self, typed: str) -> None:
        try:
            self.show(found=await self._mails.find_addresses(typed, FOUND))
        except Refused:
            self.show(found=())

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

    def _answered_words(self) -> str:
        answered = self.answered()
        return answered.body if answered is not None else ""

    # What sending does --------------------------------------------------------------------------------------

    async def _send(self, ending: Ending) -> None:
        state, directory, file = self.state, self._directory(), self._case.state.file
        if state.sender is None or state.case_id is None or file is None or directory is None:
            self.show(sending=False)
            return
        mail = composition(state, state.sender, file, directory.me, self._now(), ending, UNDO_S)
        try:
            await self._mails.send(mail)
        except Refused as refused:
            self.show(sending=False, error=of_refusal(refused))
            return
        self._sent(mail, file, state)

    def _sent(self, mail: Composition, file: CaseFile, state: ComposerState) -> None:
        self._taken_back = (mail.case_id, state.draft, state.files)
        self._forget(mail.case_id)
        first = mail.recipients.everybody[0]
        leaving = Leaving(
            mail.id, mail.case_id, file.case.number, first.name or first.address, mail.ending,
            self._now() + timedelta(seconds=UNDO_S),
        )  # fmt: skip
        changes: dict[str, object] = {"sending": False, "leaving": leaving}
        if self.state.case_id == mail.case_id:
            changes |= {
                "channel": Channel.NOTE, "draft": MailDraft(), "files": (), "lost": (), "worries": (), "asked": False,
                "saved_at": None, "loads": self.state.loads + 1,
            }  # fmt: skip
        self.show(**changes)
        self._case.refresh()

    def seconds_left(self) -> int:
        """Whole seconds until the mail that was sent cannot be taken back."""
        leaving = self.state.leaving
        return max(0, round((leaving.until_at - self._now()).total_seconds())) if leaving is not None else 0

    def forget_leaving(self, mail_id: UUID) -> None:
        """The time to take it back is over."""
        if self.state.leaving is not None and self.state.leaving.mail_id == mail_id:
            self._taken_back = None
            self.show(leaving=None)

    async def _undo(self, leaving: Leaving) -> None:
        try:
            undone = await self._mails.undo(leaving.mail_id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        back, self._taken_back = self._taken_back, None
        if not undone:
            self.show(leaving=None, error=of_refusal(Refused(Refusal.ALREADY_LEFT)))
            return
        if back is not None:
            case_id, draft, files = back
            keep(self._journal, case_id, draft)
            self._files[case_id] = files
            if self.state.case_id == case_id:
                self.show(channel=Channel.EMAIL, draft=draft, files=files, loads=self.state.loads + 1)
        self.show(leaving=None, error=None)
        self.undone(leaving)
        self._case.refresh()

    def _forget(self, case_id: UUID) -> None:
        keep(self._journal, case_id, None)
        self._files.pop(case_id, None)
