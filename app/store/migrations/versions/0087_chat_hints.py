"""Chats by the thousand: moves, words and marks of reading are hinted apart."""

from app.store.migrations.scripts import run_folder

revision = "0087"
down_revision = "0098"


def upgrade() -> None:
    """Make everything."""
    run_folder("chat_hints")
