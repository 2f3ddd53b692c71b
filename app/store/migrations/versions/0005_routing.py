"""Routing: prompts, rules, lines to the outside, the log of agents' states, planned calls, recordings of calls."""

from app.store.migrations.scripts import run_folder

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    """Make everything."""
    run_folder("routing")
