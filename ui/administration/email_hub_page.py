"""Manage › EmailHub: a team's addresses and sender, its mailbox, its automatic replies."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.desk.email_hub import EmailHubPage, EmailHubState
from ui.administration.email_hub_addresses import HubAddresses
from ui.administration.email_hub_mailbox import HubMailboxes
from ui.administration.email_hub_replies import HubReplies
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.card import Scroll, Surface, hairline
from ui.widgets.choice import Check, Segmented
from ui.widgets.combo import Combo
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Banner, EmptyState
from ui.widgets.options import Option
from ui.widgets.save_bar import SaveBar
from ui.widgets.text import Text
from ui.widgets.wording import say

TEAM_WIDTH = 260


class EmailHubView(Surface):
    """The page: which team, on or off, and its three parts."""

    def __init__(self, presenter: EmailHubPage) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._team = Combo()
        self._team.setAccessibleName(self.tr("Team"))
        self._team.setFixedWidth(theme().px(TEAM_WIDTH))
        self._team.picked.connect(self._choose_team)
        self._on = Check(self.tr("This team receives and sends mail"))
        self._on.clicked.connect(lambda on: presenter.edit(enabled=on))
        parts = (
            ("addresses", self.tr("Addresses and sender"), ""),
            ("mailbox", self.tr("Mailbox"), ""),
            ("replies", self.tr("Automatic replies"), ""),
        )
        self._parts = Segmented(parts, self.tr("Parts of the page"))
        self._stack = QStackedWidget()
        self._addresses, self._mailbox, self._replies = (
            HubAddresses(presenter),
            HubMailboxes(presenter),
            HubReplies(presenter),
        )
        for part in (self._addresses, self._mailbox, self._replies):
            self._stack.addWidget(Scroll(part, STRETCH))
        self._parts.picked.connect(self.show_part)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._none = EmptyState(
            "mail",
            self.tr("A sub-team has no EmailHub."),
            self.tr("Its mail leaves from the communication team of the case, and comes back to it."),
        )
        self._bar = SaveBar()
        self._bar.saved.connect(presenter.save)
        self._bar.discarded.connect(presenter.discard)
        head = row(Text("EmailHub", Type.TITLE), self._team, self._on, STRETCH, gap=16, margins=(24, 12, 24, 8))
        self._body = QWidget()
        body = column(row(self._parts, STRETCH, margins=(24, 12, 24, 0)), gap=0)
        body.addWidget(self._stack, 1)
        self._body.setLayout(body)
        whole = column(Surface("surface", head), hairline("hairline"), self._error, gap=0)
        whole.addWidget(self._body, 1)
        whole.addWidget(self._none, 1)
        whole.addWidget(self._bar)
        self.setLayout(whole)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def save(self) -> None:
        """Keep the edits, of the open set-up first."""
        presenter = self._presenter
        presenter.save_box() if presenter.state.box is not None else presenter.save()

    def show_part(self, part: str) -> None:
        """Show one part of the page."""
        self._parts.show_choice(part)
        self._stack.setCurrentIndex(["addresses", "mailbox", "replies"].index(part))

    def render_state(self, state: EmailHubState) -> None:
        """Show the team's mail."""
        team = state.open_team
        if state.directory is None or team is None:
            return
        teams = sorted(state.directory.teams, key=lambda one: (one.is_sub_team, one.name.casefold()))
        self._team.show_options(tuple(Option(one.id, one.name, "", one.icon) for one in teams), state.team)
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._body.setVisible(not team.is_sub_team)
        self._none.setVisible(team.is_sub_team)
        self._on.setVisible(not team.is_sub_team)
        self._bar.show_changes(int(state.changed), saving=state.saving)
        if state.hub is None or state.edited is None or team.is_sub_team:
            return
        self._on.setChecked(state.edited.enabled)
        self._on.setEnabled(state.may_edit)
        for part in (self._addresses, self._mailbox, self._replies):
            part.show_state(state)

    def _choose_team(self, team_id: object) -> None:
        self._presenter.choose_team(team_id)  # type: ignore[arg-type]
        self.render_state(self._presenter.state)
