"""The invented population: as sound as what agents type, found like it, and never half there."""

import asyncpg
import pytest

from app.domain.views import View, ViewKind
from app.settings.errors import MendableError
from app.settings.resources import resource
from app.store.engine import connect
from app.store.sample import load_sample
from app.store.sample_rows import Size
from tests.helpers.organisation import Vallon

WORDS = resource("sample", "words.toml")


@pytest.mark.parametrize("few", [10**9, 0], ids=["indexes kept", "indexes made again"])
async def test_the_population_is_what_the_triggers_would_have_made(
    vallon: Vallon, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.sample.FEW", few)
    before = await _indexes(vallon)
    await load_sample(vallon.admin, Size(200, 400, 1000), WORDS)
    await load_sample(vallon.admin, Size(50, 20, 0), WORDS, seed=2)
    assert await _indexes(vallon) == before
    admin = await connect(vallon.admin)
    assert [await admin.fetchval(f"SELECT count(*) FROM {t}") for t in ("customers", "cases", "follow_ups")] == [
        250,
        420,
        1000,
    ]
    wrong = {
        "audience": "SELECT count(*) FROM cases WHERE audience_id <> case_audience(id, organisation_id, visibility, "
        "team_id, assignee_id, number_id)",
        "follow-up": "SELECT count(*) FROM follow_ups f JOIN cases c ON c.id = f.case_id "
        "WHERE f.audience_id <> c.audience_id OR f.at > now() OR f.at < c.created_at OR f.at > c.activity_at",
        "category": "SELECT count(*) FROM cases c JOIN case_states s ON s.id = c.state_id "
        "WHERE s.category <> c.category OR c.category IN ('solved', 'closed') AND c.assignee_id IS NULL",
        "assignee": "SELECT count(*) FROM cases c WHERE assignee_id IS NOT NULL AND NOT EXISTS "
        "(SELECT FROM memberships m WHERE m.team_id = c.team_id AND m.agent_id = c.assignee_id)",
        "keys": "SELECT count(*) FROM (SELECT c.id, k FROM customers c, keys_of(c) k EXCEPT "
        "SELECT customer_id, key FROM customer_keys) s",
        "customer": "SELECT count(*) FROM cases c LEFT JOIN customers k ON k.id = c.customer_id "
        "WHERE k.id IS NULL OR k.language <> c.language",
        "history": "SELECT count(*) FROM cases c WHERE NOT EXISTS (SELECT FROM changes h WHERE h.record_id = c.id)",
    }
    assert {name: await admin.fetchval(query) for name, query in wrong.items()} == dict.fromkeys(wrong, 0)
    await admin.close()
    camille = vallon.as_agent("camille")
    page = await camille.case_page(View(ViewKind.ALL), None, 50)
    assert len(page) == 50
    assert all(row.preview or row.channel == "note" for row in page)
    made = await vallon.customer("Afterwards")
    assert made.account_number != ""
    await vallon.case()


async def test_a_sample_that_fails_leaves_nothing(vallon: Vallon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.sample.FEW", 0)
    monkeypatch.setattr("app.store.sample._HISTORY", "SELECT $1::uuid, 1 / ($2::bigint - $2::bigint)")
    before = await _indexes(vallon)
    with pytest.raises(asyncpg.DivisionByZeroError):
        await load_sample(vallon.admin, Size(20, 20, 20), WORDS)
    assert await _indexes(vallon) == before
    assert await vallon.as_agent("camille").find_customers("m", 5) == ()


async def test_a_sample_needs_an_organisation_and_whole_sentences(vallon: Vallon) -> None:
    with pytest.raises(MendableError, match="--customers"):
        await load_sample(vallon.admin, Size(0, 10, 0), WORDS)
    admin = await connect(vallon.admin)
    await admin.execute("TRUNCATE organisations CASCADE")
    await admin.close()
    with pytest.raises(MendableError, match="no organisation"):
        await load_sample(vallon.admin, Size(10, 10, 10), WORDS)


async def test_account_numbers_outgrow_their_format(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    await admin.execute("SELECT setval('account_numbers', 999998)")
    await admin.close()
    first, second, third = [await vallon.customer(name) for name in ("One", "Two", "Three")]
    assert [c.account_number for c in (first, second, third)] == ["999999", "1000000", "1000001"]
    assert (await vallon.as_agent("camille").find_customers("1000001", 5))[0].id == third.id


async def _indexes(vallon: Vallon) -> list[str]:
    admin = await connect(vallon.admin)
    found = await admin.fetch("SELECT indexdef FROM pg_indexes WHERE schemaname = 'guichet' ORDER BY 1")
    await admin.close()
    return [row["indexdef"] for row in found]
