"""The tour of who supervises and shapes: the live board over the demo's people, as a busy morning would show it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.desk.shell import Screen
from app.domain.agents import AgentState
from app.domain.calls import Phase
from app.domain.ids import new_id
from app.services.calls import CallView
from ui.desk import Desk
from ui.tour_scenes import SUB_TEAM, Scene, Stage
from ui.widgets.wording import now_utc


async def quiet_board(stage: Stage) -> QWidget:
    return (await _board(stage)).window


async def live_board(stage: Stage) -> QWidget:
    return (await _busy(stage)).window


async def board_move(stage: Stage) -> QWidget:
    desk = await _busy(stage)
    desk.board.choose(desk.board.state.live[0].id)
    desk.commands.run("call.move")
    await stage.settle()
    return desk.window


async def calls_of_teams(stage: Stage) -> QWidget:
    return (await _manage(stage, "calls")).window


async def ring_schedules(stage: Stage) -> QWidget:
    return (await _manage(stage, "schedules")).window


async def new_schedule(stage: Stage) -> QWidget:
    desk = await _manage(stage, "schedules")
    desk.voice.schedules.new()
    await stage.settle()
    return desk.window


async def routing_rules(stage: Stage) -> QWidget:
    return (await _manage(stage, "rules")).window


async def new_rule(stage: Stage) -> QWidget:
    desk = await _manage(stage, "rules")
    desk.voice.rules.new()
    await stage.settle()
    return desk.window


async def numbers(stage: Stage) -> QWidget:
    return (await _manage(stage, "numbers")).window


async def trunks(stage: Stage) -> QWidget:
    desk = await _manage(stage, "trunks")
    desk.voice.trunks.new()
    await stage.settle()
    return desk.window


SUPERVISION: tuple[Scene, ...] = (
    quiet_board, live_board, board_move, calls_of_teams, ring_schedules, new_schedule, routing_rules, new_rule,
    numbers, trunks,
)  # fmt: skip


async def _manage(stage: Stage, page: str) -> Desk:
    desk = await stage.desk(stage.administrator)
    desk.shell.go(Screen.MANAGE)
    await stage.settle()
    desk.manage.show_page(page)
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
        for agent in desk.board.state.agents
    )
    desk.board.show(calls=tuple(calls), agents=agents)
    await stage.settle()
    return desk
