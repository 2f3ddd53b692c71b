"""A proxy of one's own: ends TLS, and says before each request whose it was and how it came."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

from tests.mail.certificates import certificate_and_key


def tls_pair(folder: Path) -> tuple[Path, Path, ssl.SSLContext]:
    """A certificate for `localhost` with its key, and what a client trusts it by."""
    certificate, key = certificate_and_key()
    pair = folder / "certificate.pem", folder / "key.pem"
    for path, text in zip(pair, (certificate, key), strict=True):
        path.write_text(text)
    return *pair, ssl.create_default_context(cadata=certificate)


@contextlib.asynccontextmanager
async def tls_proxy(port: int, tls: ssl.SSLContext) -> AsyncIterator[str]:
    """Serve in front of a port of this machine; one connection is one request, or one socket. Gives its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        # What the client wrote itself stays before it, as with the proxies that are in use.
        told = f"X-Forwarded-For: {writer.get_extra_info('peername')[0]}\r\nX-Forwarded-Proto: https\r\n\r\n"
        back_reader, back_writer = await asyncio.open_connection("127.0.0.1", port)
        back_writer.write(head[:-2] + told.encode())
        await asyncio.gather(_pass_on(reader, back_writer), _pass_on(back_reader, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}"


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(ConnectionError):
        writer.close()
