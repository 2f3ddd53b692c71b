"""Teams and sub-teams: the invariants hold in the database, whoever writes."""

from dataclasses import replace

import pytest

from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.teams import Membership, Number, Team, offered_communication_teams
from app.services.organisation import Administration
from tests.helpers.organisation import Vallon


async def _refusal(act: object) -> Refusal:
    with pytest.raises(Refused) as refused:
        await act  # type: ignore[misc]
    return refused.value.reason


@pytest.mark.row("S1-01", "S1-17", "S1-18")
async def test_a_sub_team_is_made_without_a_number_and_with_a_communication_team(vallon: Vallon) -> None:
    sofia = vallon.as_agent("sofia")
    fresh = Team(new_id(), "Irrigation", communication_team_id=vallon.teams["Contact centre"])
    await sofia.save_team(fresh, (Membership(fresh.id, vallon.agents["victor"], lead=True),))
    made = (await sofia.directory()).team(fresh.id)
    assert made.is_sub_team
    assert made.numbers == ()


@pytest.mark.row("S1-18", "S1-19")
async def test_a_team_without_number_and_without_communication_team_is_refused(vallon: Vallon) -> None:
    sofia = vallon.as_agent("sofia")
    assert await _refusal(sofia.save_team(Team(new_id(), "Mute"), ())) is Refusal.SUB_TEAM_NEEDS_COMMUNICATION_TEAM


@pytest.mark.row("S1-20", "S1-23")
async def test_only_numbered_teams_speak_for_others(vallon: Vallon) -> None:
    sofia = vallon.as_agent("sofia")
    directory = await sofia.directory()
    offered = {team.name for team in offered_communication_teams(directory.teams)}
    assert offered == {"Contact centre", "Sales Dijon", "Service Chalon"}
    chained = Team(new_id(), "Chained", communication_team_id=vallon.teams["Location"])
    assert await _refusal(sofia.save_team(chained, ())) is Refusal.COMMUNICATION_TEAM_NEEDS_NUMBER
    with pytest.raises(Refused):
        await Administration(sofia).save_team(chained, (), directory.teams)


@pytest.mark.row("S1-22")
async def test_the_communication_team_of_a_sub_team_changes(vallon: Vallon) -> None:
    sofia = vallon.as_agent("sofia")
    before = (await sofia.directory()).team(vallon.teams["Atelier Beaune"])
    members = tuple(m for m in (await sofia.directory()).memberships if m.team_id == before.id)
    await sofia.save_team(replace(before, communication_team_id=vallon.teams["Sales Dijon"]), members)
    after = (await sofia.directory()).team(before.id)
    assert after.communication_team_id == vallon.teams["Sales Dijon"]
    assert (await sofia.history(before.id, 1))[0].difference["communication_team_id"][1] == str(
        vallon.teams["Sales Dijon"]
    )
    assert await _refusal(sofia.save_team(before, members)) is Refusal.CHANGED_MEANWHILE


async def test_a_team_that_speaks_for_others_keeps_its_number(vallon: Vallon) -> None:
    sofia = vallon.as_agent("sofia")
    centre = (await sofia.directory()).team(vallon.teams["Contact centre"])
    assert await _refusal(sofia.save_team(replace(centre, numbers=()), ())) in {
        Refusal.TEAM_SPEAKS_FOR_OTHERS,
        Refusal.SUB_TEAM_NEEDS_COMMUNICATION_TEAM,
    }


async def test_a_sub_team_is_given_a_number_later(vallon: Vallon) -> None:
    sofia = vallon.as_agent("sofia")
    atelier = (await sofia.directory()).team(vallon.teams["Atelier Beaune"])
    number = Number(new_id(), atelier.id, "+33380123499")
    await sofia.save_team(replace(atelier, communication_team_id=None, numbers=(number,)), ())
    assert not (await sofia.directory()).team(atelier.id).is_sub_team


async def test_one_number_belongs_to_one_team(vallon: Vallon) -> None:
    sofia = vallon.as_agent("sofia")
    fresh = Team(new_id(), "Twin")
    twin = replace(fresh, numbers=(Number(new_id(), fresh.id, "+33380123450"),))
    assert await _refusal(sofia.save_team(twin, ())) is Refusal.NUMBER_IN_USE


async def test_agents_and_leads_shape_no_teams(vallon: Vallon) -> None:
    fresh = Team(new_id(), "Mine", communication_team_id=vallon.teams["Contact centre"])
    for name in ("nadia", "julie"):
        assert await _refusal(vallon.as_agent(name).save_team(fresh, ())) is Refusal.NOT_PERMITTED
