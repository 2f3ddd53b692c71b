"""How soon a key in the composer is painted: a real window on a screen, with presenter and draft behind it."""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

from tests.bench.ground_store import p95
from tests.helpers.display import virtual_display

ROOT = Path(__file__).parents[2]
SENTENCE = "The coupling 81-204 is on its way, Victor comes on Tuesday at nine with the spare parts. "
PAUSE_S = 0.05


async def typing(keys: int) -> dict[str, float]:
    """Type into an answer in a process of its own; milliseconds from the key to the end of its frame."""
    with virtual_display() as display:
        environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.mail_typing", str(keys), stdout=-1, env=environment
        )
        told, _ = await asyncio.wait_for(process.communicate(), 300)
    took: list[float] = json.loads(told.splitlines()[-1])
    return {"compose_key_to_paint_ms_p95": p95(took)}


async def _type(keys: int) -> list[float]:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tests.helpers.gallery import open_desk
    from tests.helpers.gallery_mail import answering

    desk = await open_desk((1640, 980))
    desk.window.activateWindow()
    await answering(desk)
    text = desk.mail.mail.text
    text.setFocus()
    took = []
    for number in range(keys):
        letter = SENTENCE[number % len(SENTENCE)]
        began = time.perf_counter()
        QTest.keyClicks(text, letter)
        QApplication.processEvents()  # the frame that shows it, the draft and what else a key sets off
        took.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(PAUSE_S)
    assert SENTENCE[:20] in text.toPlainText()
    await desk.close()
    return took


if __name__ == "__main__":
    from ui.runtime.application import Application

    running = Application(sys.argv[:1])
    print(json.dumps(asyncio.run(_type(int(sys.argv[1])))))
