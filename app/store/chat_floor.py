"""Chats as the hub offers them, on PostgreSQL."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.chats import ChatOnFloor, ChatState, ChatStep, Room, Silence
from app.store.floor import read_floor
from app.store.session import Database

_CHATS = """
SELECT k.id, k.team_id, k.state, k.step, k.to_agent_id, k.handed_by, k.ringing, k.ring_until, k.tried, k.step_since_at, k.said_at,
  k.noticed_at, k.left_at, k.last_by, k.seq, k.moves, w.offer_s, w.most, w.silence_s
FROM chats k JOIN chat_widgets w ON w.id = k.widget_id"""
# The first of each team's queue: more than it has agents are not looked at; rings count when they are over.
_WAITING = f"""
SELECT * FROM ({
    _CHATS.replace(
        "FROM chats k",
        ", k.waiting_since_at, row_number() OVER (PARTITION BY k.team_id, k.to_agent_id "
        "ORDER BY k.waiting_since_at, k.id) AS place FROM chats k",
    )
}
  WHERE k.state = 'waiting' AND (k.ringing = '{{}}' OR k.ring_until <= clock_timestamp())) q
WHERE place <= 40 ORDER BY waiting_since_at, id"""
# Half of the shortest silence that may be set: younger ones are not looked at.
_QUIET = f"{_CHATS} WHERE k.state <> 'ended' AND k.said_at < clock_timestamp() - interval '5 seconds' ORDER BY k.said_at LIMIT 2000"


class PostgresChatFloor:
    """ChatFloorStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._offered: dict[UUID, datetime] = {}

    async def waiting(self) -> tuple[ChatOnFloor, ...]:
        return tuple(map(_chat, await self._database.rows(_WAITING)))

    async def quiet(self) -> tuple[ChatOnFloor, ...]:
        return tuple(map(_chat, await self._database.rows(_QUIET)))

    async def room(self) -> Room:
        floor = await read_floor(self._database)
        talks = await self._database.rows(
            "SELECT agent_id, count(*) AS n FROM (SELECT agent_id FROM chats WHERE state = 'talking' UNION ALL "
            "SELECT unnest(ringing) FROM chats WHERE state = 'waiting') t GROUP BY 1"
        )
        return Room(floor, {row["agent_id"]: row["n"] for row in talks}, dict(self._offered))

    async def offer(self, chat: ChatOnFloor, agents: Sequence[UUID], seconds: int) -> bool:
        row = await self._database.written(
            "SELECT chat_offer(:id, :moves, CAST(:agents AS uuid[]), :seconds) AS done",
            id=chat.id, moves=chat.moves, agents=list(agents), seconds=seconds,
        )  # fmt: skip
        if row["done"]:
            self._offered |= dict.fromkeys(agents, datetime.now(UTC))
        return bool(row["done"])

    async def missed(self, chat: ChatOnFloor) -> bool:
        row = await self._database.written("SELECT chat_missed(:id, :moves) AS done", id=chat.id, moves=chat.moves)
        return bool(row["done"])

    async def step(self, chat: ChatOnFloor, step: ChatStep) -> bool:
        row = await self._database.written(
            "SELECT chat_step(:id, :moves, :step) AS done", id=chat.id, moves=chat.moves, step=step.value
        )
        return bool(row["done"])

    async def silence(self, chat: ChatOnFloor, silence: Silence) -> None:
        await self._database.write(
            "SELECT chat_silent(:id, :seq, :silence)", id=chat.id, seq=chat.seq, silence=silence.value
        )


def _chat(row: RowMapping) -> ChatOnFloor:
    told = {name: value for name, value in row.items() if name not in {"place", "waiting_since_at"}}
    lists = {"ringing": tuple(row["ringing"]), "tried": tuple(row["tried"])}
    return ChatOnFloor(**{**told, **lists, "state": ChatState(row["state"]), "step": ChatStep(row["step"])})
