"""A customer has answered on a case that is mine, or an automation tells me something: said at once, wherever I am."""

from collections.abc import Callable
from uuid import UUID

from app.desk.presenter import Presenter
from app.domain.history import Hint
from app.domain.refusals import Refused
from app.services.compose import Arrived, Mails
from app.services.feed import Feed

Arrivals = tuple[Arrived, ...]
_MOST = 200


class MailArrivals(Presenter[Arrivals]):
    """Looks at follow-ups as they are hinted at; what came while the desk was away is caught up by the feed."""

    def __init__(self, mails: Mails, feed: Feed, told: Callable[[Arrived], None]) -> None:
        super().__init__(())
        self._mails, self._told = mails, told
        self._waiting: dict[UUID, None] = {}
        self._unsubscribe = feed.subscribe(self._hear)

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if hint.kind in {"follow_up", "notice"} and hint.record_id is not None and len(self._waiting) < _MOST:
            self._waiting[hint.record_id] = None
            self.work.merged("arrived", self._look, pause_s=0.2)

    async def _look(self) -> None:
        ids, self._waiting = tuple(self._waiting), {}
        if not ids:
            return
        try:
            found = await self._mails.arrived(ids)
        except Refused:
            return  # the server is away: the feed catches up
        for one in found:
            self._told(one)
