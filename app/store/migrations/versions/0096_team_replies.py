"""The team's switch of automatic replies, on from its first address."""

from app.store.migrations.scripts import run_folder

revision = "0096"
down_revision = "0095"


def upgrade() -> None:
    """Make everything."""
    run_folder("team_replies")
