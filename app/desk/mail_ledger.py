"""Manage › Mail ledger: every message with its one fate, the counter, and what is done about what was kept back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import UUID

from app.desk.email_hub import first_numbered, may_shape
from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.history import Hint
from app.domain.ledger import Fate
from app.domain.refusals import Refused
from app.services.email_hub import LedgerLine, LedgerSearch, MailboxCount, TeamMail
from app.services.feed import Feed
from app.services.organisation import Directory

__all__ = ["Directory", "Fate", "LedgerLine", "MailLedger", "MailLedgerState", "MailboxCount"]

RAW_MOST = 65_536
AGAIN = frozenset({Fate.IGNORED, Fate.QUARANTINED, Fate.AUTO_REPLY, Fate.UNPARSEABLE})
"""Fates that are not the last word."""


@dataclass(frozen=True, slots=True)
class MailLedgerState:
    """The figures of each mailbox, the lines that are wanted, and the open one with its first bytes."""

    directory: Directory | None = None
    team: UUID | None = None
    counts: tuple[MailboxCount, ...] = ()
    search: LedgerSearch | None = None
    lines: tuple[LedgerLine, ...] = ()
    complete: bool = True
    open_id: UUID | None = None
    raw: bytes = b""
    error: Sentence | None = None

    @property
    def may_act(self) -> bool:
        """Whether I own this team's mail."""
        return may_shape(self.directory, self.team)

    @property
    def line(self) -> LedgerLine | None:
        """The open line."""
        return next((line for line in self.lines if line.id == self.open_id), None)

    @property
    def may_settle(self) -> bool:
        """Whether the open one can still become something else."""
        line = self.line
        return self.may_act and line is not None and line.case_id is None and line.fate in AGAIN

    def by_fate(self) -> dict[str, int]:
        """The figures of the mailboxes that are looked at, together."""
        wanted = self.search.mailbox_id if self.search is not None else None
        found: dict[str, int] = {}
        for count in self.counts:
            if wanted in {None, count.mailbox_id}:
                for fate, messages in count.by_fate.items():
                    found[fate] = found.get(fate, 0) + messages
        return found


class MailLedger(Presenter[MailLedgerState]):
    """Shows the ledger of one team."""

    def __init__(self, mail: TeamMail, directory: Callable[[], Awaitable[Directory]], feed: Feed) -> None:
        super().__init__(MailLedgerState())
        self._mail, self._directory = mail, directory
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read figures and lines."""
        self.work.latest("ledger", self._read())

    def choose_team(self, team_id: UUID) -> None:
        """Show another team's ledger."""
        self.show(team=team_id, counts=(), lines=(), search=LedgerSearch(team_id), open_id=None, raw=b"", error=None)
        self.begin()

    def look_for(self, **wanted: object) -> None:
        """Other lines: of a mailbox, with a fate, with words."""
        if self.state.search is not None:
            search = replace(self.state.search, **wanted)  # type: ignore[arg-type]
            self.show(search=search, lines=self.state.lines[: search.most], error=None)
            self.begin()

    def more(self) -> None:
        """Read the lines under those that are shown."""
        if not self.state.complete and self.state.search is not None and self.state.lines:
            self.work.merged("more", self._read_more)

    def open(self, line_id: UUID) -> None:
        """Show a message with its bytes."""
        if line_id != self.state.open_id:
            self.show(open_id=line_id, raw=b"", error=None)
            self.work.latest("raw mail", self._read_raw(line_id))

    def count_again(self, mailbox_id: UUID) -> None:
        """Have the hub compare a mailbox with the ledger."""
        if self.state.team is not None:
            self.work.start(self._act(self._mail.count_mailbox(self.state.team, mailbox_id)), "count")

    def make_case(self) -> None:
        """Have what was kept back become a case."""
        if self.state.may_settle and self.state.open_id is not None:
            self.work.start(self._act(self._mail.make_case(self.state.open_id)), "make case")

    def replay(self) -> None:
        """Have the kept bytes read by today's parser."""
        if self.state.may_settle and self.state.open_id is not None:
            self.work.start(self._act(self._mail.replay(self.state.open_id)), "replay")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if hint.kind in {"incoming", "email_hub", "all"} and self.state.directory is not None:
            self.work.merged("ledger", self._read)

    async def _read_more(self) -> None:
        search, lines = self.state.search, self.state.lines
        if search is None or not lines or self.state.complete:
            return
        found = await self._mail.lines(replace(search, below=(lines[-1].arrived_at, lines[-1].id)))
        if self.state.search == search and self.state.lines == lines:
            self.show(lines=(*lines, *found), complete=len(found) < search.most)

    async def _act(self, act: Awaitable[None]) -> None:
        try:
            await act
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        await self._read()

    async def _read_raw(self, line_id: UUID) -> None:
        raw = await self._mail.raw_mail(line_id, RAW_MOST)
        if self.state.open_id == line_id:
            self.show(raw=raw)

    async def _read(self) -> None:
        directory = await self._directory()
        team = self.state.team or first_numbered(directory)
        if team is None:
            self.show(directory=directory)
            return
        search = self.state.search or LedgerSearch(team)
        # What was scrolled to stays while new lines come.
        shown = len(self.state.lines) if self.state.search == search else 0
        wanted = replace(search, most=max(search.most, shown))
        counts, lines = await self._mail.counts(team), await self._mail.lines(wanted)
        complete = len(lines) < wanted.most
        self.show(directory=directory, team=team, counts=counts, search=search, lines=lines, complete=complete)
        if self.state.line is None and lines:
            self.open(lines[0].id)
