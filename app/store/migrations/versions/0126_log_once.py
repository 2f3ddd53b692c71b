"""The log asks who acts once a statement."""

from app.store.migrations.scripts import run_folder

revision = "0126"
down_revision = "0125"


def upgrade() -> None:
    """Make everything."""
    run_folder("log_once")
