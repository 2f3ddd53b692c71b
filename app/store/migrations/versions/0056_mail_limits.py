"""A mailbox sends so many mails a minute; an address that bounced is tried again."""

from app.store.migrations.scripts import run_folder

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    """Make everything."""
    run_folder("mail_limits")
