"""Types and their states: what ships, who shapes them, which moves the database lets through."""

from dataclasses import replace
from uuid import UUID

import asyncpg
import pytest

from app.domain.case_types import CaseState, CaseType, GoesTo, Reopens, TypeKind
from app.domain.cases import Category
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Task, TaskStatus
from app.services.case_types import Types
from app.store.case_types import PostgresCaseTypes
from app.store.engine import connect
from tests.helpers.mail_store import make_mailbox
from tests.helpers.organisation import Vallon


def types_of(vallon: Vallon, name: str) -> Types:
    return Types(PostgresCaseTypes(vallon.as_agent(name)._database))


async def one_type(vallon: Vallon, key: str, kind: TypeKind = TypeKind.CASE, by: str = "ada") -> CaseType:
    return next(one for one in await types_of(vallon, by).all() if (one.kind, one.key) == (kind, key))


async def save(vallon: Vallon, edited: CaseType, by: str = "ada") -> CaseType:
    service = types_of(vallon, by)
    await service.save(edited, await service.all())
    return next(one for one in await service.all() if one.id == edited.id)


async def enable(vallon: Vallon, key: str, kind: TypeKind = TypeKind.CASE, **more: object) -> CaseType:
    return await save(vallon, replace(await one_type(vallon, key, kind), enabled=True, **more))  # type: ignore[arg-type]


def state(one: CaseType, key: str) -> UUID:
    return next(s.id for s in one.states if key in (s.key, s.name))


@pytest.mark.row("S3-11", "S3-12", "S3-16", "S3-17", "S3-18")
async def test_ten_types_of_each_kind_ship_and_only_the_generic_case_is_enabled(vallon: Vallon) -> None:
    every = await types_of(vallon, "nadia").all()
    for kind in TypeKind:
        assert sum(one.kind is kind for one in every) == 10
    assert [(one.kind, one.key) for one in every if one.enabled] == [(TypeKind.CASE, "case")]
    suggestion = next(one for one in every if one.key == "suggestion")
    flow = ["new", "under_review", "accepted", "rejected", "completed", "closed"]
    assert [s.key for s in suggestion.states] == flow
    offered = [kind for kind in await vallon.as_agent("nadia").case_types() if kind.enabled]
    assert [kind.key for kind in offered] == ["case"]
    admin = await connect(vallon.admin)
    with pytest.raises(asyncpg.PostgresError, match="too_many"):
        await admin.execute(
            "INSERT INTO case_types (id, organisation_id, name) VALUES ($1, $2, 'An eleventh')",
            new_id(),
            vallon.organisation_id,
        )
    await admin.close()


@pytest.mark.row("S3-10", "S3-13", "S3-34")
async def test_a_type_is_enabled_renamed_given_an_icon_and_its_own_states(vallon: Vallon) -> None:
    complaint = await one_type(vallon, "complaint")
    triage = CaseState(new_id(), complaint.id, "To be sorted", Category.OPEN, colour="violet")
    edited = replace(
        complaint,
        enabled=True,
        name="Grievance",
        icon="shield-alert",
        states=(triage, *complaint.states),
        default_state_id=triage.id,
    )
    kept = await save(vallon, edited)
    assert (kept.name, kept.icon, kept.enabled, kept.version) == ("Grievance", "shield-alert", True, 2)
    assert [s.name for s in kept.states][:2] == ["To be sorted", "Open"]
    assert kept.states[0].colour == "violet"
    case_id = await vallon.case(type_id=kept.id)
    row = (await vallon.as_agent("camille").case_file(case_id)).row
    assert (row.state_name, row.state_colour, row.category) == ("To be sorted", "violet", Category.OPEN)


async def test_only_who_shapes_fields_shapes_types_and_nobody_writes_them_past_the_function(vallon: Vallon) -> None:
    complaint = await one_type(vallon, "complaint")
    with pytest.raises(Refused) as refused:
        await save(vallon, replace(complaint, enabled=True), by="camille")
    assert refused.value.reason is Refusal.NOT_PERMITTED
    ada = await connect(vallon.access("ada"))
    for write in (
        "UPDATE case_types SET enabled = true",
        "UPDATE case_states SET name = 'x'",
        "INSERT INTO case_states SELECT * FROM case_states",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ada.execute(write)
    await ada.close()


async def test_a_type_that_could_not_work_is_refused_by_the_desk_and_by_the_database(vallon: Vallon) -> None:
    generic = await one_type(vallon, "case")
    store = PostgresCaseTypes(vallon.as_agent("ada")._database)
    without_closed = replace(generic, states=tuple(s for s in generic.states if s.category is not Category.CLOSED))
    cases = {
        Refusal.LAST_TYPE: replace(generic, enabled=False),
        Refusal.TYPE_NEEDS_STATES: without_closed,
        Refusal.DEFAULT_STATE_NEEDED: replace(generic, default_state_id=state(generic, "solved")),
        Refusal.REQUIRED: replace(generic, name="  "),
    }
    for reason, edited in cases.items():
        with pytest.raises(Refused) as here:
            await save(vallon, edited)
        assert here.value.reason is reason
        with pytest.raises(Refused) as there:
            await store.save_type(edited)
        assert there.value.reason is reason
    changed = replace(generic.states[0], category=Category.WAITING_AGENT)
    with pytest.raises(Refused) as fixed:
        await store.save_type(replace(generic, states=(changed, *generic.states[1:])))
    assert fixed.value.reason is Refusal.STATE_CATEGORY_IS_FIXED
    await store.save_type(generic)
    with pytest.raises(Refused) as stale:
        await store.save_type(generic)
    assert stale.value.reason is Refusal.CHANGED_MEANWHILE


async def test_people_move_only_where_a_state_leads_and_a_state_that_was_left_out_is_not_entered(
    vallon: Vallon,
) -> None:
    generic = await one_type(vallon, "case")
    ids = {s.key: s.id for s in generic.states}
    states = tuple(replace(s, leads_to=(ids["waiting_customer"],)) if s.key == "open" else s for s in generic.states)
    await save(vallon, replace(generic, states=states))
    case_id = await vallon.case()
    nadia = vallon.as_agent("nadia")
    await nadia.assign_case(case_id, vallon.agents["nadia"])
    case = await nadia.case(case_id)
    with pytest.raises(Refused) as refused:
        await nadia.update_case(replace(case, state_id=ids["solved"]))
    assert refused.value.reason is Refusal.MOVE_NOT_ALLOWED
    assert (refused.value.details["from"], refused.value.details["to"]) == ("Open", "Solved")
    case = await nadia.update_case(replace(case, state_id=ids["waiting_customer"]))
    assert case.category is Category.WAITING_CUSTOMER
    fresh = await one_type(vallon, "case")
    gone = replace(fresh, states=tuple(s for s in fresh.states if s.key != "waiting_agent"))
    await save(vallon, gone)
    with pytest.raises(Refused) as left_out:
        await nadia.update_case(replace(case, state_id=ids["waiting_agent"]))
    assert left_out.value.reason is Refusal.MOVE_NOT_ALLOWED
    # The hub's own moves obey the native rules alone.
    admin = await connect(vallon.admin)
    await admin.execute("UPDATE cases SET state_id = $1 WHERE id = $2", ids["open"], case_id)
    await admin.execute("UPDATE cases SET state_id = $1 WHERE id = $2", ids["solved"], case_id)
    with pytest.raises(asyncpg.PostgresError, match="solved_needs_assignee"):
        await admin.execute("UPDATE cases SET assignee_id = NULL WHERE id = $1", case_id)
    await admin.close()


async def test_a_case_in_a_new_state_is_open_once_somebody_has_it_and_is_never_new_again(vallon: Vallon) -> None:
    question = await one_type(vallon, "question")
    fresh = CaseState(new_id(), question.id, "Fresh", Category.NEW)
    question = await save(
        vallon, replace(question, enabled=True, states=(fresh, *question.states), default_state_id=fresh.id)
    )
    case_id = await vallon.case(type_id=question.id)
    nadia = vallon.as_agent("nadia")
    assert (await nadia.case(case_id)).category is Category.NEW
    await nadia.assign_case(case_id, vallon.agents["nadia"])
    case = await nadia.case(case_id)
    assert case.category is Category.OPEN
    with pytest.raises(Refused) as refused:
        await nadia.update_case(replace(case, state_id=fresh.id))
    assert refused.value.reason is Refusal.NEVER_BACK_TO_NEW


async def test_a_hidden_type_takes_no_new_case_and_a_state_of_another_type_never_fits(vallon: Vallon) -> None:
    hidden = await one_type(vallon, "order")
    with pytest.raises(Refused) as refused:
        await vallon.case(type_id=hidden.id)
    assert refused.value.reason is Refusal.TYPE_NOT_ENABLED
    order = await enable(vallon, "order")
    case_id = await vallon.case(type_id=order.id)
    nadia = vallon.as_agent("nadia")
    case = await nadia.case(case_id)
    generic = await one_type(vallon, "case")
    with pytest.raises(Refused) as foreign:
        await nadia.update_case(replace(case, state_id=state(generic, "open")))
    assert foreign.value.reason is Refusal.STATE_NOT_OF_TYPE
    await save(vallon, replace(order, enabled=False, version=order.version))
    assert (await nadia.case(case_id)).type_id == order.id
    assert any(s.id == case.state_id for kind in await nadia.case_types() for s in kind.states)


async def test_who_leaves_a_team_leaves_its_live_cases_to_the_team(vallon: Vallon) -> None:
    case_id = await vallon.case()
    camille = vallon.as_agent("camille")
    await camille.assign_case(case_id, vallon.agents["nadia"])
    sofia = await connect(vallon.access("sofia"))
    await sofia.execute("DELETE FROM memberships WHERE agent_id = $1", vallon.agents["nadia"])
    await sofia.close()
    case = await camille.case(case_id)
    assert (case.team_id, case.assignee_id) == (vallon.teams["Contact centre"], None)


async def test_a_feature_is_a_case_with_a_type_of_features(vallon: Vallon) -> None:
    feature = await enable(vallon, "improvement", TypeKind.FEATURE)
    case_id = await vallon.case(type_id=feature.id)
    file = await vallon.as_agent("camille").case_file(case_id)
    assert (file.case.type_id, file.row.state_key) == (feature.id, "proposed")


async def test_a_task_of_a_type_goes_through_its_states_and_both_mean_the_same(vallon: Vallon) -> None:
    visit = await enable(vallon, "visit", TypeKind.TASK)
    camille = vallon.as_agent("camille")
    task = Task(new_id(), vallon.teams["Contact centre"], "See the press", type_id=visit.id)
    kept = await camille.insert_task(task)
    assert (kept.state_id, kept.status) == (state(visit, "to_do"), TaskStatus.PLANNED)
    done = await camille.update_task(replace(kept, state_id=state(visit, "done")))
    assert done.status is TaskStatus.DONE
    again = await camille.update_task(replace(done, status=TaskStatus.PLANNED))
    assert again.state_id == state(visit, "to_do")
    off = await camille.update_task(replace(again, status=TaskStatus.CANCELLED))
    assert off.state_id == state(visit, "cancelled")
    generic = await one_type(vallon, "case")
    with pytest.raises(Refused) as refused:
        await camille.update_task(replace(off, type_id=generic.id))
    assert refused.value.reason is Refusal.NOT_FOUND


@pytest.mark.row("S3-14")
async def test_enabling_and_renaming_a_type_bring_its_addresses_which_all_stay(vallon: Vallon) -> None:
    box = await make_mailbox(vallon, address="catch@vallon.example")
    camille = vallon.as_agent("ada")
    await camille._database.write("SELECT set_catch_all(:id, 'domain', 'catch@vallon.example')", id=box)
    suggestion = await enable(vallon, "suggestion")
    assert suggestion.addresses == ("suggestion@vallon.example",)
    complaint = await enable(vallon, "complaint")
    assert complaint.addresses == ("reclamation@vallon.example",)  # the organisation speaks French
    renamed = await save(vallon, replace(complaint, name="Mécontents"))
    assert set(renamed.addresses) == {"reclamation@vallon.example", "mecontents@vallon.example"}
    again = await save(vallon, replace(renamed, icon="bell"))
    assert set(again.addresses) == set(renamed.addresses)
    admin = await connect(vallon.admin)
    assert await admin.fetchval("SELECT count(*) FROM mail_addresses WHERE sends AND type_id IS NOT NULL") == 0
    await admin.close()


async def test_a_catch_all_that_comes_later_gives_the_enabled_types_their_addresses(vallon: Vallon) -> None:
    await enable(vallon, "suggestion")
    box = await make_mailbox(vallon, address="catch@vallon.example")
    ada = vallon.as_agent("ada")
    await ada._database.write("SELECT set_catch_all(:id, 'plus', 'catch@vallon.example')", id=box)
    assert (await one_type(vallon, "suggestion")).addresses == ("catch+suggestion@vallon.example",)


def test_words_of_habits_are_those_of_the_database() -> None:
    assert {one.value for one in Reopens} == {"never", "always", "within"}
    assert {one.value for one in GoesTo} == {"agent", "team"}
