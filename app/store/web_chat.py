"""Web chat on PostgreSQL, the visitor's side: secrets are hashed here, and the functions decide whose chat it is."""

import json
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.chats import FILE_MOST, ChatState, Led, lead_on, led
from app.domain.ids import new_id
from app.domain.message_trees import MessageTree, Talk, begin
from app.services.automation_engine import Write
from app.services.web_api import digest
from app.services.web_chat import ChatBegun, ChatFile, ChatTold, ChatWords, ShownWidget
from app.store.again import again
from app.store.floor import read_floor
from app.store.mail_writing import acknowledge_case
from app.store.message_trees import tree_of
from app.store.session import Database, statement

KEPT_S, OPEN_KEPT_S = 10, 5
_TREE = """
SELECT id, team_id, name, outline, active, version FROM message_trees
WHERE team_id = :team AND active AND archived_at IS NULL"""
_TREE_OF = """
SELECT m.id, m.team_id, m.name, m.outline, m.active, m.version FROM chats k JOIN chat_widgets w ON w.id = k.widget_id
JOIN message_trees m ON m.team_id = w.team_id AND m.active AND m.archived_at IS NULL WHERE k.id = :chat"""


class PostgresChatDoor:
    """ChatDoor on PostgreSQL, as the hub."""

    def __init__(self, database: Database, write: Write | None = None) -> None:
        self._database, self._write = database, write
        self._key: bytes | None = None
        self._kept: dict[str, tuple[float, ShownWidget]] = {}
        self._open: tuple[float, frozenset[UUID]] = (float("-inf"), frozenset())

    async def key(self) -> bytes:
        if self._key is None:
            row = await self._database.one("SELECT key FROM signing_keys WHERE name = 'web'")
            self._key = bytes(row["key"])
        return self._key

    async def widget(self, key: str) -> ShownWidget | None:
        kept = self._kept.get(key)
        if kept is not None and time.monotonic() - kept[0] < KEPT_S:
            return kept[1]
        self._kept.pop(key, None)
        told = (await self._database.one("SELECT chat_widget(:key) AS told", key=key))["told"]
        if told is None:
            return None
        shown = ShownWidget(
            UUID(told["id"]), key, UUID(told["organisation_id"]), told["organisation"], told["language"],
            told["region"], UUID(told["team_id"]), told["team"],
            {"en": told["welcome_en"], "fr": told["welcome_fr"]}, tuple(told["sites"]), told["asks_email"], told["url"],
        )  # fmt: skip
        self._kept[key] = (time.monotonic(), shown)
        return shown

    async def is_open(self, widget: ShownWidget) -> bool:
        if time.monotonic() - self._open[0] >= OPEN_KEPT_S:
            floor = await read_floor(self._database)
            self._open = (time.monotonic(), frozenset(one.id for one in floor.teams.values() if one.is_open))
        return widget.team_id in self._open[1]

    async def begin(self, widget: ShownWidget, chat_id: UUID, secret: str, begun: ChatBegun) -> ChatTold:
        return await again(lambda: self._begin(widget, chat_id, secret, begun))

    async def _begin(self, widget: ShownWidget, chat_id: UUID, secret: str, begun: ChatBegun) -> ChatTold:
        """Customer, case, chat and first message, the tree's first words or the acknowledgement: one transaction."""
        first, _, last = begun.name.rpartition(" ")
        told = {
            "id": str(begun.message_id), "name": begun.name, "first_name": first, "last_name": last,
            "email": begun.email, "phones": list(begun.phones), "body": begun.body, "subject": begun.subject,
            "language": begun.language, "number": begun.number, "open": begun.is_open,
            **({"case_id": str(begun.case_id)} if begun.case_id is not None else {}),
        }  # fmt: skip
        async with self._database.transaction() as connection:
            values = {"key": widget.key, "chat": chat_id, "secret": digest(secret), "told": json.dumps(told)}
            made = await _scalar(connection, "SELECT chat_begin(:key, :chat, :secret, CAST(:told AS jsonb))", **values)
            if not made["again"]:
                await self._answer(connection, widget, made, begun)
        return _told(made)

    async def _answer(
        self, connection: AsyncConnection, widget: ShownWidget, made: dict[str, Any], begun: ChatBegun
    ) -> None:
        if not begun.is_open:
            if begun.email and self._write is not None:
                await acknowledge_case(
                    connection, widget.organisation_id, widget.team_id, UUID(made["case_id"]), begun.email, self._write
                )
            return
        tree = await _tree(connection, _TREE, team=widget.team_id) if made["new"] else None
        if tree is not None:
            reply = begin(tree, begun.language, is_open=True)
            await _lead(connection, UUID(made["id"]), tree, led(tree, Talk(""), "", reply))

    async def find(self, key: str, secret: str, after: int, most: int) -> ChatTold | None:
        row = await self._database.one(
            "SELECT chat_find(:key, :secret, :after, :most) AS told",
            key=key, secret=digest(secret), after=after, most=most,
        )  # fmt: skip
        return None if row["told"] is None else _told(row["told"])

    async def say(self, secret: str, message_id: UUID, body: str, files: Sequence[UUID]) -> int:
        return await again(lambda: self._say(secret, message_id, body, files))

    async def _say(self, secret: str, message_id: UUID, body: str, files: Sequence[UUID]) -> int:
        """What she says; in a tree's menu her step too, in the same transaction."""
        async with self._database.transaction() as connection:
            said = await _scalar(
                connection, "SELECT chat_say(:secret, :id, :body, CAST(:files AS uuid[]))",
                secret=digest(secret), id=message_id, body=body, files=list(files),
            )  # fmt: skip
            if not said["again"] and said["state"] == ChatState.MENU:
                await self._walk(connection, said, body)
        return int(said["seq"])

    async def _walk(self, connection: AsyncConnection, said: dict[str, Any], body: str) -> None:
        chat = UUID(said["id"])
        tree = await _tree(connection, _TREE_OF, chat=chat)
        if tree is None:  # taken away meanwhile: somebody answers
            await _scalar(connection, "SELECT chat_lead(:chat, NULL, NULL)", chat=chat)
        else:
            await _lead(
                connection, chat, tree, lead_on(tree, Talk(said["menu"], said["tries"]), body, said["language"])
            )

    async def got(self, secret: str, got: int, seen: int) -> None:
        await self._database.write("SELECT chat_got(:secret, :got, :seen)", secret=digest(secret), got=got, seen=seen)

    async def types(self, secret: str) -> None:
        await self._database.write("SELECT chat_types(:secret)", secret=digest(secret))

    async def leave(self, secret: str) -> None:
        await self._database.write("SELECT chat_leave(:secret)", secret=digest(secret))

    async def mail_me(self, secret: str, email: str) -> None:
        await self._database.write("SELECT chat_mail_me(:secret, :email)", secret=digest(secret), email=email)

    async def here(self, chat_id: UUID | None, *, here: bool) -> None:
        await self._database.write("SELECT chat_here(CAST(:chat AS uuid), :here)", chat=chat_id, here=here)

    async def begin_file(self, secret: str, name: str, kind: str) -> UUID:
        blob = new_id()
        await self._database.write(
            "SELECT chat_upload(:secret, :blob, :name, :kind)", secret=digest(secret), blob=blob, name=name, kind=kind
        )
        return blob

    async def add_part(self, secret: str, blob: UUID, position: int, data: bytes) -> None:
        await self._database.write(
            "SELECT chat_chunk(:secret, :blob, :position, :data, :most)",
            secret=digest(secret), blob=blob, position=position, data=data, most=FILE_MOST,
        )  # fmt: skip

    async def file(self, secret: str, file: UUID) -> ChatFile | None:
        row = await self._database.one("SELECT chat_file(:secret, :file) AS told", secret=digest(secret), file=file)
        told = row["told"]
        if told is None:
            return None
        return ChatFile(file, told["name"], told["size"], told["kind"], UUID(told["blob"]))

    async def part(self, blob: UUID, position: int) -> bytes | None:
        """One chunk of a blob that `file` gave out."""
        row = await self._database.row(
            "SELECT data FROM blob_chunks WHERE blob_id = :blob AND position = :position", blob=blob, position=position
        )
        return None if row is None else bytes(row["data"])


async def _tree(connection: AsyncConnection, sql: str, **values: Any) -> MessageTree | None:
    row = (await connection.execute(statement(sql), values)).mappings().first()
    return tree_of(row) if row is not None else None


async def _lead(connection: AsyncConnection, chat: UUID, tree: MessageTree, step: Led) -> None:
    talk = step.talk or Talk("")
    state = ChatState.IDLE if step.state is ChatState.IDLE else ChatState.MENU
    await _scalar(
        connection, "SELECT chat_house(:chat, :said, :state, :menu, :tries)",
        chat=chat, said=step.says, state=state.value, menu=talk.menu, tries=talk.tries,
    )  # fmt: skip
    if step.state is ChatState.WAITING:
        await _scalar(
            connection, "SELECT chat_lead(:chat, :tree, CAST(:target AS uuid))",
            chat=chat, tree=tree.id, target=step.target,
        )  # fmt: skip


async def _scalar(connection: AsyncConnection, sql: str, **values: Any) -> Any:
    return (await connection.execute(statement(sql), values)).scalar_one()


def _told(told: dict[str, Any]) -> ChatTold:
    return ChatTold(
        UUID(told["id"]), ChatState(told["state"]), told["seq"], told["seen"], told["mine"], told["number"],
        told["agent"], told["handed"], told["ahead"], told["notice"], told["ended_by"], told["has_email"],
        told["mails"], tuple(_words(one) for one in told.get("messages", ())),
    )  # fmt: skip


def _words(told: dict[str, Any]) -> ChatWords:
    files = tuple(ChatFile(UUID(one["id"]), one["name"], one["size"], one["kind"]) for one in told["files"])
    return ChatWords(told["seq"], UUID(told["id"]), told["by"], told["body"], told["at"], told["author"], files)


async def sweep_chats(database: Database) -> None:
    """Files that were begun and not sent."""
    await database.write("SELECT chat_sweep()")
