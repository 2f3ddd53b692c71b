"""Manage › Types: the types of cases, tasks and features, one of them open with its states."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.case_types import COLOURS, CaseState, CaseType, GoesTo, Reopens, TypeKind, without_state
from app.domain.cases import Category
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.permissions import Permission
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.services.case_types import Types
from app.services.feed import Feed
from app.services.organisation import Directory

__all__ = [
    "COLOURS", "CaseState", "CaseType", "Category", "GoesTo", "Reopens", "TypeKind", "TypePages", "TypesState",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypesState:
    """`stored` is the open type as it is kept, `edited` as it stands in the fields."""

    directory: Directory | None = None
    kind: TypeKind = TypeKind.CASE
    types: tuple[CaseType, ...] = ()
    hidden_shown: bool = False
    stored: CaseType | None = None
    edited: CaseType | None = None
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False

    @property
    def may_edit(self) -> bool:
        """Whether I may shape types."""
        return self.directory is not None and Permission.MANAGE_FIELDS in self.directory.permissions

    @property
    def changed(self) -> bool:
        """Whether the open type is not saved."""
        return self.edited is not None and self.edited != self.stored

    def listed(self) -> tuple[CaseType, ...]:
        """The enabled types of the kind, and the rest when they are asked for."""
        return tuple(one for one in self.types if one.kind is self.kind and (one.enabled or self.hidden_shown))

    @property
    def hidden(self) -> int:
        """How many types of the kind are not enabled."""
        return sum(one.kind is self.kind and not one.enabled for one in self.types)

    def is_kept(self, state_id: UUID) -> bool:
        """Whether a state was saved before: what it means is fixed then."""
        return self.stored is not None and any(one.id == state_id for one in self.stored.states)


class TypePages(Presenter[TypesState]):
    """Shows and edits types; a whole type is saved at once."""

    def __init__(self, types: Types, directory: Callable[[], Awaitable[Directory]], feed: Feed) -> None:
        super().__init__(TypesState())
        self._types, self._directory = types, directory
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read the types."""
        self.work.latest("types", self._read())

    def choose(self, kind: TypeKind) -> None:
        """Show the types of cases, of tasks or of features."""
        if kind is not self.state.kind and not self._holds():
            self.show(kind=kind)
            self._open_first()

    def show_hidden(self, *, shown: bool) -> None:
        """List the types that are not enabled too, or not."""
        if not self._holds():
            self.show(hidden_shown=shown)
            if self.state.stored is None or self.state.stored not in self.state.listed():
                self._open_first()

    def open(self, type_id: UUID) -> None:
        """Open a type, unless edits of another one wait."""
        found = next((one for one in self.state.types if one.id == type_id), None)
        if found is not None and found != self.state.stored and not self._holds():
            self._show_one(found)

    def edit(self, **changes: object) -> None:
        """Change the open type."""
        if self.state.edited is not None:
            self.show(edited=replace(self.state.edited, **changes), errors={}, error=None)  # type: ignore[arg-type]

    def add_state(self) -> None:
        """Add an open state before those that end a case."""
        edited = self.state.edited
        if edited is not None:
            ends = (Category.SOLVED, Category.CLOSED)
            at = next((n for n, one in enumerate(edited.states) if one.category in ends), len(edited.states))
            fresh = CaseState(new_id(), edited.id, "", Category.OPEN)
            self.edit(states=(*edited.states[:at], fresh, *edited.states[at:]))

    def edit_state(self, state_id: UUID, **changes: object) -> None:
        """Change one state; one that gets another name is shipped no more."""
        edited = self.state.edited
        changes |= {"key": ""} if "name" in changes else {}
        if edited is not None:
            states = tuple(
                replace(one, **changes) if one.id == state_id else one  # type: ignore[arg-type]
                for one in edited.states
            )
            self.edit(states=states)

    def move_state(self, state_id: UUID, by: int) -> None:
        """Move a state up or down."""
        edited = self.state.edited
        if edited is None:
            return
        states = list(edited.states)
        at = next(n for n, one in enumerate(states) if one.id == state_id)
        if 0 <= at + by < len(states):
            states.insert(at + by, states.pop(at))
            self.edit(states=tuple(states))

    def remove_state(self, state_id: UUID) -> None:
        """Leave a state out; cases that stand in it keep it until they move."""
        if self.state.edited is not None:
            self.edit(states=without_state(self.state.edited, state_id).states)

    def allow(self, state_id: UUID, to_state: UUID, *, allowed: bool) -> None:
        """Allow a move or not; a state that leads everywhere is written out first, and back when all are allowed."""
        edited = self.state.edited
        if edited is None:
            return
        others = tuple(one.id for one in edited.states if one.id != state_id)
        here = next(one for one in edited.states if one.id == state_id)
        leads = set(others if here.leads_to is None else here.leads_to)
        leads = leads | {to_state} if allowed else leads - {to_state}
        ordered = tuple(one for one in others if one in leads)
        self.edit_state(state_id, leads_to=None if ordered == others else ordered)

    def discard(self) -> None:
        """Go back to what is kept."""
        self._show_one(self.state.stored)

    def save(self) -> None:
        """Keep the open type."""
        if self.state.changed and not self.state.saving and self.state.edited is not None:
            self.show(saving=True, errors={}, error=None)
            self.work.start(self._save(self.state.edited), "save type")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _holds(self) -> bool:
        if self.state.changed:
            self.show(error=desk(QT_TRANSLATE_NOOP("Desk", "Save or discard what you changed here first.")))
        return self.state.changed

    def _hear(self, hint: Hint) -> None:
        if hint.kind in {"case_type", "email_hub", "all"} and self.state.directory is not None:
            self.work.merged("types", self._read)

    def _show_one(self, one: CaseType | None) -> None:
        self.show(stored=one, edited=one, errors={}, error=None, saving=False)

    def _open_first(self) -> None:
        self._show_one(next(iter(self.state.listed()), None))

    async def _save(self, edited: CaseType) -> None:
        try:
            await self._types.save(edited, self.state.types)
        except Refused as refused:
            said = of_refusal(refused)
            self.show(saving=False, errors={refused.field: said} if refused.field else {}, error=said)
            return
        self.show(stored=edited, saving=False)
        await self._read()

    async def _read(self) -> None:
        self.show(directory=await self._directory(), types=await self._types.all())
        if self.state.changed:
            return  # the fields in hand stay
        open_id = self.state.stored.id if self.state.stored is not None else None
        found = next((one for one in self.state.types if one.id == open_id), None)
        if found is not None:
            self._show_one(found)
        else:
            self._open_first()
