"""Keys of many customers in one statement."""

from app.store.migrations.scripts import run_folder

revision = "0058"
down_revision = "0052"


def upgrade() -> None:
    """Make everything."""
    run_folder("keys")
