"""Fields and files, read as they come: no file is ever whole in memory, and what is too large is cut off there."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from aiohttp import BodyPartReader, MultipartReader, web

from app.domain.refusals import Refusal, Refused
from app.services.web_front import BODY_MOST, FILES_MOST, Portal

T = TypeVar("T")
PART = 256 * 1024
PART_WITHIN_S, ALL_WITHIN_S = 20.0, 600.0
MOST_AT_ONCE, FIELDS_MOST, TEXT_MOST = 8, 300, 256_000


class Sink(Protocol):
    """Where files are put."""

    async def begin(self) -> UUID: ...
    async def add(self, blob: UUID, position: int, data: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What was typed, and the files by their blobs with names and types."""

    fields: Mapping[str, str]
    files: tuple[tuple[UUID, str, str], ...]

    @property
    def said(self) -> str:
        """The text."""
        return self.fields.get("body", "")


@dataclass(frozen=True, slots=True)
class PortalSink:
    """Files of who is signed in to the portal."""

    portal: Portal
    key: str
    session: str

    async def begin(self) -> UUID:
        """Begin a file."""
        return await self.portal.begin_file(self.key, self.session)

    async def add(self, blob: UUID, position: int, data: bytes) -> None:
        """Put its next part."""
        await self.portal.add_part(self.session, blob, position, data)


async def read_answer(request: web.Request, portal: Portal, key: str, session: str) -> Uploaded:
    """Read an answer of the portal to its end."""
    sink = PortalSink(portal, key, session)
    return await read_parts(request, lambda _: sink, FILES_MOST)


async def read_parts(request: web.Request, sink_of: Callable[[Mapping[str, str]], Sink], most: int) -> Uploaded:
    """Read fields and files; Refused for too many or too large files, 408 for a body that stands still.

    `sink_of` is asked at the first file, with the fields that came before it; it may refuse.
    """
    fields: dict[str, str] = {}
    files: list[tuple[UUID, str, str]] = []
    typed = 0
    try:
        async with asyncio.timeout(ALL_WITHIN_S):
            reader = await request.multipart()
            while (part := await _soon(reader.next)) is not None:
                if isinstance(part, MultipartReader):
                    raise web.HTTPBadRequest
                if part.name == "files" and part.filename:
                    if len(files) == most:
                        raise Refused(Refusal.TOO_MANY, "files", most=most)
                    name = part.filename.replace("\\", "/").rpartition("/")[2] or "file"
                    blob = await _store(part, sink_of(fields))
                    files.append((blob, _printable(name), part.headers.get("Content-Type", "")[:255]))
                else:
                    fields[part.name or ""] = text = await _text(part)
                    typed += len(text) + 1
                    if typed > TEXT_MOST or len(fields) > FIELDS_MOST:
                        raise Refused(Refusal.TOO_LONG, "body", length=typed, most=TEXT_MOST)
    except TimeoutError:
        raise web.HTTPRequestTimeout(headers={"Connection": "close"}) from None
    except (ValueError, AssertionError):
        raise web.HTTPBadRequest from None
    return Uploaded(fields, tuple(files))


async def _store(part: BodyPartReader, sink: Sink) -> UUID:
    blob = await sink.begin()
    held, position = b"", 0
    while chunk := await _soon(lambda: part.read_chunk(PART)):
        held += chunk
        while len(held) >= PART:
            await sink.add(blob, position, held[:PART])
            held, position = held[PART:], position + 1
    if held or position == 0:
        await sink.add(blob, position, held)
    return blob


async def _text(part: BodyPartReader) -> str:
    held = b""
    while chunk := await _soon(lambda: part.read_chunk(PART)):
        held += chunk
        if len(held) > BODY_MOST * 4:
            raise Refused(Refusal.TOO_LONG, "body", length=len(held), most=BODY_MOST)
    return held.decode("utf-8", "replace").replace("\r\n", "\n").replace("\0", "").strip()


async def _soon(act: Callable[[], Awaitable[T]]) -> T:
    async with asyncio.timeout(PART_WITHIN_S):
        return await act()


def _printable(name: str) -> str:
    return "".join(char for char in name if char.isprintable())[:200] or "file"
