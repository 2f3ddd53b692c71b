"""Routing of the Vallon dealership: a week, a Saturday, a holiday, a rule, a call tree and two lines to the outside."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from app.domain.call_trees import CallTree, Destination, Leads, Menu
from app.domain.floor import Records, Strategy
from app.domain.prompts import CASE_NUMBER, Prompt
from app.domain.routing import How, MatchOn, RoutingRule
from app.domain.schedules import WHOLE_DAY, Ringed, RingSchedule
from app.domain.team_voice import TeamVoice
from app.services.organisation import Directory
from app.services.routing import TrunkLine
from tests.helpers.sample_routing import SampleRouting

AT = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)


def _id(name: str) -> UUID:
    return uuid5(UUID("7b0a0000-0000-4000-8000-000000000001"), name)


def sample_tree(directory: Directory) -> CallTree:
    """The main tree: a welcome, a menu for parts, and the caller's case number."""
    team = {one.name: one.id for one in directory.teams}
    welcome = Menu(
        (Prompt(words="Concession Vallon, bonjour. Atelier : 1. Pièces : 2. Location : 3. Votre dossier : 4."),),
        {
            "1": Destination(Leads.TEAM, id=team["Atelier Beaune"]),
            "2": Destination(Leads.MENU, menu="Pièces"),
            "3": Destination(Leads.TEAM, id=team["Location"]),
            "4": Destination(Leads.MENU, menu="Dossier"),
            "0": Destination(Leads.QUEUE),
        },
    )
    parts = Menu(
        (Prompt(words="Commander une pièce : 1. Laisser un message : 2."),),
        {"1": Destination(Leads.TEAM, id=team["Pièces détachées"]), "2": Destination(Leads.VOICEMAIL)},
    )
    case = Menu((CASE_NUMBER,), asks_case=True)
    menus = {"Accueil": welcome, "Pièces": parts, "Dossier": case}
    return CallTree(_id("tree"), "Standard", "Accueil", menus)


def filled_routing(directory: Directory) -> SampleRouting:
    """The routing port with all of it."""
    kept = SampleRouting()
    team = {one.name: one.id for one in directory.teams}
    agent = {one.name: one.id for one in directory.agents}
    centre = team["Contact centre"]
    tree = sample_tree(directory)
    kept.trees[tree.id] = tree
    week = RingSchedule(
        _id("week"), centre, "Weekdays", "Europe/Paris", frozenset({1, 2, 3, 4, 5}), time(8), time(18, 30), AT
    )
    saturday = replace(
        week, id=_id("saturday"), name="Saturday", weekdays=frozenset({6}), rings_until=time(12),
        rings=(Ringed(1, agent_id=agent["Nadia Benali"]), Ringed(2, team_id=team["Atelier Beaune"])),
        created_at=AT.replace(day=4),
    )  # fmt: skip
    holiday = replace(
        week, id=_id("christmas"), name="Christmas", first_day=date(2026, 12, 24), last_day=date(2026, 12, 26),
        closed=True, weekdays=frozenset(range(1, 8)), rings_from=time(0), rings_until=WHOLE_DAY,
        created_at=AT.replace(day=2),
    )  # fmt: skip
    kept.kept_schedules = {one.id: one for one in (week, saturday, holiday)}
    rule = RoutingRule(
        _id("rule"), "Vineyards to rental", MatchOn.SEGMENT, How.EQUALS, "Vineyard", team["Location"], None, AT
    )
    kept.kept_rules[rule.id] = (centre, rule)
    east = TrunkLine(_id("east"), "operator-east", "sip.operator.example", username="vallon", registers=True)
    kept.lines = {
        east.id: replace(east, state="registered"),
        _id("spare"): TrunkLine(_id("spare"), "spare", "192.0.2.20", state="unreachable"),
    }
    kept.voices[centre] = TeamVoice(centre, Strategy.LONGEST_IDLE, call_tree_id=tree.id, records=Records.ON_DEMAND)
    return kept
