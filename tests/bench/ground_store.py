"""What the store answers in, asked as an agent through her own connections."""

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from random import Random
from statistics import median, quantiles

from app.domain.import_columns import TableKind
from app.domain.tables import write_table
from app.domain.views import View, ViewKind
from app.services.cases import PAGE
from app.services.imports import Imports
from app.store import rows
from app.store.desk import DeskStore, open_desk_store
from app.store.engine import connect
from app.store.tables import PostgresTables
from tests.bench.ground_world import CHIEF, LITTLE, World, agent_name, copy_name

IMPORTED = 20_000
_SEEN = ("customers", "cases", "case_states", "teams", "agents")


def p95(numbers: list[float]) -> float:
    """What nineteen of twenty stay below."""
    return quantiles(numbers, n=20)[18]


async def measure(world: World) -> dict[str, float]:
    """All keys that need no window."""
    found: dict[str, float] = {}
    async with _store(world, agent_name(19)) as store:
        found["phone_lookup_ms_p95"] = p95(await _lookups(world, store))
        found["import_rows_per_s"] = await _import(store)
    found["list_growth_ratio"] = await _growth(world)
    found["rls_cost_ratio"] = await _policies(world)
    return found


async def _lookups(world: World, store: DeskStore) -> list[float]:
    admin = await connect(world.admin)
    told = await admin.fetch("SELECT phones -> 0 ->> 'e164' AS e164 FROM customers TABLESAMPLE SYSTEM (1) LIMIT 400")
    await admin.close()
    numbers = [row["e164"] for row in told]
    Random(1).shuffle(numbers)
    numbers += [f"+33688{n:06}" for n in range(40)]  # some callers are nobody yet
    return [await _ms(partial(store.cases.customers_by_phone, number)) for number in numbers]


async def _import(store: DeskStore) -> float:
    heading = ("last name", "first name", "company", "phone", "e-mail", "address", "language")
    lines = [
        (f"Importé{n}", "Zoé", f"Ferme {n}", f"01 99 {n // 10000:02} {n // 100 % 100:02} {n % 100:02}",
         f"z{n}@ferme.example", f"{n} rue du Moulin", "fr")
        for n in range(IMPORTED)
    ]  # fmt: skip
    data = write_table(heading, lines)
    imports = Imports(PostgresTables(store.database), store.directory_now)
    began = time.monotonic()
    report = await imports.run(TableKind.CUSTOMERS, data)
    seconds = time.monotonic() - began
    if report.imported != IMPORTED:
        raise RuntimeError(f"{report.imported} of {IMPORTED} were imported: {report.problems[:1]}")
    return IMPORTED / seconds


async def _growth(world: World) -> float:
    """First pages of the same views by the same agents, in turns in the two databases."""
    taken: dict[str, list[float]] = {"long": [], "short": []}
    for agent in (CHIEF, agent_name(0), agent_name(19)):
        async with _store(world, agent) as long, _store(world, agent, copy_name(LITTLE)) as short:
            team = View(ViewKind.TEAM, long.directory_now.my_teams()[0].id)
            for turn in range(25):
                for view in (View(ViewKind.ALL), View(ViewKind.SOLVED), View(ViewKind.UNASSIGNED), team):
                    ms = {name: await _page_ms(store, view) for name, store in (("long", long), ("short", short))}
                    # Plans and pages are warm, and both pages are full: a short one would flatter nobody.
                    if turn > 4 and None not in ms.values():
                        for name, one in ms.items():
                            taken[name].append(one or 0)
    return median(taken["long"]) / median(taken["short"])


async def _page_ms(store: DeskStore, view: View) -> float | None:
    """Milliseconds to a full first page; None when the view has less."""
    began = time.monotonic()
    page = await store.cases.case_page(view, None, PAGE)
    return 1000 * (time.monotonic() - began) if len(page) == PAGE else None


async def _policies(world: World) -> float:
    """Server time of an agent's open list with the policies over the same query, same agent, without them."""
    page = re.sub(":limit", "50", rows.case_page("c.category IN ('new', 'open', 'waiting_customer', 'waiting_agent')"))
    taken: dict[bool, list[float]] = {True: [], False: []}
    admin = await connect(world.admin)
    for on in (True, False):
        turn = admin.transaction()
        await turn.start()
        if not on:
            for table in _SEEN:
                await admin.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        await admin.execute(f'SET LOCAL ROLE "{agent_name(0)}"')
        for n in range(60):
            plan = await admin.fetch(f"EXPLAIN (ANALYZE, TIMING OFF, SUMMARY ON) {page}")
            if n > 9:
                told = " ".join(row[0] for row in plan[-8:])
                taken[on].append(sum(float(ms) for ms in re.findall(r"(?:Planning|Execution) Time: ([\d.]+)", told)))
        await turn.rollback()
    await admin.close()
    return median(taken[True]) / median(taken[False])


@asynccontextmanager
async def _store(world: World, agent: str, database: str = "") -> AsyncIterator[DeskStore]:
    access = world.access(agent)
    store = await open_desk_store(replace(access, database=database) if database else access)
    try:
        yield store
    finally:
        await store.close()


async def _ms(act: Callable[[], Awaitable[object]]) -> float:
    began = time.monotonic()
    await act()
    return 1000 * (time.monotonic() - began)
