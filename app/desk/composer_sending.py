"""Sending what was written, and the seconds in which each mail can be taken back.

Of several mails the last one comes back first; what was begun meanwhile stands under what comes back.
"""

from datetime import timedelta
from uuid import UUID

from app.desk.composer_draft import Drafting
from app.desk.composer_state import ComposerState, Leaving
from app.desk.mail_draft import MailDraft, joined, keep, kept
from app.desk.mail_writing import composition
from app.desk.wording import of_refusal
from app.domain.composing import UNDO_S, Concern, Ending
from app.domain.follow_ups import Channel
from app.domain.refusals import Refusal, Refused
from app.services.cases import CaseFile
from app.services.compose import Composition, NamedFile


class Sending(Drafting):
    """Sends an answer once it was looked at; of several mails the last one is taken back first."""

    # Sending ------------------------------------------------------------------------------------------------

    def send(self, ending: Ending = Ending.SEND) -> None:
        """Send, once what there is to look at was looked at: the second press sends anyway."""
        state = self.state
        if state.sending or state.sender is None or state.bar is not None or state.case_id is None:
            return
        if state.worries and not state.asked:
            self.show(asked=True)
            return
        # Who has no signature is asked once, not at each mail.
        self._may_be_unsigned |= any(one.concern is Concern.NO_SIGNATURE for one in state.worries)
        self.show(sending=True, error=None)
        self.work.start(self._send(ending), "send")

    def undo(self) -> None:
        """Take back what has not left yet."""
        if self.state.leaving is not None:
            self.work.start(self._undo(self.state.leaving), "undo")

    def left(self, leaving: Leaving) -> None:
        """Something that is no mail was sent, and can be taken back in the same way."""
        self.show(leavings=(*self.state.leavings, leaving), channel=Channel.NOTE, error=None)
        self._case.refresh()

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
        self._taken_back[mail.id] = (mail.case_id, state.draft, state.files)
        self._forget(mail.case_id)
        first = mail.recipients.everybody[0]
        leaving = Leaving(
            mail.id, mail.case_id, file.case.number, first.name or first.address, mail.ending,
            self._now() + timedelta(seconds=UNDO_S),
        )  # fmt: skip
        changes: dict[str, object] = {"sending": False, "leavings": (*self.state.leavings, leaving)}
        if self.state.case_id == mail.case_id:
            changes |= {
                "channel": Channel.NOTE, "draft": MailDraft(), "files": (), "lost": (), "worries": (), "asked": False,
                "saved_at": None, "loads": self.state.loads + 1,
            }  # fmt: skip
        self.show(**changes)
        self._case.refresh()

    def seconds_left(self, leaving: Leaving | None = None) -> int:
        """Whole seconds until a mail that was sent, or the last one, cannot be taken back."""
        one = leaving or self.state.leaving
        return max(0, round((one.until_at - self._now()).total_seconds())) if one is not None else 0

    def forget_leaving(self, mail_id: UUID) -> None:
        """The time to take it back is over."""
        self._taken_back.pop(mail_id, None)
        self.show(leavings=tuple(one for one in self.state.leavings if one.mail_id != mail_id))

    async def _undo(self, leaving: Leaving) -> None:
        try:
            undone = await self._mails.undo(leaving.mail_id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        back = self._taken_back.get(leaving.mail_id)
        self.forget_leaving(leaving.mail_id)
        if not undone:
            self.show(error=of_refusal(Refused(Refusal.ALREADY_LEFT)))
            return
        if back is not None:
            self._give_back(*back)
        self.undone(leaving)
        self.show(error=None)
        self._case.refresh()

    def _give_back(self, case_id: UUID, draft: MailDraft, files: tuple[NamedFile, ...]) -> None:
        """What was taken back is a draft again, before what was begun meanwhile."""
        whole = joined(draft, kept(self._journal, case_id))
        files = (*files, *(one for one in self._files.get(case_id, ()) if one not in files))
        keep(self._journal, case_id, whole)
        self._files[case_id] = files
        if self.state.case_id == case_id:
            self.show(channel=Channel.EMAIL, draft=whole, files=files, loads=self.state.loads + 1)
