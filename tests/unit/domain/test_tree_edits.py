"""Editing a call tree keeps it one that leads every caller somewhere, and trying it decides as the hub does."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.call_trees import KEYS, CallTree, Destination, Flaw, Leads, flaws
from app.domain.floor import Floor, TeamOnFloor
from app.domain.tree_edits import (
    OTHERWISE,
    add_key,
    ask_case,
    edit_menu,
    lead,
    move_key,
    outline,
    remove_key,
    rename_menu,
)
from app.domain.trying import try_tree
from tests.helpers import sample
from tests.helpers.sample_trees import sample_tree

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DIRECTORY = sample.SampleStore().kept
CENTRE, BEAUNE = sample.key("Contact centre"), sample.key("Atelier Beaune")


def tree() -> CallTree:
    return sample_tree(DIRECTORY)


def floor(*closed: UUID) -> Floor:
    teams = {team.id: TeamOnFloor(team.id, (), is_open=team.id not in closed) for team in DIRECTORY.teams}
    return Floor({}, teams)


def test_the_outline_follows_the_keys_and_opens_each_menu_once() -> None:
    lines = outline(tree())
    assert [(line.depth, line.menu, line.key) for line in lines] == [
        (0, "Accueil", None), (1, "Accueil", "1"), (1, "Accueil", "2"), (2, "Pièces", "1"), (2, "Pièces", "2"),
        (2, "Pièces", ""), (1, "Accueil", "3"), (1, "Accueil", "4"), (2, "Dossier", ""), (1, "Accueil", "0"),
        (1, "Accueil", ""),
    ]  # fmt: skip
    again = lead(tree(), "Pièces", "3", Destination(Leads.MENU, menu="Accueil"))
    assert [line.opens for line in outline(again) if line.place == ("Pièces", "3")] == [""]


def test_a_new_menu_is_made_and_one_that_nobody_reaches_goes() -> None:
    grown = lead(tree(), "Accueil", "5", Destination(Leads.MENU))
    assert grown.menus["Accueil"].keys["5"].menu in grown.menus
    assert len(grown.menus) == 4
    assert any(Flaw.SAYS_NOTHING in line.flaws for line in outline(grown))
    assert remove_key(grown, "Accueil", "5") == tree()
    assert set(lead(tree(), "Accueil", "2", Destination(Leads.QUEUE)).menus) == {"Accueil", "Dossier"}


def test_keys_change_places_and_a_menu_is_renamed_everywhere() -> None:
    moved = move_key(tree(), "Accueil", "1", "3")
    assert moved.menus["Accueil"].keys["3"].id == BEAUNE
    assert moved.menus["Accueil"].keys["1"].id == sample.key("Location")
    assert move_key(tree(), "Accueil", "1", "x") == tree()
    renamed = rename_menu(rename_menu(tree(), "Pièces", "Parts"), "Accueil", "Welcome")
    assert (renamed.start, renamed.menus["Welcome"].keys["2"].menu) == ("Welcome", "Parts")
    assert rename_menu(tree(), "Pièces", "Dossier") == tree()


def test_a_menu_that_asks_for_a_case_keeps_the_star_only() -> None:
    asks = ask_case(tree(), "Pièces", asks=True)
    assert asks.menus["Pièces"].keys == {}
    assert flaws(asks) == ()
    assert add_key(asks, "Pièces")[1] == "*"


def test_a_tried_call_goes_where_the_hub_would_lead_it() -> None:
    def reasons(keys: str, *closed: UUID) -> list[tuple[str, UUID | None]]:
        return [(entry.reason, entry.team_id) for entry in try_tree(tree(), CENTRE, floor(*closed), keys, NOW)]

    assert ("chosen_team", BEAUNE) in reasons("1")
    assert ("closed", BEAUNE) in reasons("1", BEAUNE)
    assert ("chosen_voicemail", CENTRE) in reasons("22")
    assert ("no_choice", CENTRE) in reasons("")
    assert reasons("448213#")[-1][0] == "looks_up_case"
    pressed = [entry.text for entry in try_tree(tree(), CENTRE, floor(), "21", NOW) if entry.reason == "pressed"]
    assert pressed == ["Accueil 2", "Pièces 1"]


@st.composite
def edits(draw: st.DrawFn) -> CallTree:
    made = tree()
    for _ in range(draw(st.integers(0, 12))):
        menu = draw(st.sampled_from(sorted(made.menus)))
        key = draw(st.sampled_from([*KEYS, OTHERWISE]))
        match draw(st.integers(0, 4)):
            case 0:
                made, _ = add_key(made, menu)
            case 1 if not made.menus[menu].asks_case or key in ("*", OTHERWISE):
                kind = draw(st.sampled_from([Leads.QUEUE, Leads.MENU, Leads.VOICEMAIL]))
                made = lead(made, menu, key, Destination(kind)) if kind is not Leads.MENU or key else made
            case 2:
                made = remove_key(made, menu, key)
            case 3:
                made = rename_menu(made, menu, draw(st.sampled_from(["A", "B", "C"])))
            case _:
                made = edit_menu(made, menu, repeats=draw(st.integers(0, 3)))
    return made


@given(edits(), st.text(alphabet=KEYS, max_size=8))
def test_whatever_is_edited_a_caller_leaves_the_tree(made: CallTree, keys: str) -> None:
    assert flaws(made) == ()
    assert {line.menu for line in outline(made)} == set(made.menus)
    assert try_tree(made, CENTRE, floor(), keys, NOW)[-1].reason not in {"pressed", "call_tree"}
