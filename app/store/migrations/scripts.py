"""How a revision runs its SQL files."""

from pathlib import Path

from alembic import op
from sqlalchemy.util import await_only

SCHEMA = Path(__file__).parent.parent / "schema"


def run_folder(name: str) -> None:
    """Run every SQL file of a schema folder in order, several statements each, in the running transaction."""
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    await_only(driver.execute("SET LOCAL search_path = guichet, pg_catalog"))
    for script in sorted((SCHEMA / name).glob("*.sql")):
        await_only(driver.execute(script.read_text("utf-8")))
