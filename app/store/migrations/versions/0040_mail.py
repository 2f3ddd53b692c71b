"""The ground of mail: mailboxes and addresses, the ledger of what came in, the outbox of what goes out."""

from app.store.migrations.scripts import run_folder

revision = "0040"
down_revision = "0028"


def upgrade() -> None:
    """Make everything."""
    run_folder("mail")
