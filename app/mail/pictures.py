"""A picture of a mail that lies elsewhere, fetched because the reader asked for it: it says who looked and when."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from app.domain.file_types import sniff

MOST = 5_000_000
_TIMEOUT_S = 8
_HOPS = 3


def is_public(address: str) -> bool:
    """Whether an address is out in the world: a mail must not reach into the reader's own network."""
    return ipaddress.ip_address(address).is_global


def fetch_picture(address: str, reachable: Callable[[str], bool] = is_public) -> bytes | None:
    """The picture's bytes; None for whatever is no picture, is too large, or cannot be had."""
    for _ in range(_HOPS):
        try:
            found = _get(address, reachable)
        except (OSError, http.client.HTTPException, ValueError):
            return None
        if isinstance(found, bytes):
            return found if sniff(found).startswith("image/") else None
        if not found:
            return None
        address = urljoin(address, found)
    return None


def _get(address: str, reachable: Callable[[str], bool]) -> bytes | str:
    """The body, or where to look instead."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=_TIMEOUT_S, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=_TIMEOUT_S)

    def dial(target: tuple[str, int], timeout: float, _source: object = None) -> socket.socket:
        # The address that is looked at is the one that is called: a name that answers twice gains nothing.
        for *_, place in socket.getaddrinfo(*target, type=socket.SOCK_STREAM):
            if reachable(str(place[0])):
                return socket.create_connection((str(place[0]), int(place[1])), timeout)
        raise OSError("not out in the world")

    connection._create_connection = dial  # type: ignore[attr-defined]  # noqa: SLF001 - http.client's own seam
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("GET", path, headers={"User-Agent": "Mozilla/5.0", "Accept": "image/*"})
        answer = connection.getresponse()
        if answer.status in {301, 302, 303, 307, 308}:
            return answer.getheader("Location") or ""
        data = answer.read(MOST + 1)
        return data if answer.status == 200 and len(data) <= MOST else ""
    finally:
        connection.close()
