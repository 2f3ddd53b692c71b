"""The desk's own acts on calls: a caller taken back, and how a call sounded."""

from app.store.migrations.scripts import run_folder

revision = "0027"
down_revision = "0025"


def upgrade() -> None:
    """Make everything."""
    run_folder("desk_calls")
