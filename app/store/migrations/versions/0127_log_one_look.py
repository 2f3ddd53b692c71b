"""The log looks once at a changed row; mail that waits is claimed in its index's order."""

from app.store.migrations.scripts import run_folder

revision = "0127"
down_revision = "0126"


def upgrade() -> None:
    """Make everything."""
    run_folder("log_one_look")
