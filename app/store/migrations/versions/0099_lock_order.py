"""One order of locks for a case, its chats, its measures and the queue of its clocks."""

from app.store.migrations.scripts import run_folder

revision = "0099"
down_revision = "0120"


def upgrade() -> None:
    """Change the functions that took them otherwise."""
    run_folder("lock_order")
