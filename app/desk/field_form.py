"""Manage › Fields: what an organisation adds to its records; a saved field keeps its kind."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.fields import LABEL_MOST, CustomField, FieldKind, FieldOwner, read_values
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.permissions import Permission
from app.domain.refusals import Refusal, Refused
from app.domain.text import fold
from app.services.feed import Feed
from app.services.organisation import Administration, Directory

KEY_MOST = 32


@dataclass(frozen=True, slots=True)
class FieldsState:
    """The fields of one kind of record."""

    directory: Directory | None = None
    owner: FieldOwner = FieldOwner.CUSTOMER
    error: Sentence | None = None

    @property
    def may_edit(self) -> bool:
        """Whether I may shape fields."""
        return self.directory is not None and Permission.MANAGE_FIELDS in self.directory.permissions

    def listed(self) -> tuple[CustomField, ...]:
        """The fields in their order."""
        every = self.directory.fields if self.directory else ()
        return tuple(sorted((one for one in every if one.owner is self.owner), key=lambda one: one.position))


class Fields(Presenter[FieldsState]):
    """Lists, orders and removes fields."""

    def __init__(self, administration: Administration, feed: Feed) -> None:
        super().__init__(FieldsState())
        self._administration = administration
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read the fields."""
        self.work.latest("directory", self._read())

    def choose(self, owner: FieldOwner) -> None:
        """Show the fields of another kind of record."""
        self.show(owner=owner)

    def move(self, field_id: UUID, by: int) -> None:
        """Move a field up or down."""
        listed = list(self.state.listed())
        at = next(at for at, one in enumerate(listed) if one.id == field_id)
        if 0 <= at + by < len(listed):
            listed.insert(at + by, listed.pop(at))
            self.work.latest("order", self._order(listed))

    def remove(self, field_id: UUID) -> None:
        """Ask for it no more; what was filled in stays."""
        self.work.start(self._do(self._administration.remove_field(field_id)), "remove")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if self.state.directory is not None and hint.kind == "field":
            self.work.merged("directory", self._read)

    async def _read(self) -> None:
        self.show(directory=await self._administration.directory())

    async def _order(self, listed: list[CustomField]) -> None:
        for position, one in enumerate(listed):
            if one.position != position:
                await self._administration.save_field(replace(one, position=position))
        await self._read()

    async def _do(self, act: object) -> None:
        try:
            await act  # type: ignore[misc]
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None)
        await self._read()


@dataclass(frozen=True, slots=True)
class FieldFormState:
    """One field as typed; `choices` one a line."""

    edited: CustomField
    stored: CustomField | None = None
    choices: str = ""
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False
    saved: bool = False


class FieldForm(Presenter[FieldFormState]):
    """Makes or changes one field."""

    def __init__(
        self,
        administration: Administration,
        owner: FieldOwner,
        position: int,
        stored: CustomField | None = None,
        saved: Callable[[], None] = lambda: None,
    ) -> None:
        fresh = CustomField(new_id(), owner, "", "", FieldKind.TEXT, position=position)
        super().__init__(FieldFormState(stored or fresh, stored, "\n".join(stored.choices) if stored else ""))
        self._administration, self._saved = administration, saved

    def fill(self, **values: object) -> None:
        """Change what was typed or chosen."""
        errors = {name: said for name, said in self.state.errors.items() if name not in values}
        self.show(edited=replace(self.state.edited, **values), errors=errors, error=None)  # type: ignore[arg-type]

    def type_choices(self, typed: str) -> None:
        """The choices of a pick list, one a line."""
        errors = {name: said for name, said in self.state.errors.items() if name != "choices"}
        self.show(choices=typed, errors=errors)

    def save(self) -> None:
        """Store it, or show what is wrong."""
        state = self.state
        label = " ".join(state.edited.label.split())
        pick = state.edited.kind is FieldKind.PICK_LIST
        choices = tuple(dict.fromkeys(line.strip() for line in state.choices.splitlines() if line.strip()))
        errors: dict[str, Sentence] = {}
        if not label:
            errors["label"] = of_refusal(Refused(Refusal.REQUIRED, "label"))
        elif len(label) > LABEL_MOST:
            errors["label"] = of_refusal(Refused(Refusal.TOO_LONG, "label", length=len(label), most=LABEL_MOST))
        if pick and not choices:
            errors["choices"] = of_refusal(Refused(Refusal.REQUIRED, "choices"))
        key = state.edited.key or _key_of(label)
        made = replace(state.edited, label=label, key=key, choices=choices if pick else ())
        try:
            read_values((replace(made, required=False),), {key: made.default})
        except Refused as refused:
            errors["default"] = of_refusal(refused)
        self.show(errors=errors, error=None)
        if not errors and not state.saving and not state.saved:
            self.show(saving=True)
            self.work.start(self._save(made), "save field")

    async def _save(self, made: CustomField) -> None:
        try:
            await self._administration.save_field(made)
        except Refused as refused:
            self.show(saving=False, error=of_refusal(refused))
            return
        self.show(saving=False, saved=True)
        self._saved()


def _key_of(label: str) -> str:
    """A key that nobody sees: the label's letters, made unlike any other by the time."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")
    start = plain if plain[:1].isalpha() else f"f_{plain}"
    return f"{start[: KEY_MOST - 7].rstrip('_')}_{new_id().hex[-6:]}"
