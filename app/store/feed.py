"""The feed of one desk: one LISTEN for hints, and the change log for what was missed."""

import asyncio
import logging
from collections.abc import Callable
from uuid import UUID

import asyncpg

from app.domain.history import Hint
from app.store.engine import Access, connect

log = logging.getLogger(__name__)

PAGE = 1_000
RETRY_S = (0.2, 0.5, 1, 2, 5)
ALIVE_S = 20

# Below the oldest running transaction nothing can appear any more: sequences commit out of order, this order is kept.
_SINCE = """
SELECT epoch, xid::text AS xid, seq, kind, record_id, parent_id FROM changes
WHERE (epoch, xid, seq) > ($1, $2::text::xid8, $3)
  AND (epoch < (SELECT epoch FROM schema_info) OR xid < pg_snapshot_xmin(pg_current_snapshot()))
ORDER BY changes.epoch, changes.xid, changes.seq LIMIT $4"""
_NOW = "SELECT (SELECT epoch FROM schema_info) AS epoch, pg_snapshot_xmin(pg_current_snapshot())::text AS xid"


class PostgresFeed:
    """Feed over LISTEN; a lost connection is made again and the changes since the last cursor are read."""

    def __init__(self, access: Access, organisation_id: UUID) -> None:
        self._access = access
        self._channel = f"guichet_{organisation_id.hex}"
        self._listeners: list[Callable[[Hint], None]] = []
        self._watchers: list[Callable[[bool], None]] = []
        self._cursor: tuple[int, str, int] | None = None
        self._seen: tuple[int, str, int] | None = None
        self._lost = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.connected = False

    def subscribe(self, listener: Callable[[Hint], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def watch_connection(self, watcher: Callable[[bool], None]) -> None:
        """Call `watcher` with True or False when the server comes and goes."""
        self._watchers.append(watcher)

    async def start(self) -> None:
        """Connect for the first time, so that nothing after this call is missed, then keep connected."""
        connection = await self._open()
        self._task = asyncio.create_task(self._keep(connection), name="feed")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep(self, connection: asyncpg.Connection) -> None:
        try:
            while True:
                try:
                    await self._until_lost(connection)
                except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                    log.info("feed: connection lost (%s)", type(error).__name__)
                self._set_connected(False)
                connection.terminate()
                connection = await self._reopen()
        finally:
            connection.terminate()

    async def _until_lost(self, connection: asyncpg.Connection) -> None:
        while not self._lost.is_set():
            try:
                async with asyncio.timeout(ALIVE_S):
                    await self._lost.wait()
            except TimeoutError:
                await connection.fetchval("SELECT 1", timeout=10)
                await self._move_cursor(connection)

    async def _reopen(self) -> asyncpg.Connection:
        attempt = 0
        while True:
            await asyncio.sleep(RETRY_S[min(attempt, len(RETRY_S) - 1)])
            attempt += 1
            try:
                return await self._open()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.info("feed: not back yet (%s)", type(error).__name__)

    async def _open(self) -> asyncpg.Connection:
        self._lost.clear()
        connection = await connect(self._access, application="guichet feed")
        connection.add_termination_listener(lambda _: self._lost.set())
        await connection.add_listener(self._channel, self._heard)
        # Listening first, reading after: what commits between the two is told twice, never missed.
        if self._cursor is None:
            await self._move_cursor(connection)
        else:
            await self._catch_up(connection)
        self._set_connected(True)
        return connection

    async def _move_cursor(self, connection: asyncpg.Connection) -> None:
        # One check behind: a hint of a transaction that this snapshot sees may still be on its way.
        now = await connection.fetchrow(_NOW)
        self._cursor = self._seen or (now["epoch"], now["xid"], 0)
        self._seen = (now["epoch"], now["xid"], 0)

    async def _catch_up(self, connection: asyncpg.Connection) -> None:
        assert self._cursor is not None
        while True:
            missed = await connection.fetch(_SINCE, *self._cursor, PAGE)
            for row in missed:
                self._tell(Hint(row["kind"], row["record_id"], row["parent_id"]))
            if missed:
                last = missed[-1]
                self._seen = None
                self._cursor = (last["epoch"], last["xid"], last["seq"])
            if len(missed) < PAGE:
                break
        self._tell(Hint("presence", None))

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: str) -> None:
        for line in payload.splitlines():
            kind, record, parent = line.split(" ")
            self._tell(Hint(kind, _uuid(record), _uuid(parent)))

    def _tell(self, hint: Hint) -> None:
        for listener in tuple(self._listeners):
            listener(hint)

    def _set_connected(self, connected: bool) -> None:
        if connected != self.connected:
            self.connected = connected
            for watcher in tuple(self._watchers):
                watcher(connected)


def _uuid(text: str) -> UUID | None:
    return None if text == "*" else UUID(text)
