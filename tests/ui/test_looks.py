"""What eyes found in the pictures of the tour: places, columns and words that stay as they were mended."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

import ui.administration
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.ids import new_id
from tests.helpers.gallery import lay_out, open_desk, settle, sign_in
from ui.administration.record_page import RecordPage
from ui.objects.bulk_bar import BulkBar
from ui.objects.custom_fields import editor_of, show_in
from ui.runtime.application import Application
from ui.widgets.inputs import LineEdit
from ui.widgets.notice import Toast
from ui.widgets.pick_popup import PickPopup
from ui.widgets.table import Cell, Column, Table
from ui.widgets.typography import date_words, named, quoted

SMALL = (1280, 720)


def _within(inner: QWidget, outer: QWidget) -> bool:
    place = QRect(inner.mapTo(outer, QPoint(0, 0)), inner.size())
    return outer.rect().contains(place)


async def test_the_rail_of_a_small_window_shows_all_of_its_entries() -> None:
    desk = await open_desk(SMALL)
    rail = desk.window.rail
    assert rail._list.verticalScrollBar().maximum() == 0
    assert min(button.height() for button in rail._buttons.values()) >= 24
    desk.window.resize(1640, 980)
    lay_out()
    assert {button.height() for button in rail._buttons.values()} == {36}
    await desk.close()


async def test_the_password_can_be_shown_from_the_first_paint() -> None:
    view, close = await sign_in(SMALL)
    eye, password = view._eye, view._password  # type: ignore[attr-defined]
    assert eye.isVisible()
    assert _within(eye, password)
    eye.click()
    assert password.echoMode() is LineEdit.EchoMode.Normal
    await close()


async def test_a_toast_does_not_cover_what_is_written() -> None:
    desk = await open_desk(SMALL)
    desk.window.toast("Done.", "Undo")
    toast = desk.window.findChildren(Toast)[-1]
    written = desk.window.written_in
    assert written is not None
    assert toast.geometry().bottom() <= written.mapTo(desk.window, QPoint(0, 0)).y()
    await desk.close()


async def test_a_choice_beside_the_list_does_not_open_over_the_rail() -> None:
    desk = await open_desk(SMALL)
    desk.cases.bulk.choose(tuple(row.id for row in desk.list.state.rows[:2]))
    await settle(desk)
    desk.window.findChildren(BulkBar)[0].choose_team()
    popup = desk.window.findChildren(PickPopup)[-1]
    assert popup.geometry().left() >= desk.window.rail.geometry().right()
    await desk.close()


def test_the_titles_of_a_table_stand_over_its_columns_beside_a_scroll_bar() -> None:
    table: Table[int] = Table("Calls", (Column("Who", 2), Column("Waits", 1, figures=True)), lambda n: n, _cells, "")
    table.resize(400, 160)
    table.show()
    titles: Any = table.layout().itemAt(0).widget()  # type: ignore[union-attr]
    table.show_rows((1, 2))
    lay_out()
    assert titles._room() == titles.width()
    table.show_rows(tuple(range(20)))
    lay_out()
    rows = table.findChildren(QAbstractScrollArea)[0]
    assert titles._room() == rows.viewport().width() < titles.width()


def _cells(number: int) -> tuple[Cell, ...]:
    return Cell(str(number)), Cell("00:10")


@pytest.mark.parametrize(
    ("language", "first", "other", "quotes", "value"),
    [
        ("en", "1 Dec", "21 Nov", "“Open”", "Tag: leak"),
        ("fr", "1er déc.", "21 nov.", "«\xa0Open\xa0»", "Tag\xa0: leak"),
    ],
)
def test_each_language_writes_days_quotes_and_colons_its_way(
    qapp: Application, language: str, first: str, other: str, quotes: str, value: str
) -> None:
    qapp.speak(language)
    assert date_words(date(2026, 12, 1), "d MMM") == first
    assert date_words(date(2026, 11, 21), "d MMM") == other
    assert quoted("Open") == quotes
    assert named("Tag", "leak") == value


def test_a_day_of_ones_own_field_is_typed_as_people_write_it(qapp: Application) -> None:
    qapp.speak("fr")
    told: list[object] = []
    field = CustomField(new_id(), FieldOwner.CUSTOMER, "until", "Contrat jusqu’au", FieldKind.DATE)
    line = editor_of(field, told.append)
    assert isinstance(line, LineEdit)
    show_in(line, field, "2028-08-31")
    assert line.text() == "31/08/2028"
    for typed, value in (("01/09/2028", "2028-09-01"), ("2028-09-02", "2028-09-02"), ("soon", "soon")):
        line.setText(typed)
        line.textEdited.emit(typed)
        assert told[-1] == value
    show_in(line, field, "soon")
    assert line.text() == "soon"


def test_no_page_takes_a_name_that_the_frame_of_records_has() -> None:
    for module in pkgutil.iter_modules(ui.administration.__path__):
        importlib.import_module(f"ui.administration.{module.name}")
    kept = _set_in(RecordPage)
    pages = RecordPage.__subclasses__()
    assert len(pages) > 8
    for page in pages:
        assert _set_in(page) & kept == set(), page.__name__


def _set_in(kind: type) -> set[str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)
        if node.value.id == "self"
    }
