"""The API: tokens with scopes, what was answered under a key, alarms of machines."""

from app.store.migrations.scripts import run_folder

revision = "0080"
down_revision = "0056"


def upgrade() -> None:
    """Make everything."""
    run_folder("web_api")
