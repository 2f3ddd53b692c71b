"""Manage › EmailHub: one team's mail, its settings edited and saved together, its mailbox set up and tested."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.permissions import Permission
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.domain.teams import Team
from app.services.email_hub import EmailHub, HubAddress, HubSettings, MailboxSetup, TeamMail, Way
from app.services.feed import Feed
from app.services.mail_requests import CodeStep
from app.services.organisation import Directory

__all__ = [
    "KINDS",
    "CodeStep",
    "Directory",
    "EmailHub",
    "EmailHubPage",
    "EmailHubState",
    "HubAddress",
    "HubSettings",
    "MailboxSetup",
    "Way",
    "may_shape",
]

_HEARD = frozenset({"email_hub", "team", "number", "all"})
_SERVERS = {
    "host": "", "smtp_host": "", "smtp_port": 465, "security": "tls", "tenant": "", "client_id": "", "per_minute": 600,
}  # fmt: skip
# A server that has no SMTP of its own needs none named; what stands there is the database's own word for nothing.
KINDS: dict[str, dict[str, object]] = {
    "imap": {**_SERVERS, "port": 993, "sign_in": "password"},
    "ews": {**_SERVERS, "port": 443, "smtp_host": "localhost", "sign_in": "password"},
    "graph": {
        **_SERVERS,
        "host": "graph.microsoft.com",
        "port": 443,
        "smtp_host": "localhost",
        "sign_in": "client",
        "per_minute": 30,
    },
}
"""What a mailbox of a kind begins with."""


def may_shape(directory: Directory | None, team_id: UUID | None) -> bool:
    """Whether I own a team's mail: as its lead, or as one who manages teams."""
    if directory is None or team_id is None:
        return False
    leads = any(m.team_id == team_id and m.agent_id == directory.me.id and m.lead for m in directory.memberships)
    return leads or Permission.MANAGE_TEAMS in directory.permissions


@dataclass(frozen=True, slots=True)
class EmailHubState:
    """`hub` is as it is kept, `edited` the settings in the fields, `box` a mailbox whose set-up is open."""

    directory: Directory | None = None
    team: UUID | None = None
    hub: EmailHub | None = None
    edited: HubSettings | None = None
    box: MailboxSetup | None = None
    catch_all: str = ""
    """The form of a catch-all whose set-up is open: `domain` or `plus`."""
    new_address: str = ""
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False

    @property
    def open_team(self) -> Team | None:
        """The team that is shown."""
        return self.directory.team(self.team) if self.directory is not None and self.team is not None else None

    @property
    def may_edit(self) -> bool:
        """Whether I own this team's mail."""
        return may_shape(self.directory, self.team)

    @property
    def may_set_catch_all(self) -> bool:
        """Whether I set what is the whole organisation's."""
        return self.directory is not None and Permission.MANAGE_TEAMS in self.directory.permissions

    @property
    def changed(self) -> bool:
        """Whether settings are not saved."""
        return self.edited is not None and self.hub is not None and self.edited != self.hub.settings


class EmailHubPage(Presenter[EmailHubState]):
    """Shows and edits a team's mail."""

    def __init__(self, mail: TeamMail, directory: Callable[[], Awaitable[Directory]], feed: Feed) -> None:
        super().__init__(EmailHubState())
        self._mail, self._directory = mail, directory
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read the team's mail."""
        self.work.latest("email hub", self._read())

    def choose_team(self, team_id: UUID) -> None:
        """Show another team, unless edits wait."""
        if self.state.changed:
            self.show(error=desk(QT_TRANSLATE_NOOP("Desk", "Save or discard what you changed here first.")))
            return
        self.show(team=team_id, hub=None, edited=None, box=None, catch_all="", errors={}, error=None)
        self.begin()

    def edit(self, **changes: object) -> None:
        """Change settings; nothing is kept before they are saved."""
        if self.state.edited is not None:
            self.show(edited=replace(self.state.edited, **changes), error=None)  # type: ignore[arg-type]

    def discard(self) -> None:
        """Go back to what is kept."""
        if self.state.hub is not None:
            self.show(edited=self.state.hub.settings, errors={}, error=None)

    def save(self) -> None:
        """Keep the settings."""
        edited = self.state.edited
        if edited is not None and self.state.changed and not self.state.saving:
            self._act(self._mail.save_settings(edited))

    def set_up(self, mailbox_id: UUID | None = None) -> None:
        """Open the set-up of a mailbox, new or known, filled in for the way that was chosen."""
        hub, team = self.state.hub, self.state.team
        if hub is None or team is None:
            return
        known = next((box for box in hub.mailboxes if box.id == mailbox_id), None)
        fresh = MailboxSetup(new_id(), team)
        if known is None and self.state.edited is not None and self.state.edited.way is Way.MICROSOFT:
            fresh = replace(fresh, kind="graph", **KINDS["graph"])  # type: ignore[arg-type]
        self.show(box=known or fresh, catch_all="", errors={}, error=None)

    def set_up_catch_all(self, form: str = "") -> None:
        """Open the set-up of the organisation's catch-all."""
        hub, team = self.state.hub, self.state.team
        if hub is not None and team is not None:
            kept = hub.catch_all.form if hub.catch_all is not None else "domain"
            box = self.state.box if self.state.catch_all else hub.catch_all_box
            self.show(box=box or MailboxSetup(new_id(), team), catch_all=form or kept, errors={}, error=None)

    def edit_box(self, **changes: object) -> None:
        """Change the open set-up."""
        if self.state.box is not None:
            kept = {name: said for name, said in self.state.errors.items() if name not in changes}
            self.show(box=replace(self.state.box, **changes), errors=kept, error=None)  # type: ignore[arg-type]

    def choose_kind(self, kind: str) -> None:
        """Take another kind of server; what belongs to the one before is forgotten."""
        if self.state.box is not None and kind != self.state.box.kind:
            self.edit_box(kind=kind, **KINDS[kind])

    def close_box(self) -> None:
        """Give the open set-up up."""
        self.show(box=None, catch_all="", errors={}, error=None)

    def save_box(self) -> None:
        """Keep the open set-up and have it tested."""
        if self.state.box is not None and not self.state.saving:
            self._act(self._save_box(self.state.box, self.state.catch_all))

    def type_address(self, typed: str) -> None:
        """Type one more address of the team."""
        self.show(new_address=typed, errors={})

    def add_address(self) -> None:
        """Have mail to the typed address lead to the team, through its first mailbox."""
        hub, team = self.state.hub, self.state.team
        box = next(iter(hub.mailboxes), None) or hub.catch_all_box if hub is not None else None
        if team is not None and box is not None:
            self._act(self._add_address(team, box.id, self.state.new_address))

    def choose_sender(self, address: str) -> None:
        """Have the team's mail leave from this address."""
        self._act(self._mail.choose_sender(address))

    def test(self, mailbox_id: UUID) -> None:
        """Have the hub try a mailbox."""
        if self.state.team is not None:
            self._act(self._mail.test_mailbox(self.state.team, mailbox_id))

    def sign_in(self, mailbox_id: UUID) -> None:
        """Have the hub ask for a code that opens a mailbox."""
        if self.state.team is not None:
            self._act(self._mail.sign_in_mailbox(self.state.team, mailbox_id))

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if hint.kind in _HEARD and self.state.directory is not None:
            self.work.merged("email hub", self._read)

    def _act(self, act: Awaitable[None]) -> None:
        self.show(saving=True, errors={}, error=None)
        self.work.start(self._done(act), "email hub")

    async def _done(self, act: Awaitable[None]) -> None:
        try:
            await act
        except Refused as refused:
            said = of_refusal(refused)
            self.show(saving=False, errors={refused.field: said} if refused.field else {}, error=said)
            return
        edited = self.state.edited
        hub = self.state.hub
        if hub is not None and edited is not None:
            # What was saved is what is kept now, whatever its version.
            self._state = replace(self._state, hub=replace(hub, settings=edited))
        self.show(saving=False)
        await self._read()

    async def _save_box(self, box: MailboxSetup, form: str) -> None:
        if form:
            await self._mail.set_catch_all(box, form)
        else:
            await self._mail.save_mailbox(box)
        # Before somebody has typed a code there is nothing to be tested.
        asks = self._mail.sign_in_mailbox if box.sign_in == "device" else self._mail.test_mailbox
        await asks(box.team_id, box.id)
        self.show(box=None, catch_all="")

    async def _add_address(self, team: UUID, mailbox: UUID, typed: str) -> None:
        await self._mail.add_address(team, mailbox, typed)
        self.show(new_address="")

    async def _read(self) -> None:
        directory = await self._directory()
        team = self.state.team or first_numbered(directory)
        hub = await self._mail.email_hub(team) if team is not None else None
        kept = self.state.edited if self.state.changed else None
        if kept is not None and hub is not None and kept.version != hub.settings.version:
            kept = replace(kept, version=hub.settings.version) if _only_version(self.state, hub) else kept
        self.show(directory=directory, team=team, hub=hub, edited=kept or (hub.settings if hub is not None else None))


def _only_version(state: EmailHubState, hub: EmailHub) -> bool:
    """Whether nobody else changed the settings meanwhile."""
    return state.hub is not None and replace(state.hub.settings, version=hub.settings.version) == hub.settings


def first_numbered(directory: Directory) -> UUID | None:
    """The first team of mine that has a number, and so mail; else the first that there is."""
    mine = [team for team in directory.my_teams() if not team.is_sub_team]
    found = mine or [team for team in directory.teams if not team.is_sub_team]
    return found[0].id if found else None
