"""Pictures that others sent: looked at before they are unpacked, since a small file may hold a thousand screens."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from app.domain.file_types import sniff

MOST_POINTS = 20_000_000
"""Of one picture: the largest screens have so many; unpacked 80 MB, for a moment."""
MOST_PHOTO = 200_000_000
"""Of a photograph: it is unpacked at the size at which it is shown."""
MOST_SHOWN = 25_000_000
"""Of all pictures of one page as they are shown: 100 MB."""
WIDEST, TALLEST = 1600, 4000
# What a mail may show. Others are programs (SVG) or are read by nobody's mail.
_FORMATS = {"image/png": b"png", "image/jpeg": b"jpeg", "image/gif": b"gif", "image/webp": b"webp"}


def size_of(data: bytes) -> QSize:
    """How large a picture says it is, nothing unpacked; empty for what is no picture that a mail may show."""
    with _Reading(data) as reader:
        return reader.size() if reader is not None else QSize()


def is_shown(data: bytes) -> bool:
    """Whether a picture is one that is unpacked here."""
    size = size_of(data)
    most = MOST_PHOTO if sniff(data) == "image/jpeg" else MOST_POINTS
    return not size.isEmpty() and _points(size) <= most


def picture(data: bytes, widest: int = WIDEST, left: int = MOST_SHOWN) -> QImage:
    """The picture as large as it is shown, at most `left` points of it; null for one that is too large or none."""
    if not is_shown(data):
        return QImage()
    with _Reading(data) as reader:
        if reader is None:
            return QImage()
        whole = reader.size()
        shown = whole
        if whole.width() > widest or whole.height() > TALLEST:
            shown = whole.scaled(widest, TALLEST, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        if _points(shown) > left:
            return QImage()
        if shown != whole:
            reader.setScaledSize(shown)
        return reader.read()


def _points(size: QSize) -> int:
    return size.width() * size.height()


class _Reading:
    """A reader over bytes, for the format that they have and no other."""

    def __init__(self, data: bytes) -> None:
        self._data = QByteArray(data)
        self._buffer = QBuffer(self._data)
        self._format = _FORMATS.get(sniff(data), b"")

    def __enter__(self) -> QImageReader | None:
        if not self._format:
            return None
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(self._buffer, QByteArray(self._format))
        reader.setAutoDetectImageFormat(False)
        return reader

    def __exit__(self, *_: object) -> None:
        self._buffer.close()
