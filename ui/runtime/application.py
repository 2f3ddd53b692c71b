"""Makes the QApplication: name, theme, language, and what belongs to the process."""

import logging
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ui.theme.icons import make_icon
from ui.theme.theme import Look, Theme
from ui.theme.tokens import RESOURCES

LANGUAGES = ("en", "fr")
_LOG = logging.getLogger("guichet.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Application(QApplication):
    """The one application object, with the theme and the language in force."""

    def __init__(self, arguments: list[str] | None = None, *, look: Look = Look.SYSTEM, language: str = "") -> None:
        super().__init__(sys.argv if arguments is None else arguments)
        qInstallMessageHandler(lambda kind, _, text: _LOG.log(_LEVELS.get(kind, logging.WARNING), text))
        self.setApplicationName("Guichet")
        self.setDesktopFileName("guichet")
        self.theme = Theme(self, look)
        self.setWindowIcon(make_icon("headphones", self.theme.tokens.accent, 64))
        self._translators: list[QTranslator] = []
        self.language = ""
        self.speak(language or QLocale.system().name()[:2])

    def speak(self, language: str) -> None:
        """Speak a language from now on; views that exist keep theirs until they are made again."""
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        for translator in self._translators:
            self.removeTranslator(translator)
        self._translators = []
        places = (
            (f"guichet_{self.language}", str(RESOURCES / "i18n")),
            (f"guichet_{self.language}", str(RESOURCES.parent / "out" / "i18n")),
            (f"qtbase_{self.language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        )
        for name, folder in places:
            translator = QTranslator(self)
            if translator.load(name, folder):
                self.installTranslator(translator)
                self._translators.append(translator)
        QLocale.setDefault(QLocale("fr_FR" if self.language == "fr" else "en_GB"))
