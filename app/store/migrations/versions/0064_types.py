"""Types and states: what an organisation has, which moves are allowed, what becomes of a solved case."""

from app.store.migrations.scripts import run_folder

revision = "0064"
down_revision = "0058"


def upgrade() -> None:
    """Make everything."""
    run_folder("types")
