"""The customer system outside at the desk: its links in the menu of a case, its guide under a key."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QMenu, QTextBrowser

from app.desk.case_file import CaseFileState, OpenCase
from app.desk.commands import CommandRegistry
from app.desk.shell import Shell
from app.domain.history import Hint
from app.domain.outside import Guide, OutsideLink, Subject, address, values_of
from app.services.desk import SignedIn
from ui.shell.main_window import MainWindow
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.dialog import Dialog

_HEARD = frozenset({"outside_link", "outside_guide", "all"})


class OutsideMenu:
    """Reads links and guide when the first case is opened, and again when they change."""

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        case: OpenCase,
        commands: CommandRegistry,
        window: Callable[[], MainWindow],
    ) -> None:
        self._outside, self._shell, self._case, self._window = services.outside, shell, case, window
        self.links: tuple[OutsideLink, ...] = ()
        self.guide = Guide()
        self._read = False
        self.open_url: Callable[[str], object] = lambda url: QDesktopServices.openUrl(QUrl(url))
        commands.bind("outside.guide", self.show_guide, lambda: bool(self.guide.body))
        if self._outside is not None:
            self._endings = [case.subscribe(self._follow), services.feed.subscribe(self._hear)]

    def add_to(self, menu: QMenu) -> None:
        """Put the links and the guide below what the menu of a case offers."""
        file = self._case.state.file
        if file is None or not (self.links or self.guide.body):
            return
        menu.addSeparator()
        values = values_of(file.customer, file.case)
        for link in self.links:
            url, missing = address(link, values)
            action = menu.addAction(_open_words(link))
            action.setEnabled(bool(url))
            if missing:
                says = QCoreApplication.translate("Outside", "The customer has no {place}.")
                action.setText(f"{action.text()} · {says.replace('{place}', missing)}")
            action.triggered.connect(lambda _=False, url=url: self.open_url(url))
        if self.guide.body:
            title = self.guide.title or QCoreApplication.translate("Outside", "CRM guide")
            menu.addAction(title).triggered.connect(self.show_guide)

    def show_guide(self) -> None:
        """Show what the supervisor wrote."""
        dialog = Dialog(
            self._window(), self.guide.title or QCoreApplication.translate("Outside", "CRM guide"), width=720
        )
        text = QTextBrowser()
        text.setOpenExternalLinks(True)
        text.setMarkdown(self.guide.body)
        _set_headings(text.document())
        text.setMinimumHeight(theme().px(380))
        text.setAccessibleName(self.guide.title)
        dialog.content.addWidget(text)
        dialog.open()
        text.setFocus()

    def end(self) -> None:
        """End the subscriptions."""
        for ending in self._endings if self._outside is not None else ():
            ending()

    async def read(self) -> None:
        """Read both."""
        assert self._outside is not None
        self.links, self.guide = await self._outside.links(), await self._outside.guide()

    def _follow(self, state: CaseFileState) -> None:
        if state.file is not None and not self._read:
            self._read = True
            self._shell.work.start(self.read(), "outside")

    def _hear(self, hint: Hint) -> None:
        if hint.kind in _HEARD and self._read:
            self._shell.work.merged("outside", self.read)


def _open_words(link: OutsideLink) -> str:
    if link.subject is Subject.CASE:
        return QCoreApplication.translate("Outside", "Open the case in {system}").replace("{system}", link.name)
    return QCoreApplication.translate("Outside", "Open the customer in {system}").replace("{system}", link.name)


def _set_headings(document: QTextDocument) -> None:
    """Headings in the sizes of the desk: Qt's own would be larger than the title of the dialog."""
    block = document.begin()
    while block.isValid():
        if level := block.blockFormat().headingLevel():
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            words = QTextCharFormat()
            words.setFont(theme().font(Type.HEADING if level <= 2 else Type.STRONG))
            words.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
            cursor.mergeCharFormat(words)
            apart = QTextBlockFormat()
            apart.setTopMargin(0 if block == document.begin() else 14)
            apart.setBottomMargin(4)
            cursor.mergeBlockFormat(apart)
        block = block.next()
