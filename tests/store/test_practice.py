"""What agents do with cases, on a real PostgreSQL: links, splits, tags, projects, watching, mentions, loads."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.domain.case_links import LinkKind
from app.domain.cases import Case
from app.domain.follow_ups import Channel, FollowUp
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.services.practice import NoticeKind, Practice
from app.store.engine import connect
from app.store.practice import PostgresPractice
from tests.helpers.organisation import Vallon


def practice(vallon: Vallon, name: str) -> Practice:
    return Practice(PostgresPractice(vallon.as_agent(name)._database))


async def note(vallon: Vallon, case: UUID, body: str, by: str = "nadia", **custom: object) -> FollowUp:
    made = FollowUp(new_id(), case, Channel.NOTE, body, datetime.now(UTC), custom=dict(custom))
    await vallon.as_agent(by).insert_follow_up(made)
    return made


async def entries(vallon: Vallon, case: UUID, by: str = "nadia") -> list[str]:
    return [one.body for one in (await vallon.as_agent(by).case_file(case)).timeline]


async def test_a_part_of_a_case_becomes_a_case_of_its_own_and_both_tell_of_it(vallon: Vallon) -> None:
    case = await vallon.case()
    first, second = await note(vallon, case, "The press leaks"), await note(vallon, case, "And an invoice is wrong")
    nadia = vallon.as_agent("nadia")
    await nadia.update_case(replace(await nadia.case(case), tags=("press",)))
    made = await practice(vallon, "nadia").split(case, (second.id,), "A wrong invoice")
    assert await entries(vallon, case) == ["The press leaks", "split_by"]
    assert await entries(vallon, made) == ["And an invoice is wrong", "split"]
    part: Case = await nadia.case(made)
    assert (part.subject, part.tags, part.customer_id) == (
        "A wrong invoice",
        ("press",),
        (await nadia.case(case)).customer_id,
    )
    (link,) = await practice(vallon, "nadia").links(case)
    assert (link.kind, link.other_id, link.later) == (LinkKind.SPLIT, made, True)
    assert (await nadia.find_cases("wrong invoice", 5))[0].id == made
    for bad, reason in (((), Refusal.REQUIRED), ((first.id,), Refusal.REQUIRED)):
        with pytest.raises(Refused) as refused:
            await practice(vallon, "nadia").split(case, bad, " " if bad else "x")
        assert refused.value.reason is reason
    with pytest.raises(Refused):
        await practice(vallon, "omar").split(case, (first.id,), "Not mine")


async def test_cases_are_linked_seen_from_both_and_taken_apart(vallon: Vallon) -> None:
    one, other, foreign = await vallon.case(), await vallon.case(), await vallon.case("Sales Dijon", by="omar")
    nadia = practice(vallon, "nadia")
    await nadia.link(one, other)
    await nadia.link(other, one)
    assert [(link.kind, link.other_id) for link in await nadia.links(one)] == [(LinkKind.RELATED, other)]
    assert [(link.other_id, link.later) for link in await nadia.links(other)] == [(one, True)]
    with pytest.raises(Refused):
        await nadia.link(one, foreign)
    await nadia.unlink(one, other)
    assert await nadia.links(one) == ()
    assert (await entries(vallon, one))[-1] == "unlinked"


async def test_a_tag_is_in_the_list_once_used_and_is_renamed_in_live_cases(vallon: Vallon) -> None:
    case = await vallon.case()
    nadia = vallon.as_agent("nadia")
    await nadia.update_case(replace(await nadia.case(case), tags=("Garantie", "presse")))
    await nadia.update_case(replace(await nadia.case(case), tags=("GARANTIE", "presse")))
    assert [tag.name for tag in await practice(vallon, "omar").tags()] == ["Garantie", "presse"]
    with pytest.raises(Refused) as refused:
        await practice(vallon, "nadia").save_tag("presse", "Presse", hidden=False)
    assert refused.value.reason is Refusal.NOT_PERMITTED
    ada = practice(vallon, "ada")
    await ada.save_tag("presse", "Presse à balles", hidden=False)
    assert (await nadia.case(case)).tags == ("GARANTIE", "Presse à balles")
    await ada.save_tag("garantie", "Garantie", hidden=True)
    assert [tag.hidden for tag in await ada.tags()] == [True, False]


async def test_cases_are_placed_in_projects_of_their_own_organisation(vallon: Vallon) -> None:
    sofia = practice(vallon, "sofia")
    harvest = new_id()
    await sofia.save_project(harvest, "Harvest", "Before July", archived=False, version=0)
    with pytest.raises(Refused) as refused:
        await sofia.save_project(new_id(), "Harvest", "", archived=False, version=0)
    assert refused.value.reason is Refusal.NAME_IN_USE
    with pytest.raises(Refused):
        await practice(vallon, "nadia").save_project(new_id(), "Mine", "", archived=False, version=0)
    case = await vallon.case()
    nadia = vallon.as_agent("nadia")
    await nadia.update_case(replace(await nadia.case(case), project_id=harvest))
    (project,) = await sofia.projects()
    assert (project.name, project.live, project.version) == ("Harvest", 1, 1)
    await sofia.save_project(harvest, "Harvest 2027", "", archived=True, version=1)
    assert (await sofia.projects())[0].archived
    with pytest.raises(Refused) as unknown:
        await nadia.update_case(replace(await nadia.case(case), project_id=vallon.teams["Location"]))
    assert unknown.value.reason is Refusal.NOT_FOUND


async def test_who_is_named_in_a_note_is_told_if_she_may_see_the_case(vallon: Vallon) -> None:
    case = await vallon.case()
    told = [str(vallon.agents[name]) for name in ("camille", "omar", "nadia")]
    await note(vallon, case, "@Camille Roy look at this, please", mentions=told)
    (notice,) = await practice(vallon, "camille").notices()
    assert (notice.kind, notice.case_id, notice.by_name) == (NoticeKind.MENTIONED, case, "Nadia Benali")
    assert notice.said.startswith("@Camille Roy look")
    assert await practice(vallon, "omar").notices() == ()
    assert await practice(vallon, "nadia").notices() == ()
    await practice(vallon, "camille").see(case)
    assert await practice(vallon, "camille").notices() == ()


async def test_who_watches_a_case_hears_what_others_do_with_it(vallon: Vallon) -> None:
    case = await vallon.case()
    camille = practice(vallon, "camille")
    await camille.watch(case, watched=True)
    assert await camille.watches(case)
    await note(vallon, case, "Mine", by="camille")
    assert await camille.notices() == ()
    await vallon.as_agent("nadia").assign_case(case, vallon.agents["nadia"])
    await note(vallon, case, "Called her back")
    (notice,) = await camille.notices()
    assert (notice.kind, notice.said) == (NoticeKind.WATCHED, "Called her back")
    await camille.watch(case, watched=False)
    await camille.see(case)
    await note(vallon, case, "Once more")
    assert await camille.notices() == ()
    with pytest.raises(Refused):
        await practice(vallon, "omar").watch(case, watched=True)


@pytest.mark.row("S4-13", "S4-14")
async def test_an_agent_or_a_group_is_chosen_by_how_much_each_has(vallon: Vallon) -> None:
    first, second = await vallon.case(), await vallon.case()
    camille = vallon.as_agent("camille")
    for case in (first, second):
        await camille.assign_case(case, vallon.agents["nadia"])
    loads = await practice(vallon, "camille").loads(vallon.teams["Contact centre"])
    assert loads[vallon.agents["nadia"]] == 2
    assert loads[vallon.agents["camille"]] == 0
    assert loads[vallon.teams["Contact centre"]] == 2
    await camille.hand_over_case(first, vallon.teams["Location"], "")
    after = await practice(vallon, "camille").loads(vallon.teams["Contact centre"])
    assert (after[vallon.agents["nadia"]], after[vallon.teams["Location"]]) == (1, 1)


async def test_looking_at_a_case_is_for_who_sees_it(vallon: Vallon) -> None:
    case = await vallon.case()
    await practice(vallon, "nadia").look(case)
    with pytest.raises(Refused):
        await practice(vallon, "omar").look(case)
    admin = await connect(vallon.admin)
    assert await admin.fetchval("SELECT count(*) FROM notices") == 0
    await admin.close()
