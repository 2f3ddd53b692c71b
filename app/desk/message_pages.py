"""Manage's pages of messages: lines of SMS, message trees, broadcasts with their audience."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from app.desk.message_tree_editor import MessageTreeEditor
from app.desk.presenter import Presenter
from app.desk.records import Kind, Records, RecordsState
from app.desk.wording import of_refusal
from app.domain.broadcasts import Broadcast, BroadcastState
from app.domain.conditions import FieldOf
from app.domain.ids import new_id
from app.domain.message_trees import MessageMenu, MessageTree
from app.domain.refusals import Refused
from app.services.feed import Feed
from app.services.messages import Audience, LineOnPage, Messages
from app.services.organisation import Directory

__all__ = ["Audience", "LineOnPage", "MessagePages", "OpenState", "RecordsState"]

T = TypeVar("T")
START = "start"
NOBODY = Audience()


@dataclass(frozen=True, slots=True)
class OpenState(RecordsState[T]):
    """Records that everybody may begin; who may do what with one stands in it."""

    audience: Audience = NOBODY

    @property
    def may_edit(self) -> bool:
        """Whether I may change them."""
        return True


class MessagePages:
    """The three kinds of records, and what a broadcast's audience is chosen by."""

    def __init__(self, messages: Messages, directory: Callable[[], Awaitable[Directory]], feed: Feed) -> None:
        self._messages = messages
        self.fields: dict[str, FieldOf] = {}
        self.trunks: dict[UUID, str] = {}
        self._language = "fr"
        self.lines: Records[LineOnPage] = Records(
            Kind(self._lines, self._save_line, lambda one: one.number_id), directory, feed
        )
        self.trees: Records[MessageTree] = Records(
            Kind(self._trees, self._save_tree, lambda one: one.id, _new_tree, messages.remove_tree), directory, feed
        )
        self.tree_editor = MessageTreeEditor(self.trees, lambda: self._language)
        self.broadcasts: Records[Broadcast] = Records(
            Kind(self._broadcasts, self._save_broadcast, lambda one: one.id, _new_broadcast, messages.remove_broadcast),
            directory, feed, OpenState(),
        )  # fmt: skip

    def all(self) -> tuple[Presenter[Any], ...]:
        """Every presenter."""
        return self.tree_editor, self.lines, self.trees, self.broadcasts

    def count(self) -> None:
        """Count whom the open broadcast would reach now."""
        edited = self.broadcasts.state.edited
        if edited is not None:
            self.broadcasts.work.latest("count", self._count(edited))

    def ask(self) -> None:
        """Ask the leads to send the open draft."""
        self._act(lambda one: self._messages.save_broadcast(one, asks=True))

    def send(self) -> None:
        """Send the open broadcast as it is kept."""
        if not self.broadcasts.state.changed:
            self._act(self._messages.approve)

    def stop(self) -> None:
        """Stop the open broadcast for good."""
        self._act(lambda one: self._messages.stop(one.id))

    def _act(self, act: Callable[[Broadcast], Awaitable[None]]) -> None:
        edited = self.broadcasts.state.edited
        if edited is not None:
            self.broadcasts.work.start(self._do(act, edited), "act")

    async def _do(self, act: Callable[[Broadcast], Awaitable[None]], one: Broadcast) -> None:
        try:
            await act(one)
        except Refused as refused:
            self.broadcasts.show(error=of_refusal(refused))
            return
        self.broadcasts.show(stored=one, error=None)
        self.broadcasts.begin()

    async def _count(self, one: Broadcast) -> None:
        try:
            audience = await self._messages.audience(one.condition, one.channel)
        except Refused as refused:
            self.broadcasts.show(error=of_refusal(refused))
            return
        self.broadcasts.show(error=None, audience=audience)

    async def _lines(self, _: Directory, __: UUID) -> tuple[LineOnPage, ...]:
        self.trunks = dict(await self._messages.line_trunks())
        return await self._messages.lines()

    async def _save_line(self, line: LineOnPage, _: UUID) -> None:
        await self._messages.save_line(line)

    async def _trees(self, directory: Directory, _: UUID) -> tuple[MessageTree, ...]:
        self._language = directory.organisation.language
        return await self._messages.trees()

    async def _save_tree(self, tree: MessageTree, _: UUID) -> None:
        await self._messages.save_tree(tree)

    async def _broadcasts(self, _: Directory, __: UUID) -> tuple[Broadcast, ...]:
        self.fields = await self._messages.fields()
        return await self._messages.broadcasts()

    async def _save_broadcast(self, one: Broadcast, _: UUID) -> None:
        await self._messages.save_broadcast(one)


def _new_tree(_: Directory, team: UUID) -> MessageTree:
    return MessageTree(new_id(), team, "", START, {START: MessageMenu({})})


def _new_broadcast(directory: Directory, _: UUID) -> Broadcast:
    mine = directory.my_teams()
    first = next((team.id for team in mine if team.numbers), mine[0].id if mine else directory.teams[0].id)
    leads = False
    return replace(Broadcast(new_id(), first, may_send=leads), state=BroadcastState.DRAFT)
