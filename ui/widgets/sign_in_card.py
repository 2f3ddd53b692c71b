"""A card that says at sign-in what happened meanwhile; it takes no focus, and opens its list when asked."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.text import Text

WIDTH, RIGHT = 360, 8


class SignInCard(Surface):
    """Stands `top` pixels under the window's upper edge, at the right."""

    asked = Signal()
    put_off = Signal()

    def __init__(self, window: QWidget, mark: Icon, icon: str, top: int) -> None:
        super().__init__("card", parent=window)
        self._over, self._top = window, top
        self._said = Text("", Type.STRONG, wrap=True)
        show, later = Button(self.tr("Show them"), icon=icon, role=Role.PRIMARY), Button(self.tr("Later"))
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
        self.setVisible(shown)
        self._said.setText(words)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    def _place(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        self.move(self._over.width() - self.width() - RIGHT, theme().px(self._top))
        self.raise_()
