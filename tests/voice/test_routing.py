"""Where callers are led, on real parts: call trees, queues, closed hours, schedules, last advisor; what is recorded."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from app.domain.agents import AgentState
from app.domain.calls import Outcome, Phase, Recording
from app.domain.cases import CaseRow
from app.domain.follow_ups import Channel
from app.domain.hand_over import CommandKind
from app.domain.ids import new_id
from app.services.calls import CallView
from app.services.cases import NewCase
from app.store.calls import PostgresCalls
from app.store.engine import connect
from app.switch.instance import AsteriskInstance
from tests.helpers.organisation import Vallon
from tests.voice.hearing import read_wav
from tests.voice.parties import Customer, customer_of
from tests.voice.world import AgentDesk, World, open_world

CENTRE, ATELIER, SALES = "Contact centre", "Atelier Beaune", "Sales Dijon"
CUSTOMER_NUMBER = "+33639981234"
MARC = 440

pytestmark = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="no voice on this machine: espeak-ng")


@pytest.fixture
async def world(vallon: Vallon, instance: AsteriskInstance, folder: Path) -> AsyncIterator[World]:
    async with open_world(vallon, instance, folder) as made:
        yield made


async def _voice(world: World, team: str, **settings: object) -> None:
    """Change how a team is rung, as its supervisor does."""
    names = ", ".join(settings)
    values = ", ".join(f":{name}" for name in settings)
    changes = ", ".join(f"{name} = EXCLUDED.{name}" for name in settings)
    await world.vallon.as_agent("sofia")._database.write(
        f"INSERT INTO team_voice (team_id, organisation_id, {names}) "
        f"VALUES (:team, (SELECT my_organisation()), {values}) "
        f"ON CONFLICT (team_id) DO UPDATE SET {changes}",
        team=world.vallon.teams[team],
        **settings,
    )


async def _tree(world: World) -> UUID:
    teams, tree = world.vallon.teams, new_id()
    outline = {
        "start": "main",
        "menus": {
            "main": {
                "says": [{"words": "Pour l'atelier, tapez un. Pour votre dossier, tapez deux."}],
                "keys": {
                    "1": {"leads": "team", "id": str(teams[ATELIER])},
                    "2": {"leads": "menu", "menu": "case"},
                    "3": {"leads": "voicemail"},
                },
                "timeout_s": 2,
                "repeats": 0,
            },
            "case": {"says": [{"key": "case_number"}], "asks_case": True},
        },
    }
    await world.vallon.as_agent("sofia")._database.write(
        "INSERT INTO call_trees (id, organisation_id, name, outline) "
        "VALUES (:id, (SELECT my_organisation()), 'Main', CAST(:outline AS jsonb))",
        id=tree,
        outline=json.dumps(outline),
    )
    await _voice(world, CENTRE, call_tree_id=tree)
    return tree


def _board(world: World) -> PostgresCalls:
    store = world.vallon.as_agent("sofia")
    return PostgresCalls(store._database, store)


async def _recent(world: World, phase: Phase, within_s: float = 12) -> CallView:
    """The latest call, in a phase, as the supervisor's board shows it."""
    board = _board(world)
    deadline = asyncio.get_running_loop().time() + within_s
    while True:
        found = await board.recent_calls(1)
        if found and found[0].phase is phase:
            return found[0]
        assert asyncio.get_running_loop().time() < deadline, f"not {phase}: {[c.phase for c in found]}"
        await asyncio.sleep(0.05)


@pytest.mark.row("S1-06", "S1-31", "S1-24")
async def test_a_call_tree_leads_to_a_sub_team_that_has_no_number(world: World) -> None:
    await _tree(world)
    julie, camille = await world.arrives("julie"), await world.arrives("camille")
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        marc.do("call +33380123450")
        await _recent(world, Phase.MENU)
        assert await _loudness(marc) > 0.01, "the menu is spoken"
        assert camille.desk.phone.snapshot.calls == ()
        marc.do("digits 1")
        await julie.answers()
        view = await julie.sees((await julie.card()).id, Phase.TALKING)
        assert (view.team_name, view.dialled_number) == (ATELIER, "+33380123450")
        assert "chosen_team" in [entry["reason"] for entry in view.trace]


@pytest.mark.row("S5-06", "S5-07")
async def test_a_typed_case_number_rings_the_cases_agent_with_the_case_open(world: World) -> None:
    await _tree(world)
    julie = await world.arrives("julie")
    customer = await world.vallon.customer(phone="06 39 98 55 55")
    case = NewCase(
        new_id(), customer.id, "Baler knotter", world.vallon.teams[ATELIER], assignee_id=world.vallon.agents["julie"]
    )
    await world.vallon.as_agent("julie").insert_case(case)
    number = (await world.vallon.as_agent("julie").case_file(case.id)).case.number
    async with customer_of(world.switch, "+33639980000") as unknown:
        unknown.do("call +33380123450")
        await _recent(world, Phase.MENU)
        unknown.do("digits 2")
        await asyncio.sleep(0.3)  # a person's finger between two menus
        unknown.do(f"digits {number}#")
        await julie.desk.rings()
        card = await julie.card()
        assert (card.case_id, card.case_number, card.customer_name) == (case.id, number, "Marc Perrin")


async def test_nothing_pressed_leads_to_the_queue_and_its_first_agent(world: World) -> None:
    await _tree(world)
    camille = await world.arrives("camille")
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        marc.do("call +33380123450")
        await _recent(world, Phase.MENU)
        await camille.desk.rings()
        assert "no_choice" in [entry["reason"] for entry in (await camille.card()).trace]


@pytest.mark.row("S1-05", "S1-30")
async def test_a_schedule_rings_a_sub_team_by_rotation_and_the_call_becomes_its(world: World) -> None:
    julie, victor, camille = [await world.arrives(name) for name in ("julie", "victor", "camille")]
    await world.vallon.as_agent("sofia")._database.write(
        "INSERT INTO ring_schedules (id, organisation_id, team_id, name, weekdays, rings_from, rings_until, rings) "
        "VALUES (:id, (SELECT my_organisation()), :team, 'Workshop first', '{1,2,3,4,5,6,7}', '00:00', '23:59:59', "
        "CAST(:rings AS jsonb))",
        id=new_id(),
        team=world.vallon.teams[CENTRE],
        rings=json.dumps([{"team_id": str(world.vallon.teams[ATELIER]), "tier": 1}]),
    )
    await _voice(world, CENTRE, strategy="rotation", wrap_up="none")
    taken = []
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        for _ in range(2):
            marc.do("call +33380123450")
            view = await _recent(world, Phase.WAITING)
            async with asyncio.timeout(8):
                while len(ringing := (await _board(world).call(view.id)).ringing) == 0:
                    await asyncio.sleep(0.05)
            assert len(ringing) == 1, "one at a time, by turn"
            desk = julie if ringing[0] == world.vallon.agents["julie"] else victor
            await desk.answers()
            view = await desk.sees(view.id, Phase.TALKING)
            assert view.team_name == ATELIER
            taken.append(desk)
            marc.do("hang-up")
            await desk.sees(view.id, Phase.ENDED)
            await marc.says(state="ended")
            await desk.calls.wrap_up_call(view.id, None, "", None)
            await _available(world, desk)
    assert taken[0] is not taken[1], "the other one's turn"
    assert camille.desk.phone.snapshot.calls == ()


async def test_after_hours_a_message_becomes_a_new_unassigned_case_with_its_sound(world: World) -> None:
    camille = await world.arrives("camille")
    case_id = await _a_case(world)
    await _voice(world, CENTRE, closed_now=True)
    async with customer_of(world.switch, CUSTOMER_NUMBER, tone=MARC) as marc:
        marc.do("call +33380123450")
        view = await _recent(world, Phase.VOICEMAIL)
        await _the_tone(world, view.id)
        await asyncio.sleep(2)  # she speaks
        marc.do("hang-up")
        ended = await _recent(world, Phase.ENDED)
    assert ended.outcome == Outcome.VOICEMAIL
    async with asyncio.timeout(10):
        while not (made := [row for row in await _cases(world) if row.id != case_id]):
            await asyncio.sleep(0.1)
    file = await camille.store.case_file(made[0].id)
    assert (file.row.assignee_id, file.row.team_name) == (None, CENTRE)
    message = next(f for f in file.timeline if f.channel is Channel.VOICEMAIL)
    assert message.attachments[0].content_type == "audio/ogg"


async def test_who_hangs_up_at_the_tone_has_left_no_message(world: World) -> None:
    await _voice(world, CENTRE, closed_now=True)
    async with customer_of(world.switch, CUSTOMER_NUMBER, tone=MARC) as marc:
        marc.do("call +33380123450")
        await _the_tone(world, (await _recent(world, Phase.VOICEMAIL)).id)
        marc.do("hang-up")
        ended = await _recent(world, Phase.ENDED)
    assert ended.outcome == Outcome.ABANDONED


async def test_a_recorded_call_is_told_first_paused_and_heard_on_its_case(world: World) -> None:
    case_id = await _a_case(world)
    await _voice(world, CENTRE, records="on_demand", recordings_days=30)
    camille = await world.arrives("camille")
    async with customer_of(world.switch, CUSTOMER_NUMBER, tone=MARC) as marc:
        call_id = await _talking(camille, marc)
        await camille.calls.command_call(call_id, CommandKind.RECORD)
        told = await _recording(camille, call_id, Recording.ANNOUNCED, Recording.ON)
        assert told == [Recording.ANNOUNCED, Recording.ON], "the caller hears of it before the first word is kept"
        await asyncio.sleep(1)
        await camille.calls.command_call(call_id, CommandKind.PAUSE_RECORDING)
        await _recording(camille, call_id, Recording.PAUSED)
        marc.do("tone 880")
        await asyncio.sleep(1)
        marc.do(f"tone {MARC}")
        await camille.calls.command_call(call_id, CommandKind.RESUME_RECORDING)
        await _recording(camille, call_id, Recording.ON)
        marc.do("hang-up")
        await camille.sees(call_id, Phase.ENDED)
        await camille.calls.wrap_up_call(call_id, None, "Paid by card", None)
    async with asyncio.timeout(12):
        while not (sounds := await _sounds(camille, case_id)):
            await asyncio.sleep(0.1)
    assert sounds[0] is not None
    assert sounds[0].startswith(b"OggS"), "Opus, as the switch encoded it"
    assert (await camille.calls.recording(call_id)) == sounds[0]
    omar = world.vallon.as_agent("omar")
    assert await PostgresCalls(omar._database, omar).recording(call_id) is None, "not his to hear"


async def test_waiting_callers_hear_their_place_and_keep_it_as_a_callback(world: World) -> None:
    camille = await world.arrives("camille")
    await camille.store.set_my_state(AgentState.NOT_READY, "lunch")
    await _voice(world, CENTRE, announce_s=15)
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        marc.do("call +33380123450")
        await _recent(world, Phase.WAITING)
        await asyncio.sleep(0.5)
        marc.do("digits 1")
        await marc.says(state="ended", within_s=20)
    ended = await _recent(world, Phase.ENDED)
    assert ended.outcome == Outcome.CALLBACK
    tasks = [row.task for row in await camille.store.team_tasks(10)]
    assert [(t.custom["number"], t.custom["outcome"], t.assignee_id, t.reminder_minutes) for t in tasks] == [
        (CUSTOMER_NUMBER, "callback", None, 0)
    ]


@pytest.mark.row("S1-36", "S1-37")
async def test_the_last_advisor_is_rung_first_only_where_both_teams_of_the_case_have_it_on(world: World) -> None:
    customer = await world.vallon.customer()
    case = NewCase(
        new_id(), customer.id, "Hydraulic leak", world.vallon.teams[ATELIER], assignee_id=world.vallon.agents["victor"]
    )
    await world.vallon.as_agent("victor").insert_case(case)
    camille, victor = await world.arrives("camille"), await world.arrives("victor")
    database = world.vallon.as_agent("sofia")._database
    for on, rung in (((CENTRE,), camille), ((CENTRE, ATELIER), victor), ((ATELIER,), camille)):
        for team in (CENTRE, ATELIER):
            await database.write(
                "UPDATE teams SET last_advisor = :on WHERE id = :team", on=team in on, team=world.vallon.teams[team]
            )
        async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
            marc.do("call +33380123450")
            await rung.desk.rings()
            other = victor if rung is camille else camille
            assert other.desk.phone.snapshot.calls == (), on
            marc.do("hang-up")
            await marc.says(state="ended")
        await _quiet(rung)
    # The communication team is that of the case's own number: with Sales' number it is Sales that must have it on.
    file = await world.vallon.as_agent("victor").case_file(case.id)
    sales = next(t for t in (await victor.store.directory()).teams if t.name == SALES).numbers[0]
    await world.vallon.as_agent("victor").update_case(replace(file.case, number_id=sales.id))
    await database.write("UPDATE teams SET last_advisor = true WHERE name = ANY (:names)", names=[SALES, ATELIER])
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        marc.do("call +33380123460")
        await victor.desk.rings()


async def _loudness(customer: Customer) -> float:
    """How loud what the customer hears is, as the mean square of one second's samples."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "heard.wav"
        customer.do(f"listen 1 {file}")
        await customer.says(heard=str(file))
        samples, _ = read_wav(file)
        return float(np.sqrt(np.mean(samples**2)))


async def _a_case(world: World) -> UUID:
    customer = await world.vallon.customer()
    case = NewCase(new_id(), customer.id, "Hydraulic leak", world.vallon.teams[CENTRE])
    await world.vallon.as_agent("camille").insert_case(case)
    return case.id


async def _cases(world: World) -> tuple[CaseRow, ...]:
    store = world.vallon.as_agent("camille")
    return (await store.customer_file((await store.customers_by_phone(CUSTOMER_NUMBER))[0].id)).cases


async def _talking(agent: AgentDesk, customer: Customer) -> UUID:
    customer.do("call +33380123450")
    await agent.desk.rings()
    call_id = (await agent.card()).id
    await agent.answers()
    await agent.sees(call_id, Phase.TALKING)
    return call_id


async def _recording(agent: AgentDesk, call_id: UUID, *wanted: Recording) -> list[Recording]:
    """The states of the recording as they came, until the last one wanted."""
    seen: list[Recording] = []
    async with asyncio.timeout(12):
        while not seen or seen[-1] is not wanted[-1]:
            now = (await agent.calls.call(call_id)).recording
            if now is not Recording.NONE and (not seen or seen[-1] is not now):
                seen.append(now)
            await asyncio.sleep(0.02)
    return seen


async def _sounds(agent: AgentDesk, case_id: UUID) -> list[bytes | None]:
    file = await agent.store.case_file(case_id)
    ids = [a.id for f in file.timeline if f.channel is Channel.CALL for a in f.attachments]
    return [await agent.calls.sound(one) for one in ids]


async def _available(world: World, desk: AgentDesk) -> None:
    async with asyncio.timeout(8):
        while True:
            mine = (await desk.store.directory()).me.id
            if any(p.agent_id == mine and p.state is AgentState.AVAILABLE for p in await desk.store.presences()):
                return
            await asyncio.sleep(0.05)


async def _quiet(desk: AgentDesk) -> None:
    async with asyncio.timeout(8):
        while desk.desk.phone.snapshot.calls:
            await asyncio.sleep(0.02)
    mine = (await desk.store.directory()).me.id
    async with asyncio.timeout(8):
        while not any(p.agent_id == mine and p.state is AgentState.AVAILABLE for p in await desk.store.presences()):
            await asyncio.sleep(0.05)


async def _the_tone(world: World, call_id: UUID) -> None:
    """The words before a message were said."""
    connection = await connect(world.vallon.admin)
    try:
        async with asyncio.timeout(20):
            while await connection.fetchval("SELECT state ->> 'saying' FROM guichet.calls WHERE id = $1", call_id):
                await asyncio.sleep(0.05)
    finally:
        await connection.close()
