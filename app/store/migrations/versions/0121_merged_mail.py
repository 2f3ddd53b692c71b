"""An answer to a case that was merged reaches the one that was kept."""

from app.store.migrations.scripts import run_folder

revision = "0121"
down_revision = "0100"


def upgrade() -> None:
    """Make everything."""
    run_folder("merged_mail")
