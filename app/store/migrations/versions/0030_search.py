"""Search by reader only for who reads little of what is said."""

from app.store.migrations.scripts import run_folder

revision = "0030"
down_revision = "0040"


def upgrade() -> None:
    """Replace the function."""
    run_folder("search")
