"""A case handed to another organisation's team in the same database, where both administrators allowed it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from uuid import UUID

import asyncpg
import pytest

from app.domain.agents import Agent, Role
from app.domain.case_types import TypeKind
from app.domain.forms import Form, FormField
from app.domain.ids import new_id
from app.domain.organisations import Organisation
from app.domain.refusals import Refusal, Refused
from app.domain.teams import Membership, Team
from app.services.practice import Practice
from app.store.case_types import PostgresCaseTypes
from app.store.engine import connect
from app.store.practice import PostgresPractice
from app.store.starter import make_starter_organisation
from app.store.views import PostgresViews
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


@pytest.mark.row("S3-01")
async def test_each_house_shapes_its_own_types_views_and_forms(vallon: Vallon, beaune: House) -> None:
    """A dealership with five desks and a centre with hundreds share a database and nothing else."""
    ada, here = PostgresCaseTypes(vallon.as_agent("ada")._database), vallon.as_agent("ada")
    kind = next(one for one in await ada.types() if (one.kind, one.key) == (TypeKind.CASE, "complaint"))
    await ada.save_type(replace(kind, enabled=True, name="Réclamation grave"))
    views = PostgresViews(here._database, here)
    await views.remove_view((await views.views())[0].id)
    await practice(vallon, "ada").save_form(Form(None, None, (FormField("priority", required=True),)))
    there = beaune.store
    theirs = next(
        one for one in await PostgresCaseTypes(there._database).types() if (one.kind, one.key) == (kind.kind, kind.key)
    )
    assert (theirs.name, theirs.enabled) == ("Complaint", False)
    with pytest.raises(Refused):
        await PostgresCaseTypes(there._database).save_type(replace(kind, version=2))
    assert "my_open" in [one.key for one in await PostgresViews(there._database, there).views()]
    assert await beaune.practice.forms() == ()


@pytest.mark.row("S4-18")
async def test_groups_are_made_renamed_and_filled_as_an_organisation_wants_them(vallon: Vallon) -> None:
    sofia = vallon.as_agent("sofia")
    centre = vallon.teams["Contact centre"]
    group = Team(new_id(), "Moderators North", "Vallon – Moderators", communication_team_id=centre)
    members = (Membership(group.id, vallon.agents["omar"]), Membership(group.id, vallon.agents["julie"], lead=True))
    await sofia.save_team(group, members)
    directory = await sofia.directory()
    assert {agent.name for agent in directory.members(group.id)} == {"Omar Haddad", "Julie Marchand"}
    renamed = replace(directory.team(group.id), name="Moderators of the north")
    await sofia.save_team(renamed, members[:1])
    case = await vallon.case("Sales Dijon", by="omar")
    await vallon.as_agent("omar").hand_over_case(case, group.id, "")
    row = (await vallon.as_agent("omar").case_file(case)).row
    assert row.team_name == "Moderators of the north"
    with pytest.raises(Refused):
        await vallon.as_agent("omar").save_team(replace(renamed, name="Mine"), members)
