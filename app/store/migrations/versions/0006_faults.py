"""Faults: who signs out while it rings at her stays signed out."""

from app.store.migrations.scripts import run_folder

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Replace the function."""
    run_folder("faults")
