"""A page of figures on paper: painted again, as large as the paper allows, into a PDF."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QRegion
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Type, make_font
from ui.theme.theme import Look, theme
from ui.widgets.table import Table

MARGIN_MM, HEAD = 14, 60
WIDTH = 800
"""Pixels: narrow enough for cards to stand under one another, so that the text is large enough to be read."""
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
    width = theme().px(WIDTH)
    scale = writer.width() / width
    painter.scale(scale, scale)
    room = writer.height() / scale
    painter.setFont(make_font(Type.TITLE))
    painter.drawText(QRectF(0, 0, width, 28), title)
    painter.setFont(make_font(Type.BODY))
    painter.drawText(QRectF(0, 28, width, 22), under)
    top = HEAD
    with _in_light(), _unfolded(page, width):
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
def _in_light() -> Iterator[None]:
    """Paper is white, however dark the desk is."""
    look, dark = theme().look, theme().dark
    if dark:
        theme().choose(Look.LIGHT)
    try:
        yield
    finally:
        if dark:
            theme().choose(look)


@contextmanager
def _unfolded(page: QWidget, width: int) -> Iterator[None]:
    """The page with every line of its tables: paper has no scroll bar."""
    before = page.size()
    tables = [(table, table.minimumHeight(), table.maximumHeight()) for table in page.findChildren(Table)]
    for table, _, _ in tables:
        table.setFixedHeight(table.lines()[-1])
        _lay_out_again(table, page)
    page.resize(width, before.height())  # narrow, its cards stand under one another
    _settle(page)
    page.resize(width, page.sizeHint().height())
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
        if around is not None:
            _settle(around)


def _settle(widget: QWidget) -> None:
    if (layout := widget.layout()) is not None:
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
