"""Full text under permission: French and English, unfinished words, newest first, and never a foreign team's case."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.domain.cases import Visibility
from app.domain.follow_ups import Channel, FollowUp
from app.domain.ids import new_id
from app.services.cases import NewCase
from app.store.engine import connect
from tests.helpers.organisation import Vallon

CASE = NewCase(new_id(), new_id(), "La pompe à eau fuit", UUID(int=0), description="Depuis le gel de mardi")


async def _case(vallon: Vallon, team: str, by: str, note: str = "", **more: object) -> UUID:
    store = vallon.as_agent(by)
    customer = await vallon.customer(by=by)
    case = replace(CASE, id=new_id(), customer_id=customer.id, team_id=vallon.teams[team], **more)  # type: ignore[arg-type]
    await store.insert_case(case)
    if note:
        await store.insert_follow_up(FollowUp(new_id(), case.id, Channel.NOTE, note, datetime.now(UTC)))
    return case.id


async def _found(vallon: Vallon, by: str, words: str) -> list[UUID]:
    return [row.id for row in await vallon.as_agent(by).find_cases(words, 20)]


@pytest.mark.parametrize(
    "typed", ["pompe", "la pompe", "POMPES", "pompe à l'eau", "pom", "gel mard", "joint torique", "tori", "eau joints"]
)
async def test_words_of_subject_description_and_notes_are_found(vallon: Vallon, typed: str) -> None:
    case_id = await _case(vallon, "Contact centre", "nadia", "Le joint torique est à changer, pompe à eau")
    await _case(vallon, "Contact centre", "nadia", subject="Livraison", description="")
    assert await _found(vallon, "nadia", typed) == [case_id]


async def test_english_words_are_stemmed_in_english_texts(vallon: Vallon) -> None:
    customer = await vallon.as_agent("nadia").insert_customer(
        replace(await vallon.customer(), id=new_id(), account_number="", language="en")
    )
    case = replace(
        CASE,
        id=new_id(),
        customer_id=customer.id,
        team_id=vallon.teams["Contact centre"],
        subject="The engines were leaking",
    )
    await vallon.as_agent("nadia").insert_case(case)
    assert await _found(vallon, "nadia", "the leak engine") == [case.id]


@pytest.mark.parametrize("window", ["recent entries", "the index"])
async def test_a_foreign_teams_case_never_comes_back(vallon: Vallon, window: str) -> None:
    admin = await connect(vallon.admin)
    if window == "the index":  # nothing is near: what is found comes through the index
        await admin.execute(
            "SET ROLE guichet_owner; DO $$ BEGIN EXECUTE replace(replace(pg_get_functiondef('find_cases'::regproc), "
            "'LIMIT 3000', 'LIMIT 0'), 'LIMIT 5000', 'LIMIT 0'); END $$"
        )
    await admin.close()
    internal = await _case(vallon, "Sales Dijon", "omar", "secret torique", visibility=Visibility.INTERNAL)
    private = await _case(
        vallon,
        "Contact centre",
        "nadia",
        "secret torique",
        visibility=Visibility.PRIVATE,
        assignee_id=vallon.agents["nadia"],
    )
    assert await _found(vallon, "omar", "torique") == [internal]
    assert await _found(vallon, "nadia", "torique") == [private]
    assert await _found(vallon, "lucie", "torique") == []
    assert await _found(vallon, "lucie", "pompe") == []
    # What is written for the reader in the index cannot be typed.
    assert await _found(vallon, "lucie", "@1 | @2") == []
    # After a hand-over the index knows the new readers, and the former ones.
    await vallon.as_agent("omar").set_case_visibility(internal, Visibility.PUBLIC)
    await vallon.as_agent("omar").hand_over_case(internal, vallon.teams["Pièces détachées"], "")
    assert await _found(vallon, "lucie", "torique") == [internal]
    assert await _found(vallon, "omar", "torique") == [internal]


async def test_the_newest_come_first_and_nothing_is_no_search(vallon: Vallon) -> None:
    first, second = [await _case(vallon, "Contact centre", "nadia") for _ in range(2)]
    assert await _found(vallon, "nadia", "pompe") == [second, first]
    await vallon.as_agent("nadia").insert_follow_up(FollowUp(new_id(), first, Channel.NOTE, "vu", datetime.now(UTC)))
    assert await _found(vallon, "nadia", "pompe") == [first, second]
    for nothing in ("", "   ", "la", "!?", "'"):
        assert await _found(vallon, "nadia", nothing) == []
