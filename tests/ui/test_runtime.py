"""What belongs to the process: one desk per agent, the watchdog, the kept window, the crash report."""

import configparser
import logging
import shlex
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.runtime.application import Application
from ui.runtime.crash_report import report_of
from ui.runtime.first_paint import FirstPaint
from ui.runtime.link_handler import register
from ui.runtime.single_instance import SingleInstance
from ui.runtime.watchdog import Watchdog
from ui.runtime.window_state import WindowState
from ui.theme.theme import Look


def test_a_second_desk_of_the_same_agent_wakes_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    woken: list[str] = []
    profile = str(tmp_path)
    first = SingleInstance(profile, "camille.roy")
    assert not first.wake_other()
    first.hold(woken.append)
    assert SingleInstance(profile, "camille.roy").wake_other("tel:+33380123450")
    qtbot.waitUntil(lambda: woken == ["tel:+33380123450"])
    assert not SingleInstance(profile, "nadia.benali").wake_other()
    first.release()
    assert not SingleInstance(profile, "camille.roy").wake_other()


def test_the_watchdog_names_what_blocks(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    owner = QWidget()
    watchdog = Watchdog(owner)
    watchdog.start()
    with caplog.at_level(logging.WARNING, "guichet.watchdog"):
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            pass
        qtbot.waitUntil(lambda: bool(caplog.records))
    watchdog.stop()
    assert "test_the_watchdog_names_what_blocks" in caplog.text


def test_the_window_comes_back_where_it_was(qapp: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.runtime.window_state.SMALLEST", QSize(300, 200))  # the offscreen screen is small
    window = QWidget()
    kept = WindowState(tmp_path)
    kept.restore(window)
    window.setGeometry(40, 30, 500, 400)
    kept.keep(window)
    kept.look, kept.language = Look.DARK, "fr"
    kept.keep_key("call.answer", "F10")
    again, fresh = QWidget(), WindowState(tmp_path)
    fresh.restore(again)
    assert again.size() == window.size()
    assert (fresh.look, fresh.language, fresh.keys()) == (Look.DARK, "fr", {"call.answer": "F10"})


def test_the_first_paint_is_told_once(qtbot: QtBot) -> None:
    painted: list[int] = []
    window = QWidget()
    FirstPaint(window, lambda: painted.append(1))
    window.show()
    qtbot.waitUntil(lambda: painted == [1])
    window.repaint()
    qtbot.wait(20)
    assert painted == [1]


def test_a_crash_report_has_the_code_and_not_the_message(qapp: Application) -> None:
    number = "06 12 45 78 90"
    with pytest.raises(ValueError, match="06") as caught:
        int(number)
    report = report_of(caught.value, "filing a note")
    assert "test_runtime.py" in report.text
    assert "06 12 45" not in report.text


def test_every_language_is_spoken(qapp: Application) -> None:
    for language, word in (("fr", "Annuler"), ("en", "Cancel")):
        qapp.speak(language)
        assert qapp.translate("Dialog", "Cancel") == word


def test_telephone_links_name_this_desk_in_a_desktop_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # nobody's own associations are changed
    file = register("vallon", "camille.roy", tmp_path)
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(file, "utf-8")
    words = shlex.split(entry["Desktop Entry"]["Exec"])
    assert words[1:] == ["-m", "ui", "--profile", "vallon", "--agent", "camille.roy", "%u"]
    assert entry["Desktop Entry"]["MimeType"] == "x-scheme-handler/tel;x-scheme-handler/callto;x-scheme-handler/sip;"
