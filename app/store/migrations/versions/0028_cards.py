"""The card before the ring: a desk tells the hub that it has painted one."""

from app.store.migrations.scripts import run_folder

revision = "0028"
down_revision = "0018"


def upgrade() -> None:
    """Make the act."""
    run_folder("cards")
