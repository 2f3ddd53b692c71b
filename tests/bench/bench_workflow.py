"""The workflow: automations a second, how soon and how often they act, the time machine."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.bench.workflow_engine import engine

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "events_per_s": "what people did, carried on by 50 active automations to its end; 500 or more",
        "event_to_effect_ms_p95": "from a case's commit to what an automation set, seen elsewhere; 500 or less",
        "time_machine_events_per_s": "lines of the change log replayed against one automation; 5000 or more",
        "exactly_once_violations": "things done twice or not at all while the hub was killed; 0",
        "events": "what happened meanwhile; 20000 or more",
        "kills": "kill -9 of the hub meanwhile; 20 or more",
    }
)


async def run(small: bool) -> dict[str, float]:
    """Measure everything; `small` takes a tenth of the events."""
    return await engine(
        events=1_000 if small else 10_000,
        samples=20 if small else 200,
        storm_events=2_000 if small else 20_000,
        kills=4 if small else 20,
    )
