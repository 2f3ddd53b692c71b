"""Manage › Teams: the teams and sub-teams, one of them open with its edits, and the steps of a new one."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain import phone_numbers, teams
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.permissions import Permission
from app.domain.refusals import Refusal, Refused
from app.domain.teams import Membership, Number, Team
from app.services.feed import Feed
from app.services.organisation import Administration, Directory


@dataclass(frozen=True, slots=True)
class TeamsState:
    """The list and the open team: `stored` as it is kept, `edited` as it stands in the fields."""

    directory: Directory | None = None
    filter: str = ""
    stored: Team | None = None
    edited: Team | None = None
    stored_members: frozenset[UUID] = frozenset()
    members: frozenset[UUID] = frozenset()
    leads: frozenset[UUID] = frozenset()
    stored_leads: frozenset[UUID] = frozenset()
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False

    @property
    def may_edit(self) -> bool:
        """Whether I may shape teams."""
        return self.directory is not None and Permission.MANAGE_TEAMS in self.directory.permissions

    @property
    def changes(self) -> int:
        """How many fields differ from what is stored."""
        if self.stored is None or self.edited is None:
            return 0
        names = ("name", "display_name", "time_zone", "communication_team_id", "last_advisor", "numbers", "icon")
        differs = [getattr(self.stored, name) != getattr(self.edited, name) for name in names]
        return sum([*differs, self.members != self.stored_members, self.leads != self.stored_leads])

    def numbered(self) -> tuple[Team, ...]:
        """The teams with a number of their own that pass the filter."""
        return tuple(team for team in self._passing() if not team.is_sub_team)

    def sub_teams(self) -> tuple[Team, ...]:
        """The sub-teams that pass the filter."""
        return tuple(team for team in self._passing() if team.is_sub_team)

    def offered(self) -> tuple[Team, ...]:
        """The teams that may speak for the open one: numbered ones only."""
        if self.directory is None or self.stored is None:
            return ()
        return teams.offered_communication_teams(self.directory.teams, self.stored.id)

    def _passing(self) -> tuple[Team, ...]:
        if self.directory is None:
            return ()
        wanted = self.filter.casefold()
        found = (team for team in self.directory.teams if wanted in team.name.casefold())
        return tuple(sorted(found, key=lambda team: team.name.casefold()))


class Teams(Presenter[TeamsState]):
    """Shows and edits teams."""

    def __init__(self, administration: Administration, feed: Feed) -> None:
        super().__init__(TeamsState())
        self._administration = administration
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read the teams."""
        self.work.latest("directory", self._read())

    def filter(self, typed: str) -> None:
        """Show only the teams with these letters."""
        self.show(filter=typed)

    def open(self, team_id: UUID) -> None:
        """Open a team; edits that were not saved are given up by the view's question first."""
        directory = self.state.directory
        if directory is not None:
            self._open(directory, directory.team(team_id))

    def open_new(self, team_id: UUID) -> None:
        """Open a team that was made a moment ago."""
        self.work.latest("directory", self._read_and_open(team_id))

    def edit(self, **changes: object) -> None:
        """Change fields of the open team."""
        if self.state.edited is not None:
            kept = _without(self.state.errors, changes)
            self.show(edited=replace(self.state.edited, **changes), errors=kept, error=None)  # type: ignore[arg-type]

    def edit_members(self, members: frozenset[UUID], leads: frozenset[UUID]) -> None:
        """Change who is in the open team and who leads it."""
        self.show(members=members, leads=leads & members)

    def discard(self) -> None:
        """Go back to what is stored."""
        if self.state.stored is not None and self.state.directory is not None:
            self._open(self.state.directory, self.state.stored)

    def save(self) -> None:
        """Store the edits."""
        if self.state.changes and not self.state.saving:
            self.show(saving=True)
            self.work.start(self._save(), "save team")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _open(self, directory: Directory, team: Team) -> None:
        mine = [one for one in directory.memberships if one.team_id == team.id]
        members = frozenset(one.agent_id for one in mine)
        leads = frozenset(one.agent_id for one in mine if one.lead)
        self.show(
            directory=directory, stored=team, edited=team, members=members, stored_members=members,
            leads=leads, stored_leads=leads, errors={}, error=None, saving=False,
        )  # fmt: skip

    def _hear(self, hint: Hint) -> None:
        if hint.kind in {"team", "agent", "membership", "number"}:
            self.work.merged("directory", self._read)

    async def _read(self) -> None:
        directory = await self._administration.directory()
        if self.state.changes:
            self.show(directory=directory)  # the fields in hand stay; a clash is told on saving
            return
        ids = {team.id: team for team in directory.teams}
        still = self.state.stored.id if self.state.stored else None
        team = ids.get(still) if still else None
        if team is None and directory.teams:
            team = min(directory.teams, key=lambda one: (one.is_sub_team, one.name.casefold()))
        if team is None:
            self.show(directory=directory, stored=None, edited=None)
        else:
            self._open(directory, team)

    async def _read_and_open(self, team_id: UUID) -> None:
        directory = await self._administration.directory()
        self._open(directory, directory.team(team_id))

    async def _save(self) -> None:
        state = self.state
        assert state.edited is not None
        assert state.directory is not None
        members = tuple(Membership(state.edited.id, id_, id_ in state.leads) for id_ in sorted(state.members))
        try:
            await self._administration.save_team(state.edited, members, state.directory.teams)
        except Refused as refused:
            field_, sentence = refused.field, of_refusal(refused)
            self.show(saving=False, errors={field_: sentence} if field_ else {}, error=None if field_ else sentence)
            return
        self._state = replace(self._state, stored=state.edited, stored_members=state.members, stored_leads=state.leads)
        self.show(saving=False)
        await self._read()


@dataclass(frozen=True, slots=True)
class CreateTeamState:
    """The steps of a new team: the question about the number decides what is asked next."""

    directory: Directory
    name: str = ""
    lead_id: UUID | None = None
    own_number: bool | None = None
    number: str = ""
    communication_team_id: UUID | None = None
    members: frozenset[UUID] = frozenset()
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False
    created: UUID | None = None

    def offered(self) -> tuple[Team, ...]:
        """The teams that may speak for a sub-team."""
        return teams.offered_communication_teams(self.directory.teams)


class CreateTeam(Presenter[CreateTeamState]):
    """Makes one team or sub-team."""

    def __init__(self, administration: Administration, directory: Directory, created: Callable[[UUID], None]) -> None:
        super().__init__(CreateTeamState(directory))
        self._administration = administration
        self._created = created
        self._id = new_id()

    def fill(self, **values: object) -> None:
        """Change what was typed or chosen; its error goes."""
        kept = _without(self.state.errors, values)
        self.show(errors=kept, error=None, **values)

    def answer(self, own_number: bool) -> None:
        """Answer the question; a single possible communication team is proposed."""
        offered = self.state.offered()
        chosen = self.state.communication_team_id or (offered[0].id if len(offered) == 1 else None)
        self.show(own_number=own_number, communication_team_id=None if own_number else chosen, errors={}, error=None)

    def create(self) -> None:
        """Make the team, or show every missing part at once."""
        state = self.state
        if state.saving or state.created is not None:
            return
        errors: dict[str, Sentence] = {}
        if not state.name.strip():
            errors["name"] = of_refusal(Refused(Refusal.REQUIRED, "name"))
        if state.own_number is None:
            errors["own_number"] = of_refusal(Refused(Refusal.REQUIRED, "own_number"))
        elif not state.own_number and state.communication_team_id is None:
            reason = Refusal.SUB_TEAM_NEEDS_COMMUNICATION_TEAM
            errors["communication_team"] = of_refusal(Refused(reason, "communication_team"))
        number = ""
        if state.own_number:
            try:
                number = phone_numbers.parse(state.number, state.directory.organisation.region).e164
            except Refused as refused:
                errors["number"] = of_refusal(refused)
        self.show(errors=errors, error=None)
        if not errors:
            self.show(saving=True)
            self.work.start(self._create(number), "create team")

    async def _create(self, e164: str) -> None:
        state = self.state
        number = (Number(new_id(), self._id, e164),) if e164 else ()
        team = Team(
            self._id,
            " ".join(state.name.split()),
            numbers=number,
            communication_team_id=state.communication_team_id,
            time_zone=state.directory.organisation.time_zone,
        )
        ids = state.members | ({state.lead_id} if state.lead_id else set())
        members = tuple(Membership(self._id, id_, id_ == state.lead_id) for id_ in sorted(ids))
        try:
            await self._administration.save_team(team, members, state.directory.teams)
        except Refused as refused:
            field_, sentence = refused.field, of_refusal(refused)
            self.show(saving=False, errors={field_: sentence} if field_ else {}, error=None if field_ else sentence)
            return
        self.show(saving=False, created=team.id)
        self._created(team.id)


def _placed(refused: Refused) -> dict[str, object]:
    """Where a refusal is shown: under its field, or over the page when it has none."""
    sentence = of_refusal(refused)
    return {
        "errors": {refused.field: sentence} if refused.field else {},
        "error": None if refused.field else sentence,
    }


def _without(errors: dict[str, Sentence], changed: dict[str, object]) -> dict[str, Sentence]:
    """The errors of the fields that were not touched; a reference (`…_id`) mends the field it stands in."""
    touched = {name.removesuffix("_id") for name in changed}
    return {name: sentence for name, sentence in errors.items() if name not in touched}
