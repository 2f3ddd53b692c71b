"""The demo organisation answers its telephone: schedules, a call tree, a rule, results and recordings that work."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.call_trees import flaws
from app.settings.resources import resource
from app.store.demo import make_demo, read_story
from app.store.duty import PostgresDuty
from app.store.engine import open_engine
from app.store.routing import PostgresRouting
from app.store.session import Database
from tests.helpers.organisation import PASSWORD, Vallon

TUESDAY_TEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CENTRE, SALES, CHALON = "+33353010450", "+33353010460", "+33353010470"


@pytest.mark.row("S1-04", "S1-08")
async def test_every_number_of_the_demo_leads_somewhere_at_every_hour(vallon: Vallon) -> None:
    story = read_story(resource("sample", "demo.toml"))
    await make_demo(vallon.admin, story, "fr", {agent["role_name"]: PASSWORD for agent in story["agents"]})
    database = Database(open_engine(replace(vallon.admin, user="sofia.martin", password=PASSWORD)))
    try:
        routing = PostgresRouting(database)
        assert [flaws(tree) for tree in await routing.call_trees()] == [()]
        night = await routing.explain(CENTRE, "", TUESDAY_TEN.replace(hour=23))
        assert (night.reasons[0], night.steps[0].who) == (("schedule", "Toujours"), "Centre de contact")
        open_, closed, holiday = [
            await routing.explain(CHALON, "", at)
            for at in (TUESDAY_TEN, TUESDAY_TEN.replace(hour=20), datetime(2027, 7, 14, 9, tzinfo=UTC))
        ]
        assert [step.kind for step in open_.steps] == ["menu", "queue", "voicemail"]
        assert (closed.reasons[0], holiday.reasons[0]) == (("closed", ""), ("closed", "Fête nationale"))
        assert [step.kind for step in holiday.steps] == ["voicemail"]
        vineyard = await routing.explain(SALES, "+33639982271", TUESDAY_TEN)
        assert ("rule", "Les vignobles à l’atelier") in vineyard.reasons
        assert vineyard.steps[0].who == "Atelier Beaune"
        kept = await PostgresDuty(database).codes("disposition")
        assert {"answered", "to_call_back", "no_answer"} <= {code.key for code in kept}
    finally:
        await database.close()
