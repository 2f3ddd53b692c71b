"""Export of tables: what the agent may see, in the form that an import takes back."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from app.domain.import_columns import OWNERS, TableKind
from app.domain.refusals import Refusal, Refused
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

    async def mapped(
        self, kind: TableKind, mapping: Mapping[str, str], *, as_json: bool = False
    ) -> AsyncIterator[bytes]:
        """The same for another system: its column names, and which of our fields stands in each; CSV or JSON lines."""
        first = True
        async for page in self._store.exported(kind):
            known = {*page[0], *(field.key for field in self._directory.fields if field.owner is OWNERS[kind])} - {
                "custom"
            }
            if strange := [source for source in mapping.values() if source and source not in known]:
                raise Refused(Refusal.NOT_A_CHOICE, "mapping", value=strange[0])
            rows = [[_field(row, source) for source in mapping.values()] for row in page]
            if as_json:
                for row in rows:
                    plain = {name: _json(value) for name, value in zip(mapping, row, strict=True)}
                    yield json.dumps(plain, ensure_ascii=False).encode() + b"\n"
                continue
            part = write_table(mapping, [[_shown(value) for value in row] for row in rows], ",")
            yield part if first else part[part.index(b"\n") + 1 :]
            first = False


def _field(row: Mapping[str, Any], source: str) -> Any:
    if not source:
        return ""
    return row[source] if source in row else row["custom"].get(source)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else str(value) if isinstance(value, UUID) else value


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value
