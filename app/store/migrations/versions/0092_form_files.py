"""Files that come with a form."""

from app.store.migrations.scripts import run_folder

revision = "0092"
down_revision = "0091"


def upgrade() -> None:
    """Make everything."""
    run_folder("form_files")
