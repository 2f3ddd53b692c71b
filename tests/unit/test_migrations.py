"""The migrations are one chain: two that follow the same one would leave every new database unfinished."""

import re
from collections import Counter
from pathlib import Path

VERSIONS = Path("app/store/migrations/versions")


def test_each_migration_follows_another_one() -> None:
    texts = [path.read_text("utf-8") for path in VERSIONS.glob("*.py")]
    made = {re.search(r'^revision = "(\w+)"', text, re.MULTILINE)[1] for text in texts}  # type: ignore[index]
    follows = [found[1] for text in texts if (found := re.search(r'^down_revision = "(\w+)"', text, re.MULTILINE))]
    assert set(follows) < made
    assert [revision for revision, count in Counter(follows).items() if count > 1] == []
    assert len(follows) == len(made) - 1
