"""The demo's menu in the rail: a press lets somebody act, and says so where she cannot."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.helpers.gallery import open_desk, settle
from ui import demo
from ui.runtime.application import Application
from ui.shell.rail import RailButton
from ui.widgets.notice import Toast

SIZE = (1640, 980)


@pytest.mark.parametrize(("code", "said"), [(0, False), (1, True)])
async def test_a_press_lets_a_visitor_chat_and_what_fails_is_said(
    qapp: Application, monkeypatch: pytest.MonkeyPatch, code: int, said: bool
) -> None:
    begun: list[tuple[str, ...]] = []

    def start(words: tuple[str, ...], stderr: int | None = None) -> "subprocess.Popen[bytes]":
        begun.append(words)
        program = f"import sys; print('the hub does not answer', file=sys.stderr); sys.exit({code})"
        return subprocess.Popen([sys.executable, "-c", program], stderr=stderr)

    monkeypatch.setattr(demo, "_start", start)
    desk = await open_desk(SIZE)
    demo.bind_demo(desk, "default", "en")
    assert not desk.commands.available("demo.chats"), "elsewhere there are none"
    demo.bind_demo(desk, demo.PROFILE, "en")
    desk.window.render_state(desk.shell.state)
    entry = next(one for one in desk.window.findChildren(RailButton) if one.entry.key == "demo.chats")
    QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    await settle(desk)
    assert begun[0][-1] == "--chat"
    toasts = [one for one in desk.window.findChildren(Toast) if one.isVisible()]
    assert any("The demo does not answer" in one.accessibleName() for one in toasts) is said
    await desk.close()
