"""Files in the database: chunks of 256 KiB, kept once by their content within an organisation."""

import hashlib
from uuid import UUID

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.ids import new_id
from app.services.attachments import MOST, NewFile
from app.store.session import Database, statement

CHUNK = 256 * 1024
ATTACHMENT_MOST = MOST
AT_ONCE = 1024 * 1024
"""Bytes of a file that travels in one piece, together with others."""


async def store_blob(connection: AsyncConnection, organisation_id: UUID, data: bytes) -> UUID:
    """Keep bytes that this service made itself (a recording); the blob that holds them, known already or new."""
    digest = hashlib.sha256(data).hexdigest()
    known = await connection.execute(
        statement("SELECT id FROM blobs WHERE organisation_id = :organisation AND sha256 = :sha256"),
        {"organisation": organisation_id, "sha256": digest},
    )
    if (found := known.scalar()) is not None:
        return UUID(str(found))
    blob = new_id()
    await connection.execute(
        statement("INSERT INTO blobs (id, organisation_id, sha256, size) VALUES (:id, :organisation, :sha256, :size)"),
        {"id": blob, "organisation": organisation_id, "sha256": digest, "size": len(data)},
    )
    await write_chunks(connection, blob, data)
    return blob


async def write_chunks(connection: AsyncConnection, blob: UUID, data: bytes) -> None:
    """The bytes of one blob, chunk by chunk."""
    for position, start in enumerate(range(0, len(data), CHUNK)):
        await connection.execute(
            statement("INSERT INTO blob_chunks (blob_id, position, data) VALUES (:blob, :position, :data)"),
            {"blob": blob, "position": position, "data": data[start : start + CHUNK]},
        )


async def read_blob(database: Database, blob: UUID) -> bytes | None:
    """The bytes of a blob that whoever reads may see; None when there is none, or it is not hers."""
    found = await database.rows("SELECT data FROM blob_chunks WHERE blob_id = :blob ORDER BY position", blob=blob)
    return b"".join(row["data"] for row in found) or None


async def upload(connection: AsyncConnection, data: bytes) -> UUID:
    """Bytes of an agent's own on their way; nobody sees them until they hang somewhere."""
    sent = new_id()
    await connection.execute(
        statement("INSERT INTO blobs (id, organisation_id, made_by) VALUES (:id, my_organisation(), me())"),
        {"id": sent},
    )
    await write_chunks(connection, sent, data)
    return sent


async def hang(connection: AsyncConnection, sent: UUID, follow_up_id: UUID, file: NewFile) -> str:
    """Seal an upload and hang it on a follow-up of one's own; the hash of its content."""
    sealed = await connection.execute(
        statement("SELECT attach(:upload, :follow_up, :attachment, :name, :kind, :most)"),
        {"upload": sent, "follow_up": follow_up_id, "attachment": file.id, "name": file.name, "kind": file.kind,
         "most": ATTACHMENT_MOST},
    )  # fmt: skip
    return str(sealed.scalar())


class PostgresBlobs:
    """Blobs on PostgreSQL: an upload of one's own, sealed and hung on a follow-up by the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, follow_up_id: UUID, attachment_id: UUID, name: str, kind: str, data: bytes) -> str:
        """All of it or nothing: a file that does not fit leaves no chunk behind."""
        async with self._database.transaction() as connection:
            sent = await upload(connection, data)
            return await hang(connection, sent, follow_up_id, NewFile(attachment_id, name, kind, data))

    async def read(self, attachment_id: UUID) -> bytes:
        """The bytes of an attachment that the agent may see."""
        row = await self._database.one("SELECT blob_id FROM attachments WHERE id = :id", id=attachment_id)
        chunks = await self._database.rows(
            "SELECT data FROM blob_chunks WHERE blob_id = :blob ORDER BY position", blob=row["blob_id"]
        )
        return b"".join(chunk["data"] for chunk in chunks)
