"""The portal on PostgreSQL, as the hub: secrets are hashed here, and the functions decide whose case it is."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from app.domain.ids import new_id
from app.domain.signing import sign
from app.services.web_api import digest
from app.services.web_front import (
    FILE_MOST,
    House,
    LinkMail,
    PortalCase,
    PortalChat,
    PortalEntry,
    PortalFile,
    PortalLine,
)
from app.store.blobs import store_blob
from app.store.session import Database, statement

WriteLink = Callable[[LinkMail], tuple[str, bytes]]
_OUTGOING = """
INSERT INTO outgoing (id, organisation_id, mailbox_id, external_id, blob_id, automatic)
VALUES (:mail, :organisation, :mailbox, :external, :blob, true)"""
_DELIVERY = "INSERT INTO deliveries (organisation_id, outgoing_id, recipient) VALUES (:organisation, :mail, :recipient)"


class PostgresPortal:
    """Portal on PostgreSQL."""

    def __init__(self, database: Database, write: WriteLink) -> None:
        self._database, self._write = database, write
        self._key: bytes | None = None

    async def key(self) -> bytes:
        if self._key is None:
            row = await self._database.one("SELECT key FROM signing_keys WHERE name = 'web'")
            self._key = bytes(row["key"])
        return self._key

    async def house(self, key: str) -> House | None:
        told = (await self._database.one("SELECT portal_house(:key) AS told", key=key))["told"]
        return (
            None if told is None else House(UUID(told["id"]), told["name"], told["language"], told["url"], told["zone"])
        )

    async def ask(self, key: str, address: str, link: UUID, browser: str, to: str) -> None:
        """The link and its mail in one transaction; nothing for who is not known."""
        async with self._database.transaction() as connection:

            async def run(sql: str, **values: Any) -> Any:
                return await connection.execute(statement(sql), values)

            found = await run(
                "SELECT portal_ask(:key, :address, :link, :browser) AS told",
                key=key, address=address, link=link, browser=digest(browser),
            )  # fmt: skip
            told = found.scalar_one()
            if told is None:
                return
            mark = sign(await self.key(), "portal", link.bytes)
            external, raw = self._write(
                LinkMail(
                    f"{told['url']}{to}{mark}", told["organisation"], told["language"], told["sender"], told["address"],
                    address, link,
                )
            )  # fmt: skip
            mail, organisation = new_id(), UUID(told["organisation_id"])
            blob = await store_blob(connection, organisation, raw)
            await run(
                _OUTGOING, mail=mail, organisation=organisation, mailbox=UUID(told["mailbox_id"]), external=external,
                blob=blob,
            )  # fmt: skip
            await run(_DELIVERY, mail=mail, organisation=organisation, recipient=address)

    async def enter(self, key: str, link: UUID, browser: str, session: str) -> bool:
        row = await self._database.written(
            "SELECT portal_enter(:key, :link, :browser, :session) AS entered",
            key=key,
            link=link,
            browser=digest(browser),
            session=digest(session),
        )
        return bool(row["entered"])

    async def leave(self, session: str) -> None:
        await self.drop_files(session)
        await self._database.write("SELECT portal_leave(:session)", session=digest(session))

    async def cases(self, key: str, session: str) -> tuple[str, tuple[PortalLine, ...]] | None:
        told = await self._told("SELECT portal_cases(:key, :session) AS told", key=key, session=digest(session))
        return None if told is None else (told["address"], tuple(map(_line, told["cases"])))

    async def case(self, key: str, session: str, number: int) -> PortalCase:
        told = await self._told(
            "SELECT portal_case(:key, :session, :number) AS told", key=key, session=digest(session), number=number
        )
        chat = PortalChat(**told["chat"]) if told["chat"] is not None else None
        return PortalCase(_line(told), tuple(map(_entry, told["entries"])), chat)

    async def file(self, key: str, session: str, number: int, file: UUID) -> tuple[PortalFile, UUID] | None:
        told = await self._told(
            "SELECT portal_file(:key, :session, :number, :file) AS told",
            key=key,
            session=digest(session),
            number=number,
            file=file,
        )
        return None if told is None else (PortalFile(file, told["name"], told["size"]), UUID(told["blob"]))

    async def part(self, blob: UUID, position: int) -> bytes | None:
        """One chunk of a blob that `file` gave out."""
        row = await self._database.row(
            "SELECT data FROM blob_chunks WHERE blob_id = :blob AND position = :position", blob=blob, position=position
        )
        return None if row is None else bytes(row["data"])

    async def begin_file(self, key: str, session: str) -> UUID:
        blob = uuid4()
        await self._database.write(
            "SELECT portal_upload(:key, :session, :blob)", key=key, session=digest(session), blob=blob
        )
        return blob

    async def add_part(self, session: str, blob: UUID, position: int, data: bytes) -> None:
        await self._database.write(
            "SELECT portal_chunk(:session, :blob, :position, :data, :most)",
            session=digest(session),
            blob=blob,
            position=position,
            data=data,
            most=FILE_MOST,
        )

    async def drop_files(self, session: str) -> None:
        await self._database.write("SELECT portal_sweep(:session)", session=digest(session))

    async def answer(
        self, key: str, session: str, number: int, said: str, files: tuple[tuple[UUID, str, str], ...]
    ) -> int:
        told = [{"blob": str(blob), "name": name, "kind": kind} for blob, name, kind in files]
        row = await self._database.written(
            "SELECT portal_answer(:key, :session, :number, :entry, :said, CAST(:files AS jsonb)) AS number",
            key=key,
            session=digest(session),
            number=number,
            entry=new_id(),
            said=said,
            files=json.dumps(told),
        )
        return int(row["number"])

    async def solve(self, key: str, session: str, number: int) -> bool:
        row = await self._database.written(
            "SELECT portal_solve(:key, :session, :number) AS solved", key=key, session=digest(session), number=number
        )
        return bool(row["solved"])

    async def rate(self, key: str, session: str, number: int, rating: str, said: str) -> str:
        row = await self._database.written(
            "SELECT portal_rate(:key, :session, :number, :rating, :said) AS became",
            key=key,
            session=digest(session),
            number=number,
            rating=rating,
            said=said,
        )
        return str(row["became"])

    async def _told(self, sql: str, **values: Any) -> Any:
        return (await self._database.written(sql, **values))["told"]


async def sweep_portal(database: Database) -> None:
    """Files that were begun and not sent, links and sessions that are over."""
    await database.write("SELECT portal_sweep(NULL)")


def _line(told: dict[str, Any]) -> PortalLine:
    return PortalLine(
        told["number"], told["subject"], told["category"], datetime.fromisoformat(told["at"]), told["rating"]
    )


def _entry(told: dict[str, Any]) -> PortalEntry:
    files = tuple(PortalFile(UUID(one["id"]), one["name"], one["size"]) for one in told["files"])
    return PortalEntry(told["direction"], told["author"], told["body"], datetime.fromisoformat(told["at"]), files)
