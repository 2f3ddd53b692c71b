"""A list model over ids with its rows beside them: new pages and changed rows come in, the selection stays."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class RowsModel(QAbstractListModel, Generic[R]):
    """Rows in order; `data()` is a look-up, `more` is called when the view comes near the end."""

    def __init__(
        self,
        key: Callable[[R], Hashable],
        words: Callable[[R], str],
        more: Callable[[], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._words, self._more = key, words, more
        self._ids: list[Hashable] = []
        self._rows: dict[Hashable, R] = {}
        self._complete = True
        # Rows that leave move the current one: what a view hears meanwhile is not the agent's choice.
        self.changing = False

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.UserRole:
            return self._rows[self._ids[index.row()]]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(self._rows[self._ids[index.row()]])
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return self._more is not None and not self._complete and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self._more is not None:
            self._more()

    def place(self, key: Hashable) -> QModelIndex:
        """The index of a row, invalid when it is not there."""
        return self.index(self._ids.index(key), 0) if key in self._rows else QModelIndex()

    def show_rows(self, rows: Sequence[R], *, complete: bool = True) -> None:
        """Become these rows: what is gone leaves, what moved moves, what is new comes, the rest is repainted."""
        self.changing = True
        try:
            self._become(rows, complete)
        finally:
            self.changing = False

    def _become(self, rows: Sequence[R], complete: bool) -> None:
        fresh = {self._key(row): row for row in rows}
        wanted = list(fresh)
        self._complete = complete
        if wanted[: len(self._ids)] != self._ids:
            self._leave(fresh)
            self._reorder([key for key in wanted if key in self._rows])
        changed = [key for key in self._ids if self._rows[key] != fresh[key]]
        self._arrive(wanted, fresh)
        self._rows = fresh
        for key in changed:
            self.dataChanged.emit(self.place(key), self.place(key))

    def _leave(self, fresh: dict[Hashable, R]) -> None:
        for at in range(len(self._ids) - 1, -1, -1):
            if self._ids[at] not in fresh:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[self._ids.pop(at)]
                self.endRemoveRows()

    def _reorder(self, order: list[Hashable]) -> None:
        if order == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        before = self._ids
        self._ids = order
        for index in self.persistentIndexList():
            self.changePersistentIndex(index, self.index(order.index(before[index.row()]), 0))
        self.layoutChanged.emit()

    def _arrive(self, wanted: list[Hashable], fresh: dict[Hashable, R]) -> None:
        at = 0
        while at < len(wanted):
            if at < len(self._ids) and self._ids[at] == wanted[at]:
                at += 1
                continue
            until = at
            while until < len(wanted) and wanted[until] not in self._rows:
                until += 1
            self.beginInsertRows(QModelIndex(), at, until - 1)
            self._ids[at:at] = wanted[at:until]
            self._rows.update({key: fresh[key] for key in wanted[at:until]})
            self.endInsertRows()
            at = until
