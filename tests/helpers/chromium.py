"""The tour's browser with hands and ears: keys, what a screen reader is told, pictures."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from app.bootstrap.browser import BROWSER, Tab, browser_tab

CHROMIUM = BROWSER
_KEYS = {"Tab": ("\t", 9), "Enter": ("\r", 13), "Space": (" ", 32), "ArrowDown": ("", 40)}


class Page:
    """One tab and who uses it."""

    def __init__(self, tab: Tab) -> None:
        self.call, self.go, self.says, self.until, self._tab = tab.call, tab.go, tab.says, tab.until, tab
        self.kill = tab.kill

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

    async def choose_file(self, input_: str, file: Path) -> None:
        """Choose a file in the input that an expression gives, as the browser's own dialog would."""
        found = await self.call("Runtime.evaluate", expression=input_)
        await self.call("DOM.setFileInputFiles", files=[str(file)], objectId=found["result"]["objectId"])

    async def slow_down(self, bytes_a_second: int) -> None:
        """Let what this page sends and gets trickle from now on."""
        await self.call("Network.enable")
        await self.call("Network.emulateNetworkConditions", offline=False, latency=0,
                        downloadThroughput=bytes_a_second, uploadThroughput=bytes_a_second)  # fmt: skip

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
        await asyncio.to_thread(_keep, file, await self._tab.shot(whole=True))


def _keep(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


@contextlib.asynccontextmanager
async def chromium(
    *, width: int = 900, height: int = 1100, dark: bool = False, profile: Path | None = None
) -> AsyncIterator[Page]:
    """A browser that ends with the block; with a profile of its own, or with the one that it had before."""
    async with browser_tab((width, height), dark=dark, profile=profile) as tab:
        await tab.call("Accessibility.enable")
        yield Page(tab)
