"""Files of follow-ups: taken in once by their content, given back to who may read the case."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from app.domain.file_types import sniff
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused

MOST = 50_000_000
NAME_MOST = 255


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is to be attached; its type is what its bytes say."""

    id: UUID
    name: str
    kind: str
    data: bytes = field(repr=False)


def new_file(id_: UUID, name: str, data: bytes) -> NewFile:
    """A file as it may be attached; Refused for one without name or content, or too large a one."""
    shown = name.replace("\0", "").replace("\\", "/").rpartition("/")[2].strip()
    if not shown or not data:
        raise Refused(Refusal.REQUIRED, "name" if not shown else "body")
    if len(data) > MOST:
        size = len(data) // 1_000_000
        raise Refused(Refusal.ATTACHMENT_TOO_LARGE, name=shown, size_mb=size, most_mb=MOST // 1_000_000)
    return NewFile(id_, shown[-NAME_MOST:], sniff(data), data)


class Blobs(Protocol):
    """Where the bytes of files are kept; access goes through the attachment, knowing a hash grants nothing."""

    async def keep(self, follow_up_id: UUID, attachment_id: UUID, name: str, kind: str, data: bytes) -> str:
        """Hang a file on one's own follow-up and give the hash of its content (SHA-256)."""
        ...

    async def read(self, attachment_id: UUID) -> bytes: ...


class Attachments:
    """What an agent does with files."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self.read = blobs.read

    async def add(self, follow_up_id: UUID, name: str, data: bytes) -> str:
        """Attach a file to a follow-up just filed."""
        file = new_file(new_id(), name, data)
        return await self._blobs.keep(follow_up_id, file.id, file.name, file.kind, file.data)
