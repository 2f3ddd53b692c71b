"""A real Chromium without a screen, spoken to by its DevTools protocol: pages, keys, pictures."""

import asyncio
import base64
import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
_KEYS = {"Tab": ("\t", 9), "Enter": ("\r", 13), "Space": (" ", 32), "ArrowDown": ("", 40)}


class Page:
    """One tab."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._last = socket, 0

    async def call(self, method: str, **parameters: Any) -> Any:
        """One command of the protocol, and what it answers; events in between are left out."""
        self._last += 1
        await self._socket.send_json({"id": self._last, "method": method, "params": parameters})
        async with asyncio.timeout(30):
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
        async with asyncio.timeout(20):
            while not await self.says(expression):
                await asyncio.sleep(0.02)

    async def press(self, key: str, times: int = 1) -> None:
        """Press a key of the keyboard."""
        text, code = _KEYS[key]
        for _ in range(times):
            common = {"key": " " if key == "Space" else key, "code": key, "windowsVirtualKeyCode": code}
            await self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
            await self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    async def type(self, text: str) -> None:
        """Type where the focus is."""
        await self.call("Input.insertText", text=text)

    async def names(self) -> dict[str, list[str]]:
        """What a screen reader is told: accessible names by role."""
        found: dict[str, list[str]] = {}
        for node in (await self.call("Accessibility.getFullAXTree"))["nodes"]:
            if not node.get("ignored"):
                name = node.get("name", {}).get("value", "")
                found.setdefault(str(node.get("role", {}).get("value", "")), []).append(str(name))
        return found

    async def picture(self, file: Path) -> None:
        """Keep what is seen."""
        shot = await self.call("Page.captureScreenshot", captureBeyondViewport=True)
        await asyncio.to_thread(_keep, file, base64.b64decode(shot["data"]))


def _keep(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


@contextlib.asynccontextmanager
async def chromium(*, width: int = 900, height: int = 1100, dark: bool = False) -> AsyncIterator[Page]:
    """A browser with a profile of its own, ended with the test."""
    with tempfile.TemporaryDirectory(prefix="guichet-chromium-", ignore_cleanup_errors=True) as home:
        process = await asyncio.create_subprocess_exec(
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--remote-debugging-port=0", f"--user-data-dir={home}", "about:blank",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, env={**os.environ, "HOME": home},
        )  # fmt: skip
        try:
            place = Path(home) / "DevToolsActivePort"
            async with asyncio.timeout(60):
                while not place.exists() or "\n" not in place.read_text():
                    await asyncio.sleep(0.05)
            port = place.read_text().split("\n")[0]
            async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
                async with client.get("/json/list") as answer:
                    tab = next(one for one in await answer.json(content_type=None) if one["type"] == "page")
                async with client.ws_connect(tab["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    page = Page(socket)
                    await page.call("Page.enable")
                    await page.call("Accessibility.enable")
                    await page.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                                    deviceScaleFactor=1, mobile=False)  # fmt: skip
                    look = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
                    await page.call("Emulation.setEmulatedMedia", features=look)
                    yield page
        finally:
            process.kill()
            await process.wait()
