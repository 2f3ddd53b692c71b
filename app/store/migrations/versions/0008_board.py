"""The supervisor's board: a move is announced to its agent before it happens."""

from app.store.migrations.scripts import run_folder

revision = "0008"
down_revision = "0015"


def upgrade() -> None:
    """Make everything."""
    run_folder("board")
