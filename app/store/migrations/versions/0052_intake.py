"""Many mails a second: arrivals are kept in one statement."""

from app.store.migrations.scripts import run_folder

revision = "0052"
down_revision = "0050"


def upgrade() -> None:
    """Make everything."""
    run_folder("intake")
