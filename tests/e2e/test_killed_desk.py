"""A desk killed with -9 in the middle of typing: the next one has what was typed."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap.desk_journal import open_journal
from tests.helpers.organisation import PASSWORD, Vallon

ROOT = Path(__file__).resolve().parents[2]
TYPED = "The leak is worse: two litres since Friday, the linkage holds no more. Victor comes on Tuesday. "
DESK = """
import asyncio, sys
from uuid import UUID
from PySide6.QtTest import QTest
from app.bootstrap.desk import StoreSignIn
from ui.composer.note import NoteComposer
from ui.desk import Desk
from ui.runtime.application import Application
from ui.runtime.event_loop import run

url, case, text = sys.argv[1:4]
application = Application(["guichet"], language="en")

async def live():
    signed_in = await StoreSignIn(lambda _: url, with_phone=False).sign_in("killed", "camille", "a long test password")
    desk = Desk(signed_in)
    desk.window.show()
    desk.begin()
    desk.open_case(UUID(case))
    while desk.case.state.file is None:
        await asyncio.sleep(0.02)
    composer = desk.window.findChildren(NoteComposer)[0].text
    for at, letter in enumerate(text * 100, 1):
        QTest.keyClicks(composer, letter)
        await signed_in.journal.close()  # what a keystroke started has reached the disk
        print(at, flush=True)
    return 0

sys.exit(run(application, live, lambda report: print(report.text, file=sys.stderr)))
"""


def type_until_killed(url: str, case_id: str) -> int:
    """Let a real desk type and kill it after sixty letters; how many it had told of at least."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", DESK, url, case_id, TYPED]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        told = next((number for line in desk.stdout if (number := int(line)) == 60), 0)
        desk.send_signal(signal.SIGKILL)
        told = max([told, *(int(line) for line in desk.stdout)])
        assert desk.wait(20) == -signal.SIGKILL
    return told


@pytest.mark.row("S5-16")
async def test_a_desk_killed_while_somebody_types_loses_nothing(vallon: Vallon) -> None:
    case_id = await vallon.case()
    url = f"postgresql://{vallon.admin.host}:{vallon.admin.port}/{vallon.admin.database}"
    told = await asyncio.to_thread(type_until_killed, url, str(case_id))
    journal = await open_journal("killed", "camille", PASSWORD)
    note = journal.kept("note/")[f"note/{case_id}"]
    assert len(note) >= told >= 60
    assert (TYPED * 100).startswith(note)
