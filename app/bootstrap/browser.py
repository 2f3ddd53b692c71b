"""A real browser without a screen, spoken to by its DevTools protocol; what it writes stays in a folder of its own."""

import asyncio
import base64
import contextlib
import json
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
"""Empty where this machine has none."""
PATIENCE_S = 30


class Tab:
    """One page of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, browser: asyncio.subprocess.Process) -> None:
        self._socket, self._browser, self._last = socket, browser, 0

    async def call(self, method: str, **parameters: Any) -> Any:
        """One command of the protocol, and what it answers; events in between are left out."""
        self._last += 1
        await self._socket.send_json({"id": self._last, "method": method, "params": parameters})
        async with asyncio.timeout(PATIENCE_S):
            while True:
                told = json.loads((await self._socket.receive()).data)
                if told.get("id") == self._last:
                    assert "error" not in told, told
                    return told["result"]

    async def go(self, url: str) -> None:
        """Open an address and wait until it is there."""
        await self.call("Page.navigate", url=url)
        await self.until("document.readyState == 'complete' && location.href != 'about:blank'")

    async def says(self, expression: str) -> Any:
        """What an expression is in the page."""
        return (await self.call("Runtime.evaluate", expression=expression))["result"].get("value")

    async def until(self, expression: str) -> None:
        """Wait until an expression is true."""
        async with asyncio.timeout(PATIENCE_S):
            while not await self.says(expression):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """End the browser with its helpers as a power cut would: nothing of it is asked to put anything away."""
        await _end_all(self._browser)

    async def shot(self, *, whole: bool = False) -> bytes:
        """A PNG of what is seen, or of the whole page."""
        return base64.b64decode((await self.call("Page.captureScreenshot", captureBeyondViewport=whole))["data"])


@contextlib.asynccontextmanager
async def browser_tab(size: tuple[int, int], *, dark: bool = False, profile: Path | None = None) -> AsyncIterator[Tab]:
    """A tab of a browser that ends with the block; a fresh one, unless it is given the folder that it kept before.

    Call it only where there is a BROWSER.
    """
    async with contextlib.AsyncExitStack() as stack:
        if profile is None:
            made = tempfile.TemporaryDirectory(prefix="guichet-browser-", ignore_cleanup_errors=True)
            profile = Path(stack.enter_context(made))
        process, port = await stack.enter_async_context(_browser(profile))
        client = await stack.enter_async_context(aiohttp.ClientSession(f"http://127.0.0.1:{port}"))
        async with client.get("/json/list") as answer:
            page = next(one for one in await answer.json(content_type=None) if one["type"] == "page")
        async with client.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
            tab = Tab(socket, process)
            await tab.call("Page.enable")
            width, height = size
            await tab.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                           mobile=False)  # fmt: skip
            look = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
            await tab.call("Emulation.setEmulatedMedia", features=look)
            yield tab


@contextlib.asynccontextmanager
async def _browser(home: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """It, and the port of its DevTools."""
    place = home / "DevToolsActivePort"
    place.unlink(missing_ok=True)  # of one that was killed
    process = await asyncio.create_subprocess_exec(
        BROWSER, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--remote-debugging-port=0", f"--user-data-dir={home}", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "HOME": str(home), "TMPDIR": str(home)}, start_new_session=True,
    )  # fmt: skip
    try:
        async with asyncio.timeout(60):
            while not (place.exists() and "\n" in place.read_text()):  # noqa: ASYNC110 - a file tells nobody
                await asyncio.sleep(0.05)
        yield process, place.read_text().splitlines()[0]
    finally:
        await _end_all(process)


async def _end_all(leader: asyncio.subprocess.Process) -> None:
    """End the browser with its helpers: one that still runs would write into the folder that is being removed."""
    with contextlib.suppress(ProcessLookupError, TimeoutError):
        os.killpg(leader.pid, signal.SIGKILL)
        await leader.wait()
        async with asyncio.timeout(5):
            while True:
                os.killpg(leader.pid, 0)
                await asyncio.sleep(0.02)
