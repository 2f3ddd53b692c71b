"""Manage › Teams: the list and the open team side by side."""

from app.desk.teams import Teams, TeamsState
from ui.administration.team_list import TeamList
from ui.administration.team_page import TeamPage
from ui.widgets.card import Surface, hairline
from ui.widgets.layout import row


class TeamsView(Surface):
    """Joins list and page over one presenter."""

    def __init__(self, presenter: Teams) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self.list = TeamList()
        self.page = TeamPage(presenter)
        self.list.chosen.connect(presenter.open)
        self.list.filtered.connect(presenter.filter)
        layout = row(gap=0)
        layout.addWidget(self.list)
        layout.addWidget(hairline("hairline", vertical=True))
        layout.addWidget(self.page, 1)
        self.setLayout(layout)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: TeamsState) -> None:
        """Show both."""
        self.list.show_teams(state)
        self.page.render_state(state)
