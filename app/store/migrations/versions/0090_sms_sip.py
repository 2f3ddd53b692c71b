"""SMS by SIP MESSAGE: a line names its trunk."""

from app.store.migrations.scripts import run_folder

revision = "0090"
down_revision = "0086"


def upgrade() -> None:
    """Make everything."""
    run_folder("sms_sip")
