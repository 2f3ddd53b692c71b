"""Views: stored conditions with their columns, order and group, shared or of one agent."""

from app.store.migrations.scripts import run_folder

revision = "0065"
down_revision = "0059"


def upgrade() -> None:
    """Make everything."""
    run_folder("views")
