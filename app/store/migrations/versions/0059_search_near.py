"""A small team's search looks among its own latest cases before it looks in the index."""

from app.store.migrations.scripts import run_folder

revision = "0059"
down_revision = "0061"


def upgrade() -> None:
    """Make everything."""
    run_folder("search_near")
