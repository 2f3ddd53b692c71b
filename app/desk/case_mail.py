"""The mails of the open case: where each one is, the whole of one that is asked for, and what can be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from app.desk.case_file import CaseFileState, OpenCase
from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.deliveries import DeliveryState
from app.domain.follow_ups import Channel
from app.domain.history import Hint
from app.domain.mail import Mail
from app.domain.refusals import Refused
from app.services.compose import CaseMail, Delivery, Mails
from app.services.feed import Feed

__all__ = ["CaseMail", "CaseMailState", "CaseMails", "Delivery"]

MOST_PICTURES = 40
_WRITTEN = frozenset({Channel.EMAIL, Channel.SMS})


@dataclass(frozen=True, slots=True)
class CaseMailState:
    """The mails of one case by their follow-up, and the one that is shown whole."""

    case_id: UUID | None = None
    mails: Mapping[UUID, CaseMail] = field(default_factory=lambda: MappingProxyType({}))
    may_act: bool = False
    whole_id: UUID | None = None
    whole: Mail | None = None
    pictures: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    fetching: bool = False
    error: Sentence | None = None
    split_off: UUID | None = None
    """The case that a mail has just become."""


class CaseMails(Presenter[CaseMailState]):
    """Follows the open case; heads are read once, deliveries with every hint."""

    def __init__(self, mails: Mails, case: OpenCase, feed: Feed) -> None:
        super().__init__(CaseMailState())
        self._mails, self._case = mails, case
        self._unfollow = case.subscribe(self._follow)
        self._unsubscribe = feed.subscribe(self._hear)

    def open_whole(self, follow_up_id: UUID) -> None:
        """Show a mail with quotes, signature and pictures."""
        self.show(whole_id=follow_up_id, whole=None, pictures=MappingProxyType({}), fetching=False, error=None)
        self.work.latest("whole", self._read_whole(follow_up_id))

    def close_whole(self) -> None:
        """Forget the mail that was shown."""
        self.show(whole_id=None, whole=None, pictures=MappingProxyType({}), fetching=False)

    def fetch_pictures(self, addresses: tuple[str, ...]) -> None:
        """Load the pictures that lie elsewhere: their senders see that somebody looked."""
        if self.state.whole is not None and not self.state.fetching:
            self.show(fetching=True)
            self.work.latest("pictures", self._fetch(addresses[:MOST_PICTURES]))

    def send_again(self, delivery_id: UUID) -> None:
        """Send to a recipient whom it did not reach, or of whom nobody knows."""
        self.work.start(self._decide(delivery_id, DeliveryState.WAITING), "decide")

    def it_arrived(self, delivery_id: UUID) -> None:
        """Say that a mail of which nobody knows did arrive."""
        self.work.start(self._decide(delivery_id, DeliveryState.DELIVERED), "decide")

    def give_up(self, delivery_id: UUID) -> None:
        """Try no more."""
        self.work.start(self._decide(delivery_id, DeliveryState.WITHDRAWN), "decide")

    def split(self, follow_up_id: UUID) -> None:
        """Make a mail a case of its own."""
        self.work.start(self._split(follow_up_id), "split")

    def unsplit(self, case_id: UUID) -> None:
        """Put it back where it came from."""
        self.work.start(self._unsplit(case_id), "unsplit")

    async def close(self) -> None:
        """End the subscriptions too."""
        self._unfollow()
        self._unsubscribe()
        await super().close()

    def _follow(self, state: CaseFileState) -> None:
        file = state.file
        if file is None or file.case.id != state.case_id:
            return
        if file.case.id != self.state.case_id:
            self.show(case_id=file.case.id, mails=MappingProxyType({}), error=None)
        self.show(may_act=file.may_edit)
        letters = {one.id for one in file.timeline if one.channel in _WRITTEN and not one.redacted_at}
        if letters != self.state.mails.keys():
            self.work.merged("mails", self._read)

    def _hear(self, hint: Hint) -> None:
        if hint.kind == "delivery" and self.state.case_id is not None and hint.parent_id == self.state.case_id:
            self.work.merged("mails", self._read)

    async def _read(self) -> None:
        case_id = self.state.case_id
        if case_id is None:
            return
        try:
            found = await self._mails.of_case(case_id, self.state.mails)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        if self.state.case_id == case_id:
            self.show(mails=MappingProxyType(found))

    async def _read_whole(self, follow_up_id: UUID) -> None:
        try:
            whole = await self._mails.whole(follow_up_id)
        except Refused as refused:
            self.show(whole_id=None, error=of_refusal(refused))
            return
        if self.state.whole_id == follow_up_id:
            self.show(whole=whole)

    async def _fetch(self, addresses: tuple[str, ...]) -> None:
        for address in addresses:
            data = await self._mails.picture(address)
            if data is not None:
                self.show(pictures=MappingProxyType({**self.state.pictures, address: data}))
        self.show(fetching=False)

    async def _split(self, follow_up_id: UUID) -> None:
        try:
            made = await self._mails.split(follow_up_id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(split_off=made, error=None)
        self._case.refresh()

    async def _unsplit(self, case_id: UUID) -> None:
        try:
            await self._mails.unsplit(case_id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(split_off=None, error=None)
        self._case.refresh()

    async def _decide(self, delivery_id: UUID, state: DeliveryState) -> None:
        try:
            await self._mails.decide(delivery_id, state)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None)
        await self._read()
