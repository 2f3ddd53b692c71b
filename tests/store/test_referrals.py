"""A case handed to another organisation's team in the same database, where both administrators allowed it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import pytest

from app.domain.agents import Agent, Role
from app.domain.ids import new_id
from app.domain.organisations import Organisation
from app.domain.refusals import Refusal, Refused
from app.services.practice import Practice
from app.store.engine import connect
from app.store.practice import PostgresPractice
from app.store.starter import make_starter_organisation
from tests.helpers.organisation import PASSWORD, Store, Vallon


@dataclass
class House:
    """Another organisation with its administrator, its first team and a member of it."""

    store: Store
    team: UUID

    @property
    def practice(self) -> Practice:
        return Practice(PostgresPractice(self.store._database))


@pytest.fixture
async def beaune(vallon: Vallon) -> AsyncIterator[House]:
    name = f"b{new_id().hex}"
    chief = Agent(new_id(), name, "Bea Beaune", Role.ADMINISTRATOR)
    await make_starter_organisation(vallon.admin, Organisation(new_id(), "Beaune"), "+33199001111", chief, PASSWORD)
    store = Store(vallon.access(name))
    team = (await store.directory()).my_teams()[0].id
    yield House(store, team)
    await store.close()


def practice(vallon: Vallon, name: str) -> Practice:
    return Practice(PostgresPractice(vallon.as_agent(name)._database))


@pytest.mark.row("S4-19")
async def test_a_case_goes_to_another_house_where_both_administrators_allowed_it(vallon: Vallon, beaune: House) -> None:
    case = await vallon.case()
    nadia = practice(vallon, "nadia")
    code = await beaune.practice.open_way(beaune.team)
    assert await nadia.ways() == ()
    with pytest.raises(Refused):
        await nadia.take_way(code)
    await practice(vallon, "ada").take_way(code.lower())
    (way,) = await nadia.ways()
    assert (way.outward, way.organisation, way.code, way.open) == (True, "Beaune", "", True)
    number = await nadia.refer(case, way.id, "He wants it before the harvest")
    (there,) = await beaune.store.find_cases(str(number), 5)
    file = await beaune.store.case_file(there.id)
    assert (file.case.subject, file.customer.last_name, file.case.team_id) == ("Hydraulic leak", "Perrin", beaune.team)
    assert [(one.body, one.author_name) for one in file.timeline] == [
        ("He wants it before the harvest", "Concession Vallon"),
        ("referred_from", "Concession Vallon"),
    ]
    here = await vallon.as_agent("nadia").case_file(case)
    trace = here.timeline[-1]
    assert (trace.body, trace.custom["number"], trace.custom["organisation"]) == ("referred", number, "Beaune")
    # Neither reads the other's case or customer.
    with pytest.raises(Refused):
        await vallon.as_agent("ada").case_file(there.id)
    with pytest.raises(Refused):
        await beaune.store.case_file(case)
    with pytest.raises(Refused) as again:
        await nadia.refer(case, way.id, "")
    assert again.value.reason is Refusal.ALREADY_REFERRED
    second = await vallon.case()
    known = await nadia.refer(second, way.id, "")
    (other,) = await beaune.store.find_cases(str(known), 5)
    assert other.customer_id == there.customer_id  # the same number: one customer there
    await beaune.practice.close_way(way.id)
    assert await nadia.ways() == ()
    with pytest.raises(Refused):
        await nadia.refer(await vallon.case(), way.id, "")


async def test_nobody_opens_takes_or_forges_a_way_that_is_not_hers(vallon: Vallon, beaune: House) -> None:
    code = await beaune.practice.open_way(beaune.team)
    with pytest.raises(Refused):
        await practice(vallon, "sofia").open_way(vallon.teams["Location"])
    with pytest.raises(Refused):
        await practice(vallon, "ada").open_way(beaune.team)
    with pytest.raises(Refused):
        await beaune.practice.take_way(code)  # one's own
    ada = practice(vallon, "ada")
    await ada.take_way(code)
    with pytest.raises(Refused):
        await ada.take_way(code)
    (way,) = await ada.ways()
    foreign = await vallon.case("Sales Dijon", by="omar")
    with pytest.raises(Refused):
        await practice(vallon, "nadia").refer(foreign, way.id, "not mine")
    with pytest.raises(Refused):
        await beaune.practice.refer(foreign, way.id, "the wrong way round")
    omar = await connect(vallon.access("omar"))
    for write in ("INSERT INTO referrals SELECT * FROM referrals", "UPDATE referral_ways SET closed_at = NULL"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await omar.execute(write)
    await omar.close()
