"""Files in a chat: read as they come, known by their first bytes, named without tricks."""

import asyncio
import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote, unquote

from aiohttp import web

from app.domain.chats import FILE_MOST
from app.domain.file_types import sniff
from app.domain.refusals import Refusal, Refused
from app.services.web_chat import ChatDoor, ChatFile

PART = 256 * 1024
_HEAD = 8_192
PART_WITHIN_S, ALL_WITHIN_S = 20.0, 300.0
_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "image/png": ("png",),
        "image/jpeg": ("jpg", "jpeg"),
        "image/gif": ("gif",),
        "image/webp": ("webp",),
        "application/pdf": ("pdf",),
        "text/plain": ("txt", "csv", "log"),
        "video/mp4": ("mp4", "mov", "m4a"),
        "audio/ogg": ("ogg", "opus"),
        "audio/mpeg": ("mp3",),
        f"{_OFFICE}wordprocessingml.document": ("docx",),
        f"{_OFFICE}spreadsheetml.sheet": ("xlsx",),
        f"{_OFFICE}presentationml.presentation": ("pptx",),
        "application/vnd.oasis.opendocument.text": ("odt",),
        "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    }
)
"""What a visitor may send, and how such files may be called."""


def file_name(typed: str, kind: str) -> str:
    """A name that is one: no path, nothing unseen, and an ending that says what the bytes are."""
    bare = unquote(typed[:2000]).replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in bare if char.isprintable()).strip(" .")[:200] or "file"
    endings = TYPES.get(kind, ())
    if endings and name.rpartition(".")[2].casefold() not in endings:
        name = f"{name}.{endings[0]}"
    return name


async def take_file(request: web.Request, door: ChatDoor, secret: str) -> str:
    """Keep what is sent, part by part; Refused for what is too large or of no kind that may be sent, 408 for a halt."""
    if (request.content_length or 0) > FILE_MOST:
        raise _too_large(request.content_length or 0)
    try:
        async with asyncio.timeout(ALL_WITHIN_S):
            held, ended = await _until(request, b"", _HEAD)
            kind = sniff(held)
            if kind not in TYPES:
                raise Refused(Refusal.NOT_A_CHOICE, "files", value=kind)
            blob = await door.begin_file(secret, file_name(request.headers.get("X-File-Name", ""), kind), kind)
            position, size = 0, 0
            while held or not ended:
                held, ended = (held, ended) if ended else await _until(request, held, PART)
                part, held = held[:PART], held[PART:]
                if not part:
                    break
                size += len(part)
                if size > FILE_MOST:
                    raise _too_large(size)
                await door.add_part(secret, blob, position, part)
                position += 1
    except TimeoutError:
        raise web.HTTPRequestTimeout(headers={"Connection": "close"}) from None
    return str(blob)


async def _until(request: web.Request, held: bytes, wanted: int) -> tuple[bytes, bool]:
    """So many bytes, or all that there are."""
    while len(held) < wanted:
        async with asyncio.timeout(PART_WITHIN_S):
            more = await request.content.read(wanted - len(held))
        if not more:
            return held, True
        held += more
    return held, False


def _too_large(size: int) -> Refused:
    return Refused(
        Refusal.ATTACHMENT_TOO_LARGE, "files", name="", size_mb=size // 1_000_000, most_mb=FILE_MOST // 1_000_000
    )


async def give_file(
    request: web.Request, door: ChatDoor, file: ChatFile, headers: Mapping[str, str]
) -> web.StreamResponse:
    """The bytes of a file that `door.file` gave out, as something to save."""
    response = web.StreamResponse(
        headers={
            "Content-Type": file.kind
            if re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", file.kind)
            else "application/octet-stream",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "Content-Length": str(file.size),
            "Cache-Control": "private, no-store",
            **headers,
        }
    )
    await response.prepare(request)
    position = 0
    while file.blob is not None and (part := await door.part(file.blob, position)) is not None:
        await response.write(part)
        position += 1
    await response.write_eof()
    return response
