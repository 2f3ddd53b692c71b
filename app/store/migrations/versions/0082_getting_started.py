"""Getting started: what is set up, the organisation's own instructions, whom to ask."""

from app.store.migrations.scripts import run_folder

revision = "0082"
down_revision = "0081"


def upgrade() -> None:
    """Make everything."""
    run_folder("getting_started")
