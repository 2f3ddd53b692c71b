"""My calls are found without looking through those that are over, and an offer is told once."""

from app.store.migrations.scripts import run_folder

revision = "0125"
down_revision = "0124"


def upgrade() -> None:
    """Make everything."""
    run_folder("my_calls")
