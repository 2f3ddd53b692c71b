"""What is typed into the composer: text, recipients and files, kept on this computer and shared on the case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.desk.case_file import OpenCase
from app.desk.case_mail import CaseMails
from app.desk.composer_state import ComposerState, Leaving
from app.desk.mail_draft import MailDraft, begin, keep
from app.desk.mail_writing import domains_of, parted, quoted
from app.desk.presenter import Presenter
from app.desk.wording import of_refusal
from app.domain import composing
from app.domain.address_lists import LONGEST
from app.domain.composing import Recipients, Signing, Worry
from app.domain.follow_ups import Channel, FollowUp
from app.domain.mail import MailAddress
from app.domain.refusals import Refused
from app.domain.rich_text import BlockKind, Blocks, from_text, is_blank, own_words
from app.services.compose import CaseMail, Mails, NamedFile, check_files
from app.services.journal import Journal
from app.services.organisation import Directory

SHARE_AFTER_S, SHARE_EVERY_S = 0.3, 1.0
FOUND = 8


class Drafting(Presenter[ComposerState]):
    """Keeps each case's unfinished answer; the composer knows whose it is and sends it."""

    def __init__(
        self,
        mails: Mails,
        case: OpenCase,
        letters: CaseMails,
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
        self.undone: Callable[[Leaving], None] = lambda _: None
        """Told what was taken back that is no mail."""
        self._may_be_unsigned = False
        self._taken_back: dict[UUID, tuple[UUID, MailDraft, tuple[NamedFile, ...]]] = {}

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
        if not 2 <= len(typed.strip()) <= LONGEST:
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
        """Put the answered mail's words and pictures under the text, behind a line that says whose they are."""
        answered = self.answered()
        if answered is None:
            return
        if answered.attachments and answered.channel is Channel.EMAIL:
            self.work.latest("quote", self._quote_with_pictures(line, answered))
        else:
            self._put_quote(line, from_text(answered.body.strip(), BlockKind.QUOTE))

    def answered(self) -> FollowUp | None:
        """The follow-up that is answered."""
        file, wanted = self._case.state.file, self.state.draft.answers
        return next((one for one in file.timeline if one.id == wanted), None) if file and wanted else None

    async def _quote_with_pictures(self, line: str, answered: FollowUp) -> None:
        try:
            blocks, pictures = quoted(await self._mails.whole(answered.id))
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        if self.state.draft.answers == answered.id:
            for one in pictures:
                self.attach(one.name, one.data, one.content_id)
            self._put_quote(line, blocks or from_text(answered.body.strip(), BlockKind.QUOTE))

    def _put_quote(self, line: str, words: Blocks) -> None:
        if words:
            blocks = (*self.state.draft.blocks, *from_text("\n"), *from_text(line), *words)
            self._put(replace(self.state.draft, blocks=blocks, begun=True), loads=self.state.loads + 1)

    # The draft ----------------------------------------------------------------------------------------------

    def _newest(self) -> CaseMail | None:
        file = self._case.state.file
        letters = self._letters.state.mails
        shown = [one.id for one in (file.timeline if file else ()) if one.channel is Channel.EMAIL]
        found = [letters[one] for one in shown if one in letters]
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
        answered = self._letters.state.mails.get(draft.answers) if draft.answers else None
        mailing = composing.was_a_mailing(answered.head if answered is not None else None)
        unsigned = self.state.signing is Signing.EMPTY and not self._may_be_unsigned
        return composing.worries(
            draft.blocks, draft.recipients, known,
            files=files, lost=self.state.lost, mailing=mailing, unsigned=unsigned,
        )  # fmt: skip

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

    def _forget(self, case_id: UUID) -> None:
        keep(self._journal, case_id, None)
        self._files.pop(case_id, None)
