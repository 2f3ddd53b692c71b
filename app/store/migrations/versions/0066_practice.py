"""What agents do with cases: forms, tags, projects, links and splits, watching, mentions, referrals."""

from app.store.migrations.scripts import run_folder

revision = "0066"
down_revision = "0065"


def upgrade() -> None:
    """Make everything."""
    run_folder("practice")
