"""What becomes of a call in the store: results, corrected cases, planned calls, and callers whom nobody answered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.domain.agents import AgentState
from app.domain.calls import Direction, LiveCall, Outcome, Phase
from app.domain.follow_ups import Channel
from app.domain.ids import new_id
from app.domain.planned_time import next_after
from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Recurrence, Task, TaskStatus
from app.domain.turns import AgentSet, CallTurn
from app.services.calls import CallBack
from app.store.call_book import PostgresCallBook
from app.store.calls import PostgresCalls
from app.store.database import HUB_ROLE
from app.store.engine import connect, open_engine
from app.store.session import Database
from tests.helpers.organisation import PASSWORD, Vallon

NUMBER = "+33639981234"


class Hub:
    """The hub's book, as the telephony worker writes it."""

    def __init__(self, vallon: Vallon) -> None:
        self.vallon = vallon
        self.database = Database(open_engine(replace(vallon.admin, user=HUB_ROLE, password=PASSWORD)))
        self.book = PostgresCallBook(self.database, 1)

    async def call(self, agent: str = "camille", **more: object) -> LiveCall:
        """A caller talks with an agent."""
        team = self.vallon.teams["Contact centre"]
        call = LiveCall(
            id=new_id(),
            organisation_id=self.vallon.organisation_id,
            direction=Direction.IN,
            caller_leg="leg",
            caller_number=NUMBER,
            number_id=None,
            team_id=team,
            communication_team_id=team,
            phase=Phase.TALKING,
            started_at=datetime.now(UTC) - timedelta(minutes=3),
            answered_at=datetime.now(UTC) - timedelta(minutes=2),
            agent_id=self.vallon.agents[agent],
        )
        call = replace(call, **more)  # type: ignore[arg-type]
        begun = (call.agent_id,) if call.agent_id is not None else ()
        await self.book.write_turn(CallTurn(datetime.now(UTC), call, begun=begun))
        return call

    async def ends(self, call: LiveCall, outcome: Outcome = Outcome.ANSWERED) -> None:
        now = datetime.now(UTC)
        over = replace(call, phase=Phase.ENDED, outcome=outcome, ended_at=now)
        gone = (call.agent_id,) if call.agent_id is not None else ()
        states = tuple(AgentSet(agent_id, AgentState.WRAP_UP, "") for agent_id in gone)
        await self.book.write_turn(CallTurn(now, over, ended=gone, agents=states))


@pytest.fixture
async def hub(vallon: Vallon) -> object:
    made = Hub(vallon)
    yield made
    await made.database.close()


def _calls(vallon: Vallon, name: str) -> PostgresCalls:
    store = vallon.as_agent(name)
    return PostgresCalls(store._database, store)


async def _state(vallon: Vallon, name: str) -> AgentState:
    presences = await vallon.as_agent(name).presences()
    return next(presence.state for presence in presences if presence.agent_id == vallon.agents[name])


async def _require_result(vallon: Vallon, wrap_up: str = "optional") -> None:
    await vallon.as_agent("sofia")._database.write(
        "INSERT INTO team_voice (team_id, organisation_id, disposition_required, wrap_up, wrap_up_s) "
        "VALUES (:team, (SELECT my_organisation()), true, :wrap_up, 0)",
        team=vallon.teams["Contact centre"],
        wrap_up=wrap_up,
    )


async def test_a_result_that_the_team_insists_on_comes_before_the_next_call(vallon: Vallon, hub: Hub) -> None:
    await _require_result(vallon)
    call = await hub.call()
    await hub.ends(call)
    await hub.book.end_wrap_ups()
    assert await _state(vallon, "camille") is AgentState.WRAP_UP, "she owes a result: no time ends it"
    camille = _calls(vallon, "camille")
    assert (await camille.call(call.id)).result_required
    for act in (
        vallon.as_agent("camille").set_my_state(AgentState.AVAILABLE, ""),
        camille.wrap_up_call(call.id, None, "no result", None),
    ):
        with pytest.raises(Refused) as refused:
            await act
        assert refused.value.reason is Refusal.RESULT_NEEDED
    result = next(d for d in await camille.dispositions() if d.key == "answered")
    await camille.wrap_up_call(call.id, result.id, "Told her the price", None)
    assert await _state(vallon, "camille") is AgentState.AVAILABLE


async def test_who_had_her_caller_back_owes_one_result_and_is_free_after_it(vallon: Vallon, hub: Hub) -> None:
    await _require_result(vallon)
    call = await hub.call()
    earlier = datetime.now(UTC) - timedelta(minutes=2)
    agent_id = vallon.agents["camille"]
    moving = replace(call, phase=Phase.MOVING, agent_id=None, handed_by=agent_id)
    await hub.book.write_turn(CallTurn(earlier, moving, ended=(agent_id,)))
    await hub.database.write("UPDATE call_parts SET began_at = :at, ended_at = :at", at=earlier)
    await hub.book.write_turn(CallTurn(datetime.now(UTC), call, begun=(agent_id,)))
    await hub.ends(call)
    camille = _calls(vallon, "camille")
    result = next(d for d in await camille.dispositions() if d.key == "answered")
    await camille.wrap_up_call(call.id, result.id, "Told her the price", None)
    assert await hub.book.file_parts_left() == 1
    await vallon.as_agent("camille").set_my_state(AgentState.NOT_READY, "")
    await vallon.as_agent("camille").set_my_state(AgentState.AVAILABLE, "")


async def test_without_wrap_up_the_agent_is_free_at_once_and_her_part_is_filed(vallon: Vallon, hub: Hub) -> None:
    await vallon.as_agent("sofia")._database.write(
        "INSERT INTO team_voice (team_id, organisation_id, wrap_up) VALUES (:team, (SELECT my_organisation()), 'none')",
        team=vallon.teams["Contact centre"],
    )
    floor = await hub.book.floor()
    assert {name for name, id_ in vallon.agents.items() if not floor.agents[id_].wraps_up} >= {"camille"}
    assert floor.agents[vallon.agents["victor"]].wraps_up
    call = await hub.call()
    await hub.ends(call)
    assert await hub.book.end_wrap_ups() == 1
    assert await _state(vallon, "camille") is AgentState.AVAILABLE


async def test_to_call_back_makes_a_reminder_of_the_agents_own(vallon: Vallon, hub: Hub) -> None:
    case_id = await vallon.case()
    call = await hub.call(case_id=case_id)
    await hub.ends(call)
    camille = _calls(vallon, "camille")
    result = next(d for d in await camille.dispositions() if d.key == "to_call_back")
    promised = CallBack(new_id(), datetime(2027, 3, 4, 14, 0), "Europe/Paris")
    await camille.wrap_up_call(call.id, result.id, "Hose arrives Thursday", None, promised)
    task = (await vallon.as_agent("camille").task_row(promised.task_id)).task
    assert (task.case_id, task.assignee_id, task.reminder_minutes) == (case_id, vallon.agents["camille"], 5)
    assert task.due_at == datetime(2027, 3, 4, 13, 0, tzinfo=UTC)
    assert task.title == "Hydraulic leak"


async def test_who_has_no_team_of_her_own_promises_a_call_as_one_of_the_calls_team(vallon: Vallon, hub: Hub) -> None:
    """Else the promise could not be kept, nor the call filed."""
    call = await hub.call()
    await hub.ends(call)
    admin = await connect(vallon.admin)
    await admin.execute("UPDATE agents SET default_team_id = NULL WHERE id = $1", vallon.agents["camille"])
    await admin.close()
    promised = CallBack(new_id(), datetime(2027, 3, 4, 14, 0), "Europe/Paris")
    camille = _calls(vallon, "camille")
    result = next(d for d in await camille.dispositions() if d.key == "to_call_back")
    await camille.wrap_up_call(call.id, result.id, "", None, promised)
    task = (await vallon.as_agent("camille").task_row(promised.task_id)).task
    assert task.team_id == vallon.teams["Contact centre"]


@pytest.mark.row("S5-22")
async def test_a_call_with_no_case_is_a_task_of_its_customer_until_a_case_is_chosen(vallon: Vallon, hub: Hub) -> None:
    customer = await vallon.customer()
    call = await hub.call(customer_id=customer.id)
    await hub.ends(call)
    camille, store = _calls(vallon, "camille"), vallon.as_agent("camille")
    await camille.wrap_up_call(call.id, None, "Asked for opening hours", None)
    done = [row.task for row in (await store.customer_file(customer.id)).tasks]
    assert [(t.title, t.status) for t in done] == [("Asked for opening hours", TaskStatus.DONE)]

    case_id = await vallon.case()
    await camille.attach_call(call.id, case_id)
    timeline = (await store.case_file(case_id)).timeline
    assert [f.body for f in timeline if f.channel is Channel.CALL] == ["Asked for opening hours"]
    assert [row.task.id for row in (await store.customer_file(customer.id)).tasks] == []
    assert "call_came" in [f.body for f in timeline if f.channel is Channel.SYSTEM]


async def test_a_wrong_case_is_corrected_with_a_trace_on_both(vallon: Vallon, hub: Hub) -> None:
    wrong, right = await vallon.case(), await vallon.case()
    call = await hub.call(case_id=wrong)
    await hub.ends(call)
    camille, store = _calls(vallon, "camille"), vallon.as_agent("camille")
    await camille.wrap_up_call(call.id, None, "Leak is worse", None)
    await camille.attach_call(call.id, right)
    told = {case: [(f.channel, f.body) for f in (await store.case_file(case)).timeline] for case in (wrong, right)}
    assert (Channel.CALL, "Leak is worse") not in told[wrong]
    assert (Channel.SYSTEM, "call_went") in told[wrong]
    assert {(Channel.CALL, "Leak is worse"), (Channel.SYSTEM, "call_came")} <= set(told[right])
    reasons = [entry["reason"] for entry in (await camille.call(call.id)).trace]
    assert reasons[-1] == "attached"
    with pytest.raises(Refused):
        await _calls(vallon, "omar").attach_call(call.id, wrong)


async def test_a_call_dialled_for_a_task_closes_it_or_counts_an_attempt(vallon: Vallon, hub: Hub) -> None:
    case_id = await vallon.case()
    camille = _calls(vallon, "camille")
    for answered, outcome, expected in (
        (None, Outcome.NO_ANSWER, (TaskStatus.PLANNED, 1)),
        (datetime.now(UTC), Outcome.ANSWERED, (TaskStatus.DONE, 1)),
    ):
        if answered is None:
            task = await vallon.as_agent("camille").insert_task(_promised(vallon, case_id))
        call_id = new_id()
        assert await camille.plan_call(call_id, task_id=task.id) == "+33380123450", "the case's number is shown"
        planned = await hub.book.planned_call(call_id, vallon.agents["camille"])
        assert planned is not None
        assert (planned.case_id, planned.task_id) == (case_id, task.id)
        assert await hub.book.planned_call(call_id, vallon.agents["omar"]) is None, "nobody dials another's plan"
        call = await hub.call(id=call_id, direction=Direction.OUT, task_id=task.id, answered_at=answered)
        await hub.ends(call, outcome)
        after = (await vallon.as_agent("camille").task_row(task.id)).task
        assert (after.status, after.attempts) == expected


@pytest.mark.parametrize(
    ("recurrence", "local", "month_day"),
    [
        (Recurrence.DAILY, datetime(2026, 10, 24, 2, 30), 0),
        (Recurrence.WEEKLY, datetime(2026, 3, 22, 2, 30), 0),
        (Recurrence.MONTHLY, datetime(2026, 2, 28, 9), 31),
        (Recurrence.MONTHLY, datetime(2038, 1, 30, 9), 0),
    ],
)
async def test_a_recurring_call_that_was_answered_comes_back(
    vallon: Vallon, hub: Hub, recurrence: Recurrence, local: datetime, month_day: int
) -> None:
    """Done by the hub as by hand: at its next time that is still to come, with the clocks of that day."""
    store, camille = vallon.as_agent("camille"), _calls(vallon, "camille")
    planned = replace(
        _promised(vallon, await vallon.case()), local_at=local, zone="Europe/Paris", recurrence=recurrence,
        month_day=month_day,
    )  # fmt: skip
    task = await store.insert_task(planned)
    call_id = new_id()
    await camille.plan_call(call_id, task_id=task.id)
    await hub.ends(await hub.call(id=call_id, direction=Direction.OUT, task_id=task.id))
    rows = [row.task for row in await store.my_tasks(9) if row.task.cloned_from_id == task.id]
    now = datetime.now(UTC)
    assert [one.local_at for one in rows] == [next_after(local, recurrence, task.zone, now, month_day)]
    assert (rows[0].title, rows[0].recurrence, rows[0].attempts) == (task.title, recurrence, 0)
    assert rows[0].month_day == (month_day or local.day)


async def test_a_stranger_who_asked_to_be_called_back_can_be_dialled_from_her_task(vallon: Vallon, hub: Hub) -> None:
    call = await hub.call(agent="camille", agent_id=None, answered_at=None, phase=Phase.WAITING)
    await hub.ends(call, Outcome.CALLBACK)
    (task,) = await vallon.as_agent("nadia").team_tasks(9)
    assert (task.task.customer_id, task.customer_phone) == (None, NUMBER)


async def test_whoever_gives_up_waiting_becomes_one_call_to_return(vallon: Vallon, hub: Hub) -> None:
    case_id = await vallon.case()
    for _ in range(2):
        call = await hub.call(agent="camille", agent_id=None, case_id=case_id, answered_at=None, phase=Phase.WAITING)
        await hub.ends(call, Outcome.ABANDONED)
    store = vallon.as_agent("nadia")
    tasks = [row.task for row in await store.team_tasks(50)]
    assert [(t.case_id, t.assignee_id, t.custom["times"]) for t in tasks] == [(case_id, None, 2)]
    told = [f for f in (await store.case_file(case_id)).timeline if f.channel is Channel.CALL]
    assert [f.custom["outcome"] for f in told] == ["abandoned", "abandoned"]


async def test_commands_that_are_unknown_or_not_hers_never_reach_the_hub(vallon: Vallon, hub: Hub) -> None:
    call = await hub.call()
    admin = await connect(vallon.admin)
    camille = await connect(vallon.access("camille"))
    for kind, reason in (("explode", "not_a_choice"), ("record", "not_recorded_here"), ("leave", "no_live_call")):
        with pytest.raises(Exception, match=reason):
            await camille.execute("SELECT command_call($1, $2, $3, '', NULL, '', '', NULL)", new_id(), call.id, kind)
    assert await admin.fetchval("SELECT count(*) FROM call_commands") == 0
    await camille.close()
    await admin.close()


def _promised(vallon: Vallon, case_id: UUID) -> Task:
    return Task(
        new_id(),
        vallon.teams["Contact centre"],
        "Call with the price",
        case_id=case_id,
        assignee_id=vallon.agents["camille"],
        local_at=datetime(2026, 11, 26, 14, 0),
    )


async def test_a_recording_goes_with_its_call_and_is_gone_with_its_bytes_after_its_time(
    vallon: Vallon, hub: Hub
) -> None:
    wrong, right = await vallon.case(), await vallon.case()
    call = await hub.call(case_id=wrong)
    await hub.ends(call)
    camille, store, sound = _calls(vallon, "camille"), vallon.as_agent("camille"), b"OggS" + bytes(300_000)
    await camille.wrap_up_call(call.id, None, "Paid by card", None)
    await hub.book.write_recording(call, sound)

    async def sounds(case_id: UUID) -> list[UUID]:
        return [a.id for f in (await store.case_file(case_id)).timeline for a in f.attachments]

    assert await camille.sound((await sounds(wrong))[0]) == sound
    await camille.attach_call(call.id, right)
    assert (await sounds(wrong), len(await sounds(right))) == ([], 1), "who corrects the case moves the recording"
    assert await camille.recording(call.id) == sound
    assert await hub.book.remove_old_sounds() == 0, "its time has not come"
    admin = await connect(vallon.admin)
    await admin.execute("UPDATE attachments SET keep_until = now() - interval '1 second'")
    await admin.execute("UPDATE calls SET keep_recording_until = now() - interval '1 second'")
    await admin.execute("UPDATE blobs SET made_at = now() - interval '2 hours'")
    await hub.book.remove_old_sounds()
    assert await camille.recording(call.id) is None
    assert (await sounds(right), await admin.fetchval("SELECT count(*) FROM blob_chunks")) == ([], 0)
    await admin.close()


async def test_a_message_is_filed_once_however_often_it_is_fetched(vallon: Vallon, hub: Hub) -> None:
    call = await hub.call(agent_id=None, answered_at=None, phase=Phase.VOICEMAIL, caller_number="+33639987777")
    await hub.ends(call, Outcome.VOICEMAIL)
    first = await hub.book.write_voicemail(call, b"OggS message")
    assert await hub.book.write_voicemail(call, b"OggS message") == first
    store = vallon.as_agent("nadia")
    assert first is not None
    file = await store.case_file(first)
    assert (file.row.assignee_id, len(file.timeline)) == (None, 1)
    assert file.timeline[0].attachments[0].name == "message.ogg"
    assert await hub.book.write_fallback_message("+33639987777", "+33380123450", b"RIFF") is True
    assert await hub.book.write_fallback_message("+33639987777", "+33999999999", b"RIFF") is False
