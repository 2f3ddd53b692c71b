"""Web chat: widgets, conversations in the ledger and the outbox, offering, agents' acts."""

from app.store.migrations.scripts import run_folder

revision = "0086"
down_revision = "0085"


def upgrade() -> None:
    """Make everything."""
    run_folder("web_chat")
