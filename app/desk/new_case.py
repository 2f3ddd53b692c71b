"""A new case: customer, subject and team; for a sub-team also the number to communicate with."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain import teams
from app.domain.case_types import CaseType
from app.domain.cases import LIVE, CaseRow
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.teams import Number, Team
from app.services.cases import Cases, NewCase
from app.services.customers import CustomerHit, Customers
from app.services.organisation import Directory

__all__ = ["CustomerHit", "NewCaseForm", "NewCaseState"]


@dataclass(frozen=True, slots=True)
class NewCaseState:
    """What the dialog shows; `numbers` are offered only where one must be chosen."""

    directory: Directory
    types: tuple[CaseType, ...] = ()
    hits: tuple[CustomerHit, ...] = ()
    customer: CustomerHit | None = None
    open_cases: tuple[CaseRow, ...] = ()
    subject: str = ""
    team: Team | None = None
    type_id: UUID | None = None
    number: Number | None = None
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    creating: bool = False
    created: UUID | None = None

    @property
    def asks_number(self) -> bool:
        """A sub-team has none of its own: the advisor says which one the case speaks with."""
        return self.team is not None and self.team.is_sub_team

    def numbers(self) -> tuple[tuple[Number, Team], ...]:
        """Every number of the organisation, with its team (S1-12: not only the communication team's)."""
        return tuple((number, team) for team in self.directory.teams for number in team.numbers)


class NewCaseForm(Presenter[NewCaseState]):
    """Fills one new case; created once, however often the key is pressed."""

    def __init__(
        self,
        cases: Cases,
        customers: Customers,
        directory: Directory,
        created: Callable[[UUID], None],
        customer: CustomerHit | None = None,
    ) -> None:
        mine = directory.my_teams()
        default = next((team for team in directory.teams if team.id == directory.me.default_team_id), None)
        team = default or (mine[0] if mine else None)
        super().__init__(NewCaseState(directory, customer=customer, team=team, number=_number_for(team, directory)))
        self._id = new_id()
        self._cases = cases
        self._customers = customers
        self._created = created

    def begin(self) -> None:
        """Read the types, and the open cases of a customer that is known already."""
        self.work.start(self._read_types(), "types")
        if self.state.customer is not None:
            self.work.latest("open cases", self._read_open_cases(self.state.customer.id))

    def search(self, typed: str) -> None:
        """Look for the customer by name, number, e-mail or account number."""
        self.work.latest("search", self._search(typed))

    def choose_customer(self, hit: CustomerHit | None) -> None:
        """Take a customer, or clear the choice by typing again."""
        self.show(customer=hit, hits=(), open_cases=(), errors=_without(self.state.errors, "customer"))
        if hit is not None:
            self.work.latest("open cases", self._read_open_cases(hit.id))

    def type_subject(self, subject: str) -> None:
        """Keep what is typed."""
        self.show(subject=subject, errors=_without(self.state.errors, "subject"))

    def choose_team(self, team_id: UUID) -> None:
        """Choose the team; a sub-team proposes its communication team's number."""
        team = self.state.directory.team(team_id)
        number = _number_for(team, self.state.directory)
        self.show(team=team, number=number, errors=_without(self.state.errors, "team", "number"))

    def choose_type(self, type_id: UUID) -> None:
        """Choose the kind of case."""
        self.show(type_id=type_id)

    def choose_number(self, number_id: UUID) -> None:
        """Choose the number to communicate with; it can be changed on the case later."""
        number = next(number for number, _ in self.state.numbers() if number.id == number_id)
        self.show(number=number, errors=_without(self.state.errors, "number"))

    def create(self) -> None:
        """Make the case, or show every missing part at once."""
        state = self.state
        if state.creating or state.created is not None:
            return
        asked: dict[str, object] = {
            "customer": state.customer,
            "subject": state.subject.strip(),
            "team": state.team,
        }
        if state.asks_number:
            asked["number"] = state.number
        missing = {name: of_refusal(Refused(Refusal.REQUIRED, name)) for name, value in asked.items() if not value}
        self.show(errors=missing, error=None)
        if not missing:
            self.show(creating=True)
            self.work.start(self._create(), "create case")

    async def _create(self) -> None:
        state = self.state
        assert state.customer is not None
        assert state.team is not None
        case = NewCase(
            self._id,
            state.customer.id,
            state.subject,
            state.team.id,
            number_id=state.number.id if state.number and state.asks_number else None,
            type_id=state.type_id,
        )
        try:
            made = await self._cases.create(case)
        except Refused as refused:
            sentence = of_refusal(refused)
            errors = {refused.field: sentence} if refused.field in {"subject", "customer", "team", "number"} else {}
            self.show(creating=False, errors=errors, error=None if errors else sentence)
            return
        self.show(creating=False, created=made.id)
        self._created(made.id)

    async def _search(self, typed: str) -> None:
        hits = await self._customers.find(typed, 8) if typed else ()
        self.show(hits=hits)

    async def _read_types(self) -> None:
        types = tuple(kind for kind in await self._cases.types() if kind.enabled)
        self._state = replace(self._state, type_id=types[0].id if types else None)
        self.show(types=types)

    async def _read_open_cases(self, customer_id: UUID) -> None:
        file = await self._customers.open(customer_id)
        self.show(open_cases=tuple(row for row in file.cases if row.category in LIVE))


def _number_for(team: Team | None, directory: Directory) -> Number | None:
    if team is None:
        return None
    try:
        return teams.speaking_number(team, directory.teams)
    except Refused:
        return None  # a team that cannot speak: the form asks for the number


def _without(errors: dict[str, Sentence], *names: str) -> dict[str, Sentence]:
    return {name: sentence for name, sentence in errors.items() if name not in names}
