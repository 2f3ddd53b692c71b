"""Every screen, in both languages and both sizes: nothing is clipped, everything has a name and a size to hit."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.helpers.clipped import clipped, nameless, too_small
from tests.helpers.gallery import SCENES, SIZES
from tests.helpers.gallery_automations import AUTOMATIONS
from tests.helpers.gallery_mail import MAIL
from tests.helpers.gallery_mail_hub import MAIL as MAIL_HUB
from tests.helpers.gallery_objects import OBJECTS
from tests.helpers.gallery_supervision import SUPERVISION
from ui.runtime.application import Application

EVERY = SCENES | OBJECTS | SUPERVISION | MAIL | MAIL_HUB | AUTOMATIONS


@pytest.mark.parametrize("suffix", SIZES)
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", EVERY)
async def test_a_screen_fits(qapp: Application, name: str, language: str, suffix: str) -> None:
    qapp.speak(language)
    window, close = await EVERY[name](SIZES[suffix])
    QApplication.processEvents()
    assert window.size().toTuple() == SIZES[suffix]
    assert clipped(window) == []
    assert too_small(window) == []
    assert nameless(window) == []
    await close()
