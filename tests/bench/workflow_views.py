"""How long a desk waits for the counts of its twelve views, asked as agents through their own connections."""

import time
from dataclasses import replace
from functools import partial
from statistics import quantiles

from app.domain.conditions import Compare, Group, How
from app.domain.ids import new_id
from app.domain.views import AT_LEFT, Grouping, Order, StoredView, View
from app.services.cases import PAGE
from app.store.desk import DeskStore, open_desk_store
from tests.bench.ground_world import CHIEF, World, agent_name

ROUNDS, WARM = 40, 5
_LIVE = Compare("case.category", How.IS, ("new", "open", "waiting_customer", "waiting_agent"))
_OWN = (
    Group(parts=(_LIVE, Compare("case.priority", How.IS, ("high", "urgent")))),
    Group(parts=(_LIVE, Compare("case.activity_at", How.OLDER_THAN, ("7d",)))),
    Group(parts=(Compare("case.category", How.IS, ("waiting_customer",)), Compare("case.assignee", How.IS, ("me",)))),
    Group(parts=(_LIVE, Compare("case.team", How.IS, ("mine",)), Compare("case.tags", How.EMPTY))),
)


async def measure(world: World) -> dict[str, float]:
    """`view_count_refresh_ms_p95`: twelve counts of a supervisor, of an agent of a large and of a small team."""
    taken: list[float] = []
    for agent in (CHIEF, agent_name(0), agent_name(19)):
        store = await open_desk_store(world.access(agent))
        try:
            views = await twelve(store)
            for turn in range(ROUNDS):
                began = time.monotonic()
                counts = await store.cases.view_counts(views)
                if turn >= WARM:
                    taken.append(1000 * (time.monotonic() - began))
                if len(counts) != AT_LEFT:
                    raise RuntimeError(f"{len(counts)} of {AT_LEFT} views were counted")
        finally:
            await store.close()
    return {"view_count_refresh_ms_p95": quantiles(taken, n=20)[18]}


async def pages(world: World) -> dict[str, float]:
    """Milliseconds to the first page of each of the twelve in every order and group, the slowest first; for eyes."""
    told: dict[str, float] = {}
    store = await open_desk_store(world.access(CHIEF))
    try:
        for n, view in enumerate(await twelve(store)):
            for order in Order:
                for grouping in (Grouping.NONE, Grouping.TEAM):
                    stored = view.stored or StoredView(new_id(), f"all, as {view.kind.value}")
                    asked = replace(stored, order=order, grouping=grouping, version=2)
                    read = partial(store.cases.case_page, asked.view, None, PAGE)
                    await read()
                    began = time.monotonic()
                    await read()
                    name = f"{n} {view.stored.name if view.stored else view.kind} {order} {grouping}"
                    told[name] = 1000 * (time.monotonic() - began)
    finally:
        await store.close()
    return dict(sorted(told.items(), key=lambda pair: -pair[1]))


async def twelve(store: DeskStore) -> tuple[View, ...]:
    """The shipped views and as many of one's own as there is room for at the left."""
    shipped = [one.view for one in await store.views.views()]
    own = [StoredView(new_id(), f"Own {n}", condition).view for n, condition in enumerate(_OWN)]
    return tuple((shipped + own)[:AT_LEFT])
