"""Chats that are over, mailed to who asked for their words: written into the outbox once, in the transaction that says so."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.domain.ids import new_id
from app.services.web_chat import Transcript, TranscriptLine
from app.store.blobs import store_blob
from app.store.session import Database, statement

_OUTGOING = """
INSERT INTO outgoing (id, organisation_id, mailbox_id, external_id, blob_id, automatic)
VALUES (:mail, :organisation, :mailbox, :external, :blob, true)"""
_DELIVERY = "INSERT INTO deliveries (organisation_id, outgoing_id, recipient) VALUES (:organisation, :mail, :recipient)"


async def mail_transcripts(database: Database, write: Callable[[Transcript], tuple[str, bytes]]) -> bool:
    """Write one; whether there was one. Where the organisation has no mailbox it is given up."""
    async with database.transaction() as connection:
        told = (await connection.execute(statement("SELECT chat_to_mail()"))).scalar_one()
        if not told:
            return told is not None
        asked = _transcript(told)
        external, raw = write(asked)
        organisation = UUID(told["organisation_id"])
        blob, mail = await store_blob(connection, organisation, raw), new_id()
        values: dict[str, Any] = {
            "mail": mail, "organisation": organisation, "mailbox": UUID(told["mailbox_id"]), "external": external,
            "blob": blob,
        }  # fmt: skip
        await connection.execute(statement(_OUTGOING), values)
        await connection.execute(
            statement(_DELIVERY), {"organisation": organisation, "mail": mail, "recipient": asked.recipient}
        )
    return True


def _transcript(told: dict[str, Any]) -> Transcript:
    zone = ZoneInfo(told["zone"])
    lines = tuple(
        TranscriptLine(
            one["by"], one["author"], one["body"], datetime.fromisoformat(one["at"]).astimezone(zone),
            tuple(file["name"] for file in one["files"]),
        )
        for one in told["messages"]
    )  # fmt: skip
    return Transcript(
        UUID(told["case_id"]), told["number"], told["organisation"], told["language"], told["sender"], told["address"],
        told["email"], lines,
    )  # fmt: skip
