"""The views of an agent: all of them in a list, and one being edited with how many cases it would list."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.shell import Shell, ShellState
from app.desk.wording import Sentence, of_refusal
from app.domain.condition_checks import Trouble, check
from app.domain.conditions import Condition, FieldOf
from app.domain.ids import new_id
from app.domain.permissions import Permission
from app.domain.refusals import Refused
from app.domain.views import MOST_COLUMNS, Column, Grouping, Order, StoredView
from app.services.organisation import Directory
from app.services.views import Views

__all__ = [
    "MOST_COLUMNS", "Column", "Grouping", "Order", "StoredView", "ViewBook", "ViewBookState", "ViewForm",
    "ViewFormState",
]  # fmt: skip
COUNT_AFTER_S = 0.25


@dataclass(frozen=True, slots=True)
class ViewBookState:
    """All views that I have: the shared ones, then mine."""

    directory: Directory | None = None
    views: tuple[StoredView, ...] = ()
    counts: Mapping[UUID, int] = field(default_factory=dict)
    known: Mapping[str, FieldOf] = field(default_factory=dict)
    error: Sentence | None = None
    removed: StoredView | None = None

    @property
    def may_share(self) -> bool:
        """Whether I shape the views of everybody."""
        return self.directory is not None and Permission.MANAGE_TEAMS in self.directory.permissions

    def may_edit(self, one: StoredView) -> bool:
        """Whether a view is mine to change."""
        if self.directory is None:
            return False
        if one.owner_id is not None:
            return one.owner_id == self.directory.me.id
        return self.may_share or (one.team_id is not None and one.team_id in led_by_me(self.directory))


def led_by_me(directory: Directory) -> frozenset[UUID]:
    """The teams that I lead."""
    return frozenset(one.team_id for one in directory.memberships if one.agent_id == directory.me.id and one.lead)


class ViewBook(Presenter[ViewBookState]):
    """Opens, orders, removes and brings back views; follows the shell, which reads them."""

    def __init__(self, views: Views, shell: Shell) -> None:
        super().__init__(ViewBookState())
        self._views, self._shell = views, shell
        self._unsubscribe = shell.subscribe(self._follow)

    def open(self, view_id: UUID) -> None:
        """Show the cases of a view."""
        one = self._one(view_id)
        if one is not None:
            self._shell.choose(one.view)

    def keep_at_left(self, view_id: UUID, *, at_left: bool) -> None:
        """Have a view at the left of the desk, or only in the list."""
        one = self._one(view_id)
        if one is not None and one.at_left is not at_left:
            self._begin(self._views.save(replace(one, at_left=at_left)))

    def move(self, view_id: UUID, by: int) -> None:
        """Move a view up or down among those of its kind: the shared ones, or mine."""
        one = self._one(view_id)
        if one is None:
            return
        alike = [other for other in self.state.views if (other.owner_id is None) == (one.owner_id is None)]
        at = alike.index(one)
        if 0 <= at + by < len(alike):
            alike.insert(at + by, alike.pop(at))
            self.work.start(self._order(alike), "order views")

    def remove(self, view_id: UUID) -> None:
        """Remove a view; undo brings it back."""
        one = self._one(view_id)
        if one is not None:
            self.work.start(self._remove(one), "remove view")

    def undo(self) -> None:
        """Bring back what was just removed."""
        if self.state.removed is not None:
            self._begin(self._views.save(self.state.removed))
            self.show(removed=None)

    def restore(self) -> None:
        """Bring back the shipped views that were removed."""
        self.work.start(self._restore(), "restore views")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _one(self, view_id: UUID) -> StoredView | None:
        return next((one for one in self.state.views if one.id == view_id), None)

    def _follow(self, shell: ShellState) -> None:
        counts = {one.id: shell.counts[one.view] for one in shell.views or () if one.view in shell.counts}
        self.show(directory=shell.directory, views=shell.views or (), counts=counts, known=shell.known)

    def _begin(self, act: Awaitable[None]) -> None:
        self.work.start(self._do(act), "views")

    async def _do(self, act: Awaitable[None]) -> None:
        try:
            await act
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None)

    async def _order(self, alike: list[StoredView]) -> None:
        for position, one in enumerate(alike):
            if one.position != position:
                await self._do(self._views.save(replace(one, position=position)))

    async def _remove(self, one: StoredView) -> None:
        try:
            await self._views.remove(one.id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None, removed=one)

    async def _restore(self) -> None:
        try:
            await self._views.restore()
        except Refused as refused:
            self.show(error=of_refusal(refused))


@dataclass(frozen=True, slots=True)
class ViewFormState:
    """One view as it is edited; `count` is how many cases it would list, None while that is not known."""

    directory: Directory
    known: Mapping[str, FieldOf]
    edited: StoredView
    stored: StoredView | None = None
    troubles: tuple[Trouble, ...] = ()
    count: int | None = None
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False
    saved: bool = False


class ViewForm(Presenter[ViewFormState]):
    """Makes or changes one view; its cases are counted while it is written."""

    def __init__(
        self,
        views: Views,
        book: ViewBookState,
        directory: Directory,
        stored: StoredView | None = None,
        saved: Callable[[StoredView], None] = lambda _: None,
    ) -> None:
        last = max((one.position for one in book.views if one.owner_id is not None), default=-1)
        fresh = StoredView(new_id(), "", owner_id=directory.me.id, position=last + 1)
        super().__init__(ViewFormState(directory, book.known, stored or fresh, stored))
        self._views, self._saved = views, saved
        self._may_share = book.may_share

    @property
    def changed(self) -> bool:
        """Whether closing would lose something."""
        return self.state.edited != self.state.stored and bool(self.state.edited.name or self.state.stored)

    def begin(self) -> None:
        """Count for the first time."""
        self._look()

    def sharing(self) -> tuple[UUID | None, ...]:
        """With which teams I may share; None is everybody."""
        directory = self.state.directory
        if self._may_share:
            return (None, *(team.id for team in directory.teams))
        led = led_by_me(directory)
        return tuple(team.id for team in directory.teams if team.id in led)

    def fill(self, **changes: object) -> None:
        """Change what was typed or chosen."""
        edited = replace(self.state.edited, **changes)  # type: ignore[arg-type]
        errors = {name: said for name, said in self.state.errors.items() if name not in changes}
        self.show(edited=edited, errors=errors, error=None)
        if "condition" in changes:
            self._look()

    def edit_condition(self, condition: Condition) -> None:
        """Change the condition; it is counted when the hand rests."""
        self.fill(condition=condition)

    def toggle_column(self, column: Column) -> None:
        """Show a part in the last line of each case, behind the others, or not any more."""
        columns = self.state.edited.columns
        if column in columns:
            self.fill(columns=tuple(one for one in columns if one is not column))
        elif len(columns) < MOST_COLUMNS:
            self.fill(columns=(*columns, column))

    def share(self, whom: UUID | str | None) -> None:
        """For me alone (`me`), for a team, or for everybody."""
        mine = whom == "me"
        self.fill(
            owner_id=self.state.directory.me.id if mine else None, team_id=whom if isinstance(whom, UUID) else None
        )

    def save(self) -> None:
        """Keep it, or say what is wrong."""
        state = self.state
        if state.saving or state.saved or state.troubles:
            return
        self.show(saving=True, errors={}, error=None)
        self.work.start(self._save(), "save view")

    def _look(self) -> None:
        edited = self.state.edited
        troubles = check(edited.condition, self.state.known)
        self.show(troubles=troubles, count=None)
        if not troubles:
            self.work.merged("count", self._count, after_s=COUNT_AFTER_S, pause_s=COUNT_AFTER_S)

    async def _count(self) -> None:
        condition = self.state.edited.condition
        try:
            count = await self._views.count(condition)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        if condition == self.state.edited.condition:
            self.show(count=count)

    async def _save(self) -> None:
        edited = replace(self.state.edited, troubles=())
        try:
            await self._views.save(edited)
        except Refused as refused:
            said = of_refusal(refused)
            errors = {refused.field: said} if refused.field == "name" else {}
            self.show(saving=False, errors=errors, error=None if errors else said)
            return
        self.show(saving=False, saved=True)
        self._saved(edited)
