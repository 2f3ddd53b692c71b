"""What Manage › Automations shows: all of them, the open one with its edits, and what its time machine said."""

from dataclasses import dataclass, field
from uuid import UUID

from app.desk.wording import Sentence
from app.domain.automation_checks import LASTING, Known, Problem, problems_of
from app.domain.automations import Automation
from app.domain.condition_checks import Trouble
from app.domain.permissions import Permission
from app.services.automations import (
    AutomationOnPage,
    AutomationVersion,
    Replay,
    SentOne,
    Template,
    Undone,
)
from app.services.organisation import Directory


@dataclass(frozen=True, slots=True)
class AutomationsState:
    """`stored` is the open automation as it is kept (None: a new one), `edited` as it stands in the fields."""

    directory: Directory | None = None
    rows: tuple[AutomationOnPage, ...] = ()
    known: Known = field(default_factory=Known)
    templates: tuple[Template, ...] = ()
    stored: Automation | None = None
    edited: Automation | None = None
    days: int = 30
    request: UUID | None = None
    replay: Replay | None = None
    versions: tuple[AutomationVersion, ...] | None = None
    undone: tuple[Undone, ...] | None = None
    sent: tuple[SentOne, ...] = ()
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    told: Sentence | None = None
    secret: str = ""
    saving: bool = False

    @property
    def may_make_global(self) -> bool:
        """Whether I manage automations for everybody."""
        return self.directory is not None and Permission.MANAGE_AUTOMATIONS in self.directory.permissions

    @property
    def led_teams(self) -> frozenset[UUID]:
        """The teams whose automations are mine to make."""
        if self.directory is None:
            return frozenset()
        if Permission.MANAGE_TEAMS in self.directory.permissions:
            return frozenset(team.id for team in self.directory.teams)
        me = self.directory.me.id
        return frozenset(m.team_id for m in self.directory.memberships if m.agent_id == me and m.lead)

    @property
    def row(self) -> AutomationOnPage | None:
        """The open one as it stands in the list."""
        if self.stored is None:
            return None
        return next((one for one in self.rows if one.automation.id == self.stored.id), None)

    @property
    def may_edit(self) -> bool:
        """Whether the open one is mine to change; of a new one: to make."""
        if self.edited is None:
            return False
        if self.stored is not None:
            return self.row is not None and self.row.may_edit
        return self.may_make_global if self.edited.team_id is None else self.edited.team_id in self.led_teams

    @property
    def changed(self) -> bool:
        """Whether the open one is not saved."""
        return self.edited is not None and self.edited != self.stored

    @property
    def running(self) -> bool:
        """Whether a replay is asked for and has not come."""
        return self.request is not None and self.replay is None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it as it stands in the fields, and what went wrong when it last ran."""
        if self.edited is None or not self.known.fields:
            return ()
        found = problems_of(self.edited, self.known)
        return found if self.changed or self.row is None else (*found, *_lasting(self.row))

    def in_trouble(self, row: AutomationOnPage) -> bool:
        """Whether an automation of the list does not run, or not wholly."""
        return bool((self.known.fields and problems_of(row.automation, self.known)) or _lasting(row))

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Those of the condition, for its editor."""
        return tuple(problem.trouble for problem in self.problems if problem.trouble is not None)


def _lasting(row: AutomationOnPage) -> tuple[Problem, ...]:
    """What came out when it ran; all else is seen here, as things are now."""
    return tuple(one for one in row.trouble if one.fault in LASTING)
