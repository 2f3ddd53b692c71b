"""Message trees: menus by digit or keyword that lead a message on."""

from app.store.migrations.scripts import run_folder

revision = "0084"
down_revision = "0083"


def upgrade() -> None:
    """Make everything."""
    run_folder("message_trees")
