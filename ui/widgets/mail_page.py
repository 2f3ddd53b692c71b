"""A mail's cleaned page: pictures of the mail itself are shown, nothing is fetched, a link opens in the browser."""

from collections.abc import Mapping
from html import escape
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.pictures import MOST_SHOWN, picture, size_of

_WEB = frozenset({"http", "https", "mailto", "tel"})
REMOTE = "remote:"


class MailPage(QTextBrowser):
    """Shows HTML that `app.mail.cleaning` made; `loadResource` gives what the mail holds and never asks its base.

    A picture that would fill the memory is not unpacked: `left_out` tells how many there are.
    """

    left_out = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside: Mapping[str, bytes] = {}
        self._fetched: Mapping[str, bytes] = {}
        self.asked: list[str] = []
        self._room = MOST_SHOWN
        self._too_large: set[str] = set()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setProperty("bare", "true")
        self.setFont(theme().font(Type.BODY))
        self.document().setDocumentMargin(2)
        self.anchorClicked.connect(self._open)

    def show_page(
        self, html: str | None, text: str, inside: Mapping[str, bytes], fetched: Mapping[str, bytes] | None = None
    ) -> None:
        """Show a page with the pictures that came with it, by Content-ID, and those that were fetched, by address."""
        self._inside, self._fetched, self.asked = inside, fetched or {}, []
        self._room, self._too_large = MOST_SHOWN, set()
        self.document().clear()
        self.setHtml(html if html is not None else f'<div style="white-space:pre-wrap">{escape(text)}</div>')

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give a picture that the mail holds or that was asked for; nothing else is ever read."""
        address = name.toString() if isinstance(name, QUrl) else str(name)
        self.asked.append(address)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        if address.startswith("cid:"):
            return self._picture(address, self._inside.get(unquote(address[4:]), b""))
        if address.startswith(REMOTE):
            return self._picture(address, self._fetched.get(address[len(REMOTE) :], b""))
        return QImage()

    def _picture(self, address: str, data: bytes) -> QImage:
        image = picture(data, left=self._room)
        self._room -= image.width() * image.height()
        if image.isNull() and address not in self._too_large and not size_of(data).isEmpty():
            self._too_large.add(address)
            # Not in the middle of the page's own layout.
            QTimer.singleShot(0, self, lambda: self.left_out.emit(len(self._too_large)))
        return image

    def _open(self, url: QUrl) -> None:
        if url.scheme() in _WEB:
            QDesktopServices.openUrl(url)
