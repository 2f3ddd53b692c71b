"""Cards that say at sign-in what happened meanwhile; they take no focus, and open their list when asked."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.text import Text

WIDTH, RIGHT, TOP, GAP = 360, 8, 72, 8


class SignInCard(Surface):
    """Stands under the top bar at the right, below those of its kind that were made before it."""

    asked = Signal()
    put_off = Signal()

    def __init__(self, window: QWidget, mark: Icon, icon: str) -> None:
        super().__init__("card", parent=window)
        self._over = window
        self._said = Text("", Type.STRONG, wrap=True)
        show, later = Button(self.tr("Show"), icon=icon, role=Role.PRIMARY), Button(self.tr("Later"))
        show.clicked.connect(self.asked)
        later.clicked.connect(self.put_off)
        for button in (show, later):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        said = row(mark, self._said, gap=10)
        said.setStretch(1, 1)
        self.setLayout(column(said, row(STRETCH, later, show), gap=12, margins=(16, 14, 14, 14)))
        self.setFixedWidth(theme().px(WIDTH))
        window.installEventFilter(self)
        self.hide()

    def say(self, words: str, *, shown: bool) -> None:
        """Stand there with these words, or go."""
        comes = shown and self.isHidden()
        self.setVisible(shown)
        self._said.setText(words)
        self._place_all()
        if comes:
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over:
            self._place_all()
        return False

    def _place_all(self) -> None:
        top = theme().px(TOP)
        for card in self._over.findChildren(SignInCard):
            layout = card.layout()
            if card.isHidden() or layout is None:
                continue
            card.setFixedHeight(layout.totalHeightForWidth(card.width()))
            card.move(self._over.width() - card.width() - RIGHT, top)
            top += card.height() + GAP
