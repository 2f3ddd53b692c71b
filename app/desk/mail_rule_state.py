"""What Manage › Mail rules shows: the rules of a team, the open one with its edits, and what its time machine said."""

from dataclasses import dataclass, field
from uuid import UUID

from app.desk.email_hub import may_shape
from app.desk.wording import Sentence
from app.domain.mail_rules import MailRule
from app.services.automations import SentOne, Undone
from app.services.email_hub import RuleOnPage
from app.services.mail_requests import DryRun
from app.services.organisation import Directory

DAYS = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class MailRulesState:
    """`stored` is the open rule as it is kept (None: a new one), `edited` as it stands in the fields."""

    directory: Directory | None = None
    team: UUID | None = None
    rules: tuple[RuleOnPage, ...] = ()
    stored: MailRule | None = None
    edited: MailRule | None = None
    days: int = 30
    request: UUID | None = None
    run: DryRun | None = None
    undone: tuple[Undone, ...] | None = None
    sent: tuple[SentOne, ...] = ()
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False

    @property
    def may_edit(self) -> bool:
        """Whether I own this team's mail."""
        return may_shape(self.directory, self.team)

    @property
    def changed(self) -> bool:
        """Whether the open rule is not saved."""
        return self.edited is not None and self.edited != self.stored

    @property
    def running(self) -> bool:
        """Whether a replay is asked for and has not come."""
        return self.request is not None and self.run is None
