"""Manage's page of web chat: how each team with a number chats on web pages."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from app.desk.records import Kind, Records, RecordsState
from app.services.feed import Feed
from app.services.organisation import Directory
from app.services.web_chat import Chats, WidgetOnPage

__all__ = ["ChatPages", "RecordsState", "WidgetOnPage"]


class ChatPages:
    """One kind of record: the teams that have a number."""

    def __init__(self, chats: Chats, directory: Callable[[], Awaitable[Directory]], feed: Feed) -> None:
        self._chats = chats
        self.widgets: Records[WidgetOnPage] = Records(
            Kind(self._read, self._save, lambda one: one.team_id), directory, feed
        )

    async def _read(self, _: Directory, __: UUID) -> tuple[WidgetOnPage, ...]:
        return await self._chats.store.widgets()

    async def _save(self, widget: WidgetOnPage, _: UUID) -> None:
        await self._chats.save_widget(widget)
