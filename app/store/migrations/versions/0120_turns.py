"""A turn of a call is one statement."""

from app.store.migrations.scripts import run_folder

revision = "0120"
down_revision = "0088"


def upgrade() -> None:
    """Make everything."""
    run_folder("turns")
