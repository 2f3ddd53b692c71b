"""Search that knows who reads, and account numbers beyond their format."""

from app.store.migrations.scripts import run_folder

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the search columns anew."""
    run_folder("speed")
