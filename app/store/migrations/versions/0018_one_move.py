"""One way to move a call: the announcement beside the hub's own is gone."""

from app.store.migrations.scripts import run_folder

revision = "0018"
down_revision = "0027"


def upgrade() -> None:
    """Drop it."""
    run_folder("one_move")
