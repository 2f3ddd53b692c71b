"""An SMS that is being written on the open case: the number it goes to, the text as it is typed, sending, undo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.desk.case_file import CaseFileState, OpenCase
from app.desk.composer import Composer, Leaving
from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.composing import UNDO_S, Bar, Ending
from app.domain.customers import Customer
from app.domain.follow_ups import Channel
from app.domain.ids import new_id
from app.domain.phone_numbers import PhoneNumber
from app.domain.refusals import Refused
from app.domain.sms import MOST_SEGMENTS, Segments, segments
from app.services.cases import CaseFile
from app.services.journal import Journal
from app.services.sms import SmsSender, SmsToSend, Texts

NOTHING = segments("")


@dataclass(frozen=True, slots=True)
class TextState:
    """What the composer of an SMS shows."""

    case_id: UUID | None = None
    region: str = "FR"
    sender: SmsSender | None = None
    numbers: tuple[PhoneNumber, ...] = ()
    to: str = ""
    text: str = ""
    count: Segments = NOTHING
    sending: bool = False
    error: Sentence | None = None
    loads: int = 0
    """Counts the texts that came from elsewhere than the editor: it shows them anew."""

    @property
    def ready(self) -> bool:
        """Whether it can be sent."""
        stopped = self.sender is None or self.sender.stopped
        return bool(self.text.strip() and self.to) and not (self.sending or stopped or self.too_long)

    @property
    def too_long(self) -> bool:
        """More segments than a provider takes."""
        return self.count.count > MOST_SEGMENTS


class Texting(Presenter[TextState]):
    """Keeps each case's unfinished SMS in the journal, and says which channel her customer prefers."""

    def __init__(
        self,
        texts: Texts,
        case: OpenCase,
        composer: Composer,
        journal: Journal,
        now: Callable[[], datetime],
        region: str = "FR",
    ) -> None:
        super().__init__(TextState(region=region))
        self._texts, self._case, self._composer, self._journal, self._now = texts, case, composer, journal, now
        self._taken_back: tuple[UUID, SmsToSend] | None = None
        self._known: tuple[UUID, str] | None = None
        composer.undone = self._undone
        composer.offer_texts(None)
        self._unfollow = case.subscribe(self._follow)

    @property
    def preferred(self) -> bool:
        """Whether an answer goes by SMS: she prefers it, and nothing bars it."""
        file = self._case.state.file
        prefers = file is not None and file.customer.preferred_channel == "sms"
        choice = next((one for one in self._composer.state.channels if one.channel is Channel.SMS), None)
        return prefers and choice is not None and choice.bar is None

    def type(self, text: str) -> None:
        """Keep the text."""
        case_id = self.state.case_id
        if case_id is not None and text != self.state.text:
            self._journal.keep(f"sms/{case_id}", text or None)
            self.show(text=text, count=segments(text), error=None)

    def choose(self, number: str) -> None:
        """Write to another of her numbers."""
        self.show(to=number)
        if self.state.case_id is not None:
            self.work.latest("sender", self._read(self.state.case_id, number))

    def send(self, ending: Ending = Ending.SEND) -> None:
        """Send what stands there."""
        if self.state.ready:
            self.show(sending=True, error=None)
            self.work.start(self._send(ending), "send")

    def yield_to_call(self) -> None:
        """A call on this case began: where nothing was written, the note stands ready."""
        if self._composer.state.channel is Channel.SMS and not self.state.text.strip():
            self._composer.choose(Channel.NOTE)

    async def close(self) -> None:
        """End the subscription too."""
        self._unfollow()
        await super().close()

    def _follow(self, state: CaseFileState) -> None:
        file = state.file
        if file is None or file.case.id != state.case_id:
            return
        if file.case.id != self.state.case_id:
            self._enter(file)
        elif file.customer.phones != self.state.numbers:
            self._address(file.customer)

    def _enter(self, file: CaseFile) -> None:
        text = self._journal.kept("sms/").get(f"sms/{file.case.id}") or ""
        self.show(
            case_id=file.case.id, sender=None, text=str(text), count=segments(str(text)), sending=False, error=None,
            loads=self.state.loads + 1,
        )  # fmt: skip
        self._known = None
        self._address(file.customer)

    def _address(self, customer: Customer) -> None:
        known = {one.e164 for one in customer.phones}
        to = self.state.to if self.state.to in known else next((one.e164 for one in customer.phones), "")
        self.show(numbers=customer.phones, to=to)
        if self.state.case_id is not None:
            self.work.latest("sender", self._read(self.state.case_id, to))

    async def _read(self, case_id: UUID, to: str) -> None:
        try:
            sender = await self._texts.sender(case_id, to)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        if self.state.case_id != case_id:
            return
        first, self._known = self._known is None, (case_id, to)
        self.show(sender=sender)
        self._composer.offer_texts(Bar.NO_LINE if sender is None else Bar.STOPPED if sender.stopped else None)
        begun = bool(self.state.text) or (self.preferred and not self._composer.noting())
        if first and begun and self._composer.state.channel is Channel.NOTE:
            self._composer.choose(Channel.SMS)

    async def _send(self, ending: Ending) -> None:
        state, file = self.state, self._case.state.file
        if state.case_id is None or state.sender is None or file is None:
            self.show(sending=False)
            return
        line = state.sender.line_id
        sms = SmsToSend(new_id(), new_id(), state.case_id, line, state.to, state.text.strip(), ending, UNDO_S)
        try:
            await self._texts.send(sms)
        except Refused as refused:
            self.show(sending=False, error=of_refusal(refused))
            return
        self._journal.keep(f"sms/{sms.case_id}", None)
        self._taken_back = (sms.id, sms)
        self.show(sending=False)
        if self.state.case_id == sms.case_id:
            self.show(text="", count=NOTHING, loads=self.state.loads + 1)
        until = self._now() + timedelta(seconds=UNDO_S)
        to = file.customer.name or sms.recipient
        self._composer.left(Leaving(sms.id, sms.case_id, file.case.number, to, ending, until, Channel.SMS))

    def _undone(self, leaving: Leaving) -> None:
        if self._taken_back is None or self._taken_back[0] != leaving.mail_id:
            return
        sms = self._taken_back[1]
        self._taken_back = None
        self._journal.keep(f"sms/{sms.case_id}", sms.text)
        if self.state.case_id == sms.case_id:
            self.show(text=sms.text, count=segments(sms.text), loads=self.state.loads + 1)
            self._composer.choose(Channel.SMS)
