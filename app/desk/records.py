"""A page of Manage over records of one kind: a list, one of them open with its edits, and a new one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.history import Hint
from app.domain.permissions import Permission
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.services.feed import Feed
from app.services.organisation import Directory

T = TypeVar("T")
HEARD = frozenset(
    {
        "team",
        "number",
        "trunk",
        "agent",
        "calendar",
        "level_policy",
        "outside_link",
        "outside_guide",
        "export_target",
        "api_token",
        "web_form",
        "web_settings",
        "house_help",
        "mailbox",
        "satisfaction_settings",
        "template",
        "macro",
        "sms_line",
        "message_tree",
        "broadcast",
        "chat_widget",
        "all",
    }
)


async def _never(_: UUID) -> None:
    raise NotImplementedError("records of this kind stay")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """How records of one kind are read, kept, removed and begun, for the team that is shown where they are a team's."""

    read: Callable[[Directory, UUID], Awaitable[tuple[T, ...]]]
    save: Callable[[T, UUID], Awaitable[None]]
    key: Callable[[T], UUID]
    make: Callable[[Directory, UUID], T] | None = None
    remove: Callable[[UUID], Awaitable[None]] = _never


@dataclass(frozen=True, slots=True)
class RecordsState(Generic[T]):
    """`stored` is the open record as it is kept (None: a new one), `edited` as it stands in the fields."""

    directory: Directory | None = None
    team: UUID | None = None
    items: tuple[T, ...] = ()
    stored: T | None = None
    edited: T | None = None
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False
    read: bool = False

    @property
    def may_edit(self) -> bool:
        """Whether I may change them."""
        return self.directory is not None and Permission.MANAGE_TEAMS in self.directory.permissions

    @property
    def changed(self) -> bool:
        """Whether something is not saved."""
        return self.edited is not None and self.edited != self.stored


class Records(Presenter[RecordsState[T]]):
    """Shows and edits records of one kind."""

    def __init__(
        self, kind: Kind[T], directory: Callable[[], Awaitable[Directory]], feed: Feed,
        state: RecordsState[T] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(state if state is not None else RecordsState())
        self.kind, self._directory = kind, directory
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read them."""
        self.work.latest("records", self._read())

    def choose_team(self, team_id: UUID) -> None:
        """Show the records of another team."""
        if self._holds():
            return
        self.show(team=team_id, stored=None, edited=None, errors={}, error=None)
        self.begin()

    def open(self, id_: UUID) -> None:
        """Open a record, unless edits of another wait to be saved."""
        if (self.state.edited is not None and self.kind.key(self.state.edited) == id_) or self._holds():
            return
        found = next((item for item in self.state.items if self.kind.key(item) == id_), None)
        if found is not None:
            self._show_one(found)

    def new(self) -> None:
        """Begin a new record."""
        if self._holds():
            return
        directory = self.state.directory
        team = self.state.team
        if self.kind.make is not None and directory is not None and team is not None and self.state.may_edit:
            fresh = self.kind.make(directory, team)
            self.show(stored=None, edited=fresh, errors={}, error=None)

    def edit(self, **changes: object) -> None:
        """Change fields of the open record."""
        edited = self.state.edited
        if edited is not None:
            self.put(replace(edited, **changes))  # type: ignore[type-var]

    def put(self, edited: T) -> None:
        """Have the open record look like this."""
        self.show(edited=edited, errors={}, error=None)

    def discard(self) -> None:
        """Go back to what is stored."""
        if self.state.stored is not None:
            self._show_one(self.state.stored)
        else:
            self._open_first()

    def save(self) -> None:
        """Keep the edits."""
        if self.state.changed and not self.state.saving:
            self.show(saving=True)
            self.work.start(self._save(), "save record")

    def remove(self) -> None:
        """Remove the open record; a new one is just given up."""
        if self.state.stored is None:
            self.discard()
        elif self.state.edited is not None:
            self.work.start(self._remove(self.kind.key(self.state.stored)), "remove record")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _holds(self) -> bool:
        """Whether something is not saved, which keeps the page where it is and says why."""
        if self.state.changed:
            self.show(error=desk(QT_TRANSLATE_NOOP("Desk", "Save or discard what you changed here first.")))
        return self.state.changed

    def _hear(self, hint: Hint) -> None:
        if hint.kind in HEARD and self.state.read:
            self.work.merged("records", self._read)

    def _show_one(self, item: T | None) -> None:
        self.show(stored=item, edited=item, errors={}, error=None, saving=False)

    def _open_first(self) -> None:
        self._show_one(next(iter(self.state.items), None))

    async def _read(self) -> None:
        directory = await self._directory()
        team = self.state.team or _first_team(directory)
        items = await self.kind.read(directory, team) if team is not None else ()
        self.show(items=items, directory=directory, team=team, read=True)
        if self.state.changed:
            return  # the fields in hand stay
        key = self.kind.key
        open_id = key(self.state.edited) if self.state.edited is not None else None
        self._show_one(next((item for item in items if key(item) == open_id), next(iter(items), None)))

    async def _save(self) -> None:
        edited, team = self.state.edited, self.state.team
        assert edited is not None
        assert team is not None
        try:
            await self.kind.save(edited, team)
        except Refused as refused:
            self._refuse(refused)
            return
        self.show(stored=edited, saving=False)
        await self._read()

    async def _remove(self, id_: UUID) -> None:
        try:
            await self.kind.remove(id_)
        except Refused as refused:
            self._refuse(refused)
            return
        self.show(stored=None, edited=None)
        await self._read()

    def _refuse(self, refused: Refused) -> None:
        sentence = of_refusal(refused)
        named = {refused.field: sentence} if refused.field else {}
        self.show(saving=False, errors=named, error=sentence)


def _first_team(directory: Directory) -> UUID | None:
    mine = [team for team in directory.my_teams() if team.numbers] or [team for team in directory.teams if team.numbers]
    return mine[0].id if mine else next((team.id for team in directory.teams), None)
