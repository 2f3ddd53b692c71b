"""Manage › Forms: which fields a case form shows, of a type, of a team, of both, or of everything else."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.case_types import CaseType, TypeKind
from app.domain.fields import CustomField, FieldOwner
from app.domain.forms import CORE, OWN, Form, FormField, core_form, form_for
from app.domain.history import Hint
from app.domain.permissions import Permission
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.services.feed import Feed
from app.services.organisation import Directory
from app.services.practice import Practice

__all__ = ["CaseType", "Form", "FormField", "FormPages", "FormPagesState"]


@dataclass(frozen=True, slots=True)
class FormPagesState:
    """The form that is shown: `stored` where it is one of its own, else what it follows."""

    directory: Directory | None = None
    types: tuple[CaseType, ...] = ()
    forms: tuple[Form, ...] = ()
    type_id: UUID | None = None
    team_id: UUID | None = None
    edited: tuple[FormField, ...] = ()
    error: Sentence | None = None
    saving: bool = False

    @property
    def own(self) -> tuple[CustomField, ...]:
        """The organisation's fields of cases."""
        fields = self.directory.fields if self.directory is not None else ()
        return tuple(one for one in fields if one.owner is FieldOwner.CASE)

    @property
    def stored(self) -> Form | None:
        """The form of exactly this type and team, where there is one."""
        return next((one for one in self.forms if (one.type_id, one.team_id) == (self.type_id, self.team_id)), None)

    @property
    def kept(self) -> tuple[FormField, ...]:
        """What is shown before anything is changed."""
        return form_for(self.forms, self.type_id, self.team_id, self.own).fields

    @property
    def changed(self) -> bool:
        """Whether the form is not saved."""
        return self.edited != self.kept

    @property
    def may_edit(self) -> bool:
        """Whether this form is mine to shape: a lead shapes her own team's."""
        if self.directory is None:
            return False
        if Permission.MANAGE_FIELDS in self.directory.permissions:
            return True
        me = self.directory.me.id
        return any(
            one.lead and one.agent_id == me and one.team_id == self.team_id for one in self.directory.memberships
        )

    def offered(self) -> tuple[str, ...]:
        """The fields that the form does not show."""
        shown = {one.field for one in self.edited}
        every = (*CORE, *(f"{OWN}{one.key}" for one in self.own))
        return tuple(name for name in every if name not in shown)


class FormPages(Presenter[FormPagesState]):
    """Shows and shapes one form at a time."""

    def __init__(
        self,
        practice: Practice,
        types: Callable[[], Awaitable[tuple[CaseType, ...]]],
        directory: Callable[[], Awaitable[Directory]],
        feed: Feed,
    ) -> None:
        super().__init__(FormPagesState())
        self._practice, self._types, self._directory = practice, types, directory
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read forms, types and fields."""
        self.work.latest("forms", self._read())

    def choose(self, *, type_id: UUID | None, team_id: UUID | None) -> None:
        """Show the form of another type or team."""
        if self.state.changed:
            self.show(error=desk(QT_TRANSLATE_NOOP("Desk", "Save or discard what you changed here first.")))
            return
        self.show(type_id=type_id, team_id=team_id, error=None)
        self.discard()

    def add(self, name: str) -> None:
        """Show one more field, at the end."""
        if name in self.state.offered():
            self.show(edited=(*self.state.edited, FormField(name)))

    def remove(self, name: str) -> None:
        """Show it no more; what was filled in stays."""
        self.show(edited=tuple(one for one in self.state.edited if one.field != name))

    def require(self, name: str, *, required: bool) -> None:
        """Insist on a field, or not."""
        edited = (FormField(name, required) if one.field == name else one for one in self.state.edited)
        self.show(edited=tuple(edited))

    def move(self, name: str, by: int) -> None:
        """Move a field up or down."""
        fields = list(self.state.edited)
        at = next(n for n, one in enumerate(fields) if one.field == name)
        if 0 <= at + by < len(fields):
            fields.insert(at + by, fields.pop(at))
            self.show(edited=tuple(fields))

    def discard(self) -> None:
        """Go back to what is kept."""
        self.show(edited=self.state.kept, error=None)

    def save(self) -> None:
        """Keep it as the form of this type and team."""
        state = self.state
        if state.changed and not state.saving:
            self._begin(self._practice.save_form(Form(state.type_id, state.team_id, state.edited)))

    def reset(self) -> None:
        """Give the form up: the next wider one holds again."""
        if self.state.stored is not None:
            self._begin(self._practice.remove_form(self.state.stored))

    def follows(self) -> Form | None:
        """The wider form that holds here when there is none of its own; None for the core form."""
        state = self.state
        rest = tuple(one for one in state.forms if one is not state.stored)
        found = form_for(rest, state.type_id, state.team_id, state.own)
        return None if found == core_form(state.own) else found

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if hint.kind in {"form", "field", "case_type", "team", "all"} and self.state.directory is not None:
            self.work.merged("forms", self._read)

    def _begin(self, act: Awaitable[None]) -> None:
        self.show(saving=True, error=None)
        self.work.start(self._do(act), "form")

    async def _do(self, act: Awaitable[None]) -> None:
        try:
            await act
        except Refused as refused:
            self.show(saving=False, error=of_refusal(refused))
            return
        self.show(saving=False, edited=self.state.kept)
        await self._read()

    async def _read(self) -> None:
        was_changed = self.state.changed and self.state.directory is not None
        types = tuple(one for one in await self._types() if one.enabled and one.kind is not TypeKind.TASK)
        self.show(directory=await self._directory(), types=types, forms=await self._practice.forms())
        if not was_changed:
            self.discard()
