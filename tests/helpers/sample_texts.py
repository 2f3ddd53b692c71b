"""SMS and broadcasts in memory: what their screens stand on in tests of presenters and views."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.domain.broadcasts import Broadcast, BroadcastBy, BroadcastState
from app.domain.conditions import Condition, FieldOf, Kind
from app.domain.message_trees import MessageTree
from app.domain.refusals import Refusal, Refused
from app.services.messages import Audience, LineFound, LineOnPage
from app.services.sms import SmsSender, SmsToSend
from tests.helpers.sample_data import key

LINE = SmsSender(key("line"), "+33380123450", "Contact centre")


@dataclass
class SampleTexts:
    """SmsStore over lists."""

    line: SmsSender | None = LINE
    stopped: set[str] = field(default_factory=set)
    sent: list[SmsToSend] = field(default_factory=list)

    async def sms_sender(self, case_id: UUID, recipient: str) -> SmsSender | None:
        return replace(self.line, stopped=recipient in self.stopped) if self.line else None

    async def send_sms(self, sms: SmsToSend) -> None:
        if sms.recipient in self.stopped:
            raise Refused(Refusal.STOPPED_SMS)
        self.sent.append(sms)


class SampleMessages:
    """MessageStore over lists; I lead every team."""

    def __init__(self, hint: Callable[[str], None]) -> None:
        self._hint = hint
        self.kept_lines = [LineOnPage(key("number"), "+33380123450", key("centre"))]
        self.kept: dict[UUID, Broadcast] = {}
        self.kept_trees: dict[UUID, MessageTree] = {}
        self.approved: list[Broadcast] = []

    async def lines(self) -> tuple[LineOnPage, ...]:
        return tuple(self.kept_lines)

    async def look_at_line(self, line_id: UUID) -> None:
        return None

    async def line_found(self, line_id: UUID) -> LineFound:
        return LineFound()

    async def line_trunks(self) -> Mapping[UUID, str]:
        return {key("trunk"): "operator"}

    async def save_line(self, line: LineOnPage) -> None:
        self.kept_lines = [replace(line, id=key("line"), active=True, secret="")]

    async def trees(self) -> tuple[MessageTree, ...]:
        return tuple(self.kept_trees.values())

    async def save_tree(self, tree: MessageTree) -> None:
        self.kept_trees[tree.id] = tree

    async def remove_tree(self, tree_id: UUID) -> None:
        self.kept_trees.pop(tree_id, None)

    async def broadcasts(self) -> tuple[Broadcast, ...]:
        return tuple(self.kept.values())

    async def save_broadcast(self, broadcast: Broadcast, *, asks: bool) -> None:
        state = BroadcastState.ASKED if asks else broadcast.state
        self.kept[broadcast.id] = replace(broadcast, state=state, may_send=True)
        self._hint("broadcast")

    async def approve_broadcast(self, broadcast: Broadcast) -> None:
        self.approved.append(broadcast)
        figures = {"delivered": 118, "waiting": 22, "stopped": 2}
        self.kept[broadcast.id] = replace(broadcast, state=BroadcastState.SENDING, figures=figures)
        self._hint("broadcast")

    async def stop_broadcast(self, broadcast_id: UUID) -> None:
        self.kept[broadcast_id] = replace(self.kept[broadcast_id], state=BroadcastState.STOPPED)
        self._hint("broadcast")

    async def remove_broadcast(self, broadcast_id: UUID) -> None:
        self.kept.pop(broadcast_id, None)

    async def audience(self, condition: Condition, by: BroadcastBy = BroadcastBy.SMS) -> Audience:
        return Audience(142, 140, ("Amélie Fontaine", "Marc Perrin"))

    async def condition_fields(self) -> Mapping[str, FieldOf]:
        return {"customer.organisation": FieldOf(Kind.TEXT), "case.subject": FieldOf(Kind.TEXT)}
