"""An answer with files, read as it comes: no file is ever whole in memory, and what is too large is cut off there."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from aiohttp import BodyPartReader, MultipartReader, web

from app.domain.refusals import Refusal, Refused
from app.services.web_front import BODY_MOST, FILES_MOST, Portal

T = TypeVar("T")
PART = 256 * 1024
PART_WITHIN_S, ALL_WITHIN_S = 20.0, 600.0
MOST_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What was typed, and the files by their blobs with names and types."""

    said: str
    files: tuple[tuple[UUID, str, str], ...]


async def read_answer(request: web.Request, portal: Portal, key: str, session: str) -> Uploaded:
    """Read it to its end; Refused for too many or too large files, 408 for a body that stands still."""
    said = ""
    files: list[tuple[UUID, str, str]] = []
    try:
        async with asyncio.timeout(ALL_WITHIN_S):
            reader = await request.multipart()
            while (part := await _soon(reader.next)) is not None:
                if isinstance(part, MultipartReader):
                    raise web.HTTPBadRequest
                if part.name == "body":
                    said = await _text(part)
                elif part.name == "files" and part.filename:
                    if len(files) == FILES_MOST:
                        raise Refused(Refusal.TOO_MANY, "files", most=FILES_MOST)
                    name = part.filename.replace("\\", "/").rpartition("/")[2] or "file"
                    blob = await _store(part, portal, key, session)
                    files.append((blob, _printable(name), part.headers.get("Content-Type", "")[:255]))
                else:
                    await _text(part)
    except TimeoutError:
        raise web.HTTPRequestTimeout(headers={"Connection": "close"}) from None
    except (ValueError, AssertionError):
        raise web.HTTPBadRequest from None
    return Uploaded(said, tuple(files))


async def _store(part: BodyPartReader, portal: Portal, key: str, session: str) -> UUID:
    blob = await portal.begin_file(key, session)
    held, position = b"", 0
    while chunk := await _soon(lambda: part.read_chunk(PART)):
        held += chunk
        while len(held) >= PART:
            await portal.add_part(session, blob, position, held[:PART])
            held, position = held[PART:], position + 1
    if held or position == 0:
        await portal.add_part(session, blob, position, held)
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
