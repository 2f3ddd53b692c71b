"""The demo organisation's chat: its widget, and where the visitor of the demo finds it."""

from typing import Any
from uuid import UUID

import asyncpg

from app.domain.ids import new_id
from app.store.engine import Access, connect

PAGES = "http://127.0.0.1:8466"
"""Until the demo's hub has a port of its own."""


async def make_chats(
    connection: asyncpg.Connection, organisation: UUID, told: list[dict[str, Any]], teams: dict[str, UUID]
) -> None:
    """The `chats` of a story, as the owner."""
    for chat in told:
        await connection.execute(
            "INSERT INTO chat_widgets (id, organisation_id, team_id, welcome_en, welcome_fr) VALUES ($1, $2, $3, $4, $5)",
            new_id(),
            organisation,
            teams[chat["team"]],
            chat["welcome_en"],
            chat["welcome_fr"],
        )
        # The hub's pages of the demo are on this machine: then the widget can be tried from Getting started.
        await connection.execute(
            "UPDATE web_settings SET public_url = $2 WHERE organisation_id = $1", organisation, PAGES
        )


async def lead_pages(admin: Access, url: str) -> None:
    """Say where customers reach the demo's pages, unless somebody named a place beyond this machine."""
    connection = await connect(admin)
    try:
        await connection.execute(
            "UPDATE web_settings SET public_url = $1 WHERE public_url <> $1 AND public_url LIKE 'http://127.0.0.1:%'",
            url,
        )
    finally:
        await connection.close()


async def chat_key(admin: Access) -> str:
    """The key of the first chat that is on; empty where there is none."""
    connection = await connect(admin)
    try:
        found = await connection.fetchval("SELECT key FROM chat_widgets WHERE active ORDER BY id LIMIT 1")
        return str(found or "")
    finally:
        await connection.close()
