"""SMS in memory: what its composer stands on in tests of presenters and views."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from app.domain.refusals import Refusal, Refused
from app.services.sms import SmsSender, SmsToSend
from tests.helpers.sample_data import key

LINE = SmsSender(key("line"), "+33380123450", "Contact centre")


@dataclass
class SampleTexts:
    """SmsStore over lists."""

    line: SmsSender | None = LINE
    stopped: set[str] = field(default_factory=set)
    sent: list[SmsToSend] = field(default_factory=list)

    async def sms_sender(self, case_id: UUID, recipient: str) -> SmsSender | None:
        return replace(self.line, stopped=recipient in self.stopped) if self.line else None

    async def send_sms(self, sms: SmsToSend) -> None:
        if sms.recipient in self.stopped:
            raise Refused(Refusal.STOPPED_SMS)
        self.sent.append(sms)
