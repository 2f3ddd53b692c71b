"""The portal and what we write give out the link to an open case's chat."""

from app.store.migrations.scripts import run_folder

revision = "0100"
down_revision = "0099"


def upgrade() -> None:
    """Make everything."""
    run_folder("chat_links")
