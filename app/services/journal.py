"""What is typed and not yet stored: kept on this computer until the server has it."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Journal(Protocol):
    """Unfinished texts by key (`note/…`, `form/…`, `filed/…`); values are JSON's own types."""

    def keep(self, key: str, value: Any) -> None:
        """Keep a value, on the disk within a moment; None forgets it."""
        ...

    def kept(self, prefix: str = "") -> Mapping[str, Any]:
        """Everything kept under keys that begin so, oldest first."""
        ...

    async def keep_files(self, key: str, files: Sequence[tuple[str, bytes]]) -> None:
        """Keep names and contents beside the value of a key; on the disk at the end, forgotten with the value."""
        ...

    async def files(self, key: str) -> tuple[tuple[str, bytes], ...]:
        """The files beside a value, as far as they are whole."""
        ...

    async def close(self) -> None:
        """Wait until everything is on the disk."""
        ...
