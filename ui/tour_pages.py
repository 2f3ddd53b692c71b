"""The tour's pages for customers: a form and the portal as a browser shows them, where Chromium is installed."""

import asyncio
from urllib.request import HTTPCookieProcessor, build_opener

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QTextBrowser, QWidget

from app.bootstrap.browser import BROWSER, browser_tab
from app.bootstrap.demo_web import demo_pages
from ui.theme.theme import Look, theme
from ui.tour_scenes import Scene, Stage

CUSTOMER = "a.fontaine@tilleuls.example"  # resources/sample/demo.toml


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
        shown = await _by_browser(url, stage.size) if BROWSER else await _by_ourselves(url)
    shown.resize(*stage.size)
    shown.show()
    return shown


async def _by_browser(url: str, size: tuple[int, int]) -> QWidget:
    async with browser_tab(size, dark=theme().look is Look.DARK) as tab:
        await tab.go(url)
        picture = QPixmap()
        picture.loadFromData(await tab.shot())
    shown = QLabel()
    shown.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    shown.setPixmap(picture)
    return shown


async def _by_ourselves(url: str) -> QWidget:
    """Without a browser, the words of the page."""
    visit = build_opener(HTTPCookieProcessor()).open  # the portal knows who came in by a cookie
    shown = QTextBrowser()
    shown.setHtml(await asyncio.to_thread(lambda: visit(url).read().decode()))
    return shown
