"""A page of figures on paper: painted again, as large as the paper allows, into a PDF."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QRegion
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Type, make_font
from ui.widgets.table import Table

MARGIN_MM, HEAD = 14, 60
WIDTH = 880
"""Pixels: as wide as two cards beside one another need, so that the text is large enough to be read (8 points)."""
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
    scale = writer.width() / WIDTH
    painter.scale(scale, scale)
    room = writer.height() / scale
    painter.setFont(make_font(Type.TITLE))
    painter.drawText(QRectF(0, 0, WIDTH, 28), title)
    painter.setFont(make_font(Type.BODY))
    painter.drawText(QRectF(0, 28, WIDTH, 22), under)
    top = HEAD
    with _unfolded(page):
        for number, (begin, end) in enumerate(_sheets(page, room - HEAD, room)):
            if number:
                writer.newPage()
                top = 0
            part = QRegion(0, begin, page.width(), end - begin)
            page.render(painter, QPoint(0, top), part, QWidget.RenderFlag.DrawChildren)
    painter.end()
    buffer.close()
    return bytes(data.data())


@contextmanager
def _unfolded(page: QWidget) -> Iterator[None]:
    """The page with every line of its tables: paper has no scroll bar."""
    before = page.size()
    tables = [(table, table.minimumHeight(), table.maximumHeight()) for table in page.findChildren(Table)]
    for table, _, _ in tables:
        table.setFixedHeight(max(table.height(), table.lines()[-1]))
        _lay_out_again(table, page)
    page.resize(WIDTH, before.height())
    page.resize(WIDTH, page.sizeHint().height())
    try:
        yield
    finally:
        for table, least, most in tables:
            table.setMinimumHeight(least)
            table.setMaximumHeight(most)
            _lay_out_again(table, page)
        page.resize(before)


def _lay_out_again(table: QWidget, page: QWidget) -> None:
    """Tell all layouts around a table now; by itself Qt does it when the window is painted next."""
    around: QWidget | None = table
    while around is not None and around is not page:
        around = around.parentWidget()
        if around is not None and (layout := around.layout()) is not None:
            layout.invalidate()
            layout.activate()


def _sheets(page: QWidget, first: float, other: float) -> list[tuple[int, int]]:
    """Where the page is cut: between its cards, between lines of a table that is longer than a sheet."""
    children = [one for one in page.findChildren(QWidget) if one.parentWidget() is page and one.isVisible()]
    long = [table for table in page.findChildren(Table) if table.height() > other]
    lines = {table.mapTo(page, QPoint(0, line)).y() for table in long for line in table.lines()}
    edges = sorted({one.geometry().bottom() + 8 for one in children} | lines | {page.height()})
    sheets, begin, room = [], 0, first
    while begin < page.height():
        fitting = [edge for edge in edges if begin < edge <= begin + room]
        end = fitting[-1] if fitting else min(page.height(), int(begin + room))
        sheets.append((begin, end))
        begin, room = end, other
    return sheets
