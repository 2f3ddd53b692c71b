"""How loud a microphone is, in blocks from quiet to too loud."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import theme
from ui.widgets.painting import draw_box, make_painter

QUIET_DB, BLOCKS = -60.0, 30


class Level(QWidget):
    """Blocks of 2 dB; the last ones have the colour of a warning."""

    def __init__(self) -> None:
        super().__init__()
        self._db = -96.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_db(self, db: float) -> None:
        """Show a level in dBFS."""
        self._db = db
        self.setAccessibleName(f"{db:.0f} dB")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), make_painter(self)
        lit = round(BLOCKS * max(0.0, min(1.0, 1 - self._db / QUIET_DB)))
        width = self.width() / BLOCKS
        for block in range(BLOCKS):
            token = "border" if block >= lit else "warn" if block >= BLOCKS - 3 else "ok"
            draw_box(painter, QRectF(block * width, 0, width - 3, 8), 2, look.colour(token))
        painter.end()
