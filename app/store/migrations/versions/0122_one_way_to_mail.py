"""A mail that arrives is looked up by its own id, however many came before."""

from app.store.migrations.scripts import run_folder

revision = "0122"
down_revision = "0121"


def upgrade() -> None:
    """Make everything."""
    run_folder("one_way_to_mail")
