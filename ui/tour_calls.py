"""The tour's calls: the phone's screens over a real case of the demo, as the hub would show a call about it."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.domain.agents import AgentState, Presence
from app.domain.calls import Phase
from app.services.calls import CallView
from ui.desk import Desk
from ui.tour_scenes import NOTE, SUB_TEAM, Scene, Stage
from ui.widgets.wording import now_utc


async def incoming_call(stage: Stage) -> QWidget:
    desk, call = await _about_a_case(stage)
    me, until = desk.calls.live.state.me, now_utc() + timedelta(seconds=24)
    team = stage.lead.directory.team(call.team_id)
    ringing = replace(
        call, phase=Phase.WAITING, agent_id=None, ringing=(me,), step_until_at=until, next_step="queue",
        next_team_id=team.id, started_at=now_utc() - timedelta(seconds=6),
    )  # fmt: skip
    return await _show(stage, desk, ringing, AgentState.RINGING)


async def handed_over_to_me(stage: Stage) -> QWidget:
    desk, call = await _about_a_case(stage)
    directory = stage.lead.directory
    by = next(agent for agent in directory.agents if agent.role_name == "nadia.benali")
    moving = replace(
        call, phase=Phase.MOVING, agent_id=None, ringing=(directory.me.id,), handed_by=by.id, handed_by_name=by.name,
        hand_over_note=NOTE[stage.language], step_until_at=now_utc() + timedelta(seconds=17),
        next_step="ring_sender", next_agent_id=by.id, held_since_at=now_utc() - timedelta(seconds=3),
    )  # fmt: skip
    return await _show(stage, desk, moving, AgentState.RINGING)


async def talking(stage: Stage) -> QWidget:
    desk, call = await _about_a_case(stage)
    return await _show(stage, desk, call)


async def transfer_panel(stage: Stage) -> QWidget:
    desk, call = await _about_a_case(stage)
    await _show(stage, desk, call)
    desk.commands.run("call.transfer")
    await stage.settle()
    return desk.window


async def transfer_ringing(stage: Stage) -> QWidget:
    desk, call = await _about_a_case(stage)
    directory = stage.lead.directory
    target = next(team for team in directory.teams if team.name == SUB_TEAM)
    away = replace(
        call, phase=Phase.MOVING, agent_id=None, handed_by=directory.me.id, step="ring_team",
        step_team_id=target.id, step_until_at=now_utc() + timedelta(seconds=14), next_step="ring_sender",
        next_agent_id=directory.me.id, held_since_at=now_utc() - timedelta(seconds=6),
    )  # fmt: skip
    return await _show(stage, desk, away, AgentState.AVAILABLE)


async def consultation(stage: Stage) -> QWidget:
    desk, call = await _about_a_case(stage)
    asked = next(agent for agent in stage.lead.directory.agents if agent.role_name == "hugo.mercier")
    held = now_utc() - timedelta(seconds=42)
    return await _show(
        stage, desk, replace(call, phase=Phase.CONSULTING, consulted=asked.id, consultation="away", held_since_at=held)
    )


async def keypad(stage: Stage) -> QWidget:
    desk, call = await _about_a_case(stage)
    await _show(stage, desk, call)
    desk.calls.screens.open_keypad()
    await stage.settle()
    return desk.window


async def wrap_up(stage: Stage) -> QWidget:
    desk, call = await _about_a_case(stage)
    now = now_utc()
    over = replace(call, phase=Phase.ENDED, my_part_ended=True, my_part_ended_at=now, ended_at=now)
    await _show(stage, desk, over, AgentState.WRAP_UP)
    promised = next(one for one in desk.calls.wrap_up.state.results if one.key == "to_call_back")
    desk.calls.wrap_up.choose(promised.id)
    await stage.settle()
    return desk.window


async def dial(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.calls.live.show(has_phone=True, registered=True)
    desk.calls.screens.dial("03 80 12 34 50")
    await stage.settle()
    return desk.window


CALLS: tuple[Scene, ...] = (
    incoming_call, talking, keypad, transfer_panel, transfer_ringing, handed_over_to_me, consultation, wrap_up, dial,
)  # fmt: skip


async def _about_a_case(stage: Stage) -> tuple[Desk, CallView]:
    """A desk with the case of the leak open, and a live call of its customer."""
    desk = await stage.leaking()
    file = desk.case.state.file
    assert file is not None
    customer = (await stage.lead.customers.open(file.case.customer_id)).customer
    team = stage.lead.directory.team(file.case.team_id)
    number = customer.phones[0].e164 if customer.phones else "+33600000000"
    call = CallView(
        file.case.id, "in", Phase.TALKING, number, team.numbers[0].e164 if team.numbers else "", team.id, team.name,
        now_utc() - timedelta(seconds=227), customer_id=customer.id, customer_name=file.row.customer_name,
        case_id=file.case.id, case_number=file.case.number, case_subject=file.case.subject,
        agent_id=desk.calls.live.state.me,
    )  # fmt: skip
    return desk, call


async def _show(stage: Stage, desk: Desk, call: CallView, state: AgentState = AgentState.ON_CALL) -> QWidget:
    """The call on the desk, and the agent's state as the hub would have set it."""
    desk.calls.live.show(calls=(call,), has_phone=True, registered=True, note=NOTE[stage.language])
    begun_at = {AgentState.ON_CALL: call.started_at, AgentState.RINGING: call.held_since_at or call.started_at}
    since_at = begun_at.get(state, now_utc())
    desk.shell.show(presence=Presence(stage.lead.directory.me.id, state, since_at))
    await stage.settle()
    return desk.window
