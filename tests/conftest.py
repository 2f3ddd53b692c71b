"""What every test gets: folders of its own instead of the user's, no keyring, the plugin for rows."""

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

# How long an example takes says what else the machine does, not whether it is right.
hypothesis.settings.register_profile("guichet", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("guichet")

for _folder in Path(__file__).parent.glob("*/__init__.py"):  # what a helper asserts tells its values as a test does
    pytest.register_assert_rewrite(f"tests.{_folder.parent.name}")

pytest_plugins = ["tests.helpers.databases", "tests.helpers.rows"]

_HOME = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests away from the installation of whoever runs them."""
    home = Path(tempfile.mkdtemp(prefix="guichet-tests-"))
    home.chmod(0o755)  # the service user must pass
    config.stash[_HOME] = home
    for name in [name for name in os.environ if name.startswith("GUICHET_") and name != "GUICHET_TEST_DATA"]:
        del os.environ[name]
    os.environ["GUICHET_HOME"] = str(home)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the tests' home."""
    if home := config.stash.get(_HOME, None):
        shutil.rmtree(home)
