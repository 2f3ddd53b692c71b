"""A day and an hour, typed or stepped by the arrows."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QDateTimeEdit

from ui.theme.theme import theme

FORMAT = "ddd d MMM yyyy  HH:mm"


class MomentEdit(QDateTimeEdit):
    """A wall time; the minutes step by five."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale())
        self.setDisplayFormat(FORMAT)
        self.setSpecialValueText("–")
        self.lineEdit().setTextMargins(8, 0, 8, 0)
        self.setFixedHeight(theme().px(32))
        self.setCurrentSection(QDateTimeEdit.Section.HourSection)
        self.dateTimeChanged.connect(lambda _: self.picked.emit(self.moment))

    @property
    def moment(self) -> datetime:
        """What stands in the field."""
        shown = self.dateTime()
        day, hour = shown.date(), shown.time()
        return datetime(day.year(), day.month(), day.day(), hour.hour(), hour.minute())  # noqa: DTZ001 - wall time

    def show_moment(self, moment: datetime | None) -> None:
        """Show a wall time, or that there is none, without telling anybody."""
        self.blockSignals(True)
        if moment is None:
            self.setDateTime(self.minimumDateTime())
        elif moment != self.moment:
            # As UTC: a wall time of another zone must not stumble over this computer's daylight saving.
            shown = QDateTime.fromString(f"{moment:%Y-%m-%dT%H:%M}:00Z", Qt.DateFormat.ISODate)
            self.setTimeZone(shown.timeZone())
            self.setDateTime(shown)
        self.blockSignals(False)

    def setAccessibleName(self, name: str) -> None:
        """Name the line inside too: it is what has the keyboard."""
        super().setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)

    def set_wrong(self, wrong: bool) -> None:
        """Give the edge the colour of an error, or take it back."""
        self.setProperty("wrong", "true" if wrong else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def stepBy(self, steps: int) -> None:
        self._begin()
        minutes = self.currentSection() is QDateTimeEdit.Section.MinuteSection
        if minutes:
            self.setDateTime(self.dateTime().addSecs(300 * steps))
        else:
            super().stepBy(steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()  # the dialog's own
        else:
            if event.text().isdigit():
                self._begin()
            super().keyPressEvent(event)

    def _begin(self) -> None:
        """Begin with this hour where there was no time: whoever plans does not come from the calendar's first year."""
        if self.dateTime() == self.minimumDateTime():
            here = QDateTime.currentDateTime()
            self.setDateTime(QDateTime(here.date(), QTime(here.time().hour(), 0), self.timeZone()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel over a form scrolls the form and changes nothing
