"""Trunks and refusals: who commands a call hears when the hub could not obey."""

from app.store.migrations.scripts import run_folder

revision = "0035"
down_revision = "0030"


def upgrade() -> None:
    """Make everything."""
    run_folder("trunks")
