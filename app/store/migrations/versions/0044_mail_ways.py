"""Exchange and Microsoft Graph beside IMAP: kinds of mailboxes, how they sign in, where their reading stands."""

from app.store.migrations.scripts import run_folder

revision = "0044"
down_revision = "0035"


def upgrade() -> None:
    """Make everything."""
    run_folder("mail_ways")
