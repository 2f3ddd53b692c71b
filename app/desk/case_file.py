"""The open case: its file, the note being written, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.case_types import CaseState, CaseType
from app.domain.cases import Category
from app.domain.follow_ups import Attachment, Channel, FollowUp
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.mentions import mentioned
from app.domain.plain import from_plain, to_plain
from app.domain.refusals import QT_TRANSLATE_NOOP, Refusal, Refused
from app.services.attachments import MOST, Attachments
from app.services.cases import CaseFile, Cases
from app.services.feed import Feed
from app.services.journal import Journal
from app.services.organisation import Directory

__all__ = ["CaseFile", "CaseFileState", "OpenCase"]

CALM_S = 0.6
PASSING = frozenset({"chat", "chat_seen", "chat_state", "chat_typing"})
"""What happens beside a case and is nothing of it."""


@dataclass(frozen=True, slots=True)
class CaseFileState:
    """What the case screen shows; `note` is what is being typed for this case."""

    case_id: UUID | None = None
    file: CaseFile | None = None
    types: tuple[CaseType, ...] = ()
    note: str = ""
    files: tuple[str, ...] = ()
    filing: bool = False
    error: Sentence | None = None
    done: Sentence | None = None


class OpenCase(Presenter[CaseFileState]):
    """Shows one case at a time and keeps each case's unfinished note."""

    def __init__(
        self,
        cases: Cases,
        feed: Feed,
        directory: Callable[[], Directory | None],
        now: Callable[[], datetime],
        journal: Journal,
        attachments: Attachments,
    ) -> None:
        super().__init__(CaseFileState())
        self._cases = cases
        self._feed = feed
        self._journal = journal
        self._attachments = attachments
        self._files: dict[UUID, tuple[tuple[str, bytes], ...]] = {}
        self._tried: dict[UUID, FollowUp] = {}
        self._directory = directory
        self._now = now
        self.calm: Callable[[], bool] = lambda: False
        """Whether new entries are given in by somebody who has read them: the whole file may wait a moment."""
        self._unsubscribe = feed.subscribe(self._hear)

    def open(self, case_id: UUID) -> None:
        """Show a case; the note begun for it comes back."""
        files = tuple(name for name, _ in self._files.get(case_id, ()))
        self.show(case_id=case_id, note=self._note_of(case_id), files=files, error=None, done=None)
        self.work.latest("file", self._read(case_id))

    def add(self, entries: tuple[FollowUp, ...]) -> None:
        """Show entries that were read alone; those that stand already stay."""
        file = self.state.file
        if file is None:
            return
        known = {one.id for one in file.timeline}
        fresh = [one for one in entries if one.id not in known and one.case_id == file.case.id]
        if fresh:
            timeline = sorted((*file.timeline, *fresh), key=lambda one: (one.at, one.id))
            self.show(file=replace(file, timeline=tuple(timeline)))

    def refresh(self) -> None:
        """Read the open case again."""
        self.work.merged("refresh", self._refresh)

    def type_note(self, text: str) -> None:
        """Keep what is typed."""
        if self.state.case_id is not None:
            self._journal.keep(f"note/{self.state.case_id}", text or None)
            self._state = replace(self._state, note=text)

    def attach(self, name: str, data: bytes) -> None:
        """Put a file beside the note; it is stored when the note is filed."""
        if len(data) > MOST:
            size, most = len(data) // 1_000_000, MOST // 1_000_000
            refused = Refused(Refusal.ATTACHMENT_TOO_LARGE, name=name, size_mb=size, most_mb=most)
            self.show(error=of_refusal(refused))
        elif self.state.case_id is not None and data:
            self._put_files(self.state.case_id, (*self._files.get(self.state.case_id, ()), (name, data)))

    def detach(self, at: int) -> None:
        """Take a file away again."""
        if self.state.case_id is not None:
            files = self._files.get(self.state.case_id, ())
            self._put_files(self.state.case_id, files[:at] + files[at + 1 :])

    def _put_files(self, case_id: UUID, files: tuple[tuple[str, bytes], ...]) -> None:
        self._files[case_id] = files
        if case_id == self.state.case_id:
            self.show(files=tuple(name for name, _ in files), error=None)

    def file_note(self) -> None:
        """File the note on the case."""
        if self.state.case_id is not None and not self.state.filing:
            self.show(filing=True, error=None)
            self.work.start(self._file(self.state.case_id, self.state.note), "note")

    def assign(self, agent_id: UUID | None) -> None:
        """Assign the case to a person, or to nobody."""
        if self.state.case_id is not None:
            self.work.start(self._do(self._cases.assign, self.state.case_id, agent_id), "assign")

    def hand_over(self, team_id: UUID, note: str = "") -> None:
        """Hand the case over to a team."""
        if self.state.case_id is not None:
            self.work.start(self._do(self._cases.hand_over, self.state.case_id, team_id, note), "hand over")

    def merge(self, other_id: UUID) -> None:
        """Make another case part of this one; both histories stay."""
        if self.state.case_id is not None:
            self.work.start(self._do(self._cases.merge, self.state.case_id, other_id), "merge")

    def set_state(self, state_id: UUID) -> None:
        """Put the case in another state of its type."""
        file = self.state.file
        state = next((one for one in self.states() if one.id == state_id), None)
        if file is not None and state is not None:
            case = replace(file.case, state_id=state.id, category=state.category)
            self.work.start(self._do(self._cases.save, case), "state")

    def solve(self) -> None:
        """File the note that was typed, and put the case in its type's first solved state."""
        solved = next((one for one in self.states() if one.category is Category.SOLVED), None)
        if self.state.case_id is None or solved is None:
            return
        if self.state.note.strip():
            self.file_note()
        self.set_state(solved.id)

    def states(self) -> tuple[CaseState, ...]:
        """The states that the case may go to, as its type says."""
        kind = self._kind()
        return kind.next_states(self.state.file.case.state_id) if kind is not None and self.state.file else ()

    def _kind(self) -> CaseType | None:
        file = self.state.file
        return next((kind for kind in self.state.types if file is not None and kind.id == file.case.type_id), None)

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def unfinished(self) -> tuple[UUID, ...]:
        """The cases that a note was begun for."""
        return tuple(UUID(key.removeprefix("note/")) for key in self._journal.kept("note/"))

    def file_what_waits(self) -> None:
        """File the notes that the server could not take; each is filed once, however often it is sent."""
        if self._journal.kept("filed/"):
            self.work.merged("waiting", self._file_waiting)

    def _note_of(self, case_id: UUID) -> str:
        return str(self._journal.kept("note/").get(f"note/{case_id}", ""))

    def _hear(self, hint: Hint) -> None:
        if self._feed.connected:
            self.file_what_waits()
        if hint.kind == "case_type" and self.state.types:
            self.work.merged("types", self._read_types)
        if self.state.case_id is None:
            return
        file = self.state.file
        mine = {self.state.case_id, file.customer.id if file else None}
        if hint.kind not in PASSING and (hint.record_id in mine or hint.parent_id in mine):
            calm = hint.kind == "follow_up" and self.calm()
            self.work.merged("refresh", self._refresh, after_s=CALM_S if calm else 0)

    async def _refresh(self) -> None:
        if self.state.case_id is not None:
            await self._read(self.state.case_id)

    async def _read_types(self) -> None:
        self.show(types=await self._cases.types())

    async def _read(self, case_id: UUID) -> None:
        try:
            if not self.state.types:
                self.show(types=await self._cases.types())
            file = await self._cases.open(case_id)
        except Refused as refused:
            self.show(file=None, error=of_refusal(refused))
            return
        if self.state.case_id == case_id:
            self.show(file=file)

    async def _file(self, case_id: UUID, body: str) -> None:
        files = self._files.get(case_id, ())
        note = self._note(case_id, body.strip(), files)
        done = None
        try:
            await self._cases.follow_up(note)
            self._clear_text(case_id)
            # It stands now: if one of its files fails, pressing again sends what is left of them, on this note.
            self._tried[case_id] = replace(note, body="")
            for at, (name, data) in enumerate(files):
                await self._attachments.add(note.id, name, data)
                self._put_files(case_id, files[at + 1 :])
        except Refused as refused:
            # A file is too large for the journal: a note with files stays a draft until the server is back.
            if refused.reason is not Refusal.SERVER_AWAY or files:
                self.show(filing=False, error=of_refusal(refused))
                return
            self._journal.keep(f"filed/{note.id}", to_plain(note))
            self._clear_text(case_id)
            done = desk(QT_TRANSLATE_NOOP("Desk", "The server is away: your note is kept here and filed by itself."))
        del self._tried[case_id]
        self.show(filing=False, done=done)
        await self._refresh()

    def _note(self, case_id: UUID, body: str, files: tuple[tuple[str, bytes], ...]) -> FollowUp:
        """What is sent: the same note again where the same text was tried before, since it may have arrived."""
        tried = self._tried.get(case_id)
        if tried is not None and tried.body == body:
            return tried
        directory = self._directory()
        me = directory.me if directory else None
        note = self._tried[case_id] = FollowUp(
            new_id(), case_id, Channel.NOTE, body, self._now(),
            author_id=me.id if me else None, author_name=me.name if me else "",
            attachments=tuple(Attachment(new_id(), name, "", len(data), "") for name, data in files),
            custom=_named(body, directory),
        )  # fmt: skip
        return note

    def _clear_text(self, case_id: UUID) -> None:
        self._journal.keep(f"note/{case_id}", None)
        if self.state.case_id == case_id:
            self.show(note="")

    async def _file_waiting(self) -> None:
        for key, plain in self._journal.kept("filed/").items():
            try:
                await self._cases.follow_up(from_plain(FollowUp, plain))
            except Refused as refused:
                if refused.reason is Refusal.SERVER_AWAY:
                    return
                self._journal.keep(f"note/{plain['case_id']}", plain["body"])  # hers to decide: it is a draft again
                self.show(error=of_refusal(refused))
            self._journal.keep(key, None)
        self.show(done=None)
        await self._refresh()

    async def _do(self, act: Callable[..., object], *arguments: object) -> None:
        try:
            await act(*arguments)  # type: ignore[misc]
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None)
        await self._refresh()


def _named(body: str, directory: Directory | None) -> dict[str, object]:
    """The colleagues that a note names, who are told of it."""
    people = ((one.id, one.name) for one in directory.agents if one.active) if directory is not None else ()
    who = mentioned(body, people) if "@" in body else ()
    return {"mentions": [str(one) for one in who]} if who else {}
