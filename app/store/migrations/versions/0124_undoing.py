"""What an automation did is noted as it became, and taken back wholly."""

from app.store.migrations.scripts import run_folder

revision = "0124"
down_revision = "0123"


def upgrade() -> None:
    """Make everything."""
    run_folder("undoing")
