"""Several cases at once: assigned, handed over, put in a state, each by its own rules, and taken back by one press."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.cases import Case, Category
from app.domain.refusals import QT_TRANSLATE_NOOP, Refusal, Refused
from app.services.cases import Cases

Act = Callable[[UUID], Awaitable[Callable[[], Awaitable[object]]]]
"""Does something with one case and gives what takes it back."""


@dataclass(frozen=True, slots=True)
class BulkState:
    """How many are chosen, and what became of the last act; `said` is told once."""

    chosen: tuple[UUID, ...] = ()
    busy: bool = False
    said: Sentence | None = None
    error: Sentence | None = None


class Bulk(Presenter[BulkState]):
    """One refused case does not hold up the others; the reason of the first is told."""

    def __init__(self, cases: Cases) -> None:
        super().__init__(BulkState())
        self._cases = cases
        self._back: list[Callable[[], Awaitable[object]]] = []

    def choose(self, ids: tuple[UUID, ...]) -> None:
        """Take these cases together."""
        self.show(chosen=ids if len(ids) > 1 else ())

    def assign(self, agent_id: UUID | None) -> None:
        """Assign all of them to a person, or to nobody."""

        async def act(case_id: UUID) -> Callable[[], Awaitable[object]]:
            before = (await self._cases.open(case_id)).case.assignee_id
            await self._cases.assign(case_id, agent_id)
            return lambda: self._cases.assign(case_id, before)

        self._begin(act)

    def hand_over(self, team_id: UUID) -> None:
        """Hand all of them to a team; those that are there already stay as they are."""

        async def act(case_id: UUID) -> Callable[[], Awaitable[object]]:
            if (await self._cases.open(case_id)).case.team_id == team_id:
                return _nothing
            await self._cases.hand_over(case_id, team_id, "")
            return lambda: self._cases.take_back(case_id)

        self._begin(act)

    def set_category(self, category: Category) -> None:
        """Put each in the first state of its type that has this category."""

        async def act(case_id: UUID) -> Callable[[], Awaitable[object]]:
            case = (await self._cases.open(case_id)).case
            kinds = {kind.id: kind for kind in await self._cases.types()}
            kind = kinds.get(case.type_id)
            state = kind.way_to(case.state_id, category) if kind is not None else None
            if state is None:
                raise Refused(Refusal.STATE_NOT_OF_TYPE)
            await self._cases.save(replace(case, state_id=state.id, category=category))
            return self._back_by(case_id, lambda now: replace(now, state_id=case.state_id, category=case.category))

        self._begin(act)

    def change(self, **values: object) -> None:
        """Set fields of all of them: priority, severity, project."""

        async def act(case_id: UUID) -> Callable[[], Awaitable[object]]:
            case = (await self._cases.open(case_id)).case
            await self._cases.save(replace(case, **values))  # type: ignore[arg-type]
            before = {name: getattr(case, name) for name in values}
            return self._back_by(case_id, lambda now: replace(now, **before))

        self._begin(act)

    def add_tag(self, tag: str) -> None:
        """Mark all of them with a tag."""

        async def act(case_id: UUID) -> Callable[[], Awaitable[object]]:
            case = (await self._cases.open(case_id)).case
            if tag in case.tags:
                return _nothing
            await self._cases.save(replace(case, tags=(*case.tags, tag)))
            return self._back_by(
                case_id, lambda now: replace(now, tags=tuple(other for other in now.tags if other != tag))
            )

        self._begin(act)

    def _back_by(self, case_id: UUID, edit: Callable[[Case], Case]) -> Callable[[], Awaitable[object]]:
        """Take something back of the case as it is now: what people and automations did to it since stays."""

        async def back() -> object:
            return await self._cases.save(edit((await self._cases.open(case_id)).case))

        return back

    def undo(self) -> None:
        """Take the last act back."""
        back, self._back = self._back, []
        if back:
            self.work.start(self._undo(back), "undo")

    def _begin(self, act: Act) -> None:
        if self.state.chosen and not self.state.busy:
            self.show(busy=True, error=None, said=None)
            self.work.start(self._run(act, self.state.chosen), "bulk")

    async def _run(self, act: Act, ids: tuple[UUID, ...]) -> None:
        self._back, refusals = [], []
        for case_id in ids:
            try:
                self._back.append(await act(case_id))
            except Refused as refused:
                refusals.append(refused)
                if refused.reason is Refusal.SERVER_AWAY:
                    break
        said = QT_TRANSLATE_NOOP("Desk", "{done} of {all} cases changed.")
        error = of_refusal(refusals[0]) if refusals else None
        self.show(busy=False, said=desk(said, done=len(self._back), all=len(ids)), error=error)

    async def _undo(self, back: list[Callable[[], Awaitable[object]]]) -> None:
        for one in back:
            try:
                await one()
            except Refused as refused:
                self.show(error=of_refusal(refused))


async def _nothing() -> None:
    """What takes back that nothing was done."""
