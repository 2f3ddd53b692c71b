"""Stored views on a real PostgreSQL: what ships, who keeps which, what they list and count."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from app.domain.cases import CaseRow, Category, Level
from app.domain.condition_checks import TroubleKind
from app.domain.conditions import Compare, Group, How, Joined
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.views import Grouping, Order, StoredView, View, ViewKind, place
from app.services.cases import below
from app.services.views import Views
from app.store.engine import connect
from app.store.views import PostgresViews
from tests.helpers.organisation import Vallon

SHIPPED = [
    "my_open",
    "unassigned",
    "waiting_agent",
    "waiting_customer",
    "new_in_my_teams",
    "overdue",
    "solved_lately",
    "all",
]


def views_of(vallon: Vallon, name: str) -> Views:
    store = vallon.as_agent(name)
    return Views(PostgresViews(store._database, store), store)


def view(vallon: Vallon, condition: Compare | Group, by: str = "nadia", **more: object) -> StoredView:
    made = StoredView(new_id(), "Mine", condition, owner_id=vallon.agents[by])
    return replace(made, **more)  # type: ignore[arg-type]


async def listed(vallon: Vallon, by: str, one: StoredView) -> list[UUID]:
    return [row.id for row in await vallon.as_agent(by).case_page(one.view, None, 50)]


@pytest.mark.row("S3-19", "S3-20", "S4-07", "S4-08")
async def test_a_working_queue_ships_and_its_open_view_holds_what_needs_an_answer_now(vallon: Vallon) -> None:
    shipped = await views_of(vallon, "nadia").all()
    assert [one.key for one in shipped] == SHIPPED
    nadia = vallon.as_agent("nadia")
    case_id = await vallon.case()
    of = {one.key: one for one in shipped}
    assert await listed(vallon, "nadia", of["unassigned"]) == [case_id]
    assert await listed(vallon, "nadia", of["new_in_my_teams"]) == [case_id]
    await nadia.assign_case(case_id, vallon.agents["nadia"])
    assert await listed(vallon, "nadia", of["my_open"]) == [case_id]
    assert await listed(vallon, "nadia", of["unassigned"]) == []
    states = {s.category: s.id for s in (await nadia.case_types())[0].states}
    case = await nadia.update_case(replace(await nadia.case(case_id), state_id=states[Category.WAITING_CUSTOMER]))
    assert await listed(vallon, "nadia", of["my_open"]) == []
    assert await listed(vallon, "nadia", of["waiting_customer"]) == [case_id]
    await nadia.update_case(replace(case, state_id=states[Category.SOLVED]))
    assert await listed(vallon, "nadia", of["solved_lately"]) == [case_id]
    counts = await nadia.view_counts(tuple(one.view for one in shipped))
    assert {key: counts[of[key].view] for key in SHIPPED if key != "overdue"} == {
        "my_open": 0, "unassigned": 0, "waiting_agent": 0, "waiting_customer": 0, "new_in_my_teams": 0,
        "solved_lately": 1, "all": 1,
    }  # fmt: skip


async def test_the_overdue_view_holds_what_was_promised_for_now_and_is_not_answered(vallon: Vallon) -> None:
    late, soon, never, elsewhere = [await vallon.case() for _ in range(4)]
    admin = await connect(vallon.admin)
    for case, due in ((late, "-1 hour"), (soon, "1 hour"), (elsewhere, "-1 day")):
        await admin.execute("UPDATE cases SET due_at = now() + $2::text::interval WHERE id = $1", case, due)
    await admin.close()
    nadia = vallon.as_agent("nadia")
    await nadia.hand_over_case(elsewhere, vallon.teams["Sales Dijon"], "")
    overdue = next(one for one in await views_of(vallon, "nadia").all() if one.key == "overdue")
    assert await listed(vallon, "nadia", overdue) == [late]
    assert (await nadia.view_counts((overdue.view,)))[overdue.view] == 1
    assert never not in await listed(vallon, "nadia", overdue)
    await nadia.assign_case(late, vallon.agents["nadia"])
    states = {s.category: s.id for s in (await nadia.case_types())[0].states}
    hers = await nadia.update_case(replace(await nadia.case(late), state_id=states[Category.WAITING_CUSTOMER]))
    assert await listed(vallon, "nadia", overdue) == [], "the customer has the next word"
    await nadia.update_case(replace(hers, state_id=states[Category.WAITING_AGENT]))
    assert await listed(vallon, "nadia", overdue) == [late]


async def test_what_is_written_out_lists_what_its_row_says(vallon: Vallon) -> None:
    for team, by in (("Contact centre", "camille"), ("Sales Dijon", "omar"), ("Atelier Beaune", "victor")):
        mine = await vallon.case(team, by=by)
        await vallon.as_agent(by).assign_case(mine, vallon.agents[by])
        await vallon.case(team, by=by)
    for name in ("nadia", "camille", "sofia"):
        for one in await views_of(vallon, name).all():
            if one.view.kind is not ViewKind.STORED:
                assert await listed(vallon, name, one) == [
                    row.id for row in await vallon.as_agent(name).case_page(View(ViewKind.STORED, stored=one), None, 50)
                ]


@pytest.mark.row("S3-39")
async def test_views_are_made_deleted_and_what_ships_is_brought_back(vallon: Vallon) -> None:
    sofia = views_of(vallon, "sofia")
    mine = view(
        vallon, Compare("case.subject", How.CONTAINS, ("leak",)), owner_id=None, name="  Leaks   of all ", position=50
    )
    await sofia.save(mine)
    assert [one.name for one in await views_of(vallon, "omar").all()][-1] == "Leaks of all"
    shipped = {one.key: one for one in await sofia.all()}
    await sofia.remove(shipped["waiting_customer"].id)
    await sofia.save(replace(shipped["all"], name="Everything"))
    await sofia.remove(mine.id)
    left = await sofia.all()
    assert [one.key for one in left] == [key for key in SHIPPED if key != "waiting_customer"]
    assert next(one for one in left if one.key == "all").version == 2
    assert await sofia.restore() == 1
    assert sorted(one.key for one in await sofia.all()) == sorted(SHIPPED)


async def test_a_personal_view_is_nobody_elses_and_only_who_may_shares(vallon: Vallon) -> None:
    nadia = views_of(vallon, "nadia")
    mine = view(vallon, Compare("case.priority", How.IS, ("urgent",)))
    await nadia.save(mine)
    assert mine.id in [one.id for one in await nadia.all()]
    assert mine.id not in [one.id for one in await views_of(vallon, "camille").all()]
    for whom in (replace(mine, owner_id=None), replace(mine, owner_id=vallon.agents["omar"])):
        with pytest.raises(Refused) as refused:
            await nadia.save(whom)
        assert refused.value.reason is Refusal.NOT_PERMITTED
    shipped = (await nadia.all())[0]
    with pytest.raises(Refused):
        await nadia.remove(shipped.id)
    julie = views_of(vallon, "julie")
    of_team = replace(view(vallon, Group()), owner_id=None, team_id=vallon.teams["Atelier Beaune"])
    await julie.save(of_team)
    assert of_team.id in [one.id for one in await views_of(vallon, "victor").all()]
    assert of_team.id not in [one.id for one in await nadia.all()]
    with pytest.raises(Refused):
        await julie.save(replace(of_team, id=new_id(), team_id=vallon.teams["Sales Dijon"]))


async def test_an_agent_keeps_ten_and_an_organisation_shares_a_hundred(vallon: Vallon) -> None:
    nadia, sofia = views_of(vallon, "nadia"), views_of(vallon, "sofia")
    for _ in range(10):
        await nadia.save(view(vallon, Group()))
    with pytest.raises(Refused) as refused:
        await nadia.save(view(vallon, Group()))
    assert (refused.value.reason, refused.value.details["most"]) == (Refusal.TOO_MANY, 10)
    admin = await connect(vallon.admin)
    await admin.execute(
        "INSERT INTO views (id, organisation_id, name, condition) "
        "SELECT gen_random_uuid(), $1, 'Many', '{}' FROM generate_series(1, 92)",
        vallon.organisation_id,
    )
    await admin.close()
    with pytest.raises(Refused) as full:
        await sofia.save(view(vallon, Group(), owner_id=None))
    assert (full.value.reason, full.value.details["most"]) == (Refusal.TOO_MANY, 100)


async def test_a_view_whose_condition_is_gone_says_so_and_lists_nothing(vallon: Vallon) -> None:
    await vallon.case()
    nadia = views_of(vallon, "nadia")
    gone = view(vallon, Compare("case.team", How.IS, (str(new_id()),)))
    await nadia.save(gone)
    kept = next(one for one in await nadia.all() if one.id == gone.id)
    assert [trouble.kind for trouble in kept.troubles] == [TroubleKind.UNKNOWN_VALUE]
    assert await listed(vallon, "nadia", kept) == []
    assert await vallon.as_agent("nadia").view_counts((kept.view,)) == {kept.view: 0}
    assert await nadia.count(kept.condition) is None
    admin = await connect(vallon.admin)
    await admin.execute('UPDATE views SET condition = \'{"field": "case.number", "how": "?"}\' WHERE id = $1', gone.id)
    await admin.close()
    assert next(one for one in await nadia.all() if one.id == gone.id).troubles


async def test_conditions_nest_and_a_preview_counts_them(vallon: Vallon) -> None:
    first, second = await vallon.case(), await vallon.case("Atelier Beaune", by="victor")
    camille = vallon.as_agent("camille")
    case = await camille.case(first)
    await camille.update_case(replace(case, priority=Level.URGENT, tags=("warranty",)))
    either = Group(
        Joined.ANY,
        (
            Compare("case.team", How.IS, (str(vallon.teams["Atelier Beaune"]),)),
            Group(parts=(Compare("case.tags", How.IS, ("warranty",)), Compare("case.priority", How.IS, ("urgent",)))),
        ),
    )
    service = views_of(vallon, "camille")
    assert await service.count(either) == 2
    one = view(vallon, either, by="camille")
    assert set(await listed(vallon, "camille", one)) == {first, second}
    rows = await camille.case_rows(one.view, (first,))
    assert [row.tags for row in rows] == [("warranty",)]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("grouping", list(Grouping))
async def test_pages_follow_one_another_in_every_order_and_group(
    vallon: Vallon, order: Order, grouping: Grouping
) -> None:
    camille = vallon.as_agent("camille")
    levels = list(Level)
    for n, team in enumerate(
        ("Contact centre", "Sales Dijon", "Atelier Beaune", "Contact centre", "Location", "Sales Dijon")
    ):
        case_id = await vallon.case(team)
        if team == "Contact centre":
            await camille.assign_case(case_id, vallon.agents["camille" if n else "nadia"])
        admin = await connect(vallon.admin)
        await admin.execute("UPDATE cases SET priority = $2 WHERE id = $1", case_id, levels[n % 4].value)
        await admin.execute(
            "UPDATE cases SET activity_at = now() - make_interval(hours => $2) WHERE id = $1", case_id, (n * 5) % 7
        )
        await admin.close()
    one = view(vallon, Group(), by="camille", order=order, grouping=grouping)
    whole: Sequence[CaseRow] = await camille.case_page(one.view, None, 50)
    assert len(whole) == 6
    paged: list[CaseRow] = []
    while page := await camille.case_page(one.view, below(one.view, paged[-1]) if paged else None, 2):
        paged += page
    assert [row.id for row in paged] == [row.id for row in whole]
    assert sorted(whole, key=lambda row: place(one.view, row)) == list(whole)
