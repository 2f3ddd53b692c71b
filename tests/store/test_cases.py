"""Cases as agents see and change them, each under her own role."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.cases import Category, Visibility
from app.domain.follow_ups import Channel, FollowUp
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.views import View, ViewKind
from tests.helpers.organisation import Vallon


async def test_a_new_case_is_open_unassigned_numbered_and_in_the_unassigned_view(vallon: Vallon) -> None:
    case_id = await vallon.case()
    store = vallon.as_agent("nadia")
    file = await store.case_file(case_id)
    assert file.case.category is Category.OPEN
    assert file.case.assignee_id is None
    assert file.number_e164 == "+33380123450"
    page = await store.case_page(View(ViewKind.UNASSIGNED), None, 50)
    assert [row.id for row in page] == [case_id]
    assert await store.view_counts((View(ViewKind.UNASSIGNED), View(ViewKind.SOLVED))) == {
        View(ViewKind.UNASSIGNED): 1,
        View(ViewKind.SOLVED): 0,
    }


@pytest.mark.row("S1-19", "S1-33")
async def test_a_sub_team_case_speaks_through_its_communication_team(vallon: Vallon) -> None:
    case_id = await vallon.case("Atelier Beaune")
    file = await vallon.as_agent("victor").case_file(case_id)
    assert file.number_e164 == "+33380123450"
    assert file.communication_team_id == vallon.teams["Contact centre"]


@pytest.mark.row("S1-21")
async def test_the_number_of_a_sub_team_case_changes_on_the_case(vallon: Vallon) -> None:
    case_id = await vallon.case("Atelier Beaune")
    victor = vallon.as_agent("victor")
    sales = next(team for team in (await victor.directory()).teams if team.name == "Sales Dijon")
    case = await victor.case(case_id)
    await victor.update_case(replace(case, number_id=sales.numbers[0].id))
    assert (await victor.case_file(case_id)).communication_team_id == sales.id
    assert (await vallon.as_agent("omar").case_file(case_id)).case.id == case_id


async def test_a_foreign_team_sees_nothing_of_a_case(vallon: Vallon) -> None:
    case_id = await vallon.case()
    omar = vallon.as_agent("omar")
    with pytest.raises(Refused, match="not yours to see"):
        await omar.case_file(case_id)
    assert await omar.find_cases("hydraulic", 10) == ()
    assert await omar.history(case_id, 10) == ()
    with pytest.raises(Refused):
        await omar.insert_follow_up(FollowUp(new_id(), case_id, Channel.NOTE, "mine?", at=_now()))


@pytest.mark.row("S1-10", "S1-29", "S1-11")
async def test_after_a_hand_over_both_teams_work_on_the_case(vallon: Vallon) -> None:
    case_id = await vallon.case()
    nadia = vallon.as_agent("nadia")
    await nadia.hand_over_case(case_id, vallon.teams["Location"], "Loader is on lease")
    file = await nadia.case_file(case_id)
    assert file.case.team_id == vallon.teams["Location"]
    assert not file.may_edit
    await nadia.insert_follow_up(FollowUp(new_id(), case_id, Channel.NOTE, "She called again", at=_now()))
    bodies = [entry.body for entry in (await nadia.case_file(case_id)).timeline]
    assert bodies == ["Loader is on lease", "handed_over", "She called again"]
    with pytest.raises(Refused) as refused:
        await nadia.update_case(replace(file.case, subject="Mine again"))
    assert refused.value.reason is Refusal.NOT_PERMITTED


@pytest.mark.row("S4-16", "S4-17")
async def test_agents_assign_to_themselves_and_leads_to_anybody_of_the_team(vallon: Vallon) -> None:
    case_id = await vallon.case()
    nadia, camille = vallon.as_agent("nadia"), vallon.as_agent("camille")
    with pytest.raises(Refused) as refused:
        await nadia.assign_case(case_id, vallon.agents["camille"])
    assert refused.value.reason is Refusal.NOT_PERMITTED
    await nadia.assign_case(case_id, vallon.agents["nadia"])
    assert (await nadia.case(case_id)).assignee_id == vallon.agents["nadia"]
    await camille.assign_case(case_id, vallon.agents["camille"])
    assert (await nadia.case(case_id)).assignee_id == vallon.agents["camille"]
    with pytest.raises(Refused, match="not a member"):
        await camille.assign_case(case_id, vallon.agents["omar"])


async def test_a_private_case_is_for_its_assignee_and_the_leads(vallon: Vallon) -> None:
    case_id = await vallon.case("Atelier Beaune", by="victor")
    victor = vallon.as_agent("victor")
    await victor.assign_case(case_id, vallon.agents["victor"])
    await victor.set_case_visibility(case_id, Visibility.PRIVATE)
    assert (await victor.case(case_id)).visibility is Visibility.PRIVATE
    assert (await vallon.as_agent("julie").case(case_id)).id == case_id
    for name in ("camille", "nadia", "lucie"):
        with pytest.raises(Refused):
            await vallon.as_agent(name).case(case_id)


async def test_two_agents_edit_and_nobodys_text_is_lost(vallon: Vallon) -> None:
    case_id = await vallon.case()
    nadia, camille = vallon.as_agent("nadia"), vallon.as_agent("camille")
    before = await nadia.case(case_id)
    await camille.update_case(replace(before, subject="Camille's words"))
    with pytest.raises(Refused) as refused:
        await nadia.update_case(replace(before, subject="Nadia's words"))
    assert refused.value.reason is Refusal.CHANGED_MEANWHILE
    assert refused.value.details["agent"] == "Camille Roy"
    history = await nadia.history(case_id, 10)
    assert history[0].difference == {"subject": ("Hydraulic leak", "Camille's words")}
    assert history[0].actor_name == "Camille Roy"
    assert history[-1].operation == "created"


async def test_solved_needs_an_assignee_and_closed_does_not_change(vallon: Vallon) -> None:
    case_id = await vallon.case()
    nadia = vallon.as_agent("nadia")
    states = {state.key: state.id for state in (await nadia.case_types())[0].states}
    case = await nadia.case(case_id)
    with pytest.raises(Refused, match="Assign the case"):
        await nadia.update_case(replace(case, state_id=states["solved"]))
    await nadia.assign_case(case_id, vallon.agents["nadia"])
    closed = await nadia.update_case(replace(await nadia.case(case_id), state_id=states["closed"]))
    with pytest.raises(Refused, match="closed case"):
        await nadia.update_case(replace(closed, subject="Once more"))


async def test_full_text_finds_french_and_english_in_subject_and_follow_ups(vallon: Vallon) -> None:
    case_id = await vallon.case()
    nadia = vallon.as_agent("nadia")
    await nadia.insert_follow_up(
        FollowUp(new_id(), case_id, Channel.NOTE, "Le vérin hydraulique fuit à Épinal", _now())
    )
    for words in ("hydraulic leaks", "verins", "epinal ver", f"{(await nadia.case(case_id)).number}"):
        assert [row.id for row in await nadia.find_cases(words, 10)] == [case_id], words
    assert await nadia.find_cases("tracteur", 10) == ()


async def test_a_redacted_note_leaves_its_trace_and_no_text(vallon: Vallon) -> None:
    case_id = await vallon.case()
    nadia, camille = vallon.as_agent("nadia"), vallon.as_agent("camille")
    note = FollowUp(new_id(), case_id, Channel.NOTE, "card 4970 1111 wxyz", _now())
    await nadia.insert_follow_up(note)
    with pytest.raises(Refused):
        await nadia.redact_follow_up(note.id)
    await camille.redact_follow_up(note.id)
    entry = (await nadia.case_file(case_id)).timeline[0]
    assert (entry.body, entry.redacted_by_name, entry.author_name) == ("", "Camille Roy", "Nadia Benali")
    assert "1111 wxyz" not in str(await nadia.history(note.id, 10))
    assert await nadia.find_cases("4970", 10) == ()


def _now() -> datetime:
    return datetime.now(UTC)


async def test_merged_cases_keep_both_histories(vallon: Vallon) -> None:
    camille, nadia = vallon.as_agent("camille"), vallon.as_agent("nadia")
    kept, merged = [await vallon.case() for _ in range(2)]
    for case_id, text in ((kept, "on the first"), (merged, "on the second")):
        await nadia.insert_follow_up(FollowUp(new_id(), case_id, Channel.NOTE, text, datetime.now(UTC)))
    with pytest.raises(Refused) as refused:
        await nadia.merge_cases(kept, merged)
    assert refused.value.reason is Refusal.NOT_PERMITTED
    await camille.merge_cases(kept, merged)
    assert {entry.body for entry in (await nadia.case_file(kept)).timeline} >= {"on the first", "on the second"}
    case = await nadia.case(merged)
    assert (case.category, case.merged_into_id) == (Category.CLOSED, kept)
    assert await nadia.history(merged, 20), "what was done with it stays to be read"


async def test_a_closed_case_is_not_merged_since_it_could_not_say_where_it_went(vallon: Vallon) -> None:
    camille = vallon.as_agent("camille")
    kept, closed = await vallon.case(), await vallon.case(assignee_id=vallon.agents["camille"])
    await camille.insert_follow_up(FollowUp(new_id(), closed, Channel.NOTE, "stays here", datetime.now(UTC)))
    states = (await camille.case_types())[0].states
    state = next(one for one in states if one.category is Category.CLOSED)
    await camille.update_case(replace(await camille.case(closed), state_id=state.id))
    with pytest.raises(Refused) as refused:
        await camille.merge_cases(kept, closed)
    assert refused.value.reason is Refusal.CASE_IS_CLOSED
    assert [one.body for one in (await camille.case_file(closed)).timeline if one.channel is Channel.NOTE] == [
        "stays here"
    ]
