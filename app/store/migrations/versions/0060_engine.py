"""Automations, their runs, templates, macros, web hooks and the time machine."""

from app.store.migrations.scripts import run_folder

revision = "0060"
down_revision = "0071"


def upgrade() -> None:
    """Make everything."""
    run_folder("engine")
