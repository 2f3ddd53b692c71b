"""Waiting callers: callbacks that keep a place, and what an expected wait is made of."""

from app.store.migrations.scripts import run_folder

revision = "0015"
down_revision = "0006"


def upgrade() -> None:
    """Make everything."""
    run_folder("waiting")
