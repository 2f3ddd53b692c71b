"""The list model becomes any rows from any rows, and keeps the selection where it was."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from ui.item_models.rows import RowsModel


@dataclass(frozen=True)
class Row:
    id: int
    text: str


def make_model() -> RowsModel[Row]:
    return RowsModel(lambda row: row.id, lambda row: row.text)


ROWS = st.lists(st.builds(Row, st.integers(0, 12), st.sampled_from("abc")), max_size=10, unique_by=lambda row: row.id)


@given(st.lists(ROWS, min_size=1, max_size=5))
def test_shows_any_rows_after_any_rows(steps: list[list[Row]]) -> None:
    model = make_model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for rows in steps:
        kept = {row.id: QPersistentModelIndex(model.place(row.id)) for row in rows if model.place(row.id).isValid()}
        model.show_rows(rows)
        shown = [model.index(at, 0).data(Qt.ItemDataRole.UserRole) for at in range(model.rowCount())]
        assert shown == rows
        assert all(index.data(Qt.ItemDataRole.UserRole).id == id_ for id_, index in kept.items())
    assert tester.model() is model


def test_a_row_says_its_words_to_a_screen_reader() -> None:
    model = make_model()
    model.show_rows([Row(1, "Warranty of the loader")])
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Warranty of the loader"


def test_more_is_asked_for_only_while_there_is_more() -> None:
    asked: list[int] = []
    model: RowsModel[Row] = RowsModel(lambda row: row.id, lambda row: row.text, lambda: asked.append(1))
    model.show_rows([Row(1, "a")], complete=False)
    assert model.canFetchMore(model.index(-1, 0))
    model.fetchMore(model.index(-1, 0))
    model.show_rows([Row(1, "a"), Row(2, "b")], complete=True)
    assert asked == [1]
    assert not model.canFetchMore(model.index(-1, 0))
