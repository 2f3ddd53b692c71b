"""How cases hang together."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class LinkKind(StrEnum):
    """Why one case leads to another."""

    CONTINUES = "continues"
    SPLIT = "split"
    REFERRED = "referred"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class CaseLink:
    """One link as it is seen from a case; `later` when the other case came after it.

    Number and subject are empty where the other case is not mine to see.
    """

    kind: LinkKind
    other_id: UUID
    later: bool
    number: int | None = None
    subject: str = ""
