"""The portal knows the organisation's time zone."""

from app.store.migrations.scripts import run_folder

revision = "0088"
down_revision = "0087"


def upgrade() -> None:
    """Make everything."""
    run_folder("portal_zone")
