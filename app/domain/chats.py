"""Web chats: whom a waiting one is offered to next, how a tree leads it, when silence ends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.floor import Floor, next_to_ring
from app.domain.message_trees import Goes, MessageTree, Reply, Talk, answer, chooses

BODY_MOST = 4000
FILE_MOST = 8_000_000
FILES_MOST = 5
HANDED_S, BACK_S = 60, 15
AGAIN_S = 20
"""After so long everybody who let a chat pass is asked once more."""
NOTICE_S = 120
LEFT_S = 900
"""A visitor whose page has been gone for so long, and whom nobody has answered, waits no more: her case does."""
SUBJECT_MOST = 80


class ChatState(StrEnum):
    """Where a chat stands: in a tree's menu, answered by the tree, waiting for somebody, talking, over."""

    MENU = "menu"
    IDLE = "idle"
    WAITING = "waiting"
    TALKING = "talking"
    ENDED = "ended"


class ChatStep(StrEnum):
    """Which step of its chain a waiting chat is at; it cannot fall out of it."""

    QUEUE = "queue"
    HANDED = "handed"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class ChatOnFloor:
    """A chat as the hub looks at it; `moves` counts what happened to it, `most` is how many an agent has at once."""

    id: UUID
    team_id: UUID
    state: ChatState
    step: ChatStep = ChatStep.QUEUE
    to_agent_id: UUID | None = None
    handed_by: UUID | None = None
    ringing: tuple[UUID, ...] = ()
    ring_until: datetime | None = None
    tried: tuple[UUID, ...] = ()
    step_since_at: datetime | None = None
    said_at: datetime | None = None
    noticed_at: datetime | None = None
    left_at: datetime | None = None
    last_by: str = "visitor"
    seq: int = 0
    moves: int = 0
    offer_s: int = 30
    most: int = 6
    silence_s: int = 600


@dataclass(frozen=True, slots=True)
class Offer:
    """Ask these agents for so many seconds."""

    agents: tuple[UUID, ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class Missed:
    """Nobody took it in time: they are not asked again in this round."""


@dataclass(frozen=True, slots=True)
class GoTo:
    """The next step of the chain, or the same one from its beginning."""

    step: ChatStep


Move = Offer | Missed | GoTo | None


@dataclass(frozen=True, slots=True)
class Room:
    """The floor with how many chats each agent has, and when she was last offered one."""

    floor: Floor
    loads: Mapping[UUID, int] = field(default_factory=dict)
    offered: Mapping[UUID, datetime] = field(default_factory=dict)
    _made: dict[int, Floor] = field(default_factory=dict, init=False, compare=False, repr=False)

    def with_room(self, most: int) -> Floor:
        """The floor as it is for one more chat: who has as many as she may is busy."""
        if most not in self._made:
            self._made[most] = self._make(most)
        return self._made[most]

    def _make(self, most: int) -> Floor:
        agents = {
            id_: replace(
                agent,
                state=AgentState.ON_CALL if self.loads.get(id_, 0) >= most else agent.state,
                offered_at=self.offered.get(id_, agent.offered_at),
            )
            for id_, agent in self.floor.agents.items()
        }
        return replace(self.floor, agents=agents)


def next_move(chat: ChatOnFloor, room: Room, now: datetime) -> Move:
    """What to do with a waiting chat now; None: wait."""
    if chat.state is not ChatState.WAITING:
        return None
    if chat.ringing:
        return Missed() if chat.ring_until is None or now >= chat.ring_until else None
    floor = room.with_room(chat.most)
    spent = (now - chat.step_since_at).total_seconds() if chat.step_since_at is not None else 0.0
    if chat.step is ChatStep.BACK:
        return _back(chat, floor)
    if chat.step is ChatStep.HANDED and spent >= HANDED_S:
        return GoTo(ChatStep.BACK)
    tried = frozenset(chat.tried)
    if chat.to_agent_id is not None and chat.to_agent_id not in tried:
        wanted = floor.agent(chat.to_agent_id)
        if wanted is not None and wanted.free:
            return Offer((chat.to_agent_id,), chat.offer_s)
        if chat.step is ChatStep.HANDED:
            return GoTo(ChatStep.BACK)
    team = floor.teams.get(chat.team_id)
    asked = next_to_ring(team, floor, tried) if team is not None else ()
    if asked:
        return Offer(asked, chat.offer_s)
    if chat.step is ChatStep.HANDED and not _comes_back(chat, floor):
        return GoTo(ChatStep.BACK)
    return GoTo(ChatStep.QUEUE) if chat.step is ChatStep.QUEUE and tried and spent >= AGAIN_S else None


def _comes_back(chat: ChatOnFloor, floor: Floor) -> bool:
    """Whether somebody of the team it was handed to is there at all, so that waiting makes sense."""
    team = floor.teams.get(chat.team_id)
    members = team.members if team is not None else ()
    found = (floor.agent(one) for one in members if one not in chat.tried)
    return any(one is not None and one.state not in {AgentState.OFFLINE, AgentState.NOT_READY} for one in found)


def _back(chat: ChatOnFloor, floor: Floor) -> Move:
    sender = floor.agent(chat.handed_by)
    if sender is None or not sender.free or sender.id in chat.tried:
        return GoTo(ChatStep.QUEUE)
    return Offer((sender.id,), BACK_S)


class Silence(StrEnum):
    """What silence does to a chat."""

    NOTICE = "notice"
    SILENCE = "silence"
    LEFT = "left"


def silence_of(chat: ChatOnFloor, now: datetime) -> Silence | None:
    """A notice when nobody has written for long and it is the visitor's turn, then the end; or she has gone."""
    if chat.said_at is None or chat.state is ChatState.ENDED:
        return None
    if chat.state is ChatState.WAITING:
        gone = chat.left_at is not None and now - max(chat.left_at, chat.said_at) >= timedelta(seconds=LEFT_S)
        return Silence.LEFT if gone and not chat.ringing else None
    if chat.last_by == "visitor" and chat.left_at is None and chat.state is ChatState.TALKING:
        return None
    quiet = (now - chat.said_at).total_seconds()
    notice_s = min(NOTICE_S, chat.silence_s / 2)
    if chat.noticed_at is not None:
        return Silence.SILENCE if (now - chat.noticed_at).total_seconds() >= notice_s else None
    return Silence.NOTICE if quiet >= chat.silence_s - notice_s else None


@dataclass(frozen=True, slots=True)
class Led:
    """One step of a chat in a tree: what is said, where the visitor stands then, and where the chat goes."""

    says: str
    state: ChatState
    talk: Talk | None = None
    target: UUID | None = None


def led(tree: MessageTree, talk: Talk, text: str, reply: Reply) -> Led:
    """A tree's reply as a chat has it: an answer leaves the visitor free to write on, all else waits for somebody."""
    if reply.talk is not None:
        return Led(reply.says, ChatState.MENU, reply.talk)
    if reply.target is not None:
        return Led(reply.says, ChatState.WAITING, None, reply.target.id)
    menu = tree.menus.get(talk.menu)
    chosen = next((one for one in menu.choices if chooses(one, text)), None) if menu is not None else None
    goes = chosen.target.goes if chosen is not None else menu.otherwise.goes if menu is not None else Goes.STAY
    return Led(reply.says, ChatState.IDLE if goes is Goes.ANSWER else ChatState.WAITING)


def lead_on(tree: MessageTree, talk: Talk, text: str, language: str) -> Led:
    """What a visitor answered in a menu."""
    return led(tree, talk, text, answer(tree, talk, text, language))


def words_of(tree: MessageTree, menu: str) -> tuple[str, ...]:
    """What may be pressed instead of typed: the first word of each choice."""
    asked = tree.menus.get(menu)
    return tuple(one.words[-1] for one in asked.choices if one.words) if asked is not None else ()


def subject_of(body: str) -> str:
    """A case's subject from the first line that somebody wrote."""
    line = next((" ".join(part.split()) for part in body.splitlines() if part.strip()), "")
    return line if len(line) <= SUBJECT_MOST else f"{line[: SUBJECT_MOST - 1].rstrip()}…"
