"""What forms are filled from: forms of cases, projects, tags and types of tasks, as the organisation has them."""

from dataclasses import dataclass

from app.desk.presenter import Presenter
from app.domain.case_types import CaseType, TypeKind
from app.domain.forms import Form
from app.domain.history import Hint
from app.domain.refusals import Refused
from app.services.case_types import Types
from app.services.feed import Feed
from app.services.practice import Practice, Project, Tag

__all__ = ["NOTHING_READ", "CaseBook", "CaseBookState", "Form", "Project", "Tag"]


@dataclass(frozen=True, slots=True)
class CaseBookState:
    """Empty until it was read, and where the store has none of it."""

    forms: tuple[Form, ...] = ()
    projects: tuple[Project, ...] = ()
    tags: tuple[Tag, ...] = ()
    task_types: tuple[CaseType, ...] = ()

    def offered_projects(self, chosen: object = None) -> tuple[Project, ...]:
        """The projects that are not archived, and the one that a case is in."""
        return tuple(one for one in self.projects if not one.archived or one.id == chosen)

    def offered_tags(self) -> tuple[str, ...]:
        """The tags to choose from."""
        return tuple(tag.name for tag in self.tags if not tag.hidden)


NOTHING_READ = CaseBookState()


class CaseBook(Presenter[CaseBookState]):
    """Reads them once the desk stands, and again when they change."""

    def __init__(self, practice: Practice | None, feed: Feed, types: Types | None = None) -> None:
        super().__init__(CaseBookState())
        self._practice, self._types = practice, types
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read everything."""
        self.work.merged("book", self._read)

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if hint.kind in {"form", "project", "tag", "case_type", "all"}:
            self.begin()

    async def _read(self) -> None:
        if self._practice is None:
            return
        try:
            forms, projects = await self._practice.forms(), await self._practice.projects()
            types = await self._types.all() if self._types is not None else ()
            tasks = tuple(one for one in types if one.enabled and one.kind is TypeKind.TASK)
            self.show(forms=forms, projects=projects, tags=await self._practice.tags(), task_types=tasks)
        except Refused:
            return  # the server is away: what was read before stays
