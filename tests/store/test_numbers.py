"""Numbers under the database's rules: given, moved, never the last one of a team that needs it."""

from dataclasses import replace

import pytest

from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.teams import Number
from app.services.numbers import Numbers
from app.store.numbers import PostgresNumbers
from tests.helpers.organisation import Vallon


def _numbers(vallon: Vallon, name: str = "sofia") -> Numbers:
    return Numbers(PostgresNumbers(vallon.as_agent(name)._database), "FR")


async def _of(vallon: Vallon, team: str) -> list[str]:
    directory = await vallon.as_agent("sofia").directory()
    return sorted(number.e164 for number in directory.team(vallon.teams[team]).numbers)


async def _refusal(act: object) -> Refusal:
    with pytest.raises(Refused) as refused:
        await act  # type: ignore[misc]
    return refused.value.reason


async def test_a_number_is_given_to_a_team_and_moves_to_another(vallon: Vallon) -> None:
    fresh = Number(new_id(), vallon.teams["Sales Dijon"], "03 80 12 34 99", "Parts desk")
    await _numbers(vallon).save(fresh)
    assert await _of(vallon, "Sales Dijon") == ["+33380123460", "+33380123499"]
    await _numbers(vallon).save(replace(fresh, team_id=vallon.teams["Contact centre"]))
    assert await _of(vallon, "Sales Dijon") == ["+33380123460"]
    assert await _of(vallon, "Contact centre") == ["+33380123450", "+33380123499"]
    await _numbers(vallon).remove(fresh.id)
    assert await _of(vallon, "Contact centre") == ["+33380123450"]


async def test_the_last_number_of_a_team_stays_and_a_taken_one_is_refused(vallon: Vallon) -> None:
    directory = await vallon.as_agent("sofia").directory()
    only = directory.team(vallon.teams["Sales Dijon"]).numbers[0]
    speaks = await _refusal(_numbers(vallon).remove(only.id))
    assert speaks is Refusal.TEAM_SPEAKS_FOR_OTHERS  # Location speaks through it
    moved = replace(only, team_id=vallon.teams["Contact centre"])
    assert await _refusal(_numbers(vallon).save(moved)) is Refusal.TEAM_SPEAKS_FOR_OTHERS
    again = Number(new_id(), vallon.teams["Sales Dijon"], "03 80 12 34 50")
    assert await _refusal(_numbers(vallon).save(again)) is Refusal.NUMBER_IN_USE
    assert await _refusal(_numbers(vallon).save(replace(again, e164="12"))) is Refusal.NOT_A_PHONE_NUMBER


async def test_who_may_not_manage_teams_changes_no_number(vallon: Vallon) -> None:
    fresh = Number(new_id(), vallon.teams["Contact centre"], "03 80 12 34 98")
    assert await _refusal(_numbers(vallon, "nadia").save(fresh)) is Refusal.NOT_PERMITTED
    only = (await vallon.as_agent("nadia").directory()).team(fresh.team_id).numbers[0]
    assert await _refusal(_numbers(vallon, "nadia").remove(only.id)) is Refusal.NOT_PERMITTED
