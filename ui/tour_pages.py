"""The tour's pages for customers: a form and the portal as a browser shows them, where Chromium is installed."""

import asyncio
import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from urllib.request import urlopen

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QTextBrowser, QWidget

from app.bootstrap.demo_web import demo_pages
from app.bootstrap.tour_chat import end_browser
from ui.theme.theme import Look, theme
from ui.tour_scenes import Scene, Stage

CUSTOMER = "a.fontaine@tilleuls.example"  # resources/sample/demo.toml
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
PATIENCE_S = 60


async def web_form(stage: Stage) -> QWidget:
    return await _page(stage, "form")


async def portal_door(stage: Stage) -> QWidget:
    return await _page(stage, "door")


async def portal_cases(stage: Stage) -> QWidget:
    return await _page(stage, "enter")


PAGES: tuple[Scene, ...] = (web_form, portal_door, portal_cases)


async def _page(stage: Stage, which: str) -> QWidget:
    async with demo_pages(stage.profile, CUSTOMER) as pages:
        url = f"{getattr(pages, which)}?lang={stage.language}"
        shown = await _by_chromium(url, stage.size) if CHROMIUM else await _by_ourselves(url)
    shown.resize(*stage.size)
    shown.show()
    return shown


async def _by_chromium(url: str, size: tuple[int, int]) -> QWidget:
    scheme = 0 if theme().look is Look.DARK else 1
    with tempfile.TemporaryDirectory(prefix="guichet-page-", ignore_cleanup_errors=True) as home:
        file = Path(home) / "page.png"
        process = await asyncio.create_subprocess_exec(
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--hide-scrollbars", f"--user-data-dir={home}/profile", f"--window-size={size[0]},{size[1]}",
            f"--blink-settings=preferredColorScheme={scheme}", f"--screenshot={file}", url,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "HOME": home, "TMPDIR": home}, start_new_session=True,
        )  # fmt: skip
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), PATIENCE_S)
        finally:
            await end_browser(process)
        picture = QPixmap(str(file))
    shown = QLabel()
    shown.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    shown.setPixmap(picture)
    return shown


async def _by_ourselves(url: str) -> QWidget:
    """Without a browser, the words of the page."""
    shown = QTextBrowser()
    shown.setHtml(await asyncio.to_thread(lambda: urlopen(url).read().decode()))  # noqa: S310 - our own page
    return shown
