"""SMS: lines with a provider, in ledger and outbox beside mail, STOP for ever."""

from app.store.migrations.scripts import run_folder

revision = "0083"
down_revision = "0082"


def upgrade() -> None:
    """Make everything."""
    run_folder("sms")
