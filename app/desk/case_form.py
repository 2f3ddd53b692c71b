"""A case being edited: everything of it but its assignee and team, which have their own acts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.desk.case_book import NOTHING_READ, CaseBookState
from app.desk.clash import Clash, clash_of
from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.case_types import CaseState, CaseType
from app.domain.cases import Case, Category, Level, Visibility
from app.domain.fields import CustomField
from app.domain.forms import OWN, Form, form_for, missing, own_fields
from app.domain.refusals import Refusal, Refused
from app.domain.teams import Number, Team
from app.services.cases import Cases
from app.services.organisation import Directory


@dataclass(frozen=True, slots=True)
class CaseFormState:
    """What the dialog shows: `case` as it is edited, `tags` as typed."""

    directory: Directory
    case: Case
    stored: Case
    types: tuple[CaseType, ...]
    tags: str = ""
    clash: Clash[Case] | None = None
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False
    saved: bool = False
    book: CaseBookState = NOTHING_READ

    @property
    def form(self) -> Form:
        """The form of the case's type and team."""
        return form_for(self.book.forms, self.case.type_id, self.case.team_id, self.directory.fields)

    @property
    def fields(self) -> tuple[CustomField, ...]:
        """The organisation's own fields of the form, in its order, as they are now."""
        return own_fields(self.form, self.directory.fields)

    @property
    def states(self) -> tuple[CaseState, ...]:
        """The state that the case has and those it may go to; of another type, those that it may begin in."""
        kind = next((kind for kind in self.types if kind.id == self.case.type_id), None)
        if kind is None:
            return ()
        if kind.id != self.stored.type_id:
            return tuple(one for one in kind.states if one.category is not Category.NEW or one.id == self.case.state_id)
        allowed = {self.stored.state_id, *(one.id for one in kind.next_states(self.stored.state_id))}
        return tuple(one for one in kind.states if one.id in allowed)

    @property
    def offered_types(self) -> tuple[CaseType, ...]:
        """The enabled types, and the one that the case has."""
        return tuple(kind for kind in self.types if kind.enabled or kind.id == self.stored.type_id)

    def numbers(self) -> tuple[tuple[Number, Team], ...]:
        """Every number of the organisation: the case may communicate with any (S1-12, S1-21)."""
        return tuple((number, team) for team in self.directory.teams for number in team.numbers)


class CaseForm(Presenter[CaseFormState]):
    """Saves one case, or says what is wrong where it is."""

    def __init__(
        self,
        cases: Cases,
        directory: Directory,
        case: Case,
        types: tuple[CaseType, ...],
        saved: Callable[[], None],
        book: CaseBookState | None = None,
    ) -> None:
        shown = CaseFormState(directory, case, case, types, ", ".join(case.tags), book=book or NOTHING_READ)
        super().__init__(shown)
        self._cases, self._saved = cases, saved

    @property
    def changed(self) -> bool:
        """Whether closing would lose something."""
        return self._edited() != self.state.stored

    def follow(self, directory: Directory | None) -> None:
        """The fields may have changed while the form is open; what was typed stays."""
        if directory is not None:
            self.show(directory=directory)

    def fill(self, **values: object) -> None:
        """Change what was typed or chosen; its error goes."""
        errors = {name: said for name, said in self.state.errors.items() if name not in values}
        self.show(case=replace(self.state.case, **values), errors=errors, error=None)  # type: ignore[arg-type]

    def fill_custom(self, key: str, value: object) -> None:
        """Change a field of the organisation's own."""
        errors = {name: said for name, said in self.state.errors.items() if name != f"custom.{key}"}
        self.show(case=replace(self.state.case, custom={**self.state.case.custom, key: value}), errors=errors)

    def fill_field(self, name: str, value: object) -> None:
        """Change a field of the form, by its name there."""
        if name.startswith(OWN):
            self.fill_custom(name.removeprefix(OWN), value)
        elif name == "tags":
            self.type_tags(str(value or ""))
        elif value is not None or name == "project":
            self.fill(**{"project_id" if name == "project" else name: value})
        elif name in {"priority", "severity"}:
            self.fill(**{name: Level.NORMAL})

    def type_tags(self, typed: str) -> None:
        """Tags, separated by commas."""
        self.show(tags=typed)

    def choose_type(self, type_id: object) -> None:
        """Another type begins in its own first state."""
        kind = next(kind for kind in self.state.types if kind.id == type_id)
        self.fill(type_id=kind.id, state_id=kind.default_state_id or kind.states[0].id)

    def keep_mine(self) -> None:
        """Save what I wrote over what a colleague wrote in the same fields."""
        if self.state.clash is not None:
            self._rebase(self.state.clash, self.state.clash.merged)
            self.save()

    def take_theirs(self) -> None:
        """Show her text where both of us wrote; the rest of mine stays."""
        if self.state.clash is not None:
            self._rebase(self.state.clash, self.state.clash.with_theirs())

    def save(self) -> None:
        """Store it."""
        if self.state.saving or self.state.saved:
            return
        labels = {f"custom.{one.key}": one.label for one in self.state.fields}
        lacking = missing(self.state.form, form_values(self._edited()))
        errors = {name: of_refusal(Refused(Refusal.REQUIRED, labels.get(name, name))) for name in lacking}
        self.show(errors=errors, error=None)
        if not lacking:
            self.show(saving=True)
            self.work.start(self._save(), "save case")

    def _edited(self) -> Case:
        tags = tuple(dict.fromkeys(tag for part in self.state.tags.split(",") if (tag := " ".join(part.split()))))
        return replace(self.state.case, tags=tags)

    def _rebase(self, clash: Clash[Case], case: Case) -> None:
        self.show(case=case, stored=clash.theirs, tags=", ".join(case.tags), clash=None)

    async def _save(self) -> None:
        state, case = self.state, self._edited()
        try:
            kept = await self._cases.save(replace(case, visibility=state.stored.visibility), state.fields)
            if case.visibility is not state.stored.visibility:
                await self._cases.set_visibility(kept.id, Visibility(case.visibility))
        except Refused as refused:
            custom = next((f"custom.{one.key}" for one in state.fields if one.label == refused.field), "")
            sentence, clash = of_refusal(refused), None
            if refused.reason is Refusal.CHANGED_MEANWHILE:
                clash = clash_of(refused, state.stored, case)
            place = custom or (refused.field if refused.field in {"subject", "state"} else "")
            errors = {place: sentence} if place else {}
            self.show(saving=False, clash=clash, errors=errors, error=None if errors or clash else sentence)
            return
        self.show(saving=False, saved=True)
        self._saved()


def form_values(case: Case) -> dict[str, object]:
    """What a case has of the fields of a form, by their names there."""
    core = {
        "priority": case.priority,
        "severity": case.severity,
        "tags": case.tags,
        "project": case.project_id,
        "description": case.description,
    }
    return core | {f"custom.{key}": value for key, value in case.custom.items()}
