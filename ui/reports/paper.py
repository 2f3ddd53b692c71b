"""A page of figures on paper: painted again, as large as the paper allows, into a PDF."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Type, make_font

MARGIN_MM, HEAD = 14, 60
DPI = 150


def as_pdf(page: QWidget, title: str, under: str) -> bytes:
    """The page under its title, on as many sheets as it needs."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setTitle(title)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(*[MARGIN_MM] * 4),
                    QPageLayout.Unit.Millimeter)
    )  # fmt: skip
    painter = QPainter(writer)
    scale = writer.width() / page.width()
    painter.scale(scale, scale)
    room = writer.height() / scale
    painter.setFont(make_font(Type.TITLE))
    painter.drawText(QRectF(0, 0, page.width(), 28), title)
    painter.setFont(make_font(Type.BODY))
    painter.drawText(QRectF(0, 28, page.width(), 22), under)
    top = HEAD
    for number, (begin, end) in enumerate(_sheets(page, room - HEAD, room)):
        if number:
            writer.newPage()
            top = 0
        painter.save()
        painter.setClipRect(QRectF(0, top, page.width(), end - begin))
        page.render(painter, QPoint(0, top - begin), renderFlags=QWidget.RenderFlag.DrawChildren)
        painter.restore()
    painter.end()
    buffer.close()
    return bytes(data.data())


def _sheets(page: QWidget, first: float, other: float) -> list[tuple[int, int]]:
    """Where the page is cut: between its cards, never through one that fits on a sheet."""
    children = [one for one in page.findChildren(QWidget) if one.parentWidget() is page and one.isVisible()]
    edges = sorted({one.geometry().bottom() + 8 for one in children} | {page.height()})
    sheets, begin, room = [], 0, first
    while begin < page.height():
        fitting = [edge for edge in edges if begin < edge <= begin + room]
        end = fitting[-1] if fitting else min(page.height(), int(begin + room))
        sheets.append((begin, end))
        begin, room = end, other
    return sheets
