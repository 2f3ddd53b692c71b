"""Export of tables: what the agent may see, in the form that an import takes back."""

from collections.abc import AsyncIterator
from typing import Any, Protocol

from app.domain.import_columns import OWNERS, TableKind
from app.domain.tables import write_table
from app.services.organisation import Directory


class ExportStore(Protocol):
    """Where records come from, page by page; `custom` holds the values of custom fields."""

    def exported(self, kind: TableKind) -> AsyncIterator[list[dict[str, Any]]]: ...


class Exports:
    """Exports tables under the agent's own permissions."""

    def __init__(self, store: ExportStore, directory: Directory) -> None:
        self._store = store
        self._directory = directory

    async def table(self, kind: TableKind) -> AsyncIterator[bytes]:
        """The parts of a CSV file: the heading with the first records, then the others; nothing without a record."""
        fields = [field.key for field in self._directory.fields if field.owner is OWNERS[kind]]
        first = True
        async for page in self._store.exported(kind):
            names = [name for name in page[0] if name != "custom"]
            lines = [
                [*(row[name] for name in names), *(_shown(row["custom"].get(key)) for key in fields)] for row in page
            ]
            part = write_table([*names, *fields], lines)
            yield part if first else part[part.index(b"\n") + 1 :]
            first = False


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value
