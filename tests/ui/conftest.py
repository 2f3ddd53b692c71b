"""One application for all tests of the window, in English and light until a test says otherwise."""

from collections.abc import Iterator

import pytest

from tests.helpers.gallery import bury
from ui.runtime.application import Application
from ui.theme.theme import Look, theme


@pytest.fixture(scope="session")
def qapp_cls() -> type[Application]:
    return Application


@pytest.fixture(autouse=True)
def plain(qapp: Application) -> Iterator[None]:
    """Begin in English and light, whatever the test before chose."""
    qapp.setQuitOnLastWindowClosed(False)
    qapp.speak("en")
    if theme().look is not Look.LIGHT:
        theme().choose(Look.LIGHT)
    yield
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    bury()
