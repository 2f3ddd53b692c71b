"""kill -9 of the hub, the database, the switch and a phone: while it rings, while they talk, consult and hand over.

With Asterisk alive the caller hears something sensible and is never dropped; the book is complete afterwards.
"""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.agents import AgentState
from app.domain.calls import Phase
from app.domain.hand_over import CommandKind
from tests.voice.machine import Machine, machine_with
from tests.voice.parties import customer_of, until
from tests.voice.scenes import CUSTOMER, DIALLED, STAGES, Scene, scene_of
from tests.voice.world import AgentDesk


@pytest.fixture(scope="module")
def machine(asterisk: Path) -> Iterator[Machine]:
    with machine_with(asterisk) as made:
        yield made


@pytest.mark.parametrize("stage", STAGES)
async def test_the_hub_is_killed_and_the_next_one_goes_on(machine: Machine, folder: Path, stage: str) -> None:
    async with scene_of(machine, folder, stage) as scene:
        served = machine.served()
        machine.kill("hub")
        if stage != "talking":
            await scene.caller.hears_something()
        machine.start_hub()
        await until(lambda: machine.served() > served, "the next hub", 20)
        if stage == "ringing":
            await scene.camille.answers()
        elif stage == "consulting":
            await scene.camille.calls.command_call(scene.call_id, CommandKind.COMPLETE)
        elif stage == "transferring":
            await scene.julie.answers()
        await settles(scene, stage)


async def test_who_hangs_up_while_no_hub_listens_was_answered_all_the_same(machine: Machine, folder: Path) -> None:
    async with scene_of(machine, folder, "talking") as scene:
        served = machine.served()
        machine.kill("hub")
        scene.caller.do("hang-up")
        await until(lambda: scene.caller.said and scene.caller.said[-1].get("state") == "ended", "her goodbye")
        machine.start_hub()
        await until(lambda: machine.served() > served, "the next hub", 20)
        await scene.ends_and_is_filed(scene.camille)


@pytest.mark.parametrize("hub_too", [False, True], ids=["alone", "with_the_hub"])
@pytest.mark.parametrize("stage", STAGES)
async def test_the_database_is_killed_and_what_happened_meanwhile_is_written(
    machine: Machine, folder: Path, stage: str, hub_too: bool
) -> None:
    async with scene_of(machine, folder, stage) as scene:
        machine.kill("database")
        if stage == "ringing":
            await scene.camille.answers()
        elif stage == "talking":
            scene.caller.do("hang-up")
        elif stage == "consulting":
            (with_camille,) = scene.julie.desk.phone.snapshot.calls
            await scene.julie.desk.phone.hang_up(with_camille.key)
        else:
            await scene.caller.hears_something()
            await scene.julie.answers()
        journal = machine.paths.data / "hub" / "turns.jsonl"
        await until(lambda: journal.exists() and journal.read_bytes().endswith(b"\n"), "a turn in the journal")
        served = machine.served()
        if hub_too:
            machine.kill("hub")
        await asyncio.to_thread(machine.start_database)
        if hub_too:
            machine.start_hub()
            await until(lambda: machine.served() > served, "the next hub", 20)
        await until(lambda: not journal.exists(), "the journal to be written", 10)
        if stage == "talking":
            await scene.camille.sees(scene.call_id, Phase.ENDED)
            await scene.ends_and_is_filed(scene.camille)
        elif stage == "consulting":
            await scene.talks_with(scene.camille)
            await scene.ends_and_is_filed(scene.camille, scene.julie)
        else:
            await settles(scene, stage)


@pytest.mark.parametrize("stage", STAGES)
async def test_a_phone_is_killed_and_comes_back_by_itself(machine: Machine, folder: Path, stage: str) -> None:
    async with scene_of(machine, folder, stage) as scene:
        victim = scene.julie if stage == "transferring" else scene.camille
        (before,) = victim.desk.phone.snapshot.calls
        assert victim.desk.phone.pid is not None
        os.kill(victim.desk.phone.pid, signal.SIGKILL)
        if stage != "consulting":
            await scene.caller.hears_something(within_s=4)
        if stage in {"ringing", "talking"}:
            await scene.rings_again(scene.camille, before.key)
            await scene.talks_with(scene.camille)
            await scene.ends_and_is_filed(scene.camille)
        elif stage == "consulting":  # who was asked has the caller
            await scene.talks_with(scene.julie)
            await scene.ends_and_is_filed(scene.camille, scene.julie)
        else:  # back to the sender
            await scene.rings_again(scene.camille)
            await scene.talks_with(scene.camille)
            await scene.ends_and_is_filed(scene.camille)


@pytest.mark.parametrize("stage", STAGES)
async def test_the_switch_is_killed_and_is_back_in_ten_seconds(machine: Machine, folder: Path, stage: str) -> None:
    async with scene_of(machine, folder, stage) as scene:
        camille = scene.camille
        await asyncio.sleep(1.2)  # Asterisk's database, which has the registrations, commits every second
        lost = [call.key for call in camille.desk.phone.snapshot.calls]
        served, killed_at = machine.served(), time.monotonic()
        machine.kill("switch")
        view = await camille.sees(scene.call_id, Phase.ENDED, within_s=10)
        assert view.outcome == "failed"
        missed = "SELECT status FROM guichet.tasks WHERE custom ->> 'number' = $1 AND custom ->> 'call_id' = $2"
        assert await machine.fetch(missed, CUSTOMER, str(scene.call_id)) == "planned", "somebody is to call her back"
        await until(lambda: machine.served() > served, "the hub to serve again", 10)
        scene.caller.do("hang-up")
        await camille.store.set_my_state(AgentState.AVAILABLE, "")
        async with customer_of(scene.world.switch, "+33639985678") as next_caller:
            next_caller.do(f"call {DIALLED}")
            await scene.rings_again(camille, *lost)
            assert time.monotonic() - killed_at < 10
            next_caller.do("hang-up")
            await until(lambda: not has_live(camille, lost), "the end of the call")
        for name in ("camille", "julie"):
            state = "SELECT state FROM guichet.agent_states WHERE agent_id = $1"
            assert await machine.fetch(state, scene.world.vallon.agents[name]) in {"wrap_up", "available"}


async def test_while_no_hub_is_there_new_callers_ring_at_everybody(machine: Machine, folder: Path) -> None:
    async with machine.world(folder) as world:
        camille = await world.arrives("camille")
        machine.kill("hub")
        async with customer_of(world.switch, "+33639985678") as caller:
            caller.do(f"call {DIALLED}")
            await camille.answers()
            await caller.says(state="talking")
            served = machine.served()
            machine.start_hub()
            await until(lambda: machine.served() > served, "the next hub", 20)
            assert not [said for said in caller.said if said.get("state") == "ended"]
            caller.do("hang-up")
            await until(lambda: not camille.desk.phone.snapshot.calls, "the end of the call")


def has_live(agent: AgentDesk, lost: list[str]) -> bool:
    return any(call.key not in lost for call in agent.desk.phone.snapshot.calls)


async def settles(scene: Scene, stage: str) -> None:
    """The call is where its stage leads to, and is filed whole."""
    taker = scene.camille if stage in {"ringing", "talking"} else scene.julie
    await scene.talks_with(taker)
    await scene.ends_and_is_filed(*((scene.camille,) if taker is scene.camille else (scene.camille, scene.julie)))
