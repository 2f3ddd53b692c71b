"""The first paint waits for no library that it does not need."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"sqlalchemy", "asyncpg", "aiohttp", "keyring", "alembic", "cryptography", "pjsua2"}
PROGRAM = """
import json, sys
from ui.runtime.application import Application
from ui.shell.sign_in import SignInView
import ui.desk
from app.desk.sign_in import SignIn
application = Application([])
class Door:
    def profiles(self): return ()
view = SignInView(SignIn(Door(), print), print, print, "en")
view.show()
application.processEvents()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_sign_in_and_shell_are_painted_without_the_store() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    assert HEAVY & set(json.loads(done.stdout.splitlines()[-1])) == set()
