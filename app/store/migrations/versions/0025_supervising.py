"""Supervising: a move of a live call is told to its agent first and can be taken back."""

from app.store.migrations.scripts import run_folder

revision = "0025"
down_revision = "0008"


def upgrade() -> None:
    """Make everything."""
    run_folder("supervising")
