"""Phones on other machines: whom they believe, and which servers tell them how they are seen from outside."""

from app.store.migrations.scripts import run_folder

revision = "0050"
down_revision = "0048"


def upgrade() -> None:
    """Make everything."""
    run_folder("phones_elsewhere")
