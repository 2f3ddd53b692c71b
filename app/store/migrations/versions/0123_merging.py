"""What goes on with a merged case or customer goes on with the one that was kept."""

from app.store.migrations.scripts import run_folder

revision = "0123"
down_revision = "0122"


def upgrade() -> None:
    """Make everything."""
    run_folder("merging")
