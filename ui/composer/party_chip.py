"""One recipient as a chip: green with a plus when she was added, struck through when she was dropped."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.domain.mail import MailAddress
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone, tone_colours
from ui.widgets.painting import draw_box, draw_focus_ring, make_painter, shows_focus

_WIDEST = 260


class PartyChip(QPushButton):
    """A press, Backspace or Delete takes her out; a dropped one is put back."""

    left = Signal()

    def __init__(self, party: MailAddress, *, added: bool = False, dropped: bool = False) -> None:
        super().__init__()
        self._dropped, self._added = dropped, added
        self._words = party.name or party.address
        word = self.tr("added")
        self._shown = f"{party.address} {word}" if added else self._words
        self.setToolTip(party.address)
        says = self.tr("Put {0} back") if dropped else self.tr("Take {0} out")
        mark = f", {word}" if added else ""
        self.setAccessibleName(says.replace("{0}", party.address) + mark)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.left)

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(theme().font(Type.MEDIUM)).horizontalAdvance(self._shown)
        extra = 24 + (18 if self._added else 0) + (0 if self._dropped else 20)
        return QSize(min(wide, theme().px(_WIDEST)) + extra, theme().px(25))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        tone = Tone.BAD if self._dropped else Tone.OK if self._added else Tone.NEUTRAL
        ink, soft = tone_colours(look.tokens, tone)
        fill = look.colour("hover") if tone is Tone.NEUTRAL else QColor(soft)
        draw_box(painter, rect, rect.height() / 2, fill)
        font = QFont(look.font(Type.MEDIUM))  # a copy: the theme's own is everybody's
        font.setStrikeOut(self._dropped)
        painter.setFont(font)
        painter.setPen(look.colour("text") if tone is Tone.NEUTRAL else QColor(ink))
        at = 12.0
        tint = {Tone.OK: "ok", Tone.BAD: "bad"}.get(tone, "text2")
        middle = round(rect.height() / 2 - 7)
        if self._added:
            painter.drawPixmap(round(at - 2), middle, look.icon("plus", tint, 14))
            at += 16
        right = 12 if self._dropped else 30
        words = QFontMetrics(font).elidedText(self._shown, Qt.TextElideMode.ElideMiddle, int(rect.width() - at - right))
        painter.drawText(QRectF(at, 0, rect.width() - at - right, rect.height()), Qt.AlignmentFlag.AlignVCenter, words)
        if not self._dropped:
            painter.drawPixmap(round(rect.width() - 24), middle, look.icon("x", tint, 14))
        if shows_focus(self):
            draw_focus_ring(painter, rect, rect.height() / 2)
        painter.end()
