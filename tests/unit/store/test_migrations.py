"""The migrations are one line: each comes after one other, and nothing comes beside the last."""

from alembic.config import Config
from alembic.script import ScriptDirectory

from app.store.database import HERE


def test_there_is_one_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1
