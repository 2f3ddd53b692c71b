"""Broadcasts by mail, with a link that ends them."""

from app.store.migrations.scripts import run_folder

revision = "0091"
down_revision = "0090"


def upgrade() -> None:
    """Make everything."""
    run_folder("broadcast_mails")
