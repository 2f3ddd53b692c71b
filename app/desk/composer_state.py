"""What the composer shows: one frozen state."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.desk.mail_draft import MailDraft
from app.desk.wording import Sentence
from app.domain import composing
from app.domain.composing import Bar, ChannelChoice, Ending, Signing, Worry
from app.domain.follow_ups import Channel
from app.domain.mail import MailAddress
from app.services.compose import Answering, MailSender, NamedFile


@dataclass(frozen=True, slots=True)
class Leaving:
    """A mail that was sent and can still be taken back."""

    mail_id: UUID
    case_id: UUID
    number: int
    to: str
    ending: Ending
    until_at: datetime
    channel: Channel = Channel.EMAIL


@dataclass(frozen=True, slots=True)
class ComposerState:
    """What the composer shows for the open case."""

    case_id: UUID | None = None
    channel: Channel = Channel.NOTE
    channels: tuple[ChannelChoice, ...] = (ChannelChoice(Channel.NOTE),)
    sender: MailSender | None = None
    draft: MailDraft = field(default_factory=MailDraft)
    files: tuple[NamedFile, ...] = ()
    lost: tuple[str, ...] = ()
    signing: Signing = Signing.NOBODYS
    assignee: str = ""
    may_take: bool = False
    answering: tuple[Answering, ...] = ()
    worries: tuple[Worry, ...] = ()
    asked: bool = False
    found: tuple[MailAddress, ...] = ()
    sending: bool = False
    leavings: tuple[Leaving, ...] = ()
    saved_at: datetime | None = None
    error: Sentence | None = None
    loads: int = 0
    """Counts the texts that came from elsewhere than the editor: it shows them anew."""

    @property
    def leaving(self) -> Leaving | None:
        """The mail that was sent last, while it can be taken back."""
        return self.leavings[-1] if self.leavings else None

    @property
    def added(self) -> tuple[MailAddress, ...]:
        """Who had no part in the mail that is answered."""
        return composing.added(self.draft.proposed, self.draft.recipients) if self.draft.answers else ()

    @property
    def dropped(self) -> tuple[MailAddress, ...]:
        """Who had a part in it and gets nothing."""
        return composing.dropped(self.draft.proposed, self.draft.recipients) if self.draft.answers else ()

    @property
    def bar(self) -> Bar | None:
        """Why no mail can be written here."""
        return next((one.bar for one in self.channels if one.channel is Channel.EMAIL), None)
