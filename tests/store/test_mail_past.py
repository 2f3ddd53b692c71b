"""The time machine of mail rules: what it tells of automatic replies is what happens once the rule is on."""

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import pytest

from app.domain.automations import Action, Does, Trigger, When
from app.domain.conditions import Compare
from app.domain.conditions import How as Is
from app.domain.ids import new_id
from app.domain.mail_rules import Action as Becomes
from app.domain.mail_rules import Condition, How, MailRule, On
from app.hub.mail_replay import replay_rule
from app.mail.reading import read
from app.services.email_hub import TeamMail
from app.services.mail_requests import DryRun
from app.store.email_hub import PostgresEmailHub
from app.store.engine import connect
from app.store.mail_past import PostgresPastMail
from tests.helpers.automations import make_automation
from tests.helpers.mail_engine import Office, open_office
from tests.helpers.organisation import Vallon

PARTS = "Pièces détachées"


@pytest.fixture
async def office(vallon: Vallon) -> AsyncIterator[Office]:
    async with open_office(vallon) as office:
        yield office


async def _template(office: Office, text: str) -> str:
    template = new_id()
    ada = await connect(office.vallon.access("ada"))
    await ada.execute(
        "INSERT INTO templates (id, organisation_id, name, shortcut, text_en, text_fr) VALUES ($1, $2, $3, '', $3, $3)",
        template, office.vallon.organisation_id, text,
    )  # fmt: skip
    await ada.close()
    return str(template)


def _rule(office: Office, to: UUID) -> MailRule:
    subject = (Condition(On.SUBJECT, How.CONTAINS, "part"),)
    centre = office.vallon.teams["Contact centre"]
    return MailRule(new_id(), centre, "Parts", subject, Becomes.ROUTE_TO_TEAM, to)


async def _replayed(office: Office, rule: MailRule) -> DryRun:
    return await replay_rule(PostgresPastMail(office.room.database), read, rule, 30)


async def test_a_replay_tells_every_automatic_reply_that_leaves_once_the_rule_is_on(office: Office) -> None:
    await office.room.shipped("acknowledgement", active=False)
    parts = office.vallon.teams[PARTS]
    welcome = await _template(office, "{{ customer.name }}, {{ team.name }} has it. {{ sender }}")
    hurry = await _template(office, "We hurry.")
    of_parts = Compare("case.team", values=(str(parts),))
    await make_automation(office.vallon, Action(Does.REPLY, welcome), condition=of_parts, name="Welcome")
    await make_automation(
        office.vallon, Action(Does.SET_FIELD, "urgent", "case.priority"), when=When(Trigger.MESSAGE_IN),
        condition=Compare("event.text", Is.CONTAINS, ("urgent",)), name="Urgent",
    )  # fmt: skip
    await make_automation(
        office.vallon, Action(Does.REPLY, hurry), when=When(Trigger.UPDATED, "case.priority", becomes=("urgent",)),
        condition=of_parts, name="Hurry",
    )  # fmt: skip
    await office.comes("It is urgent.", Subject="A part", From="Zoe Day <zoe@customer.example>")
    await office.room.run()
    rule = _rule(office, parts)
    run = await _replayed(office, rule)
    assert (run.matched, run.changed, run.replies, run.loops, await office.sent()) == (1, 1, 2, 0, [])
    (line,) = run.lines
    foretold = [(one.automation, one.to, one.text) for one in line.replies]
    assert foretold == [
        ("Welcome", "zoe@customer.example", f"Zoe Day, {PARTS} has it. Vallon"),
        ("Hurry", "zoe@customer.example", "We hurry."),
    ]
    await TeamMail(PostgresEmailHub(office.vallon.as_agent("camille")._database)).save_rule(replace(rule, active=True))
    await office.comes("It is urgent.", Subject="A part", From="Bob Day <bob@customer.example>")
    await office.room.run()
    assert await office.sent() == [text.replace("Zoe", "Bob") for _, _, text in foretold]
    again = await _replayed(office, replace(rule, active=True))
    assert [len(line.replies) for line in again.lines] == [0, 2], "what really left is no difference"


async def test_a_loop_that_automations_would_begin_is_told(office: Office) -> None:
    parts = office.vallon.teams[PARTS]
    of_parts = Compare("case.team", values=(str(parts),))
    for value, other in (("urgent", "low"), ("low", "urgent")):
        await make_automation(
            office.vallon, Action(Does.SET_FIELD, value, "case.priority"), condition=of_parts,
            when=When(Trigger.UPDATED, "case.priority", becomes=(other,)),
        )  # fmt: skip
    await make_automation(office.vallon, Action(Does.SET_FIELD, "low", "case.priority"), condition=of_parts)
    await office.comes(Subject="A part")
    run = await _replayed(office, _rule(office, parts))
    assert (run.loops, run.lines[0].loops, run.lines[0].replies) == (1, True, ())
