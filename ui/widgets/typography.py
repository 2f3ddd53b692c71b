"""How each language writes what is put together here: days of the month, quotes, a name and its value."""

import re
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale


def date_words(day: date, pattern: str) -> str:
    """Return a day in the agent's language; French writes the first of a month as `1er`."""
    words = QLocale().toString(QDate(day.year, day.month, day.day), pattern)
    if day.day == 1 and QLocale().language() is QLocale.Language.French:
        return re.sub(r"\b1\b", "1er", words, count=1)
    return words


def quoted(text: str) -> str:
    """Return a text between the quotes of the agent's language."""
    return QCoreApplication.translate("Typography", "“{0}”").replace("{0}", text)


def named(name: str, value: str) -> str:
    """Return a name with its value, as the agent's language sets a colon."""
    words = QCoreApplication.translate("Typography", "{0}: {1}")
    return words.replace("{0}", name, 1).replace("{1}", value, 1)
