"""Manage's voice pages: what is read, edited, kept and refused, and which schedule is in force."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time

import pytest

from app.desk.voice_pages import VoicePages, in_force, kind_of, of_kind, voice_pages
from app.domain.floor import Strategy
from app.domain.routing import How
from app.domain.schedules import WHOLE_DAY, hours_now
from app.services.numbers import Numbers
from app.services.routing import RoutingSetup
from tests.helpers import sample
from tests.helpers.sample_routing import SampleRouting
from tests.helpers.sample_trees import filled_routing


class World:
    """The pages over the sample routing."""

    def __init__(self) -> None:
        self.store = sample.SampleStore()
        self.routing: SampleRouting = filled_routing(self.store.kept)
        self.pages: VoicePages = voice_pages(
            RoutingSetup(self.routing), Numbers(self.store, "FR"), self.store.directory, self.store
        )

    async def settle(self) -> None:
        for page in self.pages.all():
            await page.work.settle()


@pytest.fixture
async def world() -> AsyncIterator[World]:
    made = World()
    for page in made.pages.all():
        page.begin()
    await made.settle()
    yield made
    for page in made.pages.all():
        await page.close()


async def test_a_teams_words_are_kept_as_its_prompts_and_go_when_they_are_emptied(world: World) -> None:
    page, centre = world.pages.teams, sample.key("Contact centre")
    edited = page.state.edited
    assert edited is not None
    assert (edited.voice.team_id, edited.voice.strategy) == (centre, Strategy.LONGEST_IDLE)
    page.edit(closed_words="Nous sommes fermés.")
    page.save()
    await world.settle()
    kept = world.routing.voices[centre]
    assert kept.closed_prompt_id is not None
    assert world.routing.kept_prompts[kept.closed_prompt_id].words == "Nous sommes fermés."
    assert not page.state.changed
    page.edit(closed_words="")
    page.save()
    await world.settle()
    assert world.routing.voices[centre].closed_prompt_id is None


async def test_schedules_of_another_team_are_read_and_a_new_one_is_refused_without_a_name(world: World) -> None:
    page, beaune = world.pages.schedules, sample.key("Atelier Beaune")
    assert [one.name for one in page.state.items] == ["Saturday", "Weekdays", "Christmas"]
    page.choose_team(beaune)
    await world.settle()
    assert (page.state.items, page.state.edited) == ((), None)
    page.new()
    page.save()
    await world.settle()
    assert "name" in page.state.errors
    page.edit(name="Workshop", rings_until=time(17))
    page.save()
    await world.settle()
    assert [(one.name, one.team_id, one.rings_until) for one in page.state.items] == [("Workshop", beaune, time(17))]
    page.remove()
    await world.settle()
    assert page.state.items == ()


async def test_the_newest_schedule_that_applies_is_in_force_and_a_closed_day_lasts_all_day(world: World) -> None:
    schedules = world.pages.schedules.state.items
    names = {one.id: one.name for one in schedules}

    def at(day: int, hour: int) -> set[str]:
        return {names[id_] for id_ in in_force(schedules, datetime(2026, 11, day, hour, tzinfo=UTC))}

    assert at(23, 9) == {"Weekdays"}
    assert at(28, 9) == {"Saturday"}
    assert at(28, 15) == set()
    week = next(one for one in schedules if one.name == "Weekdays")
    closed = of_kind(week, "closed")
    assert (kind_of(week), kind_of(closed), closed.rings_until) == ("week", "closed", WHOLE_DAY)
    assert closed.first_day is not None
    noon, midnight = (datetime.combine(closed.first_day, clock, tzinfo=UTC) for clock in (time(12), time(22, 59, 30)))
    for now in (noon, midnight):
        assert not hours_now([closed], now).is_open
    assert kind_of(of_kind(closed, "days")) == "days"
    assert of_kind(closed, "week").rings_from == time(8)


async def test_what_is_typed_stays_while_a_colleague_saves_and_can_be_given_up(world: World) -> None:
    page = world.pages.rules
    page.edit(name="Vineyards to Chalon")
    world.store.hint("team", sample.key("Contact centre"))
    await world.settle()
    assert page.state.edited is not None
    assert page.state.edited.name == "Vineyards to Chalon"
    page.discard()
    assert not page.state.changed


async def test_a_number_moves_and_a_refusal_is_shown(world: World) -> None:
    page = world.pages.numbers
    first = page.state.items[0]
    page.open(first.id)
    page.edit(team_id=sample.key("Service Chalon"))
    page.save()
    await world.settle()
    assert next(one for one in page.state.items if one.id == first.id).team_id == sample.key("Service Chalon")
    page.remove()
    await world.settle()
    assert page.state.error is not None
    assert "communication team" in page.state.error.text


async def test_a_line_is_tested(world: World) -> None:
    page = world.pages.trunks
    spare = next(one for one in page.state.items if one.name == "spare")
    assert spare.state == "unreachable"
    world.pages.look_at_trunk(spare.id)
    await world.settle()
    assert next(one for one in page.state.items if one.id == spare.id).state == "reachable"


async def test_edits_that_are_not_saved_keep_the_page_where_it_is(world: World) -> None:
    page = world.pages.schedules
    saturday, weekdays = page.state.items[:2]
    page.edit(name="Market day")
    page.open(weekdays.id)
    page.choose_team(sample.key("Atelier Beaune"))
    page.new()
    await world.settle()
    assert page.state.edited is not None
    assert (page.state.edited.id, page.state.edited.name) == (saturday.id, "Market day")
    assert page.state.team == sample.key("Contact centre")
    assert page.state.error is not None
    page.discard()
    page.open(weekdays.id)
    assert page.state.edited.id == weekdays.id


async def test_a_rule_for_a_number_is_kept_as_callers_numbers_are(world: World) -> None:
    page = world.pages.rules
    page.new()
    page.edit(name="The mayor", value="06 12 45 78 90")
    page.save()
    await world.settle()
    assert "target" in page.state.errors
    page.edit(to_agent_id=sample.key("Camille Roy"))
    page.save()
    await world.settle()
    assert "+33612457890" in {rule.value for rule in page.state.items}
    page.new()
    page.edit(name="Burgundy", value="03 80", how=How.STARTS_WITH, to_team_id=sample.key("Sales Dijon"))
    page.save()
    await world.settle()
    assert "value" in page.state.errors
    page.edit(value="+33 380")
    page.save()
    await world.settle()
    assert "+33380" in {rule.value for rule in page.state.items}


async def test_days_that_end_before_they_begin_are_refused(world: World) -> None:
    page = world.pages.schedules
    page.open(page.state.items[-1].id)
    page.edit(last_day=date(2026, 12, 1))
    page.save()
    await world.settle()
    assert "last_day" in page.state.errors
