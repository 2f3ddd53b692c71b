"""How calls are routed, as leads set it: what was saved is read back and what the hub reads; others are refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from app.domain.call_trees import CallTree, Destination, Leads, Menu
from app.domain.floor import Strategy
from app.domain.ids import new_id
from app.domain.prompts import Prompt
from app.domain.refusals import Refusal, Refused
from app.domain.routing import How, MatchOn, RoutingRule
from app.domain.schedules import Ringed, RingSchedule
from app.domain.teams import Number
from app.services.voice_settings import TeamRule, TeamVoice, Trunk, VoiceSettings
from app.store.voice_settings import PostgresVoiceSettings
from tests.helpers.organisation import Vallon

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _settings(vallon: Vallon, name: str = "sofia") -> VoiceSettings:
    return VoiceSettings(PostgresVoiceSettings(vallon.as_agent(name)._database), "FR")


async def _voice(settings: VoiceSettings, team: UUID) -> TeamVoice:
    return next(voice for voice in await settings.team_voices() if voice.team_id == team)


async def _reason(act: object) -> Refusal:
    with pytest.raises(Refused) as refused:
        await act  # type: ignore[misc]
    return refused.value.reason


async def test_a_teams_settings_come_back_as_they_were_saved_with_their_words(vallon: Vallon) -> None:
    settings, team = _settings(vallon), vallon.teams["Contact centre"]
    shipped = await _voice(settings, team)
    assert (shipped.strategy, shipped.records, shipped.offer_s) == (Strategy.RING_ALL, "never", 30)
    changed = replace(
        shipped, strategy=Strategy.LONGEST_IDLE, offer_s=20, records="always", greeting="Bonjour.", announce_s=0,
        closed_words="Nous sommes fermés.", wrap_up="timed", wrap_up_s=45, disposition_required=True,
    )  # fmt: skip
    await settings.save_team_voice(changed)
    assert await _voice(settings, team) == changed
    await settings.save_team_voice(replace(changed, greeting="", closed_words="Fermé."))
    again = await _voice(settings, team)
    assert (again.greeting, again.closed_words) == ("", "Fermé.")


async def test_schedules_are_kept_with_whom_they_ring_and_at_most_25_a_team(vallon: Vallon) -> None:
    settings, team = _settings(vallon), vallon.teams["Contact centre"]
    rings = (Ringed(1, agent_id=vallon.agents["nadia"]), Ringed(2, team_id=vallon.teams["Atelier Beaune"]))
    week = RingSchedule(
        new_id(), team, "Week", "Europe/Paris", frozenset({1, 2, 3}), time(8), time(18, 30), NOW, rings=rings
    )
    await settings.save_ring_schedule(week)
    kept = (await settings.ring_schedules())[0]
    assert replace(kept, created_at=NOW) == week
    holiday = replace(week, id=new_id(), name="Christmas", first_day=date(2026, 12, 25), closed=True, rings=())
    await settings.save_ring_schedule(replace(holiday, last_day=date(2026, 12, 26)))
    assert (await settings.ring_schedules())[0].closed
    assert (
        await _reason(settings.save_ring_schedule(replace(holiday, last_day=date(2026, 12, 1)))) is Refusal.NOT_A_DATE
    )
    assert await _reason(settings.save_ring_schedule(replace(week, weekdays=frozenset()))) is Refusal.REQUIRED
    await settings.remove_ring_schedule(holiday.id)
    for number in range(24):
        await settings.save_ring_schedule(replace(week, id=new_id(), name=f"More {number}"))
    assert await _reason(settings.save_ring_schedule(replace(week, id=new_id()))) is Refusal.TOO_MANY


async def test_rules_trees_and_trunks_are_kept_and_the_password_is_never_read(vallon: Vallon) -> None:
    settings, team = _settings(vallon), vallon.teams["Contact centre"]
    rule = RoutingRule(
        new_id(), "Vineyards", MatchOn.SEGMENT, How.EQUALS, "Vineyard", vallon.teams["Location"], None, NOW
    )
    await settings.save_rule(TeamRule(team, rule))
    (kept,) = await settings.rules()
    assert (kept.team_id, replace(kept.rule, created_at=NOW)) == (team, rule)
    assert await _reason(settings.save_rule(TeamRule(team, replace(rule, to_team_id=None)))) is Refusal.REQUIRED
    await settings.remove_rule(rule.id)
    assert await settings.rules() == ()

    menu = Menu((Prompt(words="Tapez 1."),), {"1": Destination(Leads.TEAM, id=vallon.teams["Atelier Beaune"])})
    tree = CallTree(new_id(), "Main", "start", {"start": menu})
    await settings.save_call_tree(tree)
    assert await settings.call_trees() == (tree,)
    astray = replace(tree, menus={"start": replace(menu, keys={"1": Destination(Leads.MENU, menu="nowhere")})})
    assert await _reason(settings.save_call_tree(astray)) is Refusal.TREE_HAS_FLAWS

    trunk = Trunk(new_id(), "Opérateur Est", "sip.example.org", username="vallon", registers=True, password="secret")
    await settings.save_trunk(trunk)
    (line,) = await settings.trunks()
    assert (line.name, line.password) == ("operateur-est", "")
    await settings.save_trunk(replace(line, port=5070))
    assert (await settings.trunks())[0].port == 5070
    await settings.look_at_trunk(trunk.id)
    await settings.remove_trunk(trunk.id)
    assert await settings.trunks() == ()


async def test_a_number_moves_to_another_team_and_a_team_keeps_one(vallon: Vallon) -> None:
    settings, sales = _settings(vallon), vallon.teams["Sales Dijon"]
    fresh = Number(new_id(), sales, "03 80 12 34 99", "Parts desk")
    await settings.save_number(fresh)
    directory = await vallon.as_agent("sofia").directory()
    assert "+33380123499" in {number.e164 for number in directory.team(sales).numbers}
    moved = replace(fresh, team_id=vallon.teams["Contact centre"])
    await settings.save_number(moved)
    directory = await vallon.as_agent("sofia").directory()
    assert [number.e164 for number in directory.team(sales).numbers] == ["+33380123460"]
    only = directory.team(sales).numbers[0]
    assert await _reason(settings.save_number(replace(only, team_id=moved.team_id))) in set(Refusal)
    assert await _reason(settings.remove_number(only.id)) in set(Refusal)


async def test_who_may_not_manage_teams_changes_nothing(vallon: Vallon) -> None:
    nadia, team = _settings(vallon, "nadia"), vallon.teams["Contact centre"]
    voice = await _voice(nadia, team)
    week = RingSchedule(new_id(), team, "Week", "Europe/Paris", frozenset({1}), time(8), time(18), NOW)
    number: UUID = new_id()
    for act in (
        nadia.save_team_voice(voice),
        nadia.save_ring_schedule(week),
        nadia.save_trunk(Trunk(new_id(), "line", "sip.example.org")),
        nadia.look_at_trunk(new_id()),
        nadia.save_number(Number(number, team, "+33380123411")),
        nadia.remove_rule(new_id()),
    ):
        assert await _reason(act) is Refusal.NOT_PERMITTED
