"""Hand-overs taken back, notices kept for the next sign-in, answers counted, the run log forgotten in time."""

from app.store.migrations.scripts import run_folder

revision = "0097"
down_revision = "0096"


def upgrade() -> None:
    """Make everything."""
    run_folder("workflow_rest")
