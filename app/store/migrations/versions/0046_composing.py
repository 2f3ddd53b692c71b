"""The composer: answers begun that colleagues see, mails that move their case, and what undoing gives back."""

from app.store.migrations.scripts import run_folder

revision = "0046"
down_revision = "0044"


def upgrade() -> None:
    """Make everything."""
    run_folder("composing")
