"""Reports, what is exported from the change log, and the customer system outside."""

from app.store.migrations.scripts import run_folder

revision = "0072"
down_revision = "0066"


def upgrade() -> None:
    """Make everything."""
    run_folder("reports")
