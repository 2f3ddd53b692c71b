"""What a team lead owns about mail: settings, addresses, rules, requests to the hub, automatic replies."""

from app.store.migrations.scripts import run_folder

revision = "0048"
down_revision = "0046"


def upgrade() -> None:
    """Make everything."""
    run_folder("mailhub")
