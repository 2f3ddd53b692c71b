"""The API asked by its own document: whatever fits it is answered as it says, whatever does not is refused."""

import asyncio

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.store.test_web_api import World, world

__all__ = ["world"]
schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed here")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")
# What no schema can say is refused all the same (a moment before 1970, a team that is not there), and who comes without
# a token again and again waits: tests/store/test_web_api.py asks for both.
EXCLUDED = [checks.positive_data_acceptance, checks.ignored_auth]
EXAMPLES = 15


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_each_operation_keeps_what_the_document_promises(world: World) -> None:
    token = await world.token()
    url = f"{world.url}/api/v1/openapi.json"

    def ask_everything() -> list[str]:
        schema = schemathesis.openapi.from_url(url)
        asked = []
        for found in schema.get_all_operations():
            operation = found.ok()

            @settings(
                max_examples=EXAMPLES, deadline=None, database=None, phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(case=operation.as_strategy())
            def ask(case: object) -> None:
                case.call_and_validate(  # type: ignore[attr-defined]
                    headers={"Authorization": f"Bearer {token}"}, excluded_checks=EXCLUDED
                )

            ask()
            asked.append(operation.label)
        return asked

    asked = await asyncio.to_thread(ask_everything)
    assert len(asked) >= 10, asked
