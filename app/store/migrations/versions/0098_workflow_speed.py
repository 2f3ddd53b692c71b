"""Views counted sooner, above all for who sees little."""

from app.store.migrations.scripts import run_folder

revision = "0098"
down_revision = "0097"


def upgrade() -> None:
    """Make everything."""
    run_folder("workflow_speed")
