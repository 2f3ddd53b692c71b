"""The ways to an aggregator: JSON lines by HTTPS, signed, or as files in a folder of the hub.

None leads into a network that is not everybody's unless its host was allowed, as for web hooks.
"""

import asyncio
import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies

import aiohttp

from app.domain.export_feed import Batch
from app.domain.signing import web_signature
from app.services.export_feed import Claimed, TargetAwayError
from app.web.public_network import PublicResolver, is_private, refuse_private

PATIENCE_S = 30
PRIVATE = "a private network: GUICHET_WEB_HOOK_HOSTS of the hub names hosts there that may be called"


class HttpsOutlet:
    """POSTs a batch; any 2xx means that the target has it. It tells by the places what it had already."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        """`allowed` are hosts of one's own network; a proxy that this machine is told to use is reached as well."""
        self._allowed = frozenset(allowed)
        self._looked_up = self._allowed | {urlsplit(one).hostname or "" for one in getproxies().values()}

    async def give(self, target: Claimed, batch: Batch) -> None:
        """Send it; TargetAwayError for anything but a 2xx."""
        body = batch.body()
        headers = {
            "Content-Type": "application/x-ndjson; charset=utf-8",
            "Idempotency-Key": f"{target.id}/{batch.until}",
            "X-Guichet-After": str(batch.after),
            "X-Guichet-Until": str(batch.until),
            "X-Guichet-Lines": str(len(batch.lines)),
        }
        if target.secret:
            headers["X-Guichet-Signature"] = web_signature(target.secret, body)
        timeout = aiohttp.ClientTimeout(total=PATIENCE_S, connect=10)
        try:
            refuse_private(target.url, self._allowed)
            connector = aiohttp.TCPConnector(resolver=PublicResolver(self._looked_up))
            async with (
                aiohttp.ClientSession(timeout=timeout, connector=connector, trust_env=True) as client,
                client.post(target.url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                if not 200 <= answer.status < 300:
                    raise TargetAwayError(f"HTTP {answer.status}")
        except TimeoutError:
            raise TargetAwayError("no answer in time") from None
        except (aiohttp.ClientError, OSError) as error:
            said = PRIVATE if is_private(error) else str(error)[:200]
            raise TargetAwayError(said or type(error).__name__) from None


class FolderOutlet:
    """Writes a file a batch, named by the place that it begins after: written again, it is the same file."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def give(self, target: Claimed, batch: Batch) -> None:
        """Write it whole or not at all."""
        try:
            await asyncio.to_thread(self._write, target.folder, f"changes-{batch.after}.jsonl", batch.body())
        except OSError as error:
            raise TargetAwayError(f"{target.folder}: {error.strerror}") from None

    def _write(self, folder: str, name: str, body: bytes) -> None:
        place = self._root / folder
        place.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=place, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            Path(fresh).replace(place / name)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(fresh).unlink()
            raise
