"""The hub's web server in a test, over a real socket."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from typing import Any

from aiohttp import web

from app.web.server import serve


@contextlib.asynccontextmanager
async def serving(routes: Iterable[web.AbstractRouteDef], port: int, **more: Any) -> AsyncIterator[str]:
    """Serve as the hub does, until the test is over; gives the address."""
    task = asyncio.create_task(serve(routes, "127.0.0.1", port, **more))
    try:
        async with asyncio.timeout(10):
            while True:
                try:
                    (await asyncio.open_connection("127.0.0.1", port))[1].close()
                    break
                except OSError:
                    await asyncio.sleep(0)
        yield f"http://127.0.0.1:{port}"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def answer_to_slow(url: str, path: str, content: str = "application/x-www-form-urlencoded") -> int:
    """The status that somebody gets whose body stands still; 0 who is hung up on."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
    writer.write(
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {content}\r\nContent-Length: 5000\r\n\r\nbody=".encode()
    )
    try:
        async with asyncio.timeout(10):
            line = await reader.readline()
        return int(line.split()[1]) if line else 0
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


def conforms(value: object, schema: dict, schemas: dict) -> str:  # type: ignore[type-arg]
    """Why a value does not fit a JSON schema, of the words that our document uses; empty where it does."""
    if "$ref" in schema:
        return conforms(value, schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "anyOf" in schema:
        return min((conforms(value, one, schemas) for one in schema["anyOf"]), key=len)
    if "enum" in schema:
        return "" if value in schema["enum"] else f"{value!r} is none of {schema['enum']}"
    kinds = schema.get("type", [])
    if not any(_IS[kind](value) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return f"{value!r} is no {kinds}"
    if isinstance(value, list):
        return next(filter(None, (conforms(one, schema["items"], schemas) for one in value)), "")
    if isinstance(value, dict) and "properties" in schema:
        if set(value) != set(schema["properties"]):
            return f"members {sorted(set(value) ^ set(schema['properties']))}"
        return next(filter(None, (conforms(value[k], s, schemas) for k, s in schema["properties"].items())), "")
    return ""


_IS = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
