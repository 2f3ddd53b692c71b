"""Getting started names the numbers that take SMS."""

from app.store.migrations.scripts import run_folder

revision = "0093"
down_revision = "0092"


def upgrade() -> None:
    """Make everything."""
    run_folder("sms_way")
