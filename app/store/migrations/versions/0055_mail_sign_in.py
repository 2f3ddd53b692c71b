"""A mailbox is signed in to by a code that is typed once."""

from app.store.migrations.scripts import run_folder

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    """Make everything."""
    run_folder("mail_sign_in")
