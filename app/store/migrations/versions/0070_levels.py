"""Calendars, service levels, and the figures that reports are made of."""

from app.store.migrations.scripts import run_folder

revision = "0070"
down_revision = "0064"


def upgrade() -> None:
    """Make everything."""
    run_folder("levels")
