"""Broadcasts: one SMS to many customers, drafted by an agent, approved and sent by a lead."""

from app.store.migrations.scripts import run_folder

revision = "0085"
down_revision = "0084"


def upgrade() -> None:
    """Make everything."""
    run_folder("broadcasts")
