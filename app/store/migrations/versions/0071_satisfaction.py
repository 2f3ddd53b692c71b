"""Satisfaction: asked after solving, answered by the customer."""

from app.store.migrations.scripts import run_folder

revision = "0071"
down_revision = "0070"


def upgrade() -> None:
    """Make everything."""
    run_folder("satisfaction")
