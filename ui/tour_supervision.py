"""The tour of who supervises and shapes: the live board over the demo's people, as a busy morning would show it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.desk.shell import Screen
from app.domain.agents import AgentState
from app.domain.call_trees import Destination, Leads
from app.domain.calls import Phase
from app.domain.chats import ChatState
from app.domain.ids import new_id
from app.services.calls import CallsOf, CallView
from app.services.web_chat import ChatView
from ui.administration.call_tree_page import CallTreePage
from ui.desk import Desk
from ui.tour_scenes import SUB_TEAM, Scene, Stage
from ui.widgets.wording import now_utc

GREETING = {
    "en": "Welcome. For the workshop, press 1. For parts, press 2. For rental, press 3.",
    "fr": "Bienvenue. Pour l’atelier, tapez 1. Pour les pièces, tapez 2. Pour la location, tapez 3.",
}


async def quiet_board(stage: Stage) -> QWidget:
    return (await _board(stage)).window


async def live_board(stage: Stage) -> QWidget:
    return (await _busy(stage)).window


async def board_move(stage: Stage) -> QWidget:
    desk = await _busy(stage)
    desk.calls.board.choose(desk.calls.board.state.live[0].id)
    desk.commands.run("call.move")
    await stage.settle()
    return desk.window


async def board_chats(stage: Stage) -> QWidget:
    """Chats under the calls: one waits, one asks for somebody, three go on."""
    desk = await _busy(stage)
    floor, directory = desk.chats.floor, stage.administrator.directory
    assert floor is not None
    await floor.work.settle()
    centre = next(team for team in directory.teams if team.numbers)
    workshop = next(team for team in directory.teams if team.name == SUB_TEAM)
    people = [agent for agent in directory.agents if agent.active and agent.id != directory.me.id]
    chats, names = [], ("Paul Vernier", "Amélie Fontaine", "Coopérative sucrière de Saint-Benoît", "", "Lise Roux")
    for at, name in enumerate(names):
        since, agent, team = now_utc() - timedelta(seconds=38 + 95 * at), people[at], workshop if at == 3 else centre
        waits = at < 2
        chats.append(ChatView(
            new_id(), new_id(), ChatState.WAITING if waits else ChatState.TALKING, team.id, team.name, 1042 + at, "",
            name, None if waits else agent.id, "" if waits else agent.name, (agent.id,) if at == 1 else (),
            seq=4, agent_seen=2 if at == 2 else 4, waiting_since_at=since if waits else None, started_at=since,
            answered_at=None if waits else since, may_lead=True,
        ))  # fmt: skip
    floor.show(chats=tuple(chats), chosen=chats[2].id)
    await stage.settle()
    return desk.window


async def calls_of_teams(stage: Stage) -> QWidget:
    return (await _manage(stage, "calls")).window


async def ring_schedules(stage: Stage) -> QWidget:
    return (await _manage(stage, "schedules")).window


async def new_schedule(stage: Stage) -> QWidget:
    desk = await _manage(stage, "schedules")
    desk.managing.voice.schedules.new()
    await stage.settle()
    return desk.window


async def routing_rules(stage: Stage) -> QWidget:
    return (await _manage(stage, "rules")).window


async def new_rule(stage: Stage) -> QWidget:
    desk = await _manage(stage, "rules")
    desk.managing.voice.rules.new()
    await stage.settle()
    return desk.window


async def numbers(stage: Stage) -> QWidget:
    return (await _manage(stage, "numbers")).window


async def trunks(stage: Stage) -> QWidget:
    desk = await _manage(stage, "trunks")
    desk.managing.voice.trunks.new()
    await stage.settle()
    return desk.window


async def call_tree(stage: Stage) -> QWidget:
    return (await _tree(stage)).window


async def call_tree_tried(stage: Stage) -> QWidget:
    desk = await _tree(stage)
    page = desk.window.findChildren(CallTreePage)[0]
    page.show_side("try")
    page.try_call()
    await stage.settle()
    return desk.window


async def my_calls(stage: Stage) -> QWidget:
    desk = await _calls(stage, CallsOf.ALL)
    if desk.calls.log.state.calls:
        desk.calls.log.choose(desk.calls.log.state.calls[0].id)
        await stage.settle()
    return desk.window


async def missed_calls(stage: Stage) -> QWidget:
    return (await _calls(stage, CallsOf.MISSED)).window


SUPERVISION: tuple[Scene, ...] = (
    quiet_board, live_board, board_move, board_chats, calls_of_teams, ring_schedules, new_schedule, routing_rules,
    new_rule, numbers, trunks, call_tree, call_tree_tried, my_calls, missed_calls,
)  # fmt: skip


async def _manage(stage: Stage, page: str) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.managing.view.show_page(page)
    await stage.settle()
    return desk


async def _board(stage: Stage) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.BOARD)
    await stage.settle()
    return desk


async def _busy(stage: Stage) -> Desk:
    """The board with calls of the demo's customers, some waiting and some live, and their agents on the phone."""
    desk = await _board(stage)
    directory = stage.administrator.directory
    hits = [
        hit for word in ("fontaine", "girard", "de", "le", "sa") for hit in await stage.lead.customers.find(word, 3)
    ]
    customers = list({hit.id: hit for hit in hits}.values())[:6]
    centre = next(team for team in directory.teams if team.numbers)
    workshop = next(team for team in directory.teams if team.name == SUB_TEAM)
    others = [agent for agent in directory.agents if agent.active and agent.id != directory.me.id]
    calls, talking = [], set[UUID]()
    for at, hit in enumerate(customers):
        since = now_utc() - timedelta(seconds=21 + 67 * at)
        call = CallView(
            new_id(), "in", Phase.WAITING, hit.phone, centre.numbers[0].e164, centre.id, centre.name, since,
            customer_id=hit.id, customer_name=hit.name, waiting_since_at=since, step="queue", step_team_id=centre.id,
        )  # fmt: skip
        if at > 1:
            agent, team = others[at - 2], workshop if at % 2 else centre
            talking.add(agent.id)
            call = replace(
                call, phase=Phase.CONSULTING if at == 4 else Phase.TALKING, agent_id=agent.id, agent_name=agent.name,
                answered_at=since, team_id=team.id, team_name=team.name, step="", step_team_id=None,
            )  # fmt: skip
        calls.append(call)
    agents = tuple(
        replace(agent, state=AgentState.ON_CALL if agent.agent_id in talking else AgentState.AVAILABLE)
        for agent in desk.calls.board.state.agents
    )
    desk.calls.board.show(calls=tuple(calls), agents=agents)
    await stage.settle()
    return desk


async def _calls(stage: Stage, of: CallsOf) -> Desk:
    desk = await stage.desk()
    desk.shell.go(Screen.CALLS)
    desk.calls.log.choose_kind(of)
    await stage.settle()
    return desk


async def _tree(stage: Stage) -> Desk:
    """The demo's call tree, or, where it has none yet, a new one with two keys."""
    desk = await _manage(stage, "trees")
    if desk.managing.trees.state.tree is None:
        desk.managing.voice.trees.new()
        desk.managing.trees.name("Standard")
        desk.managing.trees.say(GREETING[stage.language])
        sub_teams = [team for team in stage.administrator.directory.teams if team.is_sub_team]
        for team in sub_teams[:3]:
            desk.managing.trees.add()
            desk.managing.trees.lead(Destination(Leads.TEAM, id=team.id))
            desk.managing.trees.choose((desk.managing.trees.state.lines[0].menu, None))
        await stage.settle()
    return desk
