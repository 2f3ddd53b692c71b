"""The ground: organisations, teams, agents, customers, cases, follow-ups, tasks and the change log."""

from alembic import op

from app.store.migrations.scripts import run_folder

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make everything."""
    run_folder("ground")
    op.execute("INSERT INTO guichet.schema_info (version, oldest_desk) VALUES ('0', '0')")
