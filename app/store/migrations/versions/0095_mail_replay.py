"""The time machine of mail rules: what a rule did is undone, what left by itself is listed."""

from app.store.migrations.scripts import run_folder

revision = "0095"
down_revision = "0093"


def upgrade() -> None:
    """Make everything."""
    run_folder("mail_replay")
