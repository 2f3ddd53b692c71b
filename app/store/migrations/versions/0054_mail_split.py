"""A mail in the wrong case becomes a case of its own."""

from app.store.migrations.scripts import run_folder

revision = "0054"
down_revision = "0072"


def upgrade() -> None:
    """Make everything."""
    run_folder("mail_split")
