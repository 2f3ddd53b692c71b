"""Tasks go along: with their case to its customer, and to their next time when the call was answered."""

from app.store.migrations.scripts import run_folder

revision = "0128"
down_revision = "0127"


def upgrade() -> None:
    """Make everything."""
    run_folder("tasks_go_along")
