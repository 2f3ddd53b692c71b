"""Statements and transactions of one sign-in, with errors as refusals."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import RowMapping, TextClause, text
from sqlalchemy.ext.asyncio.engine import AsyncConnection, AsyncEngine

from app.domain.refusals import Refusal, Refused
from app.store.errors import refusals


@lru_cache(maxsize=512)
def statement(sql: str) -> TextClause:
    """A statement parsed once."""
    return text(sql)


class Database:
    """What the store's modules run their SQL through."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        # One statement is a transaction by itself: without BEGIN and COMMIT around it, it is one way there and back
        # instead of three, and a caller waits for each.
        self._at_once = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def rows(self, sql: str, **parameters: Any) -> Sequence[RowMapping]:
        """Read; a connection that died since its last use is replaced once, since a read can be repeated."""
        try:
            return await self._read(sql, parameters)
        except Refused as refused:
            if refused.reason is not Refusal.SERVER_AWAY:
                raise
            return await self._read(sql, parameters)

    async def row(self, sql: str, **parameters: Any) -> RowMapping | None:
        rows = await self.rows(sql, **parameters)
        return rows[0] if rows else None

    async def one(self, sql: str, **parameters: Any) -> RowMapping:
        """The one row that must be there, or Refused(NOT_FOUND): gone, or not hers to see."""
        found = await self.row(sql, **parameters)
        if found is None:
            raise Refused(Refusal.NOT_FOUND)
        return found

    async def write(self, sql: str, **parameters: Any) -> int:
        """Write in a transaction of its own; the number of rows that were written."""
        async with self._one_statement() as connection:
            return (await connection.execute(statement(sql), parameters)).rowcount

    async def written(self, sql: str, **parameters: Any) -> RowMapping:
        """Write in a transaction of its own, with a statement that gives one row back."""
        async with self._one_statement() as connection:
            return (await connection.execute(statement(sql), parameters)).mappings().one()

    async def changed(self, sql: str, **parameters: Any) -> Sequence[RowMapping]:
        """Write in a transaction of its own, with a statement that gives back what it changed."""
        async with self._one_statement() as connection:
            return (await connection.execute(statement(sql), parameters)).mappings().all()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Several statements that hold together or not at all."""
        with refusals():
            async with self._engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def together(self) -> AsyncIterator["Database"]:
        """A Database all of whose statements are one transaction: several writes for the price of one commit."""
        async with self.transaction() as connection:
            yield _Together(self._engine, connection)

    async def close(self) -> None:
        await self._engine.dispose()

    @asynccontextmanager
    async def _one_statement(self) -> AsyncIterator[AsyncConnection]:
        with refusals():
            async with self._at_once.connect() as connection:
                yield connection

    async def _read(self, sql: str, parameters: dict[str, Any]) -> Sequence[RowMapping]:
        async with self._one_statement() as connection:
            return (await connection.execute(statement(sql), parameters)).mappings().all()


class _Together(Database):
    def __init__(self, engine: AsyncEngine, connection: AsyncConnection) -> None:
        super().__init__(engine)
        self._connection = connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        yield self._connection

    @asynccontextmanager
    async def _one_statement(self) -> AsyncIterator[AsyncConnection]:
        yield self._connection
