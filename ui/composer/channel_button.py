"""The drop-down of channels: what cannot be chosen says why."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from app.domain.composing import Bar, ChannelChoice
from app.domain.follow_ups import Channel
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.theme.theme import theme
from ui.widgets.button import Button
from ui.widgets.wording import channel_words

_BARS = {
    Bar.NO_ADDRESS: QT_TRANSLATE_NOOP("ChannelButton", "no e-mail address is saved"),
    Bar.NO_NUMBER: QT_TRANSLATE_NOOP("ChannelButton", "no telephone number is saved"),
    Bar.NO_MAILBOX: QT_TRANSLATE_NOOP("ChannelButton", "the team has no mailbox"),
    Bar.NO_LINE: QT_TRANSLATE_NOOP("ChannelButton", "the team’s number sends no SMS"),
    Bar.STOPPED: QT_TRANSLATE_NOOP("ChannelButton", "the customer wrote STOP"),
    Bar.NO_CHAT: QT_TRANSLATE_NOOP("ChannelButton", "the customer is in no chat"),
    Bar.NOT_MINE: QT_TRANSLATE_NOOP("ChannelButton", "the case is another team’s"),
    Bar.CLOSED: QT_TRANSLATE_NOOP("ChannelButton", "the case is closed"),
}


class ChannelButton(Button):
    """Shows the channel in hand; a press opens the others."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("", icon="flag", drops=True, height=28)
        self._choices: tuple[ChannelChoice, ...] = ()
        self.clicked.connect(self._open)

    def show_channels(self, channel: Channel, choices: tuple[ChannelChoice, ...]) -> None:
        """Show which channel is written on, and keep the others for the menu."""
        self._choices = choices
        words, icon = channel_words(channel)
        if self.label != words:
            self.set_label(words)
            self.set_icon_name(icon)
            self.setAccessibleName(self.tr("Channel: {0}").replace("{0}", words))

    def menu_of(self) -> QMenu:
        """Make the menu of the channels that there are now."""
        menu = QMenu(self)
        for choice in self._choices:
            words, icon = channel_words(choice.channel)
            reason = bar_words(choice.bar)
            action = menu.addAction(theme().icon(icon, "text2"), f"{words} – {reason}" if reason else words)
            action.setEnabled(choice.bar is None)
            action.triggered.connect(lambda _=False, channel=choice.channel: self.chosen.emit(channel))
        return menu

    def _open(self) -> None:
        self.menu_of().popup(self.mapToGlobal(QPoint(0, self.height() + 4)))


def bar_words(bar: Bar | None) -> str:
    """Say why a channel is barred."""
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("ChannelButton", _BARS[bar]) if bar is not None else ""
