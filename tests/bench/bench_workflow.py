"""The workflow: automations a second, how soon and how often they act, the time machine."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.bench import workflow_reports, workflow_views
from tests.bench.ground_world import world
from tests.bench.workflow_engine import engine

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "events_per_s": "what people did, carried on by 50 active automations to its end; 500 or more",
        "event_to_effect_ms_p95": "from a case's commit to what an automation set, seen elsewhere, by a hub that runs; "
        "500 or less",
        "time_machine_events_per_s": "lines of the change log replayed against one automation; 5000 or more",
        "exactly_once_violations": "things done twice or not at all while the hub was killed; 0",
        "events": "what happened meanwhile; 20000 or more",
        "kills": "kill -9 of the hub meanwhile; 20 or more",
        "view_count_refresh_ms_p95": "the counts of twelve views at once, as agents; 100 or less",
        **workflow_reports.KEYS,
    }
)


async def run(small: bool) -> dict[str, float]:
    """Measure everything; `small` takes a tenth of the events and of the population."""
    found = await engine(
        events=1_000 if small else 10_000,
        samples=20 if small else 200,
        storm_events=2_000 if small else 20_000,
        kills=4 if small else 20,
    )
    async with world(small=small) as ground:
        found |= await workflow_views.measure(ground)
        found |= await workflow_reports.report_month(ground)
    return found | workflow_reports.business_hours()
