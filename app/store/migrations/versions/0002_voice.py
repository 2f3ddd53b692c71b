"""Voice: calls with their parts and commands, ring schedules, call trees, phones' credentials, the hub's lease."""

from app.store.migrations.scripts import run_folder

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make everything."""
    run_folder("voice")
