"""Mail asks the shipped automations before it moves a case; after every other revision of send_mail and file_mail."""

from app.store.migrations.scripts import run_folder

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    """Change the two functions in place."""
    run_folder("engine_mail")
