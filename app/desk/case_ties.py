"""What the open case hangs together with: linked cases, who watches it, who else looks at it, other houses.

That somebody else shows a case is a hint that her desk repeats while she does, kept nowhere.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from app.desk.case_file import CaseFileState, OpenCase
from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.case_links import CaseLink, LinkKind
from app.domain.history import Hint
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.services.feed import Feed
from app.services.practice import Notice, NoticeKind, Practice, Way

__all__ = ["CaseLink", "CaseTies", "CaseTiesState", "LinkKind", "Notice", "NoticeKind", "Way"]

AGAIN_S, STALE = 40.0, timedelta(seconds=90)
"""How often a desk says that it shows a case, and after how long a silent one has gone."""


@dataclass(frozen=True, slots=True)
class CaseTiesState:
    """Of the case that is open; `viewers` are colleagues by when they were last heard of."""

    case_id: UUID | None = None
    links: tuple[CaseLink, ...] = ()
    watched: bool = False
    viewers: Mapping[UUID, datetime] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    notices: tuple[Notice, ...] = ()
    away: tuple[Notice, ...] = ()
    """What happened while I was not there, until I have seen it."""
    error: Sentence | None = None
    said: Sentence | None = None
    made: UUID | None = None


class CaseTies(Presenter[CaseTiesState]):
    """Follows the open case; what I am told of other cases is read when a hint names me."""

    def __init__(self, practice: Practice, case: OpenCase, feed: Feed, me: UUID, now: Callable[[], datetime]) -> None:
        super().__init__(CaseTiesState())
        self._practice, self._me, self._now = practice, me, now
        self._unfollow = case.subscribe(self._follow)
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read what I was told while I was away."""
        self.work.merged("away", self._read_away)

    def see_away(self) -> None:
        """I have seen what happened while I was away."""
        if self.state.away:
            self.show(away=())
            self.work.start(self._see_away(), "see")

    def put_off_away(self) -> None:
        """Tell me at my next sign-in again."""
        self.show(away=())

    def link(self, other_id: UUID) -> None:
        """Say that another case belongs to this one."""
        if self.state.case_id is not None:
            self._act(self._practice.link(self.state.case_id, other_id))

    def unlink(self, other_id: UUID) -> None:
        """Take a link back."""
        if self.state.case_id is not None:
            self._act(self._practice.unlink(self.state.case_id, other_id))

    def watch(self) -> None:
        """Hear what others do with this case, or no more."""
        if self.state.case_id is not None:
            self._act(self._practice.watch(self.state.case_id, watched=not self.state.watched))

    def split(self, entries: tuple[UUID, ...], subject: str) -> None:
        """Make some entries a case of their own."""
        if self.state.case_id is not None:
            self.work.start(self._split(self.state.case_id, entries, subject), "split")

    def refer(self, way_id: UUID, note: str) -> None:
        """Hand the case to another house."""
        if self.state.case_id is not None:
            self.work.start(self._refer(self.state.case_id, way_id, note), "refer")

    async def close(self) -> None:
        """End the subscriptions too."""
        self._unfollow()
        self._unsubscribe()
        await super().close()

    def _follow(self, state: CaseFileState) -> None:
        if state.case_id != self.state.case_id:
            self.show(case_id=state.case_id, links=(), watched=False, viewers={}, error=None, made=None)
            if state.case_id is not None:
                self.work.latest("ties", self._open(state.case_id))

    def _hear(self, hint: Hint) -> None:
        case_id = self.state.case_id
        if hint.kind == "notice" and hint.parent_id == self._me:
            self.work.merged("notices", self._read_notices)
        if case_id is None or hint.record_id is None:
            return
        if hint.kind == "viewing" and hint.record_id == case_id and hint.parent_id not in (None, self._me):
            self._heard_of(hint.parent_id)
        elif hint.kind == "follow_up" and hint.parent_id == case_id:
            self.work.merged("read ties", self._read)

    def _heard_of(self, who: UUID | None) -> None:
        assert who is not None
        now = self._now()
        fresh = {one: at for one, at in self.state.viewers.items() if now - at < STALE}
        if who not in fresh and self.state.case_id is not None:  # she came after me: she shall know of me at once
            self.work.start(self._look(self.state.case_id), "look")
        self.show(viewers=fresh | {who: now})

    def _act(self, act: Awaitable[None]) -> None:
        self.work.start(self._do(act), "ties")

    async def _do(self, act: Awaitable[None]) -> None:
        try:
            await act
            await self._read()
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None)

    async def _open(self, case_id: UUID) -> None:
        try:
            await self._read()
            if any(one.case_id == case_id for one in self.state.notices):
                await self._practice.see(case_id)
                await self._read_notices()
        except Refused:
            return  # the case itself says what is wrong
        await self._stay(case_id)

    async def _stay(self, case_id: UUID) -> None:
        """Tell the others that it is shown; `again` repeats it while it is."""
        await self._look(case_id)

    def again(self) -> None:
        """Tell the others again, and forget who has gone; called by the view's clock."""
        if self.state.case_id is not None:
            now = self._now()
            self.show(viewers={one: at for one, at in self.state.viewers.items() if now - at < STALE})
            self.work.merged("look", self._look_again)

    async def _look_again(self) -> None:
        if self.state.case_id is not None:
            await self._look(self.state.case_id)

    async def _look(self, case_id: UUID) -> None:
        try:
            await self._practice.look(case_id)
        except Refused:
            return  # gone, or the server is: nobody is told

    async def _read(self) -> None:
        case_id = self.state.case_id
        if case_id is None:
            return
        links, watched = await self._practice.links(case_id), await self._practice.watches(case_id)
        if case_id == self.state.case_id:
            self.show(links=links, watched=watched, ways=await self._practice.ways())

    async def _read_notices(self) -> None:
        try:
            self.show(notices=await self._practice.notices())
        except Refused:
            return  # the feed catches up

    async def _read_away(self) -> None:
        try:
            told = await self._practice.notices()
        except Refused:
            return  # they wait until the next sign-in
        self.show(notices=told, away=told)

    async def _see_away(self) -> None:
        try:
            await self._practice.see_all()
            await self._read_notices()
        except Refused:
            return  # they are told again

    async def _split(self, case_id: UUID, entries: tuple[UUID, ...], subject: str) -> None:
        try:
            made = await self._practice.split(case_id, entries, subject)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None, made=made)

    async def _refer(self, case_id: UUID, way_id: UUID, note: str) -> None:
        try:
            number = await self._practice.refer(case_id, way_id, note)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        said = QT_TRANSLATE_NOOP("Desk", "Handed over; it is number {number} there.")
        self.show(error=None, said=desk(said, number=number))
