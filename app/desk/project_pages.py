"""Manage › Projects and tags: what cases are placed in and marked with; and the ways to other organisations.

A project's cases are listed by a view that nobody keeps. The way to another house is opened by who receives, and
taken by a code that she gives away: nobody finds who is there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.conditions import Compare, Group, How
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.permissions import Permission
from app.domain.refusals import Refused
from app.domain.views import StoredView, View, ViewKind
from app.services.feed import Feed
from app.services.organisation import Directory
from app.services.practice import Practice, Project, Tag, Way

__all__ = ["Project", "ProjectPages", "ProjectPagesState", "Tag", "Way"]


@dataclass(frozen=True, slots=True)
class ProjectPagesState:
    """All projects, tags and ways; `code` is of a way that was just opened."""

    directory: Directory | None = None
    projects: tuple[Project, ...] = ()
    tags: tuple[Tag, ...] = ()
    ways: tuple[Way, ...] = ()
    code: str = ""
    error: Sentence | None = None

    def may(self, permission: Permission) -> bool:
        """Whether I have a permission."""
        return self.directory is not None and permission in self.directory.permissions

    @property
    def may_edit(self) -> bool:
        """Whether projects are mine to keep."""
        return self.may(Permission.MANAGE_TEAMS) or self.may(Permission.MANAGE_FIELDS)


class ProjectPages(Presenter[ProjectPagesState]):
    """Each act is kept at once."""

    def __init__(
        self,
        practice: Practice,
        directory: Callable[[], Awaitable[Directory]],
        feed: Feed,
        list_cases: Callable[[View], None],
    ) -> None:
        super().__init__(ProjectPagesState())
        self._practice, self._directory, self._list = practice, directory, list_cases
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read everything."""
        self.work.latest("projects", self._read())

    def open(self, project: Project) -> None:
        """List the cases that are placed in a project."""
        condition = Group(parts=(Compare("case.project", How.IS, (str(project.id),)),))
        view = StoredView(project.id, project.name, condition, icon="briefcase", version=0)
        self._list(View(ViewKind.STORED, stored=view))

    def add_project(self, name: str) -> None:
        """Make a project."""
        self._begin(self._practice.save_project(new_id(), name, "", archived=False, version=0))

    def save_project(self, project: Project, **changes: object) -> None:
        """Rename a project, describe it, put it away or bring it back."""
        told = {"name": project.name, "description": project.description, "archived": project.archived} | changes
        if told != {"name": project.name, "description": project.description, "archived": project.archived}:
            self._begin(
                self._practice.save_project(
                    project.id, str(told["name"]), str(told["description"]), archived=bool(told["archived"]),
                    version=project.version,
                )
            )  # fmt: skip

    def save_tag(self, tag: Tag, *, name: str | None = None, hidden: bool | None = None) -> None:
        """Call a tag otherwise in all live cases, or offer it no more."""
        to_name, to_hidden = tag.name if name is None else name, tag.hidden if hidden is None else hidden
        if (to_name, to_hidden) != (tag.name, tag.hidden):
            self._begin(self._practice.save_tag(tag.key, to_name, hidden=to_hidden))

    def open_way(self, team_id: UUID) -> None:
        """Let another organisation hand cases to a team; its code is shown."""
        self.work.start(self._open_way(team_id), "way")

    def take_way(self, code: str) -> None:
        """Take the way that another organisation's code opens."""
        self._begin(self._practice.take_way(code))

    def close_way(self, way_id: UUID) -> None:
        """Let no more cases through."""
        self._begin(self._practice.close_way(way_id))

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if hint.kind in {"project", "tag", "all"} and self.state.directory is not None:
            self.work.merged("projects", self._read)

    def _begin(self, act: Awaitable[None]) -> None:
        self.work.start(self._do(act), "project")

    async def _do(self, act: Awaitable[None]) -> None:
        try:
            await act
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None)
        await self._read()

    async def _open_way(self, team_id: UUID) -> None:
        try:
            self.show(code=await self._practice.open_way(team_id), error=None)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        await self._read()

    async def _read(self) -> None:
        self.show(
            directory=await self._directory(),
            projects=await self._practice.projects(),
            tags=await self._practice.tags(),
            ways=await self._practice.ways(),
        )
