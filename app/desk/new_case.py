"""A new case: customer, subject and team; for a sub-team also the number to communicate with."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from app.desk.case_book import NOTHING_READ, CaseBookState
from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain import teams
from app.domain.case_types import CaseType
from app.domain.cases import LIVE, CaseRow, Level
from app.domain.fields import CustomField
from app.domain.forms import OWN, Form, form_for, missing, own_fields
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
    book: CaseBookState = NOTHING_READ
    values: dict[str, object] = field(default_factory=dict)
    """What was filled in of the form, by the names of its fields; tags as typed."""

    @property
    def asks_number(self) -> bool:
        """A sub-team has none of its own: the advisor says which one the case speaks with."""
        return self.team is not None and self.team.is_sub_team

    @property
    def form(self) -> Form:
        """What is asked besides, where somebody shaped a form for this type or team; nothing else is."""
        own = self.directory.fields
        form = form_for(self.book.forms, self.type_id, self.team.id if self.team else None, own)
        return (
            form if self.book.forms and form.fields and form != form_for((), None, None, own) else Form(None, None, ())
        )

    @property
    def fields(self) -> tuple[CustomField, ...]:
        """The organisation's own fields of the form."""
        return own_fields(self.form, self.directory.fields)

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
        book: CaseBookState | None = None,
    ) -> None:
        mine = directory.my_teams()
        default = next((team for team in directory.teams if team.id == directory.me.default_team_id), None)
        team = default or (mine[0] if mine else None)
        number = _number_for(team, directory)
        super().__init__(
            NewCaseState(directory, customer=customer, team=team, number=number, book=book or NOTHING_READ)
        )
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

    def fill(self, name: str, value: object) -> None:
        """Fill in a field of the form."""
        self.show(values={**self.state.values, name: value}, errors=_without(self.state.errors, name))

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
        errors = {name: of_refusal(Refused(Refusal.REQUIRED, name)) for name, value in asked.items() if not value}
        labels = {f"{OWN}{one.key}": one.label for one in state.fields}
        for name in missing(state.form, state.values):
            errors[name] = of_refusal(Refused(Refusal.REQUIRED, labels.get(name, name)))
        self.show(errors=errors, error=None)
        if not errors:
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
            **_values_of(state),
        )
        try:
            made = await self._cases.create(case, state.fields)
        except Refused as refused:
            sentence = of_refusal(refused)
            own = next((f"{OWN}{one.key}" for one in state.fields if one.label == refused.field), refused.field)
            known = {"subject", "customer", "team", "number", *(one.field for one in state.form.fields)}
            errors = {own: sentence} if own in known else {}
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


def _values_of(state: NewCaseState) -> dict[str, Any]:
    """What the form filled in, as a new case takes it; fields of another type's form are left out."""
    shown = {one.field for one in state.form.fields}
    values = {name: value for name, value in state.values.items() if name in shown}
    tags = str(values.get("tags") or "").split(",")
    return {
        "priority": values.get("priority") or Level.NORMAL,
        "severity": values.get("severity") or Level.NORMAL,
        "tags": tuple(dict.fromkeys(tidy for tag in tags if (tidy := " ".join(tag.split())))),
        "project_id": UUID(str(values["project"])) if values.get("project") else None,
        "description": str(values.get("description") or ""),
        "custom": {name.removeprefix(OWN): value for name, value in values.items() if name.startswith(OWN)},
    }


def _without(errors: dict[str, Sentence], *names: str) -> dict[str, Sentence]:
    return {name: sentence for name, sentence in errors.items() if name not in names}
