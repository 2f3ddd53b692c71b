"""Routing as supervisors set it up: kept, limited, permission-checked, and explained before a call comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.domain.call_trees import CallTree, Destination, Leads, Menu
from app.domain.floor import Records, Strategy
from app.domain.ids import new_id
from app.domain.prompts import Prompt
from app.domain.refusals import Refusal, Refused
from app.domain.routing import Caller, How, MatchOn, RoutingRule, rule_for
from app.domain.schedules import Ringed, RingSchedule
from app.domain.team_voice import TeamVoice, WrapUp
from app.services.cases import NewCase
from app.services.routing import OwnWords, RoutingSetup, TrunkLine
from app.store.engine import connect
from app.store.routing import PostgresRouting
from tests.helpers.organisation import Vallon

TUESDAY_TEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CENTRE = "+33380123450"


def _setup(vallon: Vallon, name: str = "sofia") -> RoutingSetup:
    return RoutingSetup(PostgresRouting(vallon.as_agent(name)._database))


async def _refusal(act: object) -> Refused:
    with pytest.raises(Refused) as refused:
        await act  # type: ignore[misc]
    return refused.value


def _schedule(vallon: Vallon, name: str, **more: object) -> RingSchedule:
    made = RingSchedule(
        new_id(),
        vallon.teams["Contact centre"],
        name,
        "Europe/Paris",
        frozenset({1, 2, 3, 4, 5}),
        time(8),
        time(18),
        datetime.now(UTC),
    )
    return replace(made, **more)  # type: ignore[arg-type]


async def test_settings_of_a_team_come_back_and_nonsense_is_refused(vallon: Vallon) -> None:
    sofia, team = _setup(vallon), vallon.teams["Contact centre"]
    assert await sofia.team_voice(team) == TeamVoice(team), "what ships"
    wished = TeamVoice(
        team,
        Strategy.LONGEST_IDLE,
        wrap_up=WrapUp.MANDATORY,
        wrap_up_s=900,
        records=Records.ALWAYS,
        disposition_required=True,
        takes_messages=False,
    )
    await sofia.save_team_voice(wished)
    assert await sofia.team_voice(team) == wished
    for wrong in (replace(wished, wrap_up_s=901), replace(wished, announce_s=5), replace(wished, offer_s=1)):
        assert (await _refusal(sofia.save_team_voice(wrong))).reason is Refusal.OUT_OF_RANGE
    assert (await _refusal(_setup(vallon, "nadia").save_team_voice(wished))).reason is Refusal.NOT_PERMITTED


async def test_schedules_are_kept_with_whom_they_ring_and_there_are_at_most_twenty_five(vallon: Vallon) -> None:
    sofia, team = _setup(vallon), vallon.teams["Contact centre"]
    rings = (Ringed(1, agent_id=vallon.agents["nadia"]), Ringed(2, team_id=vallon.teams["Atelier Beaune"]))
    week = _schedule(vallon, "Week", rings=rings)
    await sofia.save_schedule(week)
    holiday = _schedule(vallon, "Christmas", first_day=date(2026, 12, 25), last_day=date(2026, 12, 25), closed=True)
    await sofia.save_schedule(holiday)
    kept = await sofia.schedules(team)
    assert [one.name for one in kept] == ["Christmas", "Week"], "the newest first: it wins"
    assert (kept[1].rings, kept[1].weekdays, kept[0].closed) == (rings, week.weekdays, True)
    for n in range(23):
        await sofia.save_schedule(_schedule(vallon, f"One-off {n}"))
    assert (await _refusal(sofia.save_schedule(_schedule(vallon, "One more")))).reason is Refusal.TOO_MANY
    await sofia.remove_schedule(holiday.id)
    await sofia.save_schedule(_schedule(vallon, "One more"))


async def test_a_call_tree_comes_back_whole_and_one_that_leads_astray_is_refused(vallon: Vallon) -> None:
    sofia = _setup(vallon)
    main = Menu(
        (Prompt(words="One for the workshop."),),
        {"1": Destination(Leads.TEAM, id=vallon.teams["Atelier Beaune"]), "2": Destination(Leads.MENU, menu="case")},
    )
    tree = CallTree(new_id(), "Main", "main", {"main": main, "case": Menu((Prompt("case_number"),), asks_case=True)})
    await sofia.save_call_tree(tree)
    assert await sofia.call_trees() == (tree,)
    astray = replace(tree, menus={"main": main})
    refused = await _refusal(sofia.save_call_tree(astray))
    assert (refused.reason, refused.details["menu"]) == (Refusal.TREE_LEADS_ASTRAY, "main")


async def test_the_newest_rule_that_matches_wins_and_the_last_advisor_over_it(vallon: Vallon) -> None:
    sofia, team = _setup(vallon), vallon.teams["Contact centre"]
    customer = await vallon.customer()
    for name, to in (("Old", "Sales Dijon"), ("New", "Atelier Beaune")):
        rule = RoutingRule(
            new_id(), name, MatchOn.NUMBER, How.STARTS_WITH, "+336", vallon.teams[to], None, datetime.now(UTC)
        )
        await sofia.save_rule(team, rule)
    told = await sofia.explain(CENTRE, "+33639981234", TUESDAY_TEN)
    assert ("rule", "New") in told.reasons
    assert (told.steps[0].who, told.customer) == ("Atelier Beaune", "Marc Perrin")
    case = NewCase(new_id(), customer.id, "Leak", team, assignee_id=vallon.agents["camille"])
    await vallon.as_agent("camille").insert_case(case)
    await vallon.as_agent("sofia")._database.write("UPDATE teams SET last_advisor = true")
    told = await sofia.explain(CENTRE, "+33639981234", datetime.now(UTC))
    assert (told.steps[0].reason, told.steps[0].who) == ("last_advisor", "Camille Roy")
    late = await sofia.explain(CENTRE, "+33639981234", datetime.now(UTC) + timedelta(days=8))
    assert ("no_last_advisor", "too_old") in late.reasons, "after its window the rules have their say again"
    assert ("rule", "New") in late.reasons


def test_rules_compare_without_capitals_and_accents() -> None:
    def rule(match_on: MatchOn, how: How, value: str) -> RoutingRule:
        return RoutingRule(new_id(), value, match_on, how, value, new_id(), None, TUESDAY_TEN)

    caller = Caller("+33639981234", "Vineyard", "GAEC des Tilleuls", "C-0042")
    assert rule_for([rule(MatchOn.COMPANY, How.STARTS_WITH, "gaec DÉS")], caller) is not None
    assert rule_for([rule(MatchOn.SEGMENT, How.EQUALS, "vine")], caller) is None
    assert rule_for([rule(MatchOn.ACCOUNT, How.EQUALS, "c-0042")], caller) is not None
    assert rule_for([rule(MatchOn.SEGMENT, How.STARTS_WITH, "a")], Caller()) is None


async def test_closed_hours_and_a_holiday_are_explained_beforehand(vallon: Vallon) -> None:
    sofia = _setup(vallon)
    await sofia.save_schedule(_schedule(vallon, "Week"))
    assert (await sofia.explain(CENTRE, "", TUESDAY_TEN)).reasons == (("schedule", "Week"),)
    night = await sofia.explain(CENTRE, "", TUESDAY_TEN + timedelta(hours=12))
    assert (night.reasons, [step.kind for step in night.steps]) == ((("closed", ""),), ["voicemail"])
    assert (await _refusal(sofia.explain("+33999999999", "", TUESDAY_TEN))).reason is Refusal.NOT_FOUND


async def test_a_trunks_password_is_written_and_never_read(vallon: Vallon) -> None:
    sofia = _setup(vallon)
    trunk = TrunkLine(new_id(), "operator", "sip.operator.example", username="vallon", password="s3cret-enough")
    await sofia.save_trunk(trunk)
    kept = (await sofia.trunks())[0]
    assert (kept.host, kept.password, kept.state) == ("sip.operator.example", "", "")
    await sofia.save_trunk(replace(kept, port=5080))
    admin = await connect(vallon.admin)
    assert await admin.fetchval("SELECT password FROM trunks") == "s3cret-enough", "an empty one leaves it as it is"
    await admin.close()
    nobody = await connect(vallon.access("sofia"))
    with pytest.raises(Exception, match="permission denied"):
        await nobody.fetchval("SELECT password FROM trunks")
    await nobody.close()


async def test_a_prompt_has_words_or_a_sound(vallon: Vallon) -> None:
    sofia = _setup(vallon)
    await sofia.save_prompt(OwnWords(new_id(), "Welcome", "fr", "Bienvenue à la concession Vallon."))
    assert [prompt.words for prompt in await sofia.prompts()] == ["Bienvenue à la concession Vallon."]
    assert (await _refusal(sofia.save_prompt(OwnWords(new_id(), "Empty", "fr")))).field == "words"
