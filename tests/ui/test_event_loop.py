"""The desk's loop: calls in order, in turns, and imports that do not read every source twice."""

import asyncio
import subprocess
import sys

from ui.runtime.application import Application
from ui.runtime.event_loop import DeskLoop


def test_calls_run_in_order_and_what_they_call_comes_in_the_next_turn(qapp: Application) -> None:
    loop = DeskLoop(qapp)
    ran: list[str] = []
    failures: list[object] = []
    loop.set_exception_handler(lambda _, context: failures.append(context["exception"]))

    def first() -> None:
        ran.append("first")
        loop.call_soon(ran.append, "of the first")

    def fails() -> None:
        raise ValueError

    async def wait() -> None:
        loop.call_soon(first)
        loop.call_soon(fails)
        loop.call_soon(ran.append, "never").cancel()
        loop.call_soon(ran.append, "second")
        await asyncio.sleep(0.01)
        await loop.run_in_executor(None, ran.append, "from a thread")

    with loop:
        loop.run_until_complete(wait())
    assert ran == ["first", "second", "of the first", "from a thread"]
    assert [type(one) for one in failures] == [ValueError]


def test_importing_a_module_leaves_no_source_behind() -> None:
    code = (
        "from ui.runtime.quick_imports import make_imports_quick; make_imports_quick(); import linecache\n"
        "import PySide6.QtWidgets, app.desk.shell; print([name for name in linecache.cache if 'app/' in name])"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said.strip() == "[]"
