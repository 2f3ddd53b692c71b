"""Forms for customers, and the portal."""

from app.store.migrations.scripts import run_folder

revision = "0081"
down_revision = "0080"


def upgrade() -> None:
    """Make everything."""
    run_folder("web_front")
